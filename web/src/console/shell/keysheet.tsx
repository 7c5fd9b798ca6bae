/** The overview of keys: every action with its key, by group. */
import type { JSX } from "preact";
import { actions, lettersOn, setLetters, type Group } from "../data/actions.ts";
import { t } from "../data/i18n.ts";
import { Keys } from "../ui/basic.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { CheckField } from "../ui/form.tsx";

const GROUPS: Group[] = ["offer", "conversation", "composer", "list", "articles", "go", "general"];
/** Keys that live inside the composer's own field. */
const COMPOSER: [text: string, keys: string][] = [
  ["console-key-send", "Mod+Enter"], ["console-key-canned", "/"], ["console-key-article", "@"], ["console-key-leave", "Escape"],
];

export function KeySheet({ onClose }: { onClose: () => void }): JSX.Element {
  return (
    <Dialog title={t("console-keys")} onClose={onClose} wide>
      <div class="keysheet">
        {GROUPS.map((group) => {
          const rows = actions.value.filter((action) => action.group === group && action.keys).map((action): [string, string] => [t(action.text), action.keys!]);
          if (group === "composer") rows.push(...COMPOSER.map(([text, keys]): [string, string] => [t(text), keys]));
          return rows.length ? (
            <section key={group}>
              <h3>{t(`console-keys-${group}`)}</h3>
              <dl>{rows.map(([text, keys]) => <div key={text}><dt>{text}</dt><dd><Keys keys={keys} /><span class="unseen">{keys}</span></dd></div>)}</dl>
            </section>
          ) : null;
        })}
      </div>
      <CheckField label={t("console-keys-letters")} help={t("console-keys-letters-help")} checked={lettersOn.value} onValue={setLetters} />
    </Dialog>
  );
}
