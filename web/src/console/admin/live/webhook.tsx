/** Where an app's server is told what its visitors see, and the secret that signs it, made here and shown once. */
import type { JSX } from "preact";
import { t } from "../../data/i18n.ts";
import { Button, Chip } from "../../ui/basic.tsx";
import { Field, TextField, type Submission } from "../../ui/form.tsx";
import { Icon } from "../../ui/icons.tsx";
import { Copy } from "../copy.tsx";
import { freshWebhookSecret, type LiveForm } from "./model.ts";

interface Props { form: LiveForm; set: (change: Partial<LiveForm>) => void; submission: Submission }

export function Webhook({ form, set, submission }: Props): JSX.Element {
  const { webhook } = form;
  const { url, secret, known } = webhook;
  const change = (part: Partial<LiveForm["webhook"]>): void => set({ webhook: { ...webhook, ...part } });
  // The first address comes with a secret of its own: nothing is sent unsigned.
  const onUrl = (next: string): void => change({ url: next, ...(known || secret ? {} : { secret: freshWebhookSecret() }) });
  const once = <span class="secret-once"><Icon name="alert" size={14} />{t("console-webhook-once")}</span>;
  return (
    <fieldset class="fieldset"><legend>{t("console-webhook")}</legend>
      <p class="field-help">{t("console-webhook-help")}</p>
      <TextField label={t("console-webhook-url")} name="webhook.url" value={url} onValue={onUrl} submission={submission} placeholder="https://app.example/parley" spellcheck={false} />
      {url ? (
        <Field label={t("console-webhook-secret")} name="webhook.secret" submission={submission} help={secret ? once : t("console-webhook-secret-help")}>
          {(wired) => (
            <div class="secrets" id={wired.id} role="group" aria-describedby={wired["aria-describedby"]}>
              {secret ? <Copy text={secret} label={t("console-webhook-secret")} /> : <div class="secret"><Chip tone="good" icon="lock">{t("console-secret-set")}</Chip><Button size="small" onClick={() => change({ secret: freshWebhookSecret() })}>{t("console-webhook-again")}</Button></div>}
            </div>
          )}
        </Field>
      ) : null}
    </fieldset>
  );
}
