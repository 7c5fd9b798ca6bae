/** The presence switch: available, busy, away, offline, with a reason, and how much load is held. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Me, PresenceState } from "../../wire.ts";
import { t } from "../data/i18n.ts";
import { me, setPresence } from "../data/session.ts";
import { Icon } from "../ui/icons.tsx";
import { Menu } from "../ui/menu.tsx";
import { attempt } from "../ui/toast.tsx";

const STATES: PresenceState[] = ["available", "busy", "away", "offline"];
const REASONS = ["lunch", "break", "meeting", "training"] as const;

/** In the person's own words; why the system set their presence is a code, and the state says it already. */
function ownReason(agent: Me): string {
  return agent.presence === "not_responding" ? "" : (agent.presence_reason ?? "");
}

function Reason({ close }: { close: () => void }): JSX.Element {
  const agent = me.value!;
  const [text, setText] = useState(ownReason(agent));
  const choose = (reason: string): void => {
    const state = agent.presence === "available" || agent.presence === "offline" ? "away" : agent.presence;
    close();
    void attempt(() => setPresence(state, reason.trim() || null));
  };
  return (
    <form class="presence-reason" onSubmit={(event) => { event.preventDefault(); choose(text); }}>
      <label class="presence-label" for="presence-reason">{t("console-presence-reason")}</label>
      <div class="presence-quick">
        {REASONS.map((reason) => <button key={reason} type="button" class="pill" onClick={() => choose(t(`console-presence-reason-${reason}`))}>{t(`console-presence-reason-${reason}`)}</button>)}
      </div>
      <input id="presence-reason" class="input" maxLength={80} value={text} placeholder={t("console-presence-reason-other")} onInput={(event) => setText(event.currentTarget.value)} />
    </form>
  );
}

export function Presence(): JSX.Element {
  const agent = me.value!;
  return (
    <Menu class="presence" id="presence-button" side="end" label={t("console-presence-change")}
      items={STATES.map((state) => ({
        text: t(`console-presence-${state}`), hint: t(`console-presence-${state}-help`), mark: <span class={`dot dot-${state}`} />,
        checked: agent.presence === state, run: () => void attempt(() => setPresence(state, null)),
      }))}
      heading={<div class="presence-load"><span>{t("console-load")}</span><meter min={0} max={Math.max(agent.capacity, 1)} value={agent.load} aria-label={t("console-load")} /><span class="tabular">{agent.load} / {agent.capacity}</span></div>}
      footer={(close) => <Reason close={close} />}>
      <span class={`dot dot-${agent.presence}`} />
      <span class="presence-name">{ownReason(agent) || t(`console-presence-${agent.presence.replace("_", "-")}`)}</span>
      <Icon name="chevron" size={14} />
    </Menu>
  );
}
