/** Tries a configuration before it is saved, and says which part is wrong. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Probed, ProbeStep } from "../../wire.ts";
import { api } from "../data/api.ts";
import { t } from "../data/i18n.ts";
import { Button, Notice } from "../ui/basic.tsx";
import { errorText, type Submission } from "../ui/form.tsx";
import { Steps } from "./steps.tsx";

/** What to try; `inbox` lends the secrets that were left out. */
export interface Ask { kind: string; config: Record<string, unknown>; inbox: string | null }

export async function probe({ kind, config, inbox }: Ask): Promise<ProbeStep[]> {
  return (await api.post<Probed>("/api/inboxes/check", { kind, config, ...(inbox ? { inbox } : {}) })).steps;
}

export function works(steps: readonly ProbeStep[]): boolean {
  return !steps.some((each) => each.state === "failed");
}

interface Props { ask: () => Ask; steps: readonly ProbeStep[] | null; onSteps: (steps: ProbeStep[] | null) => void; submission: Submission }

export function Check({ ask, steps, onSteps, submission }: Props): JSX.Element {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const { kind } = ask();
  const run = async (): Promise<void> => {
    setBusy(true);
    onSteps(null);
    setError(null);
    let failed: unknown = null;
    await submission.run(async () => {
      try {
        onSteps(await probe(ask()));
      } catch (fault) {
        failed = fault;
        throw fault;
      }
    });
    if (failed) setError(errorText(failed));
    setBusy(false);
  };
  return (
    <fieldset class="fieldset"><legend>{t("console-probe-title")}</legend>
      <div class="probe-head"><Button icon="pulse" busy={busy} onClick={() => void run()}>{t("console-probe-do")}</Button><span class="field-help">{t(busy ? "console-probe-busy" : "console-probe-help")}</span></div>
      <div aria-live="polite">
        {error ? <Notice tone="bad">{error}</Notice> : null}
        {steps ? <><Notice tone={works(steps) ? "good" : "bad"}>{works(steps) ? t(`console-probe-good-${kind}`) : t("console-probe-bad")}</Notice><Steps steps={steps} /></> : null}
      </div>
    </fieldset>
  );
}
