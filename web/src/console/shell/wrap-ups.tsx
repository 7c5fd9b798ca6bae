/** What is still being wrapped up: whose it was, how long its room is kept, and a button to be done earlier. */
import type { JSX } from "preact";
import type { WrapUp } from "../../wire.ts";
import { useActions } from "../data/actions.ts";
import { contactName } from "../data/contact.ts";
import { countdown } from "../data/format.ts";
import { t } from "../data/i18n.ts";
import { href } from "../data/router.ts";
import { now } from "../data/time.ts";
import { endWrapUp, wrapUps } from "../data/wrap-ups.ts";
import { Button } from "../ui/basic.tsx";
import { Icon } from "../ui/icons.tsx";
import { attempt } from "../ui/toast.tsx";

function Card({ wrapUp }: { wrapUp: WrapUp }): JSX.Element {
  const left = Math.max(0, (Date.parse(wrapUp.ends_at) - now.value.getTime()) / 1000);
  const name = contactName(wrapUp.contact);
  return (
    <section class="wrap-up" aria-label={t("console-wrap-up-of", { name })}>
      <Icon name="pen" size={16} />
      <a class="wrap-up-who" href={href(`/inbox/all/${wrapUp.conversation}`)}><strong>{name}</strong><small>{t("console-wrap-up")}{wrapUp.subject ? ` · ${wrapUp.subject}` : ""}</small></a>
      <span class="wrap-up-left tabular" role="timer" aria-label={t("console-wrap-up-left", { seconds: Math.ceil(left) })}>{countdown(left)}</span>
      <Button size="small" onClick={() => void attempt(() => endWrapUp(wrapUp.id))}>{t("console-wrap-up-done")}</Button>
    </section>
  );
}

export function WrapUps(): JSX.Element | null {
  const list = wrapUps.value;
  useActions([{ id: "wrap-up-done", text: "console-wrap-up-done-first", group: "general", enabled: () => wrapUps.value.length > 0, run: () => void attempt(() => endWrapUp(wrapUps.value[0]!.id)) }]);
  if (list.length === 0) return null;
  return <div class="wrap-ups">{list.map((each) => <Card key={each.id} wrapUp={each} />)}</div>;
}
