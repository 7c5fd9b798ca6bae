/** The list of articles with search and filters; each shows in which languages it is published. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ArticleState, ArticleSummary } from "../../wire.ts";
import { LANGUAGES, t } from "../data/i18n.ts";
import { go } from "../data/router.ts";
import { may } from "../data/session.ts";
import { Button, Empty, IconButton, Skeleton } from "../ui/basic.tsx";
import { errorText } from "../ui/form.tsx";
import { Icon } from "../ui/icons.tsx";
import { Menu } from "../ui/menu.tsx";
import { Time } from "../ui/time.tsx";
import { articleHref, articles, filter, listError, loadArticles } from "./store.ts";

const STATES: ("" | ArticleState)[] = ["", "published", "draft"];
const SEARCH_AFTER = 250;

export function languageName(tag: string): string {
  return LANGUAGES.find((each) => each.tag === tag)?.name ?? tag;
}

export function LanguageState({ tag, state }: { tag: string; state: ArticleState }): JSX.Element {
  return <span class={`langstate langstate-${state}`} title={`${languageName(tag)}: ${t(`console-article-state-${state}`)}`}>{tag}<span class="unseen"> {t(`console-article-state-${state}`)}</span></span>;
}

function Item({ item, open }: { item: ArticleSummary; open: boolean }): JSX.Element {
  return (
    <li class="row-item">
      <a class={`row article-row ${open ? "row-open" : ""}`} href={articleHref(item.id)} aria-current={open ? "true" : undefined}>
        <span class="row-main">
          <span class="article-title" lang={item.language}>{item.title}</span>
          <span class="article-about">
            <span class="article-states">{Object.entries(item.languages).sort().map(([tag, state]) => <LanguageState key={tag} tag={tag} state={state} />)}</span>
            <span class="row-last">{item.category}</span><span class="row-time"><Time at={item.updated_at} /></span>
          </span>
        </span>
      </a>
    </li>
  );
}

function Tools(): JSX.Element {
  const { q, status, language } = filter();
  const [text, setText] = useState(q);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setText(q), [q]);
  const here = location.pathname.split("/articles/")[1] ?? null;
  const change = (next: string): void => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => go(articleHref(here, { q: next.trim() }), true), SEARCH_AFTER);
  };
  return (
    <div class="list-tools">
      <div class="search"><Icon name="search" size={16} />
        <input id="article-search" type="search" class="search-input" value={text} placeholder={t("console-article-search")} aria-label={t("console-article-search")} onInput={(event) => change(event.currentTarget.value)} /></div>
      <div class="filters">
        <Menu class="filter" side="start" label={t("console-filter-status")} items={STATES.map((state) => ({ text: t(`console-article-filter-${state || "any"}`), checked: status === state, run: () => go(articleHref(here, { status: state })) }))}>
          {t(`console-article-filter-${status || "any"}`)}<Icon name="chevron" size={14} />
        </Menu>
        <Menu class="filter" side="start" label={t("console-language")} items={[{ tag: "", name: t("console-article-language-any") }, ...LANGUAGES].map(({ tag, name }) => ({ text: name, checked: language === tag, run: () => go(articleHref(here, { language: tag })) }))}>
          {language ? languageName(language) : t("console-article-language-any")}<Icon name="chevron" size={14} />
        </Menu>
      </div>
    </div>
  );
}

export function ArticleList({ open }: { open: string | null }): JSX.Element {
  const list = articles.value;
  return (
    <section class="list" aria-label={t("console-articles")}>
      <header class="list-head">
        <div class="list-top"><h1>{t("console-articles")}</h1>
          {may("edit") ? <IconButton icon="plus" label={t("console-article-new")} keys="c" onClick={() => go(articleHref("new"))} /> : null}</div>
        <Tools />
      </header>
      <div class="list-body" aria-busy={list === null}>
        {listError.value ? <Empty icon="alert" title={t("error-list")} action={<Button icon="refresh" onClick={() => void loadArticles()}>{t("console-try-again")}</Button>}>{errorText(listError.value)}</Empty>
          : list === null ? <Skeleton rows={8} kind="line" />
          : list.length === 0 ? <Empty icon="book" title={t("console-article-nothing")} />
          : <ul class="rows">{list.map((item) => <Item key={item.id} item={item} open={item.id === open} />)}</ul>}
      </div>
    </section>
  );
}
