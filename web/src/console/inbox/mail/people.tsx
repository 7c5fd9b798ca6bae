/** Who takes part beside the requester, and who only stood on a mail; people can be let in and taken out. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ConversationDetail, Participant } from "../../../wire.ts";
import { contactName, isAnonymous } from "../../data/contact.ts";
import { t } from "../../data/i18n.ts";
import { partyName, readAddress, requester } from "../../data/outside.ts";
import { addParticipant, removeParticipant } from "../../data/rearrange.ts";
import { Avatar, Button, Chip, IconButton } from "../../ui/basic.tsx";
import { FormError, TextField, useSubmission } from "../../ui/form.tsx";
import { attempt } from "../../ui/toast.tsx";

export function AddPerson({ conversation, onDone }: { conversation: string; onDone?: () => void }): JSX.Element {
  const [text, setText] = useState("");
  const submission = useSubmission();
  const found = readAddress(text);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    event.stopPropagation();
    if (!found || !(await submission.run(async () => void (await addParticipant(conversation, found.address, found.name))))) return;
    setText("");
    onDone?.();
  };
  return (
    <form class="person-add" onSubmit={(event) => void submit(event)}>
      <FormError submission={submission} fields={["address", "name"]} />
      <div class="form-row person-add-row">
        <TextField label={t("console-people-add")} hiddenLabel name="address" inputMode="email" placeholder={t("console-people-add")} value={text} onValue={setText} submission={submission} autofocus={Boolean(onDone)} />
        <Button type="submit" size="small" disabled={!found} busy={submission.busy}>{t("console-people-add-do")}</Button>
      </div>
    </form>
  );
}

function Person({ conversation, person }: { conversation: string; person: Participant }): JSX.Element {
  const name = partyName(person);
  return (
    <li class={`person ${person.joined ? "" : "person-outside"}`}>
      <Avatar id={person.id} name={name} size={26} />
      <span class="person-text" title={person.address}>{name}{person.joined ? null : <small>{t("console-people-outside")}</small>}{person.name ? <small dir="ltr">{person.address}</small> : null}</span>
      {person.joined
        ? <IconButton icon="close" size="small" label={t("console-people-remove", { name })} onClick={() => void attempt(() => removeParticipant(conversation, person.id), t("console-people-removed", { name }))} />
        : <Button size="small" onClick={() => void attempt(() => addParticipant(conversation, person.address, person.name), t("console-people-added", { name }))}>{t("console-people-add-do")}</Button>}
    </li>
  );
}

export function People({ detail }: { detail: ConversationDetail }): JSX.Element {
  const { id } = detail.summary;
  const first = requester(detail);
  // A visitor's address is our own and tells nobody anything.
  const anonymous = isAnonymous(detail.summary.inbox.kind);
  return (
    <>
      <ul class="people-list">
        <li class="person"><Avatar id={detail.contact.id} name={anonymous ? contactName(detail.contact) : partyName(first)} size={26} /><span class="person-text">{anonymous ? contactName(detail.contact) : partyName(first)}{first.name && !anonymous ? <small dir="ltr">{first.address}</small> : null}</span><Chip tone="accent">{t("console-people-requester")}</Chip></li>
        {detail.participants.map((each) => <Person key={each.id} conversation={id} person={each} />)}
      </ul>
      <AddPerson conversation={id} />
    </>
  );
}
