/** Somebody else's presence as a supervisor sees and sets it. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Agent, PresenceState } from "../../wire.ts";
import { api } from "../data/api.ts";
import { fullTime } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { agents, nameOf, reasons } from "../data/resource.ts";
import { reasonText } from "../shell/set-for-you.tsx";
import { Button } from "../ui/basic.tsx";
import { Field, FormError, useSubmission } from "../ui/form.tsx";
import { say } from "../ui/toast.tsx";

const STATES: PresenceState[] = ["available", "busy", "away", "offline"];

/** "Away (Lunch), since 12:04, set by Sue". */
export function presenceText(agent: Agent): string {
  const reason = reasonText(agent);
  const state = t(`console-presence-${agent.presence.replace("_", "-")}`);
  const words = [reason ? t("console-presence-with", { state, reason }) : state];
  if (agent.presence_since) words.push(t("console-presence-since", { time: fullTime(new Date(agent.presence_since), locale()) }));
  const by = agent.presence_by === agent.id || agent.presence_by === "system" ? "" : nameOf(agents, agent.presence_by);
  if (by) words.push(t("console-presence-set-by", { name: by }));
  return words.join(" · ");
}

export function PersonPresence({ agent }: { agent: Agent }): JSX.Element {
  const [state, setState] = useState<PresenceState>(agent.presence === "not_responding" ? "away" : agent.presence);
  const [reason, setReason] = useState("");
  const submission = useSubmission();
  useEffect(() => reasons.need(), []);
  const known = reasons.items.value.filter((each) => each.state === state);
  const set = async (): Promise<void> => {
    const done = await submission.run(async () => { await api.put(`/api/agents/${agent.id}/presence`, { state, reason: reason.trim() || null }); await agents.load(); });
    if (done) say(t("console-presence-set", { name: agent.name, state: t(`console-presence-${state}`) }));
  };
  return (
    <fieldset class="fieldset">
      <legend>{t("console-presence-title")}</legend>
      <p class="person-presence"><span class={`dot dot-${agent.presence}`} />{presenceText(agent)}</p>
      <FormError submission={submission} fields={["state", "reason"]} />
      <div class="fields fields-button">
        <Field label={t("console-presence-state")} name="state" submission={submission}>
          {(wired) => <select class="input select" {...wired} value={state} onChange={(event) => setState(event.currentTarget.value as PresenceState)}>{STATES.map((each) => <option key={each} value={each} selected={each === state}>{t(`console-presence-${each}`)}</option>)}</select>}
        </Field>
        <Field label={t("console-presence-word")} name="reason" submission={submission}>
          {(wired) => <><input class="input" {...wired} maxLength={80} list={`reasons-${agent.id}`} value={reason} placeholder={t("console-presence-word-none")} onInput={(event) => setReason(event.currentTarget.value)} /><datalist id={`reasons-${agent.id}`}>{known.map((each) => <option key={each.id} value={each.name} />)}</datalist></>}
        </Field>
        <Button busy={submission.busy} onClick={() => void set()}>{t("console-presence-set-do")}</Button>
      </div>
      <p class="field-help">{t("console-presence-set-help", { name: agent.name })}</p>
    </fieldset>
  );
}
