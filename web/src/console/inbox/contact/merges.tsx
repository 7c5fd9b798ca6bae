/** Contacts that were merged into this one: by whom, on what evidence, and the way back. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ContactMerge } from "../../../wire.ts";
import { contactName } from "../../data/contact.ts";
import { partContacts } from "../../data/contacts.ts";
import { fullTime } from "../../data/format.ts";
import { locale, t } from "../../data/i18n.ts";
import { Avatar, Button } from "../../ui/basic.tsx";
import { attempt } from "../../ui/toast.tsx";
import { evidenceText } from "./evidence.ts";
import { pointsText } from "./points.tsx";

function Merged({ merge }: { merge: ContactMerge }): JSX.Element {
  const [busy, setBusy] = useState(false);
  const { source, by, evidence, at } = merge;
  const name = contactName(source);
  const undo = (): void => {
    setBusy(true);
    void attempt(() => partContacts(merge.id), t("console-joined-undone", { name })).then(() => setBusy(false));
  };
  return (
    <li class="joined">
      <Avatar id={source.id} name={name} size={28} />
      <span class="joined-text"><strong>{name}</strong>{source.points.length ? <small>{pointsText(source.points)}</small> : null}
        <small>{[by === null ? t("console-joined-proven") : t("console-joined-by", { name: by || t("console-agent") }), ...evidence.map(evidenceText)].join(" · ")}</small>
        <small><time dateTime={at}>{fullTime(new Date(at), locale())}</time></small></span>
      <Button size="small" icon="undo" busy={busy} onClick={undo}>{t("console-undo")}<span class="unseen">: {name}</span></Button>
    </li>
  );
}

export function Merges({ merges }: { merges: readonly ContactMerge[] }): JSX.Element {
  return <ul class="joined-list">{merges.map((each) => <Merged key={each.id} merge={each} />)}</ul>;
}
