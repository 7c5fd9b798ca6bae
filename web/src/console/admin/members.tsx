/** Who serves a queue, and how long its work must have waited before it comes to each of them. */
import type { JSX } from "preact";
import { t } from "../data/i18n.ts";
import { agents } from "../data/resource.ts";
import { Avatar, Button } from "../ui/basic.tsx";
import { CheckField, type Submission } from "../ui/form.tsx";
import { Span } from "./span.tsx";

interface Props { members: string[]; delays: Record<string, number>; onChange: (change: { members: string[]; delays: Record<string, number> }) => void; submission: Submission }

export function withDelay(delays: Record<string, number>, agent: string, seconds: number | null): Record<string, number> {
  const { [agent]: _, ...rest } = delays;
  return seconds ? { ...rest, [agent]: seconds } : rest;
}

export function Members({ members, delays, onChange, submission }: Props): JSX.Element {
  const people = agents.items.value.filter((agent) => agent.active && agent.roles.includes("agent"));
  const set = (list: string[]): void => onChange({ members: list, delays: Object.fromEntries(Object.entries(delays).filter(([each]) => list.includes(each))) });
  return (
    <fieldset class="fieldset">
      <legend>{t("console-queue-members")}</legend>
      <p class="field-help">{t("console-queue-delay-help")}</p>
      <ul class="member-list">
        {people.map((agent) => {
          const on = members.includes(agent.id);
          return (
            <li key={agent.id} class="member-row">
              <CheckField checked={on} onValue={(now) => set(now ? [...members, agent.id] : members.filter((each) => each !== agent.id))}
                label={<span class="member"><Avatar id={agent.id} name={agent.name} size={24} />{agent.name}</span>} />
              {on ? <Span label={t("console-queue-delay-of", { name: agent.name })} hiddenLabel name={`delays.${agent.id}`} seconds={delays[agent.id] ?? null} submission={submission} none={t("console-queue-at-once")} onSeconds={(seconds) => onChange({ members, delays: withDelay(delays, agent.id, seconds) })} /> : null}
            </li>
          );
        })}
      </ul>
      <Button size="small" look="quiet" class="fit" onClick={() => set(members.length === people.length ? [] : people.map((agent) => agent.id))}>{t("console-queue-all-members")}</Button>
    </fieldset>
  );
}
