/** The steps of a test of the connection, one by one: done, failed with the server's words, or not tried. */
import type { JSX } from "preact";
import type { ProbeStep } from "../../wire.ts";
import { hasText, t } from "../data/i18n.ts";
import { Icon } from "../ui/icons.tsx";

const MARKS = { ok: ["check", "check-good"], failed: ["close", "check-bad"], not_tried: ["minus", "check-none"] } as const;

/** What to look at, by the code of the failure if we know it, else by the step that failed. */
function advice(step: ProbeStep): string {
  const part = step.name.split(".").at(-1)!;
  const keys = [`console-probe-code-${step.code.replaceAll("_", "-")}`, `console-probe-failed-${part}`];
  return t(keys.find(hasText) ?? "error-unknown");
}

function Step({ step }: { step: ProbeStep }): JSX.Element {
  const [icon, look] = MARKS[step.state];
  return (
    <li class={`step step-${step.state}`}>
      <span class={`check-mark ${look}`}><Icon name={icon} size={14} /></span>
      <span class="step-text"><strong>{t(`console-probe-${step.name.split(".").at(-1)}`)}</strong><span class="unseen">: {t(`console-probe-state-${step.state.replaceAll("_", "-")}`)}</span>
        {step.state === "failed" ? <><span class="step-advice">{advice(step)}</span>{step.detail ? <q class="step-words" dir="auto">{step.detail}</q> : null}</> : step.detail ? <span class="step-detail" dir="auto">{step.detail}</span> : null}</span>
    </li>
  );
}

/** Each side under its name, where there are several. */
export function Steps({ steps }: { steps: readonly ProbeStep[] }): JSX.Element {
  const sides = [...new Set(steps.map((each) => each.name.split(".")[0]!))];
  return (
    <div class="probe">
      {sides.map((side) => (
        <section key={side}>
          {sides.length > 1 ? <h4>{t(`console-probe-${side}`)}</h4> : null}
          <ol class="steps">{steps.filter((each) => each.name.startsWith(`${side}.`)).map((step) => <Step key={step.name} step={step} />)}</ol>
        </section>
      ))}
    </div>
  );
}
