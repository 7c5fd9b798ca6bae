/** A field for the category that offers those which exist. */
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { t } from "../data/i18n.ts";
import { Field, type Submission } from "../ui/form.tsx";
import { articles } from "./store.ts";

export function Categories({ value, onValue, submission, disabled }: { value: string; onValue: (value: string) => void; submission?: Submission; disabled?: boolean }): JSX.Element {
  const list = useId();
  const known = [...new Set((articles.value ?? []).map((each) => each.category).filter(Boolean))].sort();
  return (
    <Field label={t("console-article-category")} name="category" submission={submission}>
      {(wired) => (
        <>
          <input class="input" {...wired} list={list} value={value} disabled={disabled} required onInput={(event) => onValue(event.currentTarget.value)} />
          <datalist id={list}>{known.map((each) => <option key={each} value={each} />)}</datalist>
        </>
      )}
    </Field>
  );
}
