/** Queues: where conversations wait, whom they need, who answers them, by when, and in which order. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Queue } from "../../wire.ts";
import { length } from "../data/format.ts";
import { LANGUAGES, locale, t } from "../data/i18n.ts";
import { agents, hours, nameOf, policies, queues, skills } from "../data/resource.ts";
import { may } from "../data/session.ts";
import { LadderEditor } from "../routing/ladder.tsx";
import { Chip } from "../ui/basic.tsx";
import { CheckField, SelectField, TextField } from "../ui/form.tsx";
import { Collection } from "./collection.tsx";
import { Members } from "./members.tsx";
import { RoutingFields, USUAL } from "./routing-fields.tsx";

const FIELDS = ["name", "priority", "sla_policy", "hours", "ladder", "members", "delays", "languages", "policy", "parameters", "choice", "guard", "reserve", "previous_agent_s", "wrap_up_s"];

function Row({ item }: { item: Queue }): JSX.Element {
  const { policy } = { ...USUAL, ...item.routing };
  return (
    <>
      <strong class="thing-name">{item.name}</strong>
      <span class="thing-chips">
        {(item.ladder.required ?? []).map((each) => <Chip key={each.skill} icon="tag">{nameOf(skills, each.skill)} {each.level}+</Chip>)}
        {item.sla_policy ? <Chip icon="clock">{nameOf(policies, item.sla_policy)}</Chip> : null}
        {policy === USUAL.policy ? null : <Chip>{t(`console-policy-${policy.replaceAll("_", "-")}`)}</Chip>}
      </span>
      <span class="thing-more">{t("console-queue-member-count", { count: item.members.length })} · {t("console-queue-waiting", { count: item.waiting })}{item.oldest_s ? ` · ${length(item.oldest_s, locale())}` : ""}</span>
    </>
  );
}

function begin(item: Queue | null) {
  return {
    name: item?.name ?? "", priority: item?.priority ?? 3, sla_policy: item?.sla_policy ?? null, hours: item?.hours ?? null, ladder: item?.ladder ?? {},
    members: item?.members ?? [], delays: item?.delays ?? {}, languages: item?.languages ?? [], routing: item?.routing ?? {},
  };
}

export function QueuesPage(): JSX.Element {
  useEffect(() => [agents, hours, policies, skills].forEach((each) => void each.load()), []);
  const choose = (list: { id: string; name: string }[], none: string): { value: string; text: string }[] => [{ value: "", text: none }, ...list.map((each) => ({ value: each.id, text: each.name }))];
  return (
    <Collection noun="queue" icon="inbox" resource={queues} mayChange={may("supervise")} wide nameOf={(item) => item.name} fieldNames={FIELDS} begin={begin} row={(item) => <Row item={item} />}
      fields={(form, set, submission) => (
        <>
          <div class="fields">
            <TextField label={t("console-name-thing")} name="name" value={form.name} onValue={(name) => set({ name })} submission={submission} required autofocus />
            <TextField label={t("console-queue-priority")} name="priority" type="number" min={0} max={100} value={form.priority} onValue={(value) => set({ priority: Number(value) })} submission={submission} help={t("console-queue-priority-help")} />
            <SelectField label={t("console-queue-sla")} name="sla_policy" value={form.sla_policy} onValue={(value) => set({ sla_policy: value || null })} submission={submission} options={choose(policies.items.value, t("console-none"))} />
            <SelectField label={t("console-queue-hours")} name="hours" value={form.hours} onValue={(value) => set({ hours: value || null })} submission={submission} options={choose(hours.items.value, t("console-hours-always"))} />
          </div>
          <LadderEditor ladder={form.ladder} onLadder={(ladder) => set({ ladder })} submission={submission} people={form.members} />
          <Members members={form.members} delays={form.delays} onChange={set} submission={submission} />
          <RoutingFields routing={form.routing} onRouting={(routing) => set({ routing })} submission={submission} />
          <fieldset class="fieldset"><legend>{t("console-queue-languages")}</legend><div class="member-grid">
            {LANGUAGES.map(({ tag, name }) => <CheckField key={tag} label={name} checked={form.languages.includes(tag)} onValue={(on) => set({ languages: on ? [...form.languages, tag] : form.languages.filter((each) => each !== tag) })} />)}
          </div></fieldset>
        </>
      )} />
  );
}
