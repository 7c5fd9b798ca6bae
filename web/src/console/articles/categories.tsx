/** A field for the category that offers those which exist. */
import type { JSX } from "preact";
import { useEffect, useId } from "preact/hooks";
import { t } from "../data/i18n.ts";
import { categories, categoryName } from "../data/knowledge.ts";
import { Field, type Submission } from "../ui/form.tsx";

export function Categories({ value, onValue, submission, disabled }: { value: string; onValue: (value: string) => void; submission?: Submission; disabled?: boolean }): JSX.Element {
  const list = useId();
  useEffect(() => categories.need(), []);
  return (
    <Field label={t("console-article-category")} name="category" submission={submission}>
      {(wired) => (
        <>
          <input class="input" {...wired} list={list} value={value} disabled={disabled} required onInput={(event) => onValue(event.currentTarget.value)} />
          <datalist id={list}>{categories.items.value.map((each) => <option key={each.id} value={categoryName(each)} />)}</datalist>
        </>
      )}
    </Field>
  );
}
