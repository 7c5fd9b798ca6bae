/** How the rules came to what they gave: each rule that was asked, what it looked at, and whether that held. */
import type { JSX } from "preact";
import type { ConditionTrace, RuleOutcome, RuleTrace } from "../../wire.ts";
import { t } from "../data/i18n.ts";
import { Chip, type Tone } from "../ui/basic.tsx";
import { Icon } from "../ui/icons.tsx";
import { seenText, traceText } from "./words.ts";

const TONES: Record<RuleOutcome, Tone> = { decided: "good", added: "accent", no: "neutral", off: "neutral" };

function Step({ step }: { step: ConditionTrace }): JSX.Element {
  const group = step.condition.kind === "group";
  return (
    <li class="trace-step">
      <span class={`trace-mark ${step.held ? "trace-held" : "trace-failed"}`}><Icon name={step.held ? "check" : "close"} size={12} /></span>
      <span>
        <span class="unseen">{t(step.held ? "console-trace-held" : "console-trace-failed")} </span>{traceText(step)}
        {group ? null : <small class="trace-seen">{t("console-trace-seen", { value: seenText(step) })}</small>}
      </span>
      {step.of.length ? <ul>{step.of.map((each, at) => <Step key={at} step={each} />)}</ul> : null}
    </li>
  );
}

/** A group of everything says nothing of its own: what is in it stands for it. */
function topmost(when: ConditionTrace): ConditionTrace[] {
  return when.condition.kind === "group" && (when.condition.match ?? "all") === "all" && when.of.length ? when.of : [when];
}

export function Trace({ rules }: { rules: RuleTrace[] }): JSX.Element {
  return (
    <ol class="trace">
      {rules.map((rule, at) => (
        <li key={at} class={`trace-rule trace-${rule.outcome}`}>
          <p class="trace-name"><strong>{rule.name}</strong><Chip tone={TONES[rule.outcome]}>{t(`console-trace-${rule.outcome}`)}</Chip></p>
          {rule.when ? <ul>{topmost(rule.when).map((each, index) => <Step key={index} step={each} />)}</ul> : null}
        </li>
      ))}
    </ol>
  );
}
