/** Edits a ladder: what is always needed, who may take it at once, and who is added while a conversation waits. */
import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";
import type { Ladder, LadderTerm } from "../../wire.ts";
import { Level } from "../admin/level.tsx";
import { Span } from "../admin/span.tsx";
import { t } from "../data/i18n.ts";
import { agents, nameOf, skills } from "../data/resource.ts";
import { Avatar, Button, IconButton } from "../ui/basic.tsx";
import { errorText, means, type Submission } from "../ui/form.tsx";
import { Adder, type Option } from "../ui/picks.tsx";
import { EVERYBODY, isOpen, isSimple, ladderText, startOf, whole, withChange, withStep, withoutStep, type Names, type WholeStep } from "./ladder-words.ts";

const FIRST_LEVEL = 3;

/** What things are called; those that are gone keep their id. */
export const names: Names = {
  skill: (id) => { skills.need(); return nameOf(skills, id) || id; },
  agent: (id) => { agents.need(); return nameOf(agents, id) || id; },
};

export function LadderText({ ladder }: { ladder: Ladder | null | undefined }): JSX.Element {
  return <>{ladderText(ladder, names)}</>;
}

function chosen(list: readonly { id: string; name: string }[]): Option[] {
  return list.map((each) => ({ value: each.id, text: each.name }));
}

/** The server's objection to one part, beside it. */
function Wrong({ submission, part, id }: { submission: Submission | undefined; part: string; id?: string }): JSX.Element | null {
  return means(submission?.error?.field, part) ? <p class="field-error" id={id} role="alert">{errorText(submission!.error)}</p> : null;
}

interface TermsProps { terms: LadderTerm[]; onTerms: (terms: LadderTerm[]) => void; add: string; label: string; children?: ComponentChildren }

/** Skills that are all needed together. */
function Terms({ terms, onTerms, add, label, children }: TermsProps): JSX.Element {
  const unused = skills.items.value.filter((skill) => !terms.some((each) => each.skill === skill.id));
  return (
    <div class="terms" role="group" aria-label={label}>
      {terms.map((term, at) => (
        <span key={term.skill} class="term">
          {at > 0 ? <span class="term-join">{t("console-ladder-and")}</span> : null}
          <strong>{names.skill(term.skill)}</strong>
          <Level value={term.level} label={t("console-level-of", { skill: names.skill(term.skill) })} onValue={(level) => onTerms(terms.map((each) => (each === term ? { ...each, level } : each)))} />
          <IconButton icon="close" size="small" label={t("console-remove", { name: names.skill(term.skill) })} onClick={() => onTerms(terms.filter((each) => each !== term))} />
        </span>
      ))}
      <Adder label={add} options={chosen(unused)} onAdd={(skill) => onTerms([...terms, { skill, level: FIRST_LEVEL }])} />
      {children}
    </div>
  );
}

function Named({ step, onStep }: { step: WholeStep; onStep: (change: Partial<WholeStep>) => void }): JSX.Element | null {
  if (step.agents.length === 0) return null;
  return (
    <ul class="named" aria-label={t("console-ladder-named")}>
      {step.agents.map((id) => (
        <li key={id}><Avatar id={id} name={names.agent(id)} size={22} />{names.agent(id)}<IconButton icon="close" size="small" label={t("console-remove", { name: names.agent(id) })} onClick={() => onStep({ agents: step.agents.filter((each) => each !== id) })} /></li>
      ))}
    </ul>
  );
}

interface StepProps { step: WholeStep; at: number; start: number; submission: Submission | undefined; people: string[] | null; onStep: (change: Partial<WholeStep>) => void; onStart: (seconds: number) => void; onRemove: (() => void) | null }

