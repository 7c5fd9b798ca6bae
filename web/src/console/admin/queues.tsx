/** Queues: where conversations wait, what they need, who answers them, by when. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Requirement } from "../../wire.ts";
import { length } from "../data/format.ts";
import { LANGUAGES, locale, t } from "../data/i18n.ts";
import { agents, hours, nameOf, policies, queues, skills } from "../data/resource.ts";
import { may } from "../data/session.ts";
import { Avatar, Button, Chip, IconButton } from "../ui/basic.tsx";
import { CheckField, Field, SelectField, TextField, type Submission } from "../ui/form.tsx";
import { Collection } from "./collection.tsx";
import { Level } from "./level.tsx";
import { Span } from "./span.tsx";

function Requirements({ list, onList, submission }: { list: Requirement[]; onList: (list: Requirement[]) => void; submission: Submission }): JSX.Element {
  const unused = skills.items.value.filter((skill) => !list.some((each) => each.skill === skill.id));
  const set = (at: number, change: Partial<Requirement>): void => onList(list.map((each, index) => (index === at ? { ...each, ...change } : each)));
  return (
    <Field label={t("console-queue-requirements")} name="requirements" submission={submission} help={t("console-queue-requirements-help")}>
      {() => (
        <div class="lines">
          {list.map((each, at) => (
            <div key={each.skill} class="line line-need">
              <strong>{nameOf(skills, each.skill) || each.skill}</strong>
              <Level value={each.level} label={t("console-level-of", { skill: nameOf(skills, each.skill) })} onValue={(level) => set(at, { level })} />
              <Span label={t("console-queue-drop")} hiddenLabel name="drop_after_s" seconds={each.drop_after_s} onSeconds={(drop_after_s) => set(at, { drop_after_s })} none={t("console-queue-never")} />
              <IconButton icon="close" size="small" label={t("console-remove", { name: nameOf(skills, each.skill) })} onClick={() => onList(list.filter((_, index) => index !== at))} />
            </div>
          ))}
          {unused.length ? (
            <select class="input select fit" aria-label={t("console-queue-add-skill")} value="" onChange={(event) => { onList([...list, { skill: event.currentTarget.value, level: 1, drop_after_s: null }]); event.currentTarget.value = ""; }}>
              <option value="">{t("console-queue-add-skill")}</option>{unused.map((skill) => <option key={skill.id} value={skill.id}>{skill.name}</option>)}
            </select>
          ) : null}
        </div>
      )}
    </Field>
  );
}

function Members({ list, onList }: { list: string[]; onList: (list: string[]) => void }): JSX.Element {
  const people = agents.items.value.filter((agent) => agent.active && agent.roles.includes("agent"));
  return (
    <fieldset class="fieldset">
      <legend>{t("console-queue-members")}</legend>
      <div class="member-grid">
        {people.map((agent) => (
          <CheckField key={agent.id} checked={list.includes(agent.id)} onValue={(on) => onList(on ? [...list, agent.id] : list.filter((each) => each !== agent.id))}
            label={<span class="member"><Avatar id={agent.id} name={agent.name} size={24} />{agent.name}</span>} />
        ))}
      </div>
      <Button size="small" look="quiet" class="fit" onClick={() => onList(list.length === people.length ? [] : people.map((agent) => agent.id))}>{t("console-queue-all-members")}</Button>
    </fieldset>
  );
}

export function QueuesPage(): JSX.Element {
  useEffect(() => [agents, hours, policies, skills].forEach((each) => void each.load()), []);
  const choose = (list: { id: string; name: string }[], none: string): { value: string; text: string }[] => [{ value: "", text: none }, ...list.map((each) => ({ value: each.id, text: each.name }))];
  return (
    <Collection noun="queue" icon="inbox" resource={queues} mayChange={may("supervise")} wide nameOf={(item) => item.name} fieldNames={["name", "priority", "sla_policy", "hours", "requirements", "members", "languages"]}
      begin={(item) => ({ name: item?.name ?? "", priority: item?.priority ?? 3, sla_policy: item?.sla_policy ?? null, hours: item?.hours ?? null, requirements: item?.requirements ?? [], members: item?.members ?? [], languages: item?.languages ?? [] })}
      row={(item) => (
        <>
          <strong class="thing-name">{item.name}</strong>
          <span class="thing-chips">{item.requirements.map((each) => <Chip key={each.skill} icon="tag">{nameOf(skills, each.skill)} {each.level}+</Chip>)}{item.sla_policy ? <Chip icon="clock">{nameOf(policies, item.sla_policy)}</Chip> : null}</span>
          <span class="thing-more">{t("console-queue-member-count", { count: item.members.length })} · {t("console-queue-waiting", { count: item.waiting })}{item.oldest_s ? ` · ${length(item.oldest_s, locale())}` : ""}</span>
        </>
      )}
      fields={(form, set, submission) => (
        <>
          <div class="fields">
            <TextField label={t("console-name-thing")} name="name" value={form.name} onValue={(name) => set({ name })} submission={submission} required autofocus />
            <TextField label={t("console-queue-priority")} name="priority" type="number" value={form.priority} onValue={(value) => set({ priority: Number(value) })} submission={submission} help={t("console-queue-priority-help")} />
            <SelectField label={t("console-queue-sla")} name="sla_policy" value={form.sla_policy} onValue={(value) => set({ sla_policy: value || null })} submission={submission} options={choose(policies.items.value, t("console-none"))} />
            <SelectField label={t("console-queue-hours")} name="hours" value={form.hours} onValue={(value) => set({ hours: value || null })} submission={submission} options={choose(hours.items.value, t("console-hours-always"))} />
          </div>
          <Requirements list={form.requirements} onList={(requirements) => set({ requirements })} submission={submission} />
          <fieldset class="fieldset"><legend>{t("console-queue-languages")}</legend><div class="member-grid">
            {LANGUAGES.map(({ tag, name }) => <CheckField key={tag} label={name} checked={form.languages.includes(tag)} onValue={(on) => set({ languages: on ? [...form.languages, tag] : form.languages.filter((each) => each !== tag) })} />)}
          </div></fieldset>
          <Members list={form.members} onList={(members) => set({ members })} />
        </>
      )} />
  );
}
