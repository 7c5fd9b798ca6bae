/** Tells a person whose presence somebody else changed, or the system: what it is now, why, and the way back. */
import type { JSX } from "preact";
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Me } from "../../wire.ts";
import { t } from "../data/i18n.ts";
import { agents, nameOf } from "../data/resource.ts";
import { may, me, setPresence } from "../data/session.ts";
import { Button, IconButton } from "../ui/basic.tsx";
import { Icon } from "../ui/icons.tsx";
import { attempt } from "../ui/toast.tsx";

const SYSTEM = "system";
const CODES = ["missed_offers", "idle", "disconnected"];
/** What has been read and put away: the moment of that change. */
const putAway = signal<string | null>(null);

export function setByOthers(agent: Me): boolean {
  return agent.presence_by !== null && agent.presence_by !== agent.id;
}

/** What a system's code means; a person's own words are shown as they are. */
export function reasonText(presence: Pick<Me, "presence_by" | "presence_reason">): string {
  const { presence_by, presence_reason } = presence;
  if (presence_by !== SYSTEM) return presence_reason ?? "";
  return presence_reason && CODES.includes(presence_reason) ? t(`console-presence-code-${presence_reason.replace("_", "-")}`) : "";
}

function told(agent: Me): string {
  const state = t(`console-presence-${agent.presence.replace("_", "-")}`);
  if (agent.presence_by === SYSTEM) return t("console-presence-by-system", { state, reason: reasonText(agent) });
  const name = nameOf(agents, agent.presence_by) || t("console-presence-supervisor");
  return agent.presence_reason ? t("console-presence-by-with", { state, name, reason: agent.presence_reason }) : t("console-presence-by", { state, name });
}

export function SetForYou(): JSX.Element | null {
  const agent = me.value;
  const shown = agent !== null && may("answer") && setByOthers(agent) && agent.presence_since !== putAway.value;
  useEffect(() => { if (shown && agent.presence_by !== SYSTEM) agents.need(); }, [shown, agent?.presence_by]);
  if (!shown) return null;
  const available = agent.presence === "available";
  return (
    <div class="set-for-you" role="status">
      <Icon name="alert" size={15} /><span>{told(agent)}</span>
      {available ? null : <Button size="small" look="plain" onClick={() => void attempt(() => setPresence("available", null))}>{t("console-presence-back")}</Button>}
      <IconButton icon="close" size="small" label={t("console-close")} onClick={() => (putAway.value = agent.presence_since)} />
    </div>
  );
}
