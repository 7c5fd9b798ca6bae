/** Presence: the reasons that agents choose from, and what happens by itself. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { PresenceReason, PresenceReasonAsk, PresenceRules } from "../../wire.ts";
import { api } from "../data/api.ts";
import { length } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { reasons } from "../data/resource.ts";
import { may } from "../data/session.ts";
import { Chip } from "../ui/basic.tsx";
import { SelectField, TextField } from "../ui/form.tsx";
import { Collection } from "./collection.tsx";

const STATES: PresenceReasonAsk["state"][] = ["away", "busy", "available", "offline"];

function Rules(): JSX.Element | null {
  const [rules, setRules] = useState<PresenceRules | null>(null);
  useEffect(() => { api.get<PresenceRules>("/api/presence-rules").then(setRules, () => undefined); }, []);
  if (!rules) return null;
  const lines: { setting: string; text: string }[] = [
    { setting: "PARLEY_ROUTING_MISSED_OFFERS", text: rules.missed_offers ? t("console-presence-rule-missed", { count: rules.missed_offers }) : t("console-presence-rule-missed-never") },
    { setting: "PARLEY_CONSOLE_ATTENDANCE_IDLE_S", text: rules.idle_s ? t("console-presence-rule-idle", { time: length(rules.idle_s, locale()) }) : t("console-presence-rule-idle-never") },
    { setting: "PARLEY_CONSOLE_ATTENDANCE_GONE_S", text: rules.gone_s ? t("console-presence-rule-gone", { time: length(rules.gone_s, locale()) }) : t("console-presence-rule-gone-never") },
  ];
  return (
    <section class="presence-rules">
      <h2>{t("console-presence-rules")}</h2>
      <ul class="things">{lines.map((each) => <li key={each.setting} class="thing"><div class="thing-open"><span>{each.text}</span><span class="thing-more"><code>{each.setting}</code></span></div></li>)}</ul>
    </section>
  );
}

function ask(form: { state: PresenceReason["state"]; name: string; position: string }): PresenceReasonAsk {
  return { state: form.state, name: form.name, position: form.position === "" ? null : Number(form.position) };
}

export function PresencePage(): JSX.Element {
  return (
    <>
      <Collection noun="presence" icon="sun" resource={reasons} mayChange={may("supervise")} nameOf={(item) => item.name} fieldNames={["state", "name", "position"]}
        begin={(item) => ({ state: item?.state ?? ("away" as PresenceReason["state"]), name: item?.name ?? "", position: item ? String(item.position) : "" })} body={ask}
        row={(item) => <><span class={`dot dot-${item.state}`} /><strong class="thing-name">{item.name}</strong><span class="thing-more"><Chip>{t(`console-presence-${item.state}`)}</Chip></span></>}
        fields={(form, set, submission) => (
          <>
            <TextField label={t("console-presence-word")} name="name" value={form.name} onValue={(name) => set({ name })} submission={submission} required autofocus help={t("console-presence-word-help")} />
            <div class="fields">
              <SelectField label={t("console-presence-state")} name="state" value={form.state} onValue={(state) => set({ state: state as PresenceReason["state"] })} submission={submission} options={STATES.map((value) => ({ value, text: t(`console-presence-${value}`) }))} />
              <TextField label={t("console-presence-place")} name="position" type="number" min={0} max={1000} value={form.position} onValue={(position) => set({ position })} submission={submission} help={t("console-presence-place-help")} />
            </div>
          </>
        )} />
      <Rules />
    </>
  );
}
