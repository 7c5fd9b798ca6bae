/** People: invited by a link, with roles, skills and capacity; deactivated, given a new password. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Agent } from "../../wire.ts";
import { useActions } from "../data/actions.ts";
import { t } from "../data/i18n.ts";
import { agents, nameOf, queues, skills } from "../data/resource.ts";
import { may } from "../data/session.ts";
import { Avatar, Button, Chip, Empty, Skeleton } from "../ui/basic.tsx";
import { errorText } from "../ui/form.tsx";
import { Icon } from "../ui/icons.tsx";
import { PageHead } from "../ui/page.tsx";
import { InviteDialog } from "./invite.tsx";
import { kindText } from "./channels.tsx";
import { PersonDialog } from "./person.tsx";
import { presenceText } from "./person-presence.tsx";

function Person({ agent, onOpen }: { agent: Agent; onOpen: () => void }): JSX.Element {
  return (
    <li class={`thing ${agent.active ? "" : "thing-off"}`}>
      <button type="button" class="thing-open" onClick={onOpen}>
        <Avatar id={agent.id} name={agent.name} size={36} dot={agent.active ? agent.presence : undefined} />
        <span class="thing-who"><strong class="thing-name">{agent.name}</strong><small>{agent.email}</small></span>
        <span class="thing-chips">
          {agent.active ? null : <Chip tone="warn">{t("console-person-inactive")}</Chip>}
          {agent.roles.map((role) => <Chip key={role} tone={role === "administrator" ? "accent" : "neutral"}>{t(`console-role-${role}`)}</Chip>)}
          {agent.channels ? agent.channels.map((kind) => <Chip key={kind} icon="chat">{kindText(kind)}</Chip>) : null}
          {agent.skills.map((each) => <Chip key={each.skill} icon="tag">{nameOf(skills, each.skill)} {each.level}</Chip>)}
        </span>
        <span class="thing-more tabular">{agent.roles.includes("agent") ? <>{agent.active && agent.presence !== "available" ? <small>{presenceText(agent)}</small> : null}<span class={agent.load > agent.capacity ? "over" : ""}>{t("console-load")} {agent.load} / {agent.capacity}</span></> : ""}</span>
      </button>
    </li>
  );
}

export function PeoplePage(): JSX.Element {
  const [open, setOpen] = useState<string | null>(null);
  const [inviting, setInviting] = useState(false);
  const [query, setQuery] = useState("");
  useEffect(() => [agents, skills, queues].forEach((each) => void each.load()), []);
  useActions([{ id: "invite", text: "console-invite", group: "general", keys: "c", enabled: () => may("administer"), run: () => setInviting(true) }]);
  const wanted = query.trim().toLowerCase();
  const shown = agents.items.value.filter((agent) => `${agent.name} ${agent.email}`.toLowerCase().includes(wanted)).sort((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name));
  const chosen = agents.items.value.find((agent) => agent.id === open);
  return (
    <>
      <PageHead title={t("console-admin-people")}>{may("administer") ? <Button look="primary" icon="plus" keys="c" onClick={() => setInviting(true)}>{t("console-invite")}</Button> : null}</PageHead>
      <p class="admin-lead">{t("console-people-lead")}</p>
      <div class="search admin-search"><Icon name="search" size={16} /><input type="search" class="search-input" value={query} aria-label={t("console-people-search")} placeholder={t("console-people-search")} onInput={(event) => setQuery(event.currentTarget.value)} /></div>
      {agents.error.value && !agents.items.value.length ? <Empty icon="alert" title={t("error-list")} action={<Button onClick={() => void agents.load()}>{t("console-try-again")}</Button>}>{errorText(agents.error.value)}</Empty>
        : agents.loading.value ? <Skeleton rows={5} />
        : shown.length ? <ul class="things">{shown.map((agent) => <Person key={agent.id} agent={agent} onOpen={() => setOpen(agent.id)} />)}</ul>
        : <Empty icon="people" title={t("console-suggest-none")} />}
      {inviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
      {chosen ? <PersonDialog key={chosen.id} agent={chosen} onClose={() => setOpen(null)} /> : null}
    </>
  );
}
