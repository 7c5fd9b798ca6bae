/** One person: name, roles, skills with levels, capacity; a reset link; active or not. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Agent, AgentSkill, ResetLink } from "../../wire.ts";
import { api } from "../data/api.ts";
import { t } from "../data/i18n.ts";
import { agents, nameOf, skills } from "../data/resource.ts";
import { may, me } from "../data/session.ts";
import { Button, IconButton, Notice } from "../ui/basic.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field, FormError, TextField, useSubmission, type Submission } from "../ui/form.tsx";
import { say } from "../ui/toast.tsx";
import { Copy } from "./copy.tsx";
import { Channels } from "./channels.tsx";
import { Level } from "./level.tsx";
import { PersonPresence } from "./person-presence.tsx";
import { Roles } from "./roles.tsx";

function Skills({ list, onList, submission }: { list: AgentSkill[]; onList: (list: AgentSkill[]) => void; submission: Submission }): JSX.Element {
  const unused = skills.items.value.filter((skill) => !list.some((each) => each.skill === skill.id));
  return (
    <Field label={t("console-admin-skills")} name="skills" submission={submission} help={t("console-person-skills-help")}>
      {() => (
        <div class="lines">
          {list.map((each) => (
            <div key={each.skill} class="line">
              <strong>{nameOf(skills, each.skill) || each.skill}</strong>
              <Level value={each.level} label={t("console-level-of", { skill: nameOf(skills, each.skill) })} onValue={(level) => onList(list.map((other) => (other === each ? { ...other, level } : other)))} />
              <IconButton icon="close" size="small" label={t("console-remove", { name: nameOf(skills, each.skill) })} onClick={() => onList(list.filter((other) => other !== each))} />
            </div>
          ))}
          {unused.length ? (
            <select class="input select fit" aria-label={t("console-queue-add-skill")} value="" onChange={(event) => { onList([...list, { skill: event.currentTarget.value, level: 3 }]); event.currentTarget.value = ""; }}>
              <option value="">{t("console-queue-add-skill")}</option>{unused.map((skill) => <option key={skill.id} value={skill.id}>{skill.name}</option>)}
            </select>
          ) : null}
        </div>
      )}
    </Field>
  );
}

export function PersonDialog({ agent, onClose }: { agent: Agent; onClose: () => void }): JSX.Element {
  const [form, setForm] = useState({ name: agent.name, roles: agent.roles, skills: agent.skills, capacity: agent.capacity, channels: agent.channels });
  const [link, setLink] = useState<string | null>(null);
  const submission = useSubmission();
  const administers = may("administer");
  const own = agent.id === me.value?.id;
  const set = (change: Partial<typeof form>): void => setForm({ ...form, ...change });
  const change = async (body: object, text: string): Promise<void> => {
    if (!(await submission.run(async () => { await api.patch(`/api/agents/${agent.id}`, body); await agents.load(); }))) return;
    say(text);
    onClose();
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    const { skills: held, capacity, channels, ...rest } = form;
    void change(administers ? { ...rest, skills: held, capacity, channels } : { skills: held, capacity, channels }, t("console-saved"));
  };
  const reset = (): Promise<boolean> => submission.run(async () => setLink((await api.post<ResetLink>(`/api/agents/${agent.id}/reset`)).link));
  return (
    <Dialog title={agent.name} onClose={onClose}>
      <form class="form" onSubmit={submit}>
        <FormError submission={submission} fields={["name", "roles", "skills", "capacity", "channels"]} />
        <p class="profile-who">{agent.email}</p>
        <div class="fields">
          <TextField label={t("console-name")} name="name" value={form.name} onValue={(name) => set({ name })} submission={submission} required disabled={!administers} />
          <TextField label={t("console-person-capacity")} name="capacity" type="number" min={1} help={t("console-person-capacity-help")} value={form.capacity} onValue={(value) => set({ capacity: Number(value) })} submission={submission} />
        </div>
        <Skills list={form.skills} onList={(list) => set({ skills: list })} submission={submission} />
        <Channels value={form.channels} onValue={(channels) => set({ channels })} submission={submission} />
        <Roles value={form.roles} onValue={(roles) => set({ roles })} submission={submission} disabled={!administers} />
        {agent.active ? <PersonPresence agent={agent} /> : null}
        {administers && !own && !link ? <p class="field-help">{t("console-reset-help")}</p> : null}
        {link ? <><Notice tone="accent">{t("console-reset-made", { name: agent.name })}</Notice><Copy text={link} label={t("console-reset-link")} /></> : null}
        <footer class="dialog-foot">
          {administers ? (
            <>
              {own ? null : <Button look="quiet" onClick={() => void change({ active: !agent.active }, t(agent.active ? "console-deactivated" : "console-activated"))}>{t(agent.active ? "console-deactivate" : "console-activate")}</Button>}
              {own ? null : <Button class="push" look="quiet" busy={submission.busy} onClick={() => void reset()}>{t("console-reset-link")}</Button>}
            </>
          ) : null}
          <Button onClick={onClose}>{t("console-cancel")}</Button><Button type="submit" look="primary" busy={submission.busy}>{t("console-save")}</Button>
        </footer>
      </form>
    </Dialog>
  );
}
