/** Tries the connection before it is saved, and says which part is wrong. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Probed, ProbeStep } from "../../../wire.ts";
import { api } from "../../data/api.ts";
import { t } from "../../data/i18n.ts";
import { Button, Notice } from "../../ui/basic.tsx";
import { errorText, type Submission } from "../../ui/form.tsx";
import { mailConfig, type MailForm } from "./model.ts";
import { Steps } from "./steps.tsx";

export async function probe(form: MailForm, inbox: string | null): Promise<ProbeStep[]> {
  const ask = { kind: "email", config: mailConfig(form), ...(inbox ? { inbox } : {}) };
  return (await api.post<Probed>("/api/inboxes/check", ask)).steps;
}

export function works(steps: readonly ProbeStep[]): boolean {
  return !steps.some((each) => each.state === "failed");
}

interface Props { form: MailForm; inbox: string | null; steps: readonly ProbeStep[] | null; onSteps: (steps: ProbeStep[] | null) => void; submission: Submission }

export function Check({ form, inbox, steps, onSteps, submission }: Props): JSX.Element {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const run = async (): Promise<void> => {
    setBusy(true);
    onSteps(null);
    setError(null);
    let failed: unknown = null;
    await submission.run(async () => {
      try {
        onSteps(await probe(form, inbox));
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
        {steps ? <><Notice tone={works(steps) ? "good" : "bad"}>{t(works(steps) ? "console-probe-good" : "console-probe-bad")}</Notice><Steps steps={steps} /></> : null}
      </div>
    </fieldset>
  );
}
