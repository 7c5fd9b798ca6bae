/** Contacts who may be the same person, with what speaks for it: merged or sent away by an agent. */
import type { JSX } from "preact";
import type { ContactDetail, ContactSuggestion } from "../../../wire.ts";
import { contactName } from "../../data/contact.ts";
import { dismissSuggestion } from "../../data/contacts.ts";
import { t } from "../../data/i18n.ts";
import { Avatar, Button } from "../../ui/basic.tsx";
import { attempt } from "../../ui/toast.tsx";
import { matchText } from "./evidence.ts";
import { joining } from "./joining.ts";
import { pointsText } from "./points.tsx";

function Suggested({ contact, suggestion }: { contact: ContactDetail; suggestion: ContactSuggestion }): JSX.Element {
  const { other, matches } = suggestion;
  const name = contactName(other);
  return (
    <li class="same">
      <p class="same-who"><Avatar id={other.id} name={name} size={28} /><span><strong>{name}</strong><small>{pointsText(other.points)}</small></span></p>
      <ul class="same-why">{matches.map((each) => <li key={each.kind + each.value}>{matchText(each)}</li>)}</ul>
      <div class="same-deeds">
        <Button size="small" icon="merge" onClick={() => (joining.value = { other: { ...other, matches } })}>{t("console-same-merge")}</Button>
        <Button size="small" look="quiet" onClick={() => void attempt(() => dismissSuggestion(contact.id, other.id), t("console-same-dismissed"))}>{t("console-same-dismiss")}</Button>
      </div>
    </li>
  );
}

export function Suggestions({ contact }: { contact: ContactDetail }): JSX.Element | null {
  const all = contact.suggestions ?? [];
  if (all.length === 0) return null;
  return (
    <section class="sames" aria-label={t("console-same")}>
      <h3>{t("console-same")}</h3>
      <ul>{all.map((each) => <Suggested key={each.other.id} contact={contact} suggestion={each} />)}</ul>
    </section>
  );
}
