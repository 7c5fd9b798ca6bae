/** The inbox: list, conversation and contact side by side where there is room, one after the other where not. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { useActions } from "../data/actions.ts";
import { open } from "../data/conversation.ts";
import { t } from "../data/i18n.ts";
import { items, show } from "../data/lists.ts";
import { setTitle } from "../data/notify.ts";
import { go } from "../data/router.ts";
import { me } from "../data/session.ts";
import { Empty } from "../ui/basic.tsx";
import { ConversationPane } from "./conversation.tsx";
import { ConversationList } from "./list.tsx";
import { FILTERS, inboxHref, panelOpen, statusesOf, where, writing } from "./where.ts";
import { WriteFirst } from "./write-first.tsx";

function step(by: number): void {
  const list = items.value;
  const at = list.findIndex((item) => item.id === where().id);
  const next = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : at + by];
  if (!next) return;
  go(inboxHref({ id: next.id }));
  requestAnimationFrame(() => document.getElementById(`row-${next.id}`)?.scrollIntoView({ block: "nearest" }));
}

function focusSearch(): void {
  document.querySelector<HTMLInputElement>("#list-search")?.focus();
}

export function InboxPage(): JSX.Element {
  const { list, id, status, queue, q, bot } = where();
  useEffect(() => {
    show({ list, status: statusesOf(status), queue, q, me: me.value?.id ?? "", bot });
  }, [list, status, queue, q, bot]);
  useEffect(() => open(id), [id]);
  useEffect(() => () => open(null), []);
  useEffect(() => setTitle(`${t(`console-list-${list}`)} · Parley`));
  useActions([
    { id: "next", text: "console-key-next", group: "list", keys: "j", run: () => step(1) },
    { id: "previous", text: "console-key-previous", group: "list", keys: "k", run: () => step(-1) },
    { id: "search", text: "console-list-search", group: "list", keys: "/", run: focusSearch },
    { id: "new", text: "console-write-first", group: "list", keys: "c", run: () => (writing.value = { contact: null }) },
    ...FILTERS.map((each) => ({ id: `status-${each}`, text: `console-filter-${each}`, group: "list" as const, run: () => go(inboxHref({ status: each })) })),
    { id: "close", text: "console-key-close", group: "list", keys: "Escape", enabled: () => id !== null, run: () => go(inboxHref({ id: null })) },
  ]);
  return (
    <div class={`inbox ${id ? "inbox-open" : ""} ${panelOpen.value ? "inbox-panel" : ""}`}>
      {id ? <h1 class="unseen only-narrow">{t("console-nav-inbox")}</h1> : null}
      <ConversationList />
      {id ? <ConversationPane key={id} id={id} /> : (
        <section class="pane pane-empty" aria-label={t("console-conversation")}>
          <Empty icon="chat" title={t("console-none-open")}>{t("console-none-open-help")}</Empty>
        </section>
      )}
      {writing.value ? <WriteFirst onClose={() => (writing.value = null)} /> : null}
    </div>
  );
}
