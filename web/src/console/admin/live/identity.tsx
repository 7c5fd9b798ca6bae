/** How a site tells us who a visitor is: secrets to check its signed tokens with, two while one is being changed. */
import type { JSX } from "preact";
import { t } from "../../data/i18n.ts";
import { Button, Chip, IconButton } from "../../ui/basic.tsx";
import { CheckField, Field, type Submission } from "../../ui/form.tsx";
import { Icon } from "../../ui/icons.tsx";
import { Copy } from "../copy.tsx";
import { freshSecret, type LiveForm, type Secret } from "./model.ts";

/** The old one goes on to be believed until it is taken away. */
const MOST_SECRETS = 2;

interface Props { form: LiveForm; set: (change: Partial<LiveForm>) => void; submission: Submission; inbox: string | null }

function SecretRow({ secret, at, onRemove }: { secret: Secret; at: number; onRemove: () => void }): JSX.Element {
  const name = t("console-identity-secret", { number: at + 1 });
  return (
    <li class="secret-row">
      {typeof secret === "number" ? <span class="secret-set"><Chip tone="good" icon="lock">{t("console-secret-set")}</Chip></span> : <Copy text={secret} label={name} />}
      <IconButton icon="trash" size="small" label={t("console-identity-remove", { name })} onClick={onRemove} />
    </li>
  );
}

export function Identity({ form, set, submission, inbox }: Props): JSX.Element {
  const { secrets, required } = form;
  const fresh = secrets.some((each) => typeof each === "string");
  return (
    <fieldset class="fieldset"><legend>{t("console-identity")}</legend>
      <p class="field-help">{t("console-identity-help", { inbox: inbox ?? "…" })}</p>
      <Field label={t("console-identity-secrets")} name="identity.secrets" submission={submission} help={fresh ? <span class="secret-once"><Icon name="alert" size={14} />{t("console-identity-once")}</span> : undefined}>
        {(wired) => (
          <div class="secrets" id={wired.id} role="group" aria-describedby={wired["aria-describedby"]}>
            {secrets.length ? <ul class="secrets-list">{secrets.map((secret, at) => <SecretRow key={at} secret={secret} at={at} onRemove={() => set({ secrets: secrets.filter((_, other) => other !== at) })} />)}</ul> : null}
            <div><Button size="small" icon="plus" disabled={secrets.length >= MOST_SECRETS} onClick={() => set({ secrets: [freshSecret(), ...secrets] })}>{t(secrets.length ? "console-identity-change" : "console-identity-make")}</Button></div>
          </div>
        )}
      </Field>
      {secrets.length ? <CheckField label={t("console-identity-required")} help={t("console-identity-required-help")} checked={required} onValue={(next) => set({ required: next })} /> : null}
    </fieldset>
  );
}
