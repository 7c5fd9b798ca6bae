/** The form of a mailbox: whose it is, where mail comes from and goes out, how one signs in, and the rules for it. */
import type { JSX } from "preact";
import { LANGUAGES, t } from "../../data/i18n.ts";
import { CheckField, SelectField, TextField, type Submission } from "../../ui/form.tsx";
import { PRESETS, presetFor, usualPort, withPreset, type Imap, type MailForm, type PresetName, type Security, type Smtp } from "./model.ts";
import { SecretField } from "../secret.tsx";

interface Props { form: MailForm; set: (change: Partial<MailForm>) => void; submission: Submission; fresh: boolean }
const choices = (names: readonly string[], text: (name: string) => string): { value: string; text: string }[] => names.map((value) => ({ value, text: text(value.replaceAll("_", "-")) }));

function Mailbox({ form, set, submission, fresh }: Props): JSX.Element {
  const onAddress = (address: string): void => {
    const found = fresh ? presetFor(address) : null;
    set(found && found !== form.preset ? { ...withPreset(form, found), address } : { address });
  };
  return (
    <>
      <div class="fields">
        <TextField label={t("console-mailbox-address")} name="address" inputMode="email" value={form.address} onValue={onAddress} submission={submission} required placeholder="support@example.com" />
        <TextField label={t("console-mailbox-display")} name="config.name" value={form.display} onValue={(display) => set({ display })} submission={submission} help={t("console-mailbox-display-help")} />
      </div>
      <fieldset class="fieldset"><legend>{t("console-mailbox-preset")}</legend>
        <div class="presets" role="radiogroup" aria-label={t("console-mailbox-preset")}>
          {PRESETS.map(({ name }) => (
            <label key={name} class="preset"><input type="radio" name="preset" checked={form.preset === name} onChange={() => set(withPreset(form, name as PresetName))} /><span>{t(`console-mailbox-preset-${name}`)}</span></label>
          ))}
        </div>
        {form.preset === "other" ? null : <p class="field-help">{t(`console-mailbox-preset-${form.preset}-help`)}</p>}
      </fieldset>
    </>
  );
}

function SignIn({ form, set, submission }: Props): JSX.Element {
  const oauth = (change: Partial<MailForm["oauth"]>): void => set({ oauth: { ...form.oauth, ...change } });
  const known = (name: string): boolean => form.known.includes(name);
  return (
    <fieldset class="fieldset"><legend>{t("console-mailbox-sign")}</legend>
      <SelectField label={t("console-mailbox-sign-how")} name="sign" value={form.sign} onValue={(sign) => set({ sign: sign as MailForm["sign"] })} options={choices(["password", "oauth"], (name) => t(`console-mailbox-sign-${name}`))} />
      {form.sign === "password" ? (
        <div class="fields">
          <SecretField key="password" label={t(form.preset === "qq" || form.preset === "163" ? "console-mailbox-code" : "console-password")} name="password" value={form.password} known={known("password")} onValue={(password) => set({ password })} submission={submission} required />
          <SecretField key="smtp_password" label={t("console-mailbox-smtp-password")} name="smtp_password" value={form.smtp_password} known={known("smtp_password")} onValue={(smtp_password) => set({ smtp_password })} submission={submission} help={t("console-mailbox-smtp-password-help")} />
        </div>
      ) : (
        <>
          <div class="fields">
            <TextField label={t("console-mailbox-client-id")} name="oauth.client_id" value={form.oauth.client_id} onValue={(client_id) => oauth({ client_id })} submission={submission} required spellcheck={false} />
            <SecretField key="client_secret" label={t("console-mailbox-client-secret")} name="oauth.client_secret" value={form.oauth.client_secret} known={known("oauth.client_secret")} onValue={(client_secret) => oauth({ client_secret })} submission={submission} />
            <SecretField key="refresh_token" label={t("console-mailbox-refresh-token")} name="oauth.refresh_token" value={form.oauth.refresh_token} known={known("oauth.refresh_token")} onValue={(refresh_token) => oauth({ refresh_token })} submission={submission} required />
          </div>
          <TextField label={t("console-mailbox-token-url")} name="oauth.token_url" value={form.oauth.token_url} onValue={(token_url) => oauth({ token_url })} submission={submission} required spellcheck={false} />
          <TextField label={t("console-mailbox-scope")} name="oauth.scope" value={form.oauth.scope} onValue={(scope) => oauth({ scope })} submission={submission} spellcheck={false} />
        </>
      )}
    </fieldset>
  );
}

function Server({ side, form, set, submission }: Props & { side: "imap" | "smtp" }): JSX.Element {
  const own: Imap | Smtp = form[side];
  const change = (part: Partial<Imap & Smtp>): void => set({ [side]: { ...own, ...part } } as Partial<MailForm>);
  return (
    <div class="fields mailbox-server">
      <TextField label={t("console-mailbox-host")} name={`${side}.host`} value={own.host} onValue={(host) => change({ host })} submission={submission} required spellcheck={false} placeholder={`${side}.example.com`} />
      <SelectField label={t("console-mailbox-security")} name={`${side}.security`} value={own.security} submission={submission} options={choices(["tls", "starttls", "none"], (name) => t(`console-mailbox-security-${name}`))}
        onValue={(security) => change({ security: security as Security, ...(own.port === usualPort(side, own.security) ? { port: usualPort(side, security as Security) } : {}) })} />
      <TextField label={t("console-mailbox-port")} name={`${side}.port`} type="number" min={1} max={65535} value={own.port} onValue={(port) => change({ port: Number(port) })} submission={submission} required />
      <TextField label={t("console-mailbox-user")} name={`${side}.user`} value={own.user} onValue={(user) => change({ user })} submission={submission} placeholder={form.address} spellcheck={false} autoComplete="off" />
    </div>
  );
}

