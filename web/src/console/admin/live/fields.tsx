/** The form of a widget or a chat page: its looks, what it offers, who visitors are, and what our server tells theirs. */
import type { JSX } from "preact";
import { LANGUAGES, t } from "../../data/i18n.ts";
import { inboxes } from "../../data/resource.ts";
import { CheckField, Field, SelectField, TextField, type Submission } from "../../ui/form.tsx";
import { Asking } from "./asking.tsx";
import { Identity } from "./identity.tsx";
import { COLOR, type LiveForm } from "./model.ts";
import { Webhook } from "./webhook.tsx";

export const LIVE_FIELDS = ["origins", "color", "position", "greeting", "languages", "mail", "telegram", "questions", "identity.secrets", "webhook.url", "webhook.secret"];

interface Props { kind: string; form: LiveForm; set: (change: Partial<LiveForm>) => void; submission: Submission; inbox: string | null }

function Looks({ kind, form, set, submission }: Props): JSX.Element {
  return (
    <fieldset class="fieldset"><legend>{t(`console-inbox-looks-${kind}`)}</legend>
      <TextField label={t("console-inbox-origins")} name="origins" lines={2} value={form.origins} onValue={(origins) => set({ origins })} submission={submission} help={t("console-inbox-origins-help")} />
      <div class="fields">
        <Field label={t("console-inbox-color")} name="color" submission={submission}>
          {(wired) => (
            <div class="color">
              <input type="color" class="color-well" aria-label={t("console-inbox-color")} value={/^#[0-9a-f]{6}$/i.test(form.color) ? form.color : COLOR} onInput={(event) => set({ color: event.currentTarget.value })} />
              <input class="input" {...wired} value={form.color} placeholder={COLOR} spellcheck={false} onInput={(event) => set({ color: event.currentTarget.value })} />
            </div>
          )}
        </Field>
        {kind === "widget" ? <SelectField label={t("console-inbox-position")} name="position" value={form.position} onValue={(position) => set({ position })} submission={submission} options={["right", "left"].map((value) => ({ value, text: t(`console-inbox-position-${value}`) }))} /> : null}
        <TextField label={t("console-inbox-languages")} name="languages" value={form.languages} onValue={(languages) => set({ languages })} submission={submission} help={t("console-inbox-languages-help")} spellcheck={false} required />
      </div>
      {LANGUAGES.map(({ tag, name }) => (
        <TextField key={tag} label={t("console-inbox-greeting", { language: name })} name="greeting" value={form.greeting[tag] ?? ""} onValue={(text) => set({ greeting: { ...form.greeting, [tag]: text } })} submission={submission} />
      ))}
    </fieldset>
  );
}

/** One of our other inboxes, or none. */
function Through({ field, kind, value, onValue, submission }: { field: "mail" | "telegram"; kind: string; value: string; onValue: (value: string) => void; submission: Submission }): JSX.Element | null {
  const usable = inboxes.items.value.filter((each) => each.kind === kind && (each.enabled || each.id === value));
  if (usable.length === 0 && !value) return null;
  const gone = value && !usable.some((each) => each.id === value) ? [{ value, text: t("console-inbox-through-gone") }] : [];
  return (
    <SelectField label={t(`console-inbox-through-${field}`)} name={field} value={value} onValue={onValue} submission={submission} help={t(`console-inbox-through-${field}-help`)}
      options={[{ value: "", text: t("console-inbox-go-on-none") }, ...usable.map((each) => ({ value: each.id, text: each.name })), ...gone]} />
  );
}

function Offers({ form, set, submission }: Props): JSX.Element {
  return (
    <fieldset class="fieldset"><legend>{t("console-inbox-offers")}</legend>
      <CheckField label={t("console-inbox-rating")} help={t("console-inbox-rating-help")} checked={form.rating} onValue={(rating) => set({ rating })} />
      <CheckField label={t("console-inbox-articles")} help={t("console-inbox-articles-help")} checked={form.articles} onValue={(articles) => set({ articles })} />
      <div class="fields">
        <Through field="mail" kind="email" value={form.mail} onValue={(mail) => set({ mail })} submission={submission} />
        <Through field="telegram" kind="telegram" value={form.telegram} onValue={(telegram) => set({ telegram })} submission={submission} />
      </div>
      <Asking questions={form.questions} set={(questions) => set({ questions })} submission={submission} />
    </fieldset>
  );
}

export function LiveFields(props: Props): JSX.Element {
  return <><Looks {...props} /><Offers {...props} /><Identity {...props} />{props.kind === "chat" ? <Webhook {...props} /> : null}</>;
}
