/** How the list of articles is narrowed: its views with their counts, and a dialog with everything else. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ArticleCounts } from "../../wire.ts";
import { useActions } from "../data/actions.ts";
import { LANGUAGES, t } from "../data/i18n.ts";
import { categories, categoryOptions, choices, counts, loadChoices, nameOfCategory } from "../data/knowledge.ts";
import { go } from "../data/router.ts";
import { me } from "../data/session.ts";
import { Button, IconButton } from "../ui/basic.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { SelectField } from "../ui/form.tsx";
import { Icon } from "../ui/icons.tsx";
import { Menu, type MenuItem } from "../ui/menu.tsx";
import { articleHref, filter, VIEW, viewHref, type Filter, type FilterField } from "./store.ts";

export function languageName(tag: string): string {
  return LANGUAGES.find((each) => each.tag === tag)?.name ?? tag;
}

interface View { text: string; filter: Partial<Filter>; count: (all: ArticleCounts) => number | undefined; rule?: boolean }

function views(): View[] {
  const own = me.value?.id ?? "";
  const stages = ["in_review", "changes_requested", "approved", "scheduled"] as const;
  return [
    { text: t("console-view-all"), filter: {}, count: (all) => all.all },
    { text: t("console-article-filter-published"), filter: { status: "published" }, count: (all) => all.published },
    { text: t("console-article-filter-draft"), filter: { status: "draft" }, count: (all) => all.draft },
    ...stages.map((stage) => ({ text: t(`console-stage-${stage.replace("_", "-")}`), filter: { stage }, count: (all: ArticleCounts) => all.stages[stage] })),
    { text: t("console-view-mine"), filter: { owner: own }, count: (all) => all.mine, rule: true },
    { text: t("console-view-mine-overdue"), filter: { owner: own, overdue: "1" }, count: (all) => all.mine_overdue },
    { text: t("console-view-overdue"), filter: { overdue: "1" }, count: (all) => all.overdue },
    { text: t("console-view-stale"), filter: { stale: "1" }, count: (all) => all.stale, rule: true },
    ...(choices.value?.languages ?? []).map((tag) => ({ text: t("console-view-missing", { language: languageName(tag) }), filter: { missing: tag }, count: (all: ArticleCounts) => all.missing[tag] })),
    { text: t("console-view-archived"), filter: { archived: "1" }, count: (all) => all.archived, rule: true },
  ];
}

/** `10,000+` where the server stopped counting. */
export function countText(count: number | undefined, most: number): string {
  return count === undefined ? "" : t(most && count >= most ? "console-count-least" : "console-count", { count });
}

function isThis(view: View, now: Filter): boolean {
  return VIEW.every((field) => now[field] === (view.filter[field] ?? ""));
}

export function Views({ here }: { here: string | null }): JSX.Element {
  const now = filter();
  const all = views();
  const known = counts.value;
  const current = all.find((each) => isThis(each, now));
  const items: MenuItem[] = all.map((each) => ({
    text: each.text, checked: each === current, rule: each.rule, hint: known ? countText(each.count(known), known.most) : undefined, run: () => go(viewHref(here, each.filter)),
  }));
  return <Menu class="filter views" side="start" label={t("console-views")} items={items}>{current?.text ?? t("console-view-own")}<Icon name="chevron" size={14} /></Menu>;
}

const SORTS = ["", "created", "review", "address"];
const AUDIENCES = ["public", "signed_in", "agents"];

function options(field: FilterField): { value: string; text: string }[] {
  const any = { value: "", text: t("console-any") };
  const none = { value: "none", text: t("console-none") };
  const known = choices.value;
  switch (field) {
    case "category": return [any, none, ...categoryOptions()];
    case "language": return [any, ...LANGUAGES.map(({ tag, name }) => ({ value: tag, text: name }))];
    case "tag": return [any, ...(known?.tags ?? []).map((each) => ({ value: each.tag, text: each.tag }))];
    case "audience": return [any, ...AUDIENCES.map((value) => ({ value, text: t(`console-audience-${value.replace("_", "-")}`) }))];
    case "brand": return [any, ...(known?.brands ?? []).map((each) => ({ value: each.id, text: each.name }))];
    case "owner": return [any, none, ...(known?.owners ?? []).map((each) => ({ value: each.id, text: each.name }))];
    default: return SORTS.map((value) => ({ value, text: t(`console-sort-${value || "updated"}`) }));
  }
}

const MORE: FilterField[] = ["category", "language", "tag", "audience", "brand", "owner", "sort"];

export function MoreFilters({ here }: { here: string | null }): JSX.Element {
  const [open, setOpen] = useState(false);
  useEffect(() => { categories.need(); void loadChoices(); }, []);
  useActions([{ id: "article-filters", text: "console-filters", group: "articles", keys: "f", run: () => setOpen(true) }]);
  const now = filter();
  const shown = MORE.filter((field) => options(field).length > 1 || now[field]);
  return (
    <>
      <IconButton icon="gear" size="small" label={t("console-filters")} keys="f" onClick={() => setOpen(true)} />
      {open ? (
        <Dialog title={t("console-filters")} onClose={() => setOpen(false)}>
          <div class="form">
            {shown.map((field) => <SelectField key={field} label={t(`console-filter-by-${field}`)} name={field} value={now[field]} options={options(field)} onValue={(value) => go(articleHref(here, { [field]: value }), true)} />)}
            <footer class="dialog-foot">
              <Button class="push" look="quiet" onClick={() => go(articleHref(here, Object.fromEntries(MORE.map((each) => [each, ""]))), true)}>{t("console-clear")}</Button>
              <Button look="primary" onClick={() => setOpen(false)}>{t("console-done")}</Button>
            </footer>
          </div>
        </Dialog>
      ) : null}
    </>
  );
}

function valueText(field: FilterField, value: string): string {
  if (field === "category" && value !== "none") return nameOfCategory(value) || value;
  return options(field).find((each) => each.value === value)?.text ?? value;
}

/** What narrows the list beside its view; each is taken off by a press. */
export function Narrowed({ here }: { here: string | null }): JSX.Element | null {
  const now = filter();
  const inView = views().some((each) => isThis(each, now));
  const fields = MORE.filter((field) => now[field] && !(field === "owner" && inView));
  if (fields.length === 0) return null;
  return (
    <div class="picks narrowed" role="group" aria-label={t("console-filters")}>
      {fields.map((field) => (
        <span key={field} class="picked">{t("console-filter-is", { field: t(`console-filter-by-${field}`), value: valueText(field, now[field]) })}
          <IconButton icon="close" size="small" label={t("console-remove", { name: valueText(field, now[field]) })} onClick={() => go(articleHref(here, { [field]: "" }), true)} /></span>
      ))}
    </div>
  );
}
