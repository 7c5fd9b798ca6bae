/** The dialog in which an agent writes first: to whom, through which inbox, what. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ContactDetail, ContactRef } from "../../wire.ts";
import { api } from "../data/api.ts";
import { writeFirst } from "../data/commands.ts";
import { contactName, knownAddress } from "../data/contact.ts";
import { t } from "../data/i18n.ts";
import { inboxes } from "../data/resource.ts";
import { go, href } from "../data/router.ts";
import { Avatar, Button, IconButton } from "../ui/basic.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FormError, SelectField, TextField, useSubmission } from "../ui/form.tsx";
import { writing } from "./where.ts";

const ASK_AFTER = 200;

function useContacts(query: string): ContactDetail[] {
  const [found, setFound] = useState<ContactDetail[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      api.get<{ items: ContactDetail[] }>("/api/contacts", { q: query }, stop.signal).then((page) => setFound(page.items), () => setFound([]));
    }, ASK_AFTER);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [query]);
  return found;
}

function ChooseContact({ onChoose }: { onChoose: (contact: ContactRef) => void }): JSX.Element {
  const [query, setQuery] = useState("");
  const found = useContacts(query);
  return (
    <>
      <TextField label={t("console-write-to")} name="contact" value={query} onValue={setQuery} placeholder={t("console-write-search")} autofocus />
      <ul class="pick pick-short">
        {found.map((each) => (
          <li key={each.id}><button type="button" class="pick-item" onClick={() => onChoose(each)}>
            <Avatar id={each.id} name={contactName(each)} size={30} /><span class="pick-text">{contactName(each)}<small>{knownAddress(each)}</small></span>
          </button></li>
        ))}
        {found.length === 0 ? <li class="pick-none">{t("console-write-nobody")}</li> : null}
      </ul>
    </>
  );
}

export function WriteFirst({ onClose }: { onClose: () => void }): JSX.Element {
  const [contact, setContact] = useState<ContactRef | null>(writing.value?.contact ?? null);
  const [inbox, setInbox] = useState("");
  const [text, setText] = useState("");
  const submission = useSubmission();
  useEffect(() => inboxes.need(), []);
  const usable = inboxes.items.value.filter((each) => each.enabled);
  const chosen = inbox || usable[0]?.id || "";
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!contact) return;
    let made = "";
    const done = await submission.run(async () => void (made = (await writeFirst(contact.id, chosen, text.trim())).id));
    if (!done) return;
    onClose();
    go(href(`/inbox/mine/${made}`));
  };
  return (
    <Dialog title={t("console-write-first")} onClose={onClose}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <FormError submission={submission} fields={["text", "inbox"]} />
        {contact ? (
          <div class="chosen"><Avatar id={contact.id} name={contactName(contact)} size={32} /><strong>{contactName(contact)}</strong>
            <IconButton icon="close" size="small" label={t("console-clear")} onClick={() => setContact(null)} /></div>
        ) : <ChooseContact onChoose={setContact} />}
        <SelectField label={t("console-write-inbox")} name="inbox" value={chosen} onValue={setInbox} submission={submission} options={usable.map((each) => ({ value: each.id, text: each.name }))} />
        <TextField label={t("console-write-text")} name="text" lines={5} value={text} onValue={setText} submission={submission} required />
        <footer class="dialog-foot"><Button onClick={onClose}>{t("console-cancel")}</Button><Button type="submit" look="primary" icon="send" disabled={!contact || !text.trim()} busy={submission.busy}>{t("console-send")}</Button></footer>
      </form>
    </Dialog>
  );
}