function Fetching(props: Props): JSX.Element {
  const { form, set, submission } = props;
  const imap = (change: Partial<Imap>): void => set({ imap: { ...form.imap, ...change } });
  return (
    <fieldset class="fieldset"><legend>{t("console-mailbox-imap")}</legend>
      <Server {...props} side="imap" />
      <div class="fields">
        <TextField label={t("console-mailbox-folder")} name="imap.folder" value={form.imap.folder} onValue={(folder) => imap({ folder })} submission={submission} required />
        <SelectField label={t("console-mailbox-take")} name="imap.take" value={form.imap.take} onValue={(take) => imap({ take: take as Imap["take"] })} submission={submission} options={choices(["new", "all"], (name) => t(`console-mailbox-take-${name}`))} />
        <SelectField label={t("console-mailbox-mark")} name="imap.mark" value={form.imap.mark} onValue={(mark) => imap({ mark: mark as Imap["mark"] })} submission={submission} options={choices(["nothing", "seen", "flagged"], (name) => t(`console-mailbox-mark-${name}`))} />
      </div>
    </fieldset>
  );
}

function Sending(props: Props): JSX.Element {
  const { form, set, submission } = props;
  return (
    <fieldset class="fieldset"><legend>{t("console-mailbox-smtp")}</legend>
      <Server {...props} side="smtp" />
      <CheckField label={t("console-mailbox-smtp-signs")} checked={form.smtp_signs} onValue={(smtp_signs) => set({ smtp_signs })} />
      <div class="fields">
        <TextField label={t("console-mailbox-per-minute")} name="smtp.per_minute" type="number" min={1} max={10_000} value={form.smtp.per_minute} onValue={(value) => set({ smtp: { ...form.smtp, per_minute: Number(value) } })} submission={submission} />
        <SelectField label={t("console-mailbox-language")} name="language" value={form.language} onValue={(language) => set({ language })} submission={submission} options={LANGUAGES.map(({ tag, name }) => ({ value: tag, text: name }))} />
      </div>
      {LANGUAGES.map(({ tag, name }) => (
        <TextField key={tag} label={t("console-mailbox-signature", { language: name })} name={`signature.${tag}`} lines={2} value={form.signature[tag] ?? ""} onValue={(text) => set({ signature: { ...form.signature, [tag]: text } })} submission={submission} />
      ))}
      <CheckField label={t("console-mailbox-agent-names")} help={t("console-mailbox-agent-names-help")} checked={form.agent_names} onValue={(agent_names) => set({ agent_names })} />
      <CheckField label={t("console-mailbox-quote")} checked={form.quote} onValue={(quote) => set({ quote })} />
    </fieldset>
  );
}

function Rules({ form, set, submission }: Props): JSX.Element {
  return (
    <details class="fieldset mailbox-rules" open={submission.error !== null || undefined}><summary>{t("console-mailbox-rules")}</summary>
      <div class="fields">
        <TextField label={t("console-mailbox-aliases")} name="aliases" lines={2} value={form.aliases} onValue={(aliases) => set({ aliases })} submission={submission} help={t("console-mailbox-aliases-help")} />
        <TextField label={t("console-mailbox-forms")} name="forms" lines={2} value={form.forms} onValue={(forms) => set({ forms })} submission={submission} help={t("console-mailbox-forms-help")} />
      </div>
      <CheckField label={t("console-mailbox-plus")} help={t("console-mailbox-plus-help")} checked={form.plus_addresses} onValue={(plus_addresses) => set({ plus_addresses })} />
      <TextField label={t("console-mailbox-trusted")} name="trusted" value={form.trusted} onValue={(trusted) => set({ trusted })} submission={submission} help={t("console-mailbox-trusted-help")} spellcheck={false} />
      <div class="fields">
        <SelectField label={t("console-mailbox-resolved")} name="resolved" value={form.resolved} onValue={(resolved) => set({ resolved: resolved as MailForm["resolved"] })} submission={submission} options={choices(["reopen", "link"], (name) => t(`console-mailbox-resolved-${name}`))} />
        <SelectField label={t("console-mailbox-lists")} name="lists" value={form.lists} onValue={(lists) => set({ lists: lists as MailForm["lists"] })} submission={submission} options={choices(["queue", "set_aside"], (name) => t(`console-mailbox-lists-${name}`))} />
        <TextField label={t("console-mailbox-limit")} name="per_sender_hour" type="number" min={1} max={10_000} value={form.per_sender_hour} onValue={(value) => set({ per_sender_hour: Number(value) })} submission={submission} help={t("console-mailbox-limit-help")} />
      </div>
    </details>
  );
}

export const MAIL_FIELDS = ["address", "config.name", "aliases", "password", "smtp_password", "trusted", "resolved", "lists", "forms", "per_sender_hour", "language", "signature.en", "signature.zh",
  ...["host", "port", "security", "user"].flatMap((name) => [`imap.${name}`, `smtp.${name}`]), "imap.folder", "imap.mark", "imap.take", "smtp.per_minute", ...["token_url", "client_id", "client_secret", "refresh_token", "scope"].map((name) => `oauth.${name}`)];

export function MailboxFields(props: Props): JSX.Element {
  return <><Mailbox {...props} /><SignIn {...props} /><Fetching {...props} /><Sending {...props} /><Rules {...props} /></>;
}
