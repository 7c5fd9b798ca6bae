/** Who a mail went to: a line of names that opens into all addresses. */
import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import type { Envelope, Party } from "../../../wire.ts";
import { t } from "../../data/i18n.ts";
import { partyName } from "../../data/outside.ts";
import { Icon } from "../../ui/icons.tsx";

const SHOWN = 3;

function names(parties: readonly Party[]): string {
  const some = parties.slice(0, SHOWN).map(partyName).join(", ");
  return parties.length > SHOWN ? t("console-mail-and-more", { names: some, count: parties.length - SHOWN }) : some;
}

function Line({ label, parties }: { label: string; parties: readonly Party[] }): JSX.Element | null {
  if (parties.length === 0) return null;
  return <div><dt>{label}</dt><dd>{parties.map((each) => <span key={each.address} class="party">{each.name ? <>{each.name} </> : null}<bdi>&lt;{each.address}&gt;</bdi></span>)}</dd></div>;
}

export function Parties({ envelope }: { envelope: Envelope }): JSX.Element {
  const [open, setOpen] = useState(false);
  const id = useId();
  const short = envelope.copies.length
    ? t("console-mail-to-copies", { to: names(envelope.to), copies: names(envelope.copies) })
    : t("console-mail-to-only", { to: names(envelope.to) });
  return (
    <>
      <button type="button" class="mail-parties" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <span class="mail-short">{short}</span><Icon name="chevron" size={13} class={open ? "turned" : ""} />
      </button>
      <dl id={id} class="mail-lines" hidden={!open}>
        <Line label={t("console-mail-from")} parties={[envelope.sender]} />
        <Line label={t("console-mail-to")} parties={envelope.to} />
        <Line label={t("console-mail-copies")} parties={envelope.copies} />
        <div><dt>{t("console-mail-subject")}</dt><dd dir="auto">{envelope.subject || t("console-mail-no-subject")}</dd></div>
      </dl>
    </>
  );
}
