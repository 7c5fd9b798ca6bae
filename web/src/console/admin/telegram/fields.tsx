/** The form of a Telegram bot: its token, how news come in, and whether it answers in groups. */
import type { JSX } from "preact";
import { t } from "../../data/i18n.ts";
import { CheckField, SelectField, TextField, type Submission } from "../../ui/form.tsx";
import { SecretField } from "../secret.tsx";
import type { TelegramForm } from "./model.ts";

export const TELEGRAM_FIELDS = ["token", "mode", "groups", "languages"];

interface Props { form: TelegramForm; set: (change: Partial<TelegramForm>) => void; submission: Submission; inbox: string | null }

export function TelegramFields({ form, set, submission, inbox }: Props): JSX.Element {
  const address = `${location.origin}/telegram/${inbox ?? "…"}`;
  return (
    <fieldset class="fieldset"><legend>{t("console-telegram")}</legend>
      <SecretField label={t("console-telegram-token")} name="token" value={form.token} known={form.known} onValue={(token) => set({ token })} submission={submission} required help={t("console-telegram-token-help")} />
      <div class="fields">
        <SelectField label={t("console-telegram-mode")} name="mode" value={form.mode} onValue={(mode) => set({ mode: mode as TelegramForm["mode"] })} submission={submission}
          help={t(`console-telegram-mode-${form.mode}-help`, { address })} options={(["polling", "webhook"] as const).map((value) => ({ value, text: t(`console-telegram-mode-${value}`) }))} />
        <TextField label={t("console-inbox-languages")} name="languages" value={form.languages} onValue={(languages) => set({ languages })} submission={submission} help={t("console-inbox-languages-help")} spellcheck={false} required />
      </div>
      <CheckField label={t("console-telegram-groups")} help={t("console-telegram-groups-help")} checked={form.groups} onValue={(groups) => set({ groups })} />
    </fieldset>
  );
}
