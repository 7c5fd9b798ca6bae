/** SLA policies: by when a customer is owed an answer. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { SlaPolicy } from "../../wire.ts";
import { length } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { hours, nameOf, policies } from "../data/resource.ts";
import { may } from "../data/session.ts";
import { Chip } from "../ui/basic.tsx";
import { SelectField, TextField } from "../ui/form.tsx";
import { Collection } from "./collection.tsx";
import { Span } from "./span.tsx";

const TARGETS = ["first_response_s", "next_response_s", "resolution_s"] as const;

function Targets({ item }: { item: SlaPolicy }): JSX.Element {
  return <>{TARGETS.map((name) => item[name] ? <Chip key={name}>{t(`console-sla-${name.replaceAll("_", "-")}`)} {length(item[name], locale())}</Chip> : null)}</>;
}

export function PoliciesPage(): JSX.Element {
  useEffect(() => void hours.load(), []);
  return (
    <Collection noun="sla" icon="clock" resource={policies} mayChange={may("supervise")} nameOf={(item) => item.name} fieldNames={["name", ...TARGETS, "hours"]}
      begin={(item) => ({ name: item?.name ?? "", first_response_s: item?.first_response_s ?? null, next_response_s: item?.next_response_s ?? null, resolution_s: item?.resolution_s ?? null, hours: item?.hours ?? null })}
      row={(item) => <><strong class="thing-name">{item.name}</strong><span class="thing-chips"><Targets item={item} /></span><span class="thing-more">{item.hours ? nameOf(hours, item.hours) : t("console-hours-always")}</span></>}
      fields={(form, set, submission) => (
        <>
          <TextField label={t("console-name-thing")} name="name" value={form.name} onValue={(name) => set({ name })} submission={submission} required autofocus />
          {TARGETS.map((name) => <Span key={name} label={t(`console-sla-${name.replaceAll("_", "-")}`)} name={name} seconds={form[name]} onSeconds={(seconds) => set({ [name]: seconds })} submission={submission} none={t("console-sla-no-target")} />)}
          <SelectField label={t("console-sla-hours")} name="hours" value={form.hours} onValue={(value) => set({ hours: value || null })} submission={submission}
            options={[{ value: "", text: t("console-hours-always") }, ...hours.items.value.map((each) => ({ value: each.id, text: each.name }))]} />
        </>
      )} />
  );
}