function StepEditor({ step, at, start, submission, people, onStep, onStart, onRemove }: StepProps): JSX.Element {
  const heading = useId();
  const setTerms = (index: number, terms: LadderTerm[]): void => onStep({ any_of: terms.length ? step.any_of.map((each, other) => (other === index ? terms : each)) : step.any_of.filter((_, other) => other !== index) });
  const others = agents.items.value.filter((agent) => agent.active && agent.roles.includes("agent") && !step.agents.includes(agent.id) && (!people || people.includes(agent.id)));
  const open = isOpen(step);
  return (
    <li>
      <div class="step" role="group" aria-labelledby={heading}>
        <header class="step-head">
          <span class="step-number" aria-hidden="true">{at + 1}</span>
          <strong id={heading}>{at === 0 ? t("console-ladder-at-once") : t("console-ladder-later")}<span class="unseen"> ({t("console-ladder-step", { number: at + 1 })})</span></strong>
          {at > 0 ? <Span label={t("console-ladder-wait")} hiddenLabel name={`steps.${at - 1}.until_s`} seconds={start || null} onSeconds={(seconds) => onStart(seconds ?? 0)} submission={submission} none="" /> : null}
          {onRemove ? <IconButton icon="trash" size="small" label={t("console-ladder-remove-step", { number: at + 1 })} onClick={onRemove} /> : null}
        </header>
        {open ? (
          <p class="step-all">{t("console-ladder-everybody")}{onRemove ? <Button size="small" look="quiet" onClick={() => onStep({ any_of: step.any_of.filter((terms) => terms.length) })}>{t("console-ladder-narrow")}</Button> : null}</p>
        ) : (
          <>
            {step.any_of.map((terms, index) => (
              <div key={index} class="step-way">
                {index > 0 ? <span class="term-join">{t("console-ladder-or")}</span> : null}
                <Terms terms={terms} onTerms={(next) => setTerms(index, next)} add={t("console-ladder-and-skill")} label={t("console-ladder-way", { number: index + 1 })} />
                <Wrong submission={submission} part={`steps.${at}.any_of.${index}`} />
              </div>
            ))}
            <Named step={step} onStep={onStep} />
            <div class="step-more">
              <Adder label={t(step.any_of.length || step.agents.length ? "console-ladder-or-skill" : "console-ladder-skill")} options={chosen(skills.items.value)} onAdd={(skill) => onStep({ any_of: [...step.any_of, [{ skill, level: FIRST_LEVEL }]] })} />
              <Adder label={t(step.any_of.length || step.agents.length ? "console-ladder-or-agent" : "console-ladder-agent")} options={chosen(others)} onAdd={(agent) => onStep({ agents: [...step.agents, agent] })} />
              <Button size="small" look="quiet" onClick={() => onStep({ any_of: EVERYBODY, agents: [] })}>{t("console-ladder-all")}</Button>
            </div>
          </>
        )}
        {means(submission?.error?.field, `steps.${at}.until_s`) || step.any_of.some((_, index) => means(submission?.error?.field, `steps.${at}.any_of.${index}`)) ? null : <Wrong submission={submission} part={`steps.${at}`} />}
      </div>
    </li>
  );
}

interface Props {
  ladder: Ladder | null | undefined;
  onLadder: (ladder: Ladder) => void;
  /** The name that the server gives the ladder in its errors. */
  name?: string;
  submission?: Submission;
  /** Who can be named (ids); anybody who answers, if not given. */
  people?: string[];
  legend?: string;
}

export function LadderEditor({ ladder, onLadder, name = "ladder", submission, people, legend }: Props): JSX.Element {
  skills.need();
  agents.need();
  const now = whole(ladder);
  const elsewhere = means(submission?.error?.field, name) && !["required", "steps"].some((part) => means(submission?.error?.field, `${part}`));
  const setStart = (at: number, until_s: number): void => onLadder(withChange(now, at - 1, { until_s }));
  return (
    <fieldset class="fieldset ladder">
      <legend>{legend ?? t("console-ladder")}</legend>
      <p class="means" aria-live="polite"><LadderText ladder={now} /></p>
      {elsewhere ? <Wrong submission={submission} part={name} /> : null}
      <div class="field">
        <span class="label">{t("console-ladder-required")}</span>
        <Terms terms={now.required} onTerms={(required) => onLadder({ ...now, required })} add={t("console-ladder-skill")} label={t("console-ladder-required")} />
        <Wrong submission={submission} part="required" />
      </div>
      {isSimple(now) ? null : (
        <ol class="steps">
          {now.steps.map((step, at) => (
            <StepEditor key={at} step={step} at={at} start={startOf(now, at)} submission={submission} people={people ?? null}
              onStep={(change) => onLadder(withChange(now, at, change))} onStart={(seconds) => setStart(at, seconds)} onRemove={now.steps.length > 1 ? () => onLadder(withoutStep(now, at)) : null} />
          ))}
        </ol>
      )}
      <Button size="small" icon="plus" class="fit" onClick={() => onLadder(withStep(now))}>{t(isSimple(now) ? "console-ladder-begin" : "console-ladder-add-step")}</Button>
    </fieldset>
  );
}
