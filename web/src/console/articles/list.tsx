/** The list of articles with search and filters, by page; each line says where its languages stand and what is due. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ArticleState, ArticleSummary } from "../../wire.ts";
import { t } from "../data/i18n.ts";
import { counts, nameOfCategory } from "../data/knowledge.ts";
import { go } from "../data/router.ts";
import { may, me } from "../data/session.ts";
import { Button, Chip, Empty, IconButton, Notice, Skeleton, Spinner } from "../ui/basic.tsx";
import { errorText } from "../ui/form.tsx";
import { Icon } from "../ui/icons.tsx";
import { Time } from "../ui/time.tsx";
import { countText, languageName, MoreFilters, Narrowed, Views } from "./filters.tsx";
import { articleHref, articles, filter, following, listError, loadArticles, loadingMore, loadMore, total, viewHref } from "./store.ts";

export { languageName } from "./filters.tsx";

const SEARCH_AFTER = 250;

export function LanguageState({ tag, state }: { tag: string; state: ArticleState }): JSX.Element {
  return <span class={`langstate langstate-${state}`} title={`${languageName(tag)}: ${t(`console-article-state-${state}`)}`}>{tag}<span class="unseen"> {t(`console-article-state-${state}`)}</span></span>;
}

function Marks({ item }: { item: ArticleSummary }): JSX.Element | null {
  const stages = [...new Set(Object.values(item.stages))].filter((each) => each !== "draft");
  const marks = [
    item.flags ? <Chip key="flags" tone="warn" icon="flag">{t("console-use-flags", { count: item.flags })}</Chip> : null,
    ...stages.map((each) => <Chip key={each} tone={each === "changes_requested" ? "warn" : "accent"}>{t(`console-stage-${each.replace("_", "-")}`)}</Chip>),
    item.audience === "public" ? null : <Chip key="audience" icon="lock">{t(`console-audience-${item.audience.replace("_", "-")}`)}</Chip>,
    item.overdue ? <Chip key="overdue" tone="warn" icon="clock">{t("console-mark-overdue")}</Chip> : null,
    ...item.stale.map((tag) => <Chip key={`stale-${tag}`} tone="warn" icon="history">{t("console-mark-stale", { language: languageName(tag) })}</Chip>),
    ...item.missing.map((tag) => <Chip key={`missing-${tag}`} icon="globe">{t("console-mark-missing", { language: languageName(tag) })}</Chip>),
  ].filter(Boolean);
  return marks.length ? <span class="row-chips article-marks">{marks}</span> : null;
}

function Item({ item, open }: { item: ArticleSummary; open: boolean }): JSX.Element {
  return (
    <li class="row-item">
      <a id={`article-${item.id}`} class={`row article-row ${open ? "row-open" : ""}`} href={articleHref(item.id)} aria-current={open ? "true" : undefined}>
        <span class="row-main">
          <span class="article-title" lang={item.language}>{item.title}</span>
          <span class="article-about">
            <span class="article-states">{Object.entries(item.languages).sort().map(([tag, state]) => <LanguageState key={tag} tag={tag} state={state} />)}</span>
            <span class="row-last">{nameOfCategory(item.category_id) || item.category}</span><span class="row-time"><Time at={item.updated_at} /></span>
          </span>
          <Marks item={item} />
        </span>
      </a>
    </li>
  );
}

function Search({ here }: { here: string | null }): JSX.Element {
  const { q } = filter();
  const [text, setText] = useState(q);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setText(q), [q]);
  const change = (next: string): void => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => go(articleHref(here, { q: next.trim() }), true), SEARCH_AFTER);
  };
  return (
    <div class="search"><Icon name="search" size={16} />
      <input id="article-search" type="search" class="search-input" value={text} placeholder={t("console-article-search")} aria-label={t("console-article-search")} onInput={(event) => change(event.currentTarget.value)} /></div>
  );
}

/** Those whom somebody made responsible hear of it where they work. */
function Reminder({ here }: { here: string | null }): JSX.Element | null {
  const { owner, overdue } = filter();
  const due = counts.value?.mine_overdue ?? 0;
  if (due === 0 || (owner && overdue)) return null;
  return (
    <Notice tone="warn" action={<a class="button button-plain button-small" href={viewHref(here, { owner: me.value?.id ?? "", overdue: "1", sort: "review" })}>{t("console-review-due-show")}</a>}>
      {t("console-review-due", { count: due })}
    </Notice>
  );
}

/** Loads the next page when the end of the list comes into view. */
function End(): JSX.Element | null {
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!mark.current) return;
    const watch = new IntersectionObserver((seen) => { if (seen.some((each) => each.isIntersecting)) void loadMore(); }, { rootMargin: "400px" });
    watch.observe(mark.current);
    return () => watch.disconnect();
  }, [following.value]);
  return following.value ? <div ref={mark} class="list-end">{loadingMore.value ? <Spinner /> : null}</div> : null;
}

function Body({ open }: { open: string | null }): JSX.Element {
  const list = articles.value;
  if (listError.value) return <Empty icon="alert" title={t("error-list")} action={<Button icon="refresh" onClick={() => void loadArticles()}>{t("console-try-again")}</Button>}>{errorText(listError.value)}</Empty>;
  if (list === null) return <Skeleton rows={8} kind="line" />;
  if (list.length === 0) return <Empty icon="book" title={t("console-article-nothing")} />;
  return <ul class="rows">{list.map((item) => <Item key={item.id} item={item} open={item.id === open} />)}</ul>;
}

export function ArticleList({ open }: { open: string | null }): JSX.Element {
  return (
    <section class="list" aria-label={t("console-articles")}>
      <header class="list-head">
        <div class="list-top"><h1>{t("console-articles")}</h1>
          {may("edit") ? <IconButton icon="plus" label={t("console-article-new")} keys="c" onClick={() => go(articleHref("new"))} /> : null}</div>
        <div class="list-tools">
          <Search here={open} />
          <div class="filters">{may("edit") ? <Views here={open} /> : null}<span class="push" /><span class="list-count tabular" role="status">{articles.value ? t("console-article-count", { text: countText(total.value.count, total.value.most) }) : ""}</span><MoreFilters here={open} /></div>
          <Narrowed here={open} />
        </div>
        <Reminder here={open} />
      </header>
      <div class="list-body" aria-busy={articles.value === null}><Body open={open} /><End /></div>
    </section>
  );
}
