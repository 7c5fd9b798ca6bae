/** Which kinds of inboxes an agent takes: all of them, or some. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { hasText, t } from "../data/i18n.ts";
import { inboxes } from "../data/resource.ts";
import { CheckField, Field, type Submission } from "../ui/form.tsx";

export function kindText(kind: string): string {
  const key = `console-inbox-kind-${kind}`;
  return hasText(key) ? t(key) : kind;
}

interface Props { value: string[] | null; onValue: (value: string[] | null) => void; submission: Submission }

export function Channels({ value, onValue, submission }: Props): JSX.Element {
  useEffect(() => inboxes.need(), []);
  const kinds = [...new Set([...inboxes.items.value.map((each) => each.kind), ...(value ?? [])])].sort();
  const toggle = (kind: string, on: boolean): void => onValue(on ? [...(value ?? []), kind] : (value ?? []).filter((each) => each !== kind));
  return (
    <Field label={t("console-person-channels")} name="channels" submission={submission} help={t("console-person-channels-help")}>
      {() => (
        <div class="member-grid">
          <CheckField label={t("console-person-channels-all")} checked={value === null} onValue={(all) => onValue(all ? null : kinds)} />
          {value === null ? null : kinds.map((kind) => <CheckField key={kind} label={kindText(kind)} checked={value.includes(kind)} onValue={(on) => toggle(kind, on)} />)}
        </div>
      )}
    </Field>
  );
}
