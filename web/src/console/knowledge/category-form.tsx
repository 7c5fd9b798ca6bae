/** One category: its names and descriptions by language, its address, what it stands under; and its removal. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Category } from "../../wire.ts";
import { languageName } from "../articles/filters.tsx";
import { api } from "../data/api.ts";
import { t } from "../data/i18n.ts";
import { categories, categoryName, categoryOptions, choices } from "../data/knowledge.ts";
import { Button } from "../ui/basic.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FormError, SelectField, TextField, useSubmission } from "../ui/form.tsx";
import { NewerOrError } from "../ui/newer.tsx";
import { say } from "../ui/toast.tsx";

interface Props { item: Category | null; onItem: (item: Category) => void; onClose: () => void }
const NOWHERE = "none";

/** The languages that each should have a name in, and any others it has one in. */
function tagsOf(item: Category | null): string[] {
  return [...new Set([...(choices.value?.languages ?? ["en"]), ...Object.keys(item?.names ?? {})])];
}

function Removal({ item, onDone }: { item: Category; onDone: () => void }): JSX.Element {
  const [to, setTo] = useState("");
  const [sure, setSure] = useState(false);
  const submission = useSubmission();
  const remove = async (): Promise<void> => {
    if (!sure) return setSure(true);
    const goal = item.articles || to ? { to: to === NOWHERE ? null : to } : {};
    if (await submission.run(async () => { await api.remove(`/api/categories/${item.id}`, { version: item.version, ...goal }); await categories.load(); })) {
      say(t("console-removed"));
      onDone();
    }
  };
  const elsewhere = categoryOptions().filter((each) => each.value !== item.id);
  const asks = item.articles > 0 || submission.error?.code === "in_use";
  return (
    <section class="form category-removal">
      <FormError submission={submission} fields={["to"]} />
      {asks && sure ? (
        <SelectField label={t("console-category-to", { count: item.articles })} name="to" value={to} onValue={setTo} submission={submission}
          options={[{ value: "", text: t("console-choose") }, ...elsewhere, { value: NOWHERE, text: t("console-article-no-category") }]} />
      ) : null}
      <div><Button look={sure ? "danger" : "quiet"} icon="trash" busy={submission.busy} disabled={asks && sure && !to} onClick={() => void remove()}>{t(sure ? "console-remove-sure" : "console-remove-do")}</Button></div>
    </section>
  );
}

export function CategoryForm({ item, onItem, onClose }: Props): JSX.Element {
  const [names, setNames] = useState<Record<string, string>>(item?.names ?? {});
  const [descriptions, setDescriptions] = useState<Record<string, string>>(item?.descriptions ?? {});
  const [slug, setSlug] = useState(item?.slug ?? "");
  const [parent, setParent] = useState(item?.parent ?? "");
  const submission = useSubmission();
  const tops = categories.items.value.filter((each) => each.parent === null && each.id !== item?.id);
  const hasBelow = categories.items.value.some((each) => each.parent === item?.id);
  const save = (): Promise<boolean> => submission.run(async () => {
    const words = { names, descriptions, slug: slug.trim() || null };
    if (!item) await api.post("/api/categories", { ...words, parent: parent || null });
    else {
      const changed = await api.put<Category>(`/api/categories/${item.id}`, { ...words, version: item.version });
      if (parent !== (item.parent ?? "")) await api.put(`/api/categories/${item.id}/place`, { version: changed.version, parent: parent || null, before: null });
    }
    await categories.load();
  });
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!(await save())) return;
    say(t("console-saved"));
    onClose();
  };
  const put = (form: { names: Record<string, string>; descriptions: Record<string, string>; slug: string; parent: string }): void => {
    setNames(form.names);
    setDescriptions(form.descriptions);
    setSlug(form.slug);
    setParent(form.parent);
  };
  const anew = async (): Promise<void> => {
    await categories.load();
    const now = categories.items.value.find((each) => each.id === item?.id);
    if (!now) return onClose();
    onItem(now);
    put({ names: now.names, descriptions: now.descriptions, slug: now.slug, parent: now.parent ?? "" });
  };
  const fields = [...tagsOf(item).flatMap((tag) => [`names.${tag}`, `descriptions.${tag}`]), "slug", "parent"];
  return (
    <Dialog title={item ? categoryName(item) : t("console-category-add")} onClose={onClose} wide>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <NewerOrError submission={submission} fields={fields} form={{ names, descriptions, slug, parent }} set={put} load={anew} />
        {tagsOf(item).map((tag, at) => (
          <fieldset key={tag} class="category-words">
            <legend>{languageName(tag)}</legend>
            <TextField label={t("console-category-name")} name={`names.${tag}`} value={names[tag] ?? ""} onValue={(value) => setNames({ ...names, [tag]: value })} submission={submission} autofocus={at === 0 && !item} />
            <TextField label={t("console-category-description")} name={`descriptions.${tag}`} value={descriptions[tag] ?? ""} onValue={(value) => setDescriptions({ ...descriptions, [tag]: value })} submission={submission} lines={2} />
          </fieldset>
        ))}
        <div class="fields">
          <TextField label={t("console-category-slug")} name="slug" value={slug} onValue={setSlug} submission={submission} help={t("console-category-slug-help")} />
          {hasBelow ? null : <SelectField label={t("console-category-parent")} name="parent" value={parent} onValue={setParent} submission={submission} options={[{ value: "", text: t("console-category-top") }, ...tops.map((each) => ({ value: each.id, text: categoryName(each) }))]} />}
        </div>
        <footer class="dialog-foot">
          <Button onClick={onClose}>{t("console-cancel")}</Button><Button type="submit" look="primary" busy={submission.busy}>{t("console-save")}</Button>
        </footer>
      </form>
      {item && !hasBelow ? <Removal item={item} onDone={onClose} /> : null}
    </Dialog>
  );
}
