/** The steps of a test of the connection, one by one: done, failed with the server's words, or not tried. */
import type { JSX } from "preact";
import type { ProbeStep } from "../../../wire.ts";
import { hasText, t } from "../../data/i18n.ts";
import { Icon } from "../../ui/icons.tsx";

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
        {step.state === "failed" ? <><span class="step-advice">{advice(step)}</span>{step.detail ? <q class="step-words" dir="auto">{step.detail}</q> : null}</> : null}</span>
    </li>
  );
}

export function Steps({ steps }: { steps: readonly ProbeStep[] }): JSX.Element {
  return (
    <div class="probe">
      {(["imap", "smtp"] as const).map((side) => {
        const own = steps.filter((each) => each.name.startsWith(`${side}.`));
        return own.length ? <section key={side}><h4>{t(`console-probe-${side}`)}</h4><ol class="steps">{own.map((step) => <Step key={step.name} step={step} />)}</ol></section> : null;
      })}
    </div>
  );
}
