/** SLA policies: by when a customer is owed an answer, what missing that is worth, and when to warn. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { SlaPolicy } from "../../wire.ts";
import { length, percent } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { hours, nameOf, policies } from "../data/resource.ts";
import { may } from "../data/session.ts";
import { Chip } from "../ui/basic.tsx";
import { Field, SelectField, TextField } from "../ui/form.tsx";
import { Collection } from "./collection.tsx";
import { Span } from "./span.tsx";

const TARGETS = ["first_response_s", "next_response_s", "resolution_s"] as const;
const SHARES = [0.5, 0.75, 0.8, 0.9];
const NO_WARNING = 1;

function Targets({ item }: { item: SlaPolicy }): JSX.Element {
  return <>{TARGETS.map((name) => item[name] ? <Chip key={name}>{t(`console-sla-${name.replaceAll("_", "-")}`)} {length(item[name], locale())}</Chip> : null)}</>;
}

function shareText(share: number): string {
  return share >= NO_WARNING ? t("console-sla-warn-never") : t("console-sla-warn-at", { share: percent(share, locale()) });
}

function about(item: SlaPolicy): string {
  const worth = new Intl.NumberFormat(locale()).format(item.worth);
  return [item.worth === 1 ? "" : t("console-sla-worth-short", { worth }), shareText(item.warn_share), item.hours ? nameOf(hours, item.hours) : t("console-hours-always")].filter(Boolean).join(" · ");
}

function begin(item: SlaPolicy | null) {
  const { name, first_response_s, next_response_s, resolution_s, hours: counted, worth, warn_share } = item ?? { name: "", first_response_s: null, next_response_s: null, resolution_s: null, hours: null, worth: 1, warn_share: 0.8 };
  return { name, first_response_s, next_response_s, resolution_s, hours: counted, worth: String(worth), warn_share };
}

export function PoliciesPage(): JSX.Element {
  useEffect(() => void hours.load(), []);
  return (
    <Collection noun="sla" icon="clock" resource={policies} mayChange={may("supervise")} nameOf={(item) => item.name} fieldNames={["name", ...TARGETS, "hours", "worth", "warn_share"]}
      begin={begin} body={(form) => ({ ...form, worth: Number(form.worth) })}
      row={(item) => <><strong class="thing-name">{item.name}</strong><span class="thing-chips"><Targets item={item} /></span><span class="thing-more">{about(item)}</span></>}
      fields={(form, set, submission) => (
        <>
          <TextField label={t("console-name-thing")} name="name" value={form.name} onValue={(name) => set({ name })} submission={submission} required autofocus />
          {TARGETS.map((name) => <Span key={name} label={t(`console-sla-${name.replaceAll("_", "-")}`)} name={name} seconds={form[name]} onSeconds={(seconds) => set({ [name]: seconds })} submission={submission} none={t("console-sla-no-target")} />)}
          <SelectField label={t("console-sla-hours")} name="hours" value={form.hours} onValue={(value) => set({ hours: value || null })} submission={submission}
            options={[{ value: "", text: t("console-sla-hours-queue") }, ...hours.items.value.map((each) => ({ value: each.id, text: each.name }))]} />
          <div class="fields">
            <SelectField label={t("console-sla-warn")} name="warn_share" help={t("console-sla-warn-help")} value={String(form.warn_share)} onValue={(value) => set({ warn_share: Number(value) })} submission={submission}
              options={[...new Set([...SHARES, form.warn_share, NO_WARNING])].sort((one, other) => one - other).map((share) => ({ value: String(share), text: share >= NO_WARNING ? t("console-sla-warn-never") : t("console-sla-warn-share", { share: percent(share, locale()) }) }))} />
            <Field label={t("console-sla-worth")} name="worth" help={t("console-sla-worth-help")} submission={submission}>
              {(wired) => <input class="input" type="number" min={0.01} max={1000} step="any" required {...wired} value={form.worth} onInput={(event) => set({ worth: event.currentTarget.value })} />}
            </Field>
          </div>
        </>
      )} />
  );
}
