/** A field for a secret: whether one is set is shown, never which; it stays until another one is written. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { t } from "../data/i18n.ts";
import { Button, Chip } from "../ui/basic.tsx";
import { Field, means, type Submission } from "../ui/form.tsx";

interface Props { label: string; name: string; value: string; known: boolean; onValue: (value: string) => void; submission: Submission; required?: boolean; help?: string }

export function SecretField({ label, name, value, known, onValue, submission, required, help }: Props): JSX.Element {
  const [changing, setChanging] = useState(!known);
  // A secret that the server wants again, because it would go somewhere else now.
  if (!changing && !means(submission.error?.field, name)) {
    return (
      <div class="field"><span class="label">{label}</span>
        <div class="secret"><Chip tone="good" icon="lock">{t("console-secret-set")}</Chip><Button size="small" onClick={() => setChanging(true)}>{t("console-secret-replace")}</Button></div></div>
    );
  }
  const back = (): void => {
    onValue("");
    setChanging(false);
  };
  return (
    <Field label={label} name={name} submission={submission} help={help}>
      {(wired) => (
        <div class="secret">
          <input class="input" {...wired} type="password" autoComplete="new-password" value={value} required={required && !known} onInput={(event) => onValue(event.currentTarget.value)} />
          {known ? <Button size="small" look="quiet" onClick={back}>{t("console-secret-keep")}</Button> : null}
        </div>
      )}
    </Field>
  );
}
