/** The dialogs that move a message to another conversation, or merge one conversation into another. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ConversationDetail, ConversationSummary } from "../../../wire.ts";
import { detail as current } from "../../data/conversation.ts";
import { contactName } from "../../data/contact.ts";
import { t } from "../../data/i18n.ts";
import { merge, move } from "../../data/rearrange.ts";
import { go } from "../../data/router.ts";
import { Button, Notice } from "../../ui/basic.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { CheckField, FormError, useSubmission } from "../../ui/form.tsx";
import { inboxHref } from "../where.ts";
import { ConversationPicker } from "./picker.tsx";
import { rearranging, tellDone, type Rearranging } from "./rearranging.ts";

function Rearrange({ detail, wish }: { detail: ConversationDetail; wish: Rearranging }): JSX.Element {
  const [target, setTarget] = useState<ConversationSummary | null>(null);
  const [people, setPeople] = useState<boolean | null>(null);
  const submission = useSubmission();
  const merging = wish.what === "merge";
  const { id, contact } = detail.summary;
  const strange = target !== null && target.contact.id !== contact.id;
  const others = strange || detail.participants.some((each) => each.joined);
  const keep = people ?? !strange;
  const close = (): void => void (rearranging.value = null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!target) return;
    const work = merging ? () => merge(id, target.id, keep) : () => move(wish.message, target.id);
    if (!(await submission.run(async () => void (await work())))) return;
    close();
    tellDone(t(merging ? "console-merge-done" : "console-move-done"), target.id);
    if (merging) go(inboxHref({ list: "all", id: target.id }));
  };
  return (
    <Dialog title={t(merging ? "console-merge-into" : "console-move-to")} onClose={close}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <FormError submission={submission} fields={[]} />
        <p class="field-help">{t(merging ? "console-merge-help" : "console-move-help")}</p>
        <ConversationPicker detail={detail} chosen={target} first={merging ? wish.into : null} onPick={setTarget} />
        {strange ? <Notice tone="warn">{t("console-merge-strange", { name: contactName(contact), other: contactName(target!.contact) })}</Notice> : null}
        {merging && others && detail.can.participants ? <CheckField label={t("console-merge-people")} help={t("console-merge-people-help")} checked={keep} onValue={setPeople} /> : null}
        <footer class="dialog-foot"><Button onClick={close}>{t("console-cancel")}</Button><Button type="submit" look="primary" icon={merging ? "merge" : "move"} disabled={!target} busy={submission.busy}>{t(merging ? "console-merge-do" : "console-move-do")}</Button></footer>
      </form>
    </Dialog>
  );
}

export default function RearrangeDialog(): JSX.Element | null {
  const wish = rearranging.value;
  return wish && current.value ? <Rearrange detail={current.value} wish={wish} /> : null;
}
