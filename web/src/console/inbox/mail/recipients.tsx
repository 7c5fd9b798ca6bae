/** Who gets a reply: the requester always, and whoever takes part unless left out this time; others can be let in. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ConversationDetail, Participant, Party } from "../../../wire.ts";
import { t } from "../../data/i18n.ts";
import { partyName, requester } from "../../data/outside.ts";
import { addParticipant } from "../../data/rearrange.ts";
import { IconButton } from "../../ui/basic.tsx";
import { Icon } from "../../ui/icons.tsx";
import { attempt } from "../../ui/toast.tsx";
import { AddPerson } from "./people.tsx";

interface Props { detail: ConversationDetail; left: ReadonlySet<string>; onLeft: (left: ReadonlySet<string>) => void }

function PartyChip({ party }: { party: Party }): JSX.Element {
  return <span class="party-chip" title={party.address}>{partyName(party)}</span>;
}

function CopyChip({ person, onRemove }: { person: Participant; onRemove: () => void }): JSX.Element {
  const name = partyName(person);
  return <span class="party-chip" title={person.address}>{name}<button type="button" aria-label={t("console-copies-leave-out", { name })} onClick={onRemove}><Icon name="close" size={12} /></button></span>;
}

/** Somebody whom a mail brought in and whom nobody has let in yet. */
function OutsideChip({ conversation, person }: { conversation: string; person: Participant }): JSX.Element {
  const name = partyName(person);
  return (
    <button type="button" class="party-chip party-outside" title={t("console-copies-outside-help", { address: person.address })} onClick={() => void attempt(() => addParticipant(conversation, person.address, person.name), t("console-people-added", { name }))}>
      <Icon name="plus" size={12} />{t("console-copies-outside", { name })}
    </button>
  );
}

export function Recipients({ detail, left, onLeft }: Props): JSX.Element {
  const [adding, setAdding] = useState(false);
  const all = detail.participants;
  const joined = all.filter((each) => each.joined);
  const outside = all.filter((each) => !each.joined);
  const shown = joined.filter((each) => !left.has(each.address));
  const { id } = detail.summary;
  const first = requester(detail);
  const everyone = shown.length === joined.length;
  const leaveOut = (person: Participant): void => {
    onLeft(new Set([...left, person.address]));
    // The pressed button is gone: whoever works by keyboard goes on where they write.
    requestAnimationFrame(() => document.querySelector<HTMLElement>(".composer-text")?.focus());
  };
  return (
    <div class="recipients">
      {joined.length ? (
        <div class="switch" role="group" aria-label={t("console-copies-choice")}>
          <button type="button" class="switch-side" aria-pressed={shown.length === 0} onClick={() => onLeft(new Set(joined.map((each) => each.address)))}>{t("console-copies-one")}</button>
          <button type="button" class="switch-side" aria-pressed={everyone} onClick={() => onLeft(new Set())}>{t("console-copies-all", { count: joined.length + 1 })}</button>
        </div>
      ) : null}
      <span class="recipients-line"><span class="recipients-label">{t("console-mail-to")}</span><PartyChip party={first} /></span>
      <span class="recipients-line">{shown.length || outside.length ? <span class="recipients-label">{t("console-mail-copies")}</span> : null}
        {shown.map((each) => <CopyChip key={each.id} person={each} onRemove={() => leaveOut(each)} />)}
        {outside.map((each) => <OutsideChip key={each.id} conversation={id} person={each} />)}
        <IconButton icon="plus" size="small" label={t("console-people-add")} aria-expanded={adding} onClick={() => setAdding(!adding)} /></span>
      {adding ? <AddPerson conversation={id} onDone={() => setAdding(false)} /> : null}
    </div>
  );
}
