/** The categories in two levels: put in order by dragging or by keys, and each opened to be changed. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Category } from "../../wire.ts";
import { useActions } from "../data/actions.ts";
import { api } from "../data/api.ts";
import { t } from "../data/i18n.ts";
import { categories, categoryName, choices, loadChoices } from "../data/knowledge.ts";
import { ofKnowledge, useTold } from "../data/told.ts";
import { Button, Empty, Skeleton } from "../ui/basic.tsx";
import { errorText } from "../ui/form.tsx";
import { PageHead } from "../ui/page.tsx";
import { Sortable } from "../ui/sortable.tsx";
import { attempt } from "../ui/toast.tsx";
import { CategoryForm } from "./category-form.tsx";

function under(parent: string | null): Category[] {
  return categories.items.value.filter((each) => each.parent === parent);
}

/** To where it was dropped among its siblings. */
async function move(parent: string | null, from: number, to: number): Promise<void> {
  const order = under(parent);
  const moved = order[from]!;
  const left = order.filter((each) => each !== moved);
  const before = left[to]?.id ?? null;
  await attempt(async () => {
    const all = await api.put<{ items: Category[] }>(`/api/categories/${moved.id}/place`, { version: moved.version, parent, before });
    categories.items.value = all.items;
  });
  if (categories.items.value.some((each) => each === moved)) await categories.load();
}

function Line({ item, onOpen }: { item: Category; onOpen: () => void }): JSX.Element {
  const missing = (choices.value?.languages ?? []).filter((tag) => !item.names[tag]);
  return (
    <button type="button" class="thing-open category-line" onClick={onOpen}>
      <span class="category-name">{categoryName(item)}</span>
      <span class="category-about">{t("console-category-articles", { count: item.articles })}{missing.length ? ` · ${t("console-category-unnamed", { languages: missing.join(", ") })}` : ""}</span>
    </button>
  );
}

function Top({ item, onOpen }: { item: Category; onOpen: (item: Category) => void }): JSX.Element {
  const below = under(item.id);
  return (
    <div class="category">
      <Line item={item} onOpen={() => onOpen(item)} />
      {below.length ? (
        <Sortable class="category-below" items={below} label={t("console-categories-under", { name: categoryName(item) })} nameOf={categoryName}
          row={(each) => <Line item={each} onOpen={() => onOpen(each)} />} onMove={(from, to) => void move(item.id, from, to)} />
      ) : null}
    </div>
  );
}

export function CategoriesPage(): JSX.Element {
  const [open, setOpen] = useState<Category | null | undefined>(undefined);
  const { items, loading, error, load } = categories;
  useEffect(() => { void load(); void loadChoices(); }, []);
  useTold(ofKnowledge, () => void load());
  useActions([{ id: "add-category", text: "console-category-add", group: "general", keys: "c", run: () => setOpen(null) }]);
  const add = <Button look="primary" icon="plus" keys="c" onClick={() => setOpen(null)}>{t("console-category-add")}</Button>;
  return (
    <>
      <PageHead title={t("console-knowledge-categories")}>{items.value.length ? add : null}</PageHead>
      <p class="admin-lead">{t("console-categories-lead")}</p>
      {error.value && !items.value.length ? <Empty icon="alert" title={t("error-list")} action={<Button onClick={() => void load()}>{t("console-try-again")}</Button>}>{errorText(error.value)}</Empty>
        : loading.value ? <Skeleton rows={5} kind="line" />
        : items.value.length === 0 ? <Empty icon="tag" title={t("console-categories-none")} action={add} />
        : <Sortable class="categories" items={under(null)} label={t("console-knowledge-categories")} nameOf={categoryName} row={(item) => <Top item={item} onOpen={setOpen} />} onMove={(from, to) => void move(null, from, to)} />}
      {open !== undefined ? <CategoryForm key={open?.id ?? "new"} item={open} onItem={setOpen} onClose={() => setOpen(undefined)} /> : null}
    </>
  );
}
