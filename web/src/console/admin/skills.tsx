/** Skills: what an agent can do. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../data/i18n.ts";
import { agents, skills } from "../data/resource.ts";
import { may } from "../data/session.ts";
import { TextField } from "../ui/form.tsx";
import { Collection } from "./collection.tsx";

export function SkillsPage(): JSX.Element {
  useEffect(() => void agents.load(), []);
  const holders = (id: string): number => agents.items.value.filter((agent) => agent.active && agent.skills.some((each) => each.skill === id)).length;
  return (
    <Collection noun="skill" icon="tag" resource={skills} mayChange={may("supervise")} nameOf={(item) => item.name} fieldNames={["name"]}
      begin={(item) => ({ name: item?.name ?? "" })}
      row={(item) => <><strong class="thing-name">{item.name}</strong><span class="thing-more">{t("console-skill-holders", { count: holders(item.id) })}</span></>}
      fields={(form, set, submission) => <TextField label={t("console-name-thing")} name="name" value={form.name} onValue={(name) => set({ name })} submission={submission} required autofocus />} />
  );
}
