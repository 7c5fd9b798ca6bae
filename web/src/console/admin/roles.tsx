/** Choosing roles, each with a word on what it allows. */
import type { JSX } from "preact";
import type { Role } from "../../wire.ts";
import { t } from "../data/i18n.ts";
import { CheckField, Field, type Submission } from "../ui/form.tsx";

const ROLES: Role[] = ["agent", "author", "reviewer", "publisher", "supervisor", "administrator"];

export function Roles({ value, onValue, submission, disabled }: { value: Role[]; onValue: (roles: Role[]) => void; submission: Submission; disabled?: boolean }): JSX.Element {
  return (
    <Field label={t("console-roles")} name="roles" submission={submission}>
      {() => (
        <div class="member-grid">
          {ROLES.map((role) => (
            <CheckField key={role} label={t(`console-role-${role}`)} help={t(`console-role-${role}-help`)} checked={value.includes(role)} disabled={disabled}
              onValue={(on) => onValue(ROLES.filter((each) => (each === role ? on : value.includes(each))))} />
          ))}
        </div>
      )}
    </Field>
  );
}
