/** The fields by which an article is filed. */
import type { JSX } from "preact";
import type { Filing, FilingChange } from "../../../wire.ts";
import { t } from "../../data/i18n.ts";
import { categoryOptions, choices } from "../../data/knowledge.ts";
import { may } from "../../data/session.ts";
import { Button } from "../../ui/basic.tsx";
import { Field, SelectField, TextField, type Submission } from "../../ui/form.tsx";
import { Picks } from "../../ui/picks.tsx";
import { languageName } from "../filters.tsx";
import { inMonths } from "./days.ts";

export type FilingForm = Required<Omit<FilingChange, "version">>;
export const AUDIENCES = ["public", "signed_in", "agents"] as const;
const MONTHS = [3, 6, 12];

export function formOf(filing: Filing): FilingForm {
  return {
    category_id: filing.category_id, tags: filing.tags, audience: filing.audience, brands: filing.brands,
    owner: filing.owner?.id ?? null, review_by: filing.review_by, source_language: filing.source_language ?? "en",
  };
}

interface Props { form: FilingForm; set: (change: Partial<FilingForm>) => void; filing: Filing; submission: Submission; disabled: boolean }

function ReviewBy({ form, set, submission, disabled }: Props): JSX.Element {
  return (
    <div class="review-by">
      <TextField label={t("console-review-by")} name="review_by" type="date" value={form.review_by} onValue={(value) => set({ review_by: value || null })} submission={submission} help={t("console-review-by-help")} disabled={disabled} />
      {disabled ? null : (
        <div class="quick" role="group" aria-label={t("console-review-by")}>
          {MONTHS.map((months) => <Button key={months} size="small" look="quiet" onClick={() => set({ review_by: inMonths(months) })}>{t("console-in-months", { count: months })}</Button>)}
        </div>
      )}
    </div>
  );
}

export function FilingFields(props: Props): JSX.Element {
  const { form, set, filing, submission, disabled } = props;
  const known = choices.value;
  const people = known?.owners ?? [];
  const owners = filing.owner && !people.some((each) => each.id === filing.owner!.id) ? [...people, filing.owner] : people;
  const languages = [...new Set([filing.source_language ?? "en", ...filing.translations.map((each) => each.language)])];
  const brands = known?.brands ?? [];
  return (
    <>
      <div class="fields">
        <SelectField label={t("console-article-category")} name="category_id" value={form.category_id} onValue={(value) => set({ category_id: value || null })} submission={submission} disabled={disabled} options={[{ value: "", text: t("console-article-no-category") }, ...categoryOptions()]} />
        <SelectField label={t("console-audience")} name="audience" value={form.audience} onValue={(value) => set({ audience: value as FilingForm["audience"] })} submission={submission} disabled={disabled}
          help={may("publish") ? t(`console-audience-${form.audience.replace("_", "-")}-help`) : t("console-audience-publisher")} options={AUDIENCES.map((value) => ({ value, text: t(`console-audience-${value.replace("_", "-")}`) }))} />
      </div>
      <Field label={t("console-tags")} name="tags" submission={submission} help={t("console-tags-help")}>
        {(wired) => <span id={wired.id}><Picks label={t("console-tags")} values={form.tags} onValues={(tags) => set({ tags })} free add={t("console-tags-add")} options={(known?.tags ?? []).map((each) => ({ value: each.tag, text: each.tag }))} describedBy={wired["aria-describedby"]} wrong={wired["aria-invalid"]} /></span>}
      </Field>
      {brands.length || form.brands.length ? (
        <Field label={t("console-brands")} name="brands" submission={submission} help={t("console-brands-help")}>
          {(wired) => <span id={wired.id}><Picks label={t("console-brands")} values={form.brands} onValues={(value) => set({ brands: value })} add={t("console-brands-add")} options={brands.map((each) => ({ value: each.id, text: each.name }))} describedBy={wired["aria-describedby"]} wrong={wired["aria-invalid"]} /></span>}
        </Field>
      ) : null}
      <div class="fields">
        <SelectField label={t("console-owner")} name="owner" value={form.owner} onValue={(value) => set({ owner: value || null })} submission={submission} disabled={disabled} help={t("console-owner-help")} options={[{ value: "", text: t("console-owner-none") }, ...owners.map((each) => ({ value: each.id, text: each.name }))]} />
        <ReviewBy {...props} />
      </div>
      {languages.length > 1 ? <SelectField label={t("console-source-language")} name="source_language" value={form.source_language} onValue={(value) => set({ source_language: value })} submission={submission} disabled={disabled} help={t("console-source-language-help")} options={languages.map((tag) => ({ value: tag, text: languageName(tag) }))} /> : null}
    </>
  );
}
