/** The list of conversations: which list, which status, a search, rows, and more of them while scrolling. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../data/i18n.ts";
import { again, counts, failed, items, loadMore, loading, loadingMore, more } from "../data/lists.ts";
import type { ListName } from "../data/listing.ts";
import { nameOf, queues } from "../data/resource.ts";
import { go } from "../data/router.ts";
import { me, setPresence } from "../data/session.ts";
import { Button, Empty, IconButton, Skeleton, Spinner } from "../ui/basic.tsx";
import { errorText } from "../ui/form.tsx";
import { Icon } from "../ui/icons.tsx";
import { Menu } from "../ui/menu.tsx";
import { attempt } from "../ui/toast.tsx";
import { Presence } from "../shell/presence.tsx";
import { Row } from "./row.tsx";
import { FILTERS, inboxHref, where, writing } from "./where.ts";

const LISTS: ListName[] = ["mine", "queue", "all"];
const SEARCH_AFTER = 300;

function Search(): JSX.Element {
  const { q } = where();
  const [text, setText] = useState(q);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setText(q), [q]);
  const change = (next: string): void => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => go(inboxHref({ q: next.trim() }), true), SEARCH_AFTER);
  };
  return (
    <div class="search">
      <Icon name="search" size={16} />
      <input id="list-search" type="search" class="search-input" aria-label={t("console-list-search")} placeholder={t("console-list-search")} value={text}
        onInput={(event) => change(event.currentTarget.value)}
        onKeyDown={(event) => { if (event.key === "Escape") { event.preventDefault(); if (text) change(""); else event.currentTarget.blur(); } }} />
      {text ? <IconButton icon="close" size="small" label={t("console-clear")} onClick={() => change("")} /> : <kbd class="search-key" aria-hidden="true">/</kbd>}
    </div>
  );
}

function Filters(): JSX.Element {
  const { list, status, queue } = where();
  useEffect(() => queues.need(), []);
  return (
    <div class="filters">
      <Menu class="filter" side="start" label={t("console-filter-status")}
        items={FILTERS.map((each) => ({ text: t(`console-filter-${each}`), checked: status === each, run: () => go(inboxHref({ status: each })) }))}>
        {t(`console-filter-${status}`)}<Icon name="chevron" size={14} />
      </Menu>
      {list === "mine" ? null : (
        <Menu class="filter" side="start" label={t("console-filter-queue")}
          items={[{ text: t("console-filter-queue-any"), checked: !queue, run: () => go(inboxHref({ queue: null })) },
            ...queues.items.value.map((each) => ({ text: each.name, hint: t("console-queue-waiting", { count: each.waiting }), checked: queue === each.id, run: () => go(inboxHref({ queue: each.id })) }))]}>
          {queue ? nameOf(queues, queue) : t("console-filter-queue-any")}<Icon name="chevron" size={14} />
        </Menu>
      )}
    </div>
  );
}

/** What is shown is behind a number of the bot's report. */
function Behind(): JSX.Element | null {
  const { bot } = where();
  if (!bot) return null;
  const of = new URLSearchParams(bot);
  const outcome = of.get("outcome");
  return (
    <p class="list-behind"><Icon name="bot" size={16} /><span>{t("console-list-behind", { what: outcome ? t(`console-outcomes-${outcome}`) : t("console-outcomes-all"), since: of.get("since") ?? "", until: of.get("until") ?? "" })}</span>
      <IconButton icon="close" size="small" label={t("console-clear")} onClick={() => go(inboxHref({ bot: null, status: "active" }))} /></p>
  );
}

function Nothing(): JSX.Element {
  const { list, q, status } = where();
  if (q) return <Empty icon="search" title={t("console-list-no-match")} action={<Button onClick={() => go(inboxHref({ q: "" }))}>{t("console-clear")}</Button>}>{t("console-list-no-match-help", { query: q })}</Empty>;
  if (status !== "active") return <Empty icon="inbox" title={t("console-list-none")} />;
  const away = list === "mine" && me.value?.presence !== "available";
  return (
    <Empty icon={list === "mine" ? "spark" : "check"} title={t(`console-list-empty-${list}`)}
      action={away ? <Button look="primary" onClick={() => void attempt(() => setPresence("available", null))}>{t("console-presence-to-available")}</Button> : null}>
      {t(`console-list-empty-${list}-help`)}
    </Empty>
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
  }, [more.value]);
  if (!more.value) return null;
  return <div ref={mark} class="list-end">{loadingMore.value ? <Spinner /> : null}</div>;
}

export function ConversationList(): JSX.Element {
  const current = where();
  return (
    <section class="list" aria-label={t("console-conversations")}>
      <header class="list-head">
        <div class="list-top">
          <h1>{t("console-nav-inbox")}</h1>
          <Presence />
          <IconButton icon="pen" label={t("console-write-first")} keys="c" onClick={() => (writing.value = { contact: null })} />
        </div>
        <nav class="tabs" aria-label={t("console-lists")}>
          {LISTS.map((list) => (
            <a key={list} class="tab" href={inboxHref({ list, id: null, q: "", queue: null, bot: null })} aria-current={list === current.list ? "true" : undefined}>
              {t(`console-list-${list}`)}<span class="tab-count tabular">{counts.value[list]}</span>
            </a>
          ))}
        </nav>
        <div class="list-tools"><Search /><Filters /></div>
        <Behind />
      </header>
      <div class="list-body" aria-busy={loading.value}>
        {failed.value ? <Empty icon="alert" title={t("error-list")} action={<Button icon="refresh" onClick={again}>{t("console-try-again")}</Button>}>{errorText(failed.value)}</Empty>
          : loading.value ? <Skeleton rows={7} />
          : items.value.length === 0 ? <Nothing />
          : <ul class="rows">{items.value.map((item) => <Row key={item.id} item={item} open={item.id === current.id} />)}</ul>}
        <End />
      </div>
    </section>
  );
}
