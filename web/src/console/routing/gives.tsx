/** What a rule gives a conversation: its queue, who may take it, and by when. */
import type { JSX } from "preact";
import type { RuleGives, RuleSkill } from "../../wire.ts";
import { Level } from "../admin/level.tsx";
import { Span } from "../admin/span.tsx";
import { t } from "../data/i18n.ts";
import { agents, nameOf, policies, queues, skills } from "../data/resource.ts";
import { IconButton } from "../ui/basic.tsx";
import { CheckField, errorText, Field, SelectField, TextField, type Submission } from "../ui/form.tsx";
import { Adder, Picks } from "../ui/picks.tsx";
import { known } from "./known.ts";
import { LadderEditor, names } from "./ladder.tsx";

const FIRST_LEVEL = 3;
const WAYS = ["queue", "skills", "ladder"] as const;
type Way = (typeof WAYS)[number];

interface Props { gives: RuleGives; onGives: (gives: RuleGives) => void; submission: Submission }

function choose(list: { id: string; name: string }[], none: string): { value: string; text: string }[] {
  return [{ value: "", text: none }, ...list.map((each) => ({ value: each.id, text: each.name }))];
}

function Skills({ list, onList, submission }: { list: RuleSkill[]; onList: (list: RuleSkill[]) => void; submission: Submission }): JSX.Element {
  const unused = skills.items.value.filter((skill) => !list.some((each) => each.skill === skill.id));
  const set = (at: number, change: Partial<RuleSkill>): void => onList(list.map((each, index) => (index === at ? { ...each, ...change } : each)));
  return (
    <Field label={t("console-rule-skills")} name="gives.skills" submission={submission} help={t("console-queue-requirements-help")}>
      {({ "aria-describedby": about }) => (
        <div class="lines" role="group" aria-label={t("console-rule-skills")} aria-describedby={about}>
          {list.map((each, at) => (
            <div key={each.skill} class="line line-need">
              <strong>{nameOf(skills, each.skill) || each.skill}</strong>
              <Level value={each.level} label={t("console-level-of", { skill: nameOf(skills, each.skill) })} onValue={(level) => set(at, { level })} />
              <Span label={t("console-queue-drop")} hiddenLabel name={`skills.${at}.drop_after_s`} seconds={each.drop_after_s ?? null} onSeconds={(drop_after_s) => set(at, { drop_after_s })} none={t("console-queue-never")} />
              <IconButton icon="close" size="small" label={t("console-remove", { name: nameOf(skills, each.skill) })} onClick={() => onList(list.filter((_, index) => index !== at))} />
            </div>
          ))}
          <Adder label={t("console-ladder-skill")} options={unused.map((each) => ({ value: each.id, text: each.name }))} onAdd={(skill) => onList([...list, { skill, level: FIRST_LEVEL, drop_after_s: null }])} />
        </div>
      )}
    </Field>
  );
}

function wayOf({ ladder, skills: list }: RuleGives): Way {
  return ladder ? "ladder" : list ? "skills" : "queue";
}

/** Whoever may take it: as the queue says, with more skills, or quite otherwise. */
function Who({ gives, onGives, submission }: Props): JSX.Element {
  const way = wayOf(gives);
  const turn = (next: Way): void => {
    const { skills: _, ladder: __, ...rest } = gives;
    onGives(next === "queue" ? rest : next === "skills" ? { ...rest, skills: [] } : { ...rest, ladder: {} });
  };
  return (
    <fieldset class="fieldset">
      <legend>{t("console-rule-who")}</legend>
      <div class="ways">
        {WAYS.map((each) => (
          <label key={each} class="check"><input type="radio" name="who" checked={each === way} onChange={() => turn(each)} /><span>{t(`console-rule-who-${each}`)}<small>{t(`console-rule-who-${each}-help`)}</small></span></label>
        ))}
      </div>
      {way === "skills" ? <Skills list={gives.skills ?? []} onList={(list) => onGives({ ...gives, skills: list })} submission={submission} /> : null}
      {way === "ladder" ? <LadderEditor ladder={gives.ladder} onLadder={(ladder) => onGives({ ...gives, ladder })} name="gives.ladder" submission={submission} legend={t("console-rule-ladder")} /> : null}
    </fieldset>
  );
}

/** Who never gets it. Whoever answers no longer keeps their name here, and can be taken out. */
function Exclude({ gives, onGives, submission }: Props): JSX.Element {
  const out = gives.exclude ?? [];
  const offered = agents.items.value.filter((agent) => agent.active && agent.roles.includes("agent")).map((agent) => agent.id);
  const options = [...new Set([...offered, ...out])].map((id) => ({ value: id, text: names.agent(id) }));
  return (
    <Field label={t("console-rule-exclude")} name="gives.exclude" submission={submission} help={t("console-rule-exclude-help")}>
      {(wired) => <Picks label={t("console-rule-exclude")} values={out} options={options} add={t("console-rule-exclude-add")} onValues={(exclude) => onGives({ ...gives, exclude })} wrong={Boolean(wired["aria-invalid"])} describedBy={wired["aria-describedby"]} />}
    </Field>
  );
}

export function GivesEditor({ gives, onGives, submission }: Props): JSX.Element {
  const set = (change: RuleGives): void => onGives({ ...gives, ...change });
  return (
    <>
      <div class="fields">
        <SelectField label={t("console-rule-queue")} name="gives.queue" value={gives.queue ?? null} onValue={(value) => set({ queue: value || null })} submission={submission} options={choose(queues.items.value, t("console-rule-queue-none"))} help={t("console-rule-queue-help")} />
        <SelectField label={t("console-rule-policy")} name="gives.sla_policy" value={gives.sla_policy ?? null} onValue={(value) => set({ sla_policy: value || null })} submission={submission} options={choose(policies.items.value, t("console-rule-as-queue"))} />
        <TextField label={t("console-rule-priority")} name="gives.priority" type="number" min={0} max={100} value={gives.priority ?? 0} onValue={(value) => set({ priority: Number(value) })} submission={submission} help={t("console-rule-priority-help")} />
        <Field label={t("console-rule-work")} name="gives.work" submission={submission} help={t("console-rule-work-help")}>
          {(wired) => (
            <>
              <input class="input" {...wired} list="rule-works" value={gives.work ?? ""} onInput={(event) => set({ work: event.currentTarget.value || null })} />
              <datalist id="rule-works">{known.value.work.map((each) => <option key={each} value={each} />)}</datalist>
            </>
          )}
        </Field>
      </div>
      <CheckField label={t("console-rule-person")} help={t("console-rule-person-help")} checked={gives.person ?? false} onValue={(person) => set({ person })} />
      <Who gives={gives} onGives={onGives} submission={submission} />
      <Exclude gives={gives} onGives={onGives} submission={submission} />
      {submission.error?.field?.endsWith("gives") ? <p class="field-error" role="alert">{errorText(submission.error)}</p> : null}
    </>
  );
}
