/** Two contacts become one: the other is looked for or was suggested, both are compared, and it can be undone. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ContactDetail } from "../../../wire.ts";
import { contactName } from "../../data/contact.ts";
import { joinContacts, partContacts } from "../../data/contacts.ts";
import { detail as current } from "../../data/conversation.ts";
import { t } from "../../data/i18n.ts";
import { Avatar, Button, IconButton } from "../../ui/basic.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FormError, TextField, useSubmission } from "../../ui/form.tsx";
import { Icon } from "../../ui/icons.tsx";
import { attempt, say } from "../../ui/toast.tsx";
import { useContacts } from "../write-to.tsx";
import { matchText } from "./evidence.ts";
import { joining, type Other } from "./joining.ts";
import { Points, pointsText } from "./points.tsx";

function Find({ contact, onFind }: { contact: ContactDetail; onFind: (other: Other) => void }): JSX.Element {
  const [query, setQuery] = useState("");
  const found = useContacts(query).filter((each) => each.id !== contact.id);
  return (
    <>
      <TextField label={t("console-join-who")} name="source" value={query} onValue={setQuery} placeholder={t("console-write-search")} autofocus />
      <ul class="pick pick-short">
        {found.map((each) => (
          <li key={each.id}><button type="button" class="pick-item" onClick={() => onFind(each)}>
            <Avatar id={each.id} name={contactName(each)} size={30} /><span class="pick-text">{contactName(each)}<small>{pointsText(each.points)}</small></span>
          </button></li>
        ))}
        {found.length === 0 ? <li class="pick-none">{t("console-write-nobody")}</li> : null}
      </ul>
    </>
  );
}

function Side({ who, onBack }: { who: Other | ContactDetail; onBack?: () => void }): JSX.Element {
  const name = contactName(who);
  return (
    <div class="join-side">
      <Avatar id={who.id} name={name} size={40} /><strong>{name}</strong><Points points={who.points} />
      {onBack ? <IconButton class="join-back" icon="close" size="small" label={t("console-clear")} onClick={onBack} /> : null}
    </div>
  );
}

function Join({ contact }: { contact: ContactDetail }): JSX.Element {
  const [other, setOther] = useState<Other | null>(joining.value?.other ?? null);
  const suggested = joining.value?.other !== null;
  const submission = useSubmission();
  const close = (): void => void (joining.value = null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!other) return;
    let after: ContactDetail | undefined;
    if (!(await submission.run(async () => void (after = await joinContacts(contact.id, other.id))))) return;
    close();
    const merge = after?.merges?.[0];
    say(t("console-joined-done"), "good", merge && { text: t("console-undo"), run: () => void attempt(() => partContacts(merge.id), t("console-undone")) });
  };
  return (
    <Dialog title={t("console-join-title")} onClose={close}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <FormError submission={submission} fields={[]} />
        {other ? (
          <>
            <div class="join-sides"><Side who={contact} /><Icon name="merge" size={22} class="join-sign" /><Side who={other} onBack={suggested ? undefined : () => setOther(null)} /></div>
            {other.matches?.length ? <ul class="same-why">{other.matches.map((each) => <li key={each.kind + each.value}>{matchText(each)}</li>)}</ul> : null}
            <p>{t("console-join-help", { name: contactName(contact), other: contactName(other) })}</p>
          </>
        ) : <Find contact={contact} onFind={setOther} />}
        <footer class="dialog-foot"><Button onClick={close}>{t("console-cancel")}</Button><Button type="submit" look="primary" icon="merge" disabled={!other} busy={submission.busy} {...(suggested ? { "data-autofocus": true } : {})}>{t("console-join-do")}</Button></footer>
      </form>
    </Dialog>
  );
}

export default function JoinDialog(): JSX.Element | null {
  return current.value ? <Join contact={current.value.contact} /> : null;
}
