/** The dialog in which an agent writes first: through which inbox, to whom, about what. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Inbox } from "../../wire.ts";
import { writeFirst } from "../data/commands.ts";
import { t } from "../data/i18n.ts";
import { inboxes } from "../data/resource.ts";
import { go, href } from "../data/router.ts";
import { channelKind } from "../data/session.ts";
import { Button } from "../ui/basic.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FormError, SelectField, TextField, useSubmission } from "../ui/form.tsx";
import { writing } from "./where.ts";
import { WriteTo, type To } from "./write-to.tsx";

/** Whether one writes to an address there, under a subject. */
function byAddress(inbox: Inbox | undefined): boolean {
  return channelKind(inbox?.kind ?? "")?.threads ?? false;
}

export function WriteFirst({ onClose }: { onClose: () => void }): JSX.Element {
  const [to, setTo] = useState<To | null>(writing.value?.contact ? { contact: writing.value.contact } : null);
  const [inbox, setInbox] = useState("");
  const [subject, setSubject] = useState("");
  const [text, setText] = useState("");
  const submission = useSubmission();
  useEffect(() => inboxes.need(), []);
  const usable = inboxes.items.value.filter((each) => each.enabled && channelKind(each.kind)?.starts);
  const chosen = usable.find((each) => each.id === inbox) ?? usable[0];
  const addressed = byAddress(chosen);
  const choose = (id: string): void => {
    setInbox(id);
    if (to && "address" in to && !byAddress(usable.find((each) => each.id === id))) setTo(null);
  };
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!to || !chosen) return;
    const whom = "contact" in to ? { contact: to.contact.id } : { address: to.address };
    let made = "";
    const first = { ...whom, inbox: chosen.id, text: text.trim(), ...(addressed ? { subject: subject.trim() } : {}) };
    if (!(await submission.run(async () => void (made = (await writeFirst(first)).id)))) return;
    onClose();
    go(href(`/inbox/mine/${made}`));
  };
  return (
    <Dialog title={t("console-write-first")} onClose={onClose}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <FormError submission={submission} fields={["text", "inbox", "subject"]} />
        <SelectField label={t("console-write-inbox")} name="inbox" value={chosen?.id ?? ""} onValue={choose} submission={submission} options={usable.map((each) => ({ value: each.id, text: each.name }))} />
        <WriteTo to={to} addresses={addressed} onTo={setTo} />
        {addressed ? <TextField label={t("console-mail-subject")} name="subject" value={subject} onValue={setSubject} submission={submission} required /> : null}
        <TextField label={t("console-write-text")} name="text" lines={5} value={text} onValue={setText} submission={submission} required />
        <footer class="dialog-foot"><Button onClick={onClose}>{t("console-cancel")}</Button><Button type="submit" look="primary" icon="send" disabled={!to || !text.trim() || (addressed && !subject.trim())} busy={submission.busy}>{t("console-send")}</Button></footer>
      </form>
    </Dialog>
  );
}
