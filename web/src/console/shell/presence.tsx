/** The presence switch: available, busy, away, offline, with a reason, and how much load is held. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Me, PresenceReason, PresenceState } from "../../wire.ts";
import { t } from "../data/i18n.ts";
import { reasons } from "../data/resource.ts";
import { me, setPresence } from "../data/session.ts";
import { Icon } from "../ui/icons.tsx";
import { Menu } from "../ui/menu.tsx";
import { attempt } from "../ui/toast.tsx";
import { reasonText } from "./set-for-you.tsx";

const STATES: PresenceState[] = ["available", "busy", "away", "offline"];
/** What there is to choose until supervisors keep a list of their own. */
const USUAL = ["lunch", "break", "meeting", "training"] as const;

type Choice = Pick<PresenceReason, "state" | "name">;

function choices(): Choice[] {
  const own = reasons.items.value;
  return own.length ? own : USUAL.map((each) => ({ state: "away", name: t(`console-presence-reason-${each}`) }));
}

function ownWords(agent: Me): string {
  return agent.presence_by === "system" ? "" : (agent.presence_reason ?? "");
}

function Reason({ close }: { close: () => void }): JSX.Element {
  const agent = me.value!;
  const [text, setText] = useState(ownWords(agent));
  useEffect(() => reasons.need(), []);
  const set = (state: PresenceState, reason: string): void => {
    close();
    void attempt(() => setPresence(state, reason.trim() || null));
  };
  const state = ["available", "offline", "not_responding"].includes(agent.presence) ? "away" : agent.presence;
  const list = choices();
  return (
    <form class="presence-reason" onSubmit={(event) => { event.preventDefault(); set(state, text); }}>
      {STATES.filter((each) => list.some((choice) => choice.state === each)).map((each) => (
        <div key={each} class="presence-group" role="group" aria-label={t("console-presence-because", { state: t(`console-presence-${each}`) })}>
          <span class="presence-label">{t("console-presence-because", { state: t(`console-presence-${each}`) })}</span>
          <div class="presence-quick">
            {list.filter((choice) => choice.state === each).map((choice) => (
              <button key={choice.name} type="button" class={`pill ${agent.presence === each && agent.presence_reason === choice.name ? "pill-on" : ""}`} onClick={() => set(each, choice.name)}>{choice.name}</button>
            ))}
          </div>
        </div>
      ))}
      <label class="presence-label" for="presence-reason">{t("console-presence-other", { state: t(`console-presence-${state}`) })}</label>
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
      <span class="presence-name" title={reasonText(agent) || undefined}>{ownWords(agent) || t(`console-presence-${agent.presence.replace("_", "-")}`)}</span>
      <Icon name="chevron" size={14} />
    </Menu>
  );
}
