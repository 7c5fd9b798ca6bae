/** The knowledge base: the list of articles, and the one that is open. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { useActions } from "../data/actions.ts";
import { t } from "../data/i18n.ts";
import { categories, choices, loadChoices } from "../data/knowledge.ts";
import { setTitle } from "../data/notify.ts";
import { go, steps } from "../data/router.ts";
import { may } from "../data/session.ts";
import { ofArticle, ofKnowledge, useTold } from "../data/told.ts";
import { Empty } from "../ui/basic.tsx";
import { NotForRole } from "../ui/not-for-role.tsx";
import { ArticleEditor } from "./editor.tsx";
import { ArticleList } from "./list.tsx";
import { NewArticle } from "./new.tsx";
import { ReviewPage } from "./review/page.tsx";
import { articleHref, articles, filter, loadArticles, renewArticles } from "./store.ts";

function step(id: string | undefined, by: number): void {
  const list = articles.value ?? [];
  const at = list.findIndex((item) => item.id === id);
  const next = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : at + by];
  if (!next) return;
  go(articleHref(next.id));
  requestAnimationFrame(() => document.getElementById(`article-${next.id}`)?.scrollIntoView({ block: "nearest" }));
}

export default function ArticlesPage(): JSX.Element {
  const [, id, part] = steps.value;
  useEffect(() => void loadArticles(), [JSON.stringify(filter())]);
  useEffect(() => categories.need(), []);
  useTold(ofArticle(), renewArticles);
  useTold(ofKnowledge, () => Promise.all([categories.load(), choices.peek() ? loadChoices() : null]));
  useEffect(() => setTitle(`${t("console-articles")} · Parley`));
  useActions([
    ...(may("edit") ? [{ id: "article-new", text: "console-article-new", group: "articles", keys: "c", run: () => go(articleHref("new")) } as const] : []),
    { id: "article-next", text: "console-article-next", group: "articles", keys: "j", run: () => step(id, 1) },
    { id: "article-previous", text: "console-article-previous", group: "articles", keys: "k", run: () => step(id, -1) },
    { id: "article-search", text: "console-article-search", group: "articles", keys: "/", run: () => document.querySelector<HTMLInputElement>("#article-search")?.focus() },
    { id: "article-close", text: "console-article-close", group: "articles", keys: "Escape", enabled: () => id !== undefined, run: () => go(articleHref(null)) },
  ]);
  return (
    <div class={`articles ${id ? "articles-open" : ""}`}>
      {id ? <h1 class="unseen only-narrow">{t("console-articles")}</h1> : null}
      <ArticleList open={id ?? null} />
      {id === "new" ? may("edit") ? <NewArticle /> : <section class="pane pane-empty"><NotForRole /></section> : id && part === "review" ? may("edit") ? <ReviewPage key={id} id={id} /> : <section class="pane pane-empty"><NotForRole /></section> : id ? <ArticleEditor key={id} id={id} /> : (
        <section class="pane pane-empty"><Empty icon="book" title={t("console-article-none-open")}>{t("console-article-none-open-help")}</Empty></section>
      )}
    </div>
  );
}
