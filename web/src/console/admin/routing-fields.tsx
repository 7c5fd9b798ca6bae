/** How a queue's work is ordered and given out: the policy with its numbers, the choice of agent, and what is kept back. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { QueueRouting } from "../../wire.ts";
import { t } from "../data/i18n.ts";
import { loadPolicies, routingPolicies } from "../data/resource.ts";
import { Field, SelectField, TextField, type Submission } from "../ui/form.tsx";
import { Span } from "./span.tsx";

type Routing = Required<QueueRouting>;
const POLICIES = ["index", "earliest_deadline", "strict", "ageing", "first_come", "cmu"];
const CHOICES = ["least_cost", "longest_idle", "least_loaded"];
export const USUAL: Routing = { policy: "index", parameters: {}, choice: "least_cost", guard: 6, reserve: 0, previous_agent_s: 0, wrap_up_s: 0 };

function key(name: string): string {
  return name.replaceAll("_", "-");
}

/** What somebody typed; what is empty or as usual is left out, so that a better default reaches them. */
export function withParameter(parameters: Record<string, number>, name: string, typed: string, usual: number): Record<string, number> {
  const { [name]: _, ...rest } = parameters;
  const value = Number(typed);
  return typed.trim() === "" || value === usual ? rest : { ...rest, [name]: value };
}

/** What goes with a policy unless somebody says otherwise; the server knows. */
function usualOf(policy: string): Partial<Routing> {
  const { choice, guard = null } = routingPolicies.value?.policies.find((each) => each.name === policy) ?? {};
  return choice ? { choice, guard } : {};
}

interface Props { routing: QueueRouting; onRouting: (routing: Routing) => void; submission: Submission }

function Parameters({ routing, onRouting, submission }: { routing: Routing; onRouting: (routing: Routing) => void; submission: Submission }): JSX.Element | null {
  const known = routingPolicies.value?.policies.find((each) => each.name === routing.policy)?.parameters ?? {};
  if (Object.keys(known).length === 0) return null;
  return (
    <details class="more">
      <summary>{t("console-policy-parameters")}</summary>
      <div class="fields">
        {Object.entries(known).map(([name, usual]) => (
          <Field key={name} label={t(`console-parameter-${key(name)}`)} name={`parameters.${name}`} submission={submission} help={t(`console-parameter-${key(name)}-help`)}>
            {(wired) => <input class="input" type="number" step="any" min={0} {...wired} value={routing.parameters[name] ?? ""} placeholder={String(usual)} onInput={(event) => onRouting({ ...routing, parameters: withParameter(routing.parameters, name, event.currentTarget.value, usual) })} />}
          </Field>
        ))}
      </div>
    </details>
  );
}

export function RoutingFields({ routing: given, onRouting, submission }: Props): JSX.Element {
  const routing: Routing = { ...USUAL, ...given };
  const set = (change: Partial<Routing>): void => onRouting({ ...routing, ...change });
  useEffect(() => void loadPolicies(), []);
  const names = routingPolicies.value?.policies.map((each) => each.name) ?? POLICIES;
  return (
    <fieldset class="fieldset">
      <legend>{t("console-queue-routing")}</legend>
      <div class="fields">
        <SelectField label={t("console-policy")} name="policy" value={routing.policy} submission={submission} help={t(`console-policy-${key(routing.policy)}-help`)}
          onValue={(policy) => set({ policy, parameters: {}, ...usualOf(policy) })} options={names.map((value) => ({ value, text: t(`console-policy-${key(value)}`) }))} />
        <SelectField label={t("console-choice")} name="choice" value={routing.choice} submission={submission} help={t(`console-choice-${key(routing.choice)}-help`)}
          onValue={(choice) => set({ choice })} options={CHOICES.map((value) => ({ value, text: t(`console-choice-${key(value)}`) }))} />
      </div>
      <Parameters routing={routing} onRouting={onRouting} submission={submission} />
      <div class="fields fields-two">
        {routing.policy === "first_come" ? null : (
          <Field label={t("console-guard")} name="guard" submission={submission} help={t(routing.guard === null ? "console-guard-none-help" : "console-guard-help", { times: routing.guard ?? 0 })}>
            {(wired) => <input class="input" type="number" min={1} step="any" {...wired} value={routing.guard ?? ""} placeholder={t("console-guard-none")} onInput={(event) => set({ guard: event.currentTarget.value === "" ? null : Number(event.currentTarget.value) })} />}
          </Field>
        )}
        <TextField label={t("console-reserve")} name="reserve" type="number" min={0} value={routing.reserve} submission={submission} help={t("console-reserve-help")} onValue={(value) => set({ reserve: Number(value) })} />
        <Span label={t("console-previous-agent")} name="previous_agent_s" seconds={routing.previous_agent_s || null} submission={submission} none={t("console-previous-agent-none")} help={t("console-previous-agent-help")} onSeconds={(seconds) => set({ previous_agent_s: seconds ?? 0 })} />
        <Span label={t("console-wrap-up-time")} name="wrap_up_s" seconds={routing.wrap_up_s || null} submission={submission} none={t("console-none")} help={t("console-wrap-up-time-help")} onSeconds={(seconds) => set({ wrap_up_s: seconds ?? 0 })} />
      </div>
    </fieldset>
  );
}
