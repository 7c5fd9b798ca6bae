/** The knowledge base: the list of articles, and the one that is open. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { useActions } from "../data/actions.ts";
import { t } from "../data/i18n.ts";
import { setTitle } from "../data/notify.ts";
import { go, steps } from "../data/router.ts";
import { may } from "../data/session.ts";
import { Empty } from "../ui/basic.tsx";
import { NotForRole } from "../ui/not-for-role.tsx";
import { ArticleEditor } from "./editor.tsx";
import { ArticleList } from "./list.tsx";
import { NewArticle } from "./new.tsx";
import { articleHref, filter, loadArticles } from "./store.ts";

export default function ArticlesPage(): JSX.Element {
  const [, id] = steps.value;
  const { q, status, language } = filter();
  useEffect(() => void loadArticles(), [q, status, language]);
  useEffect(() => setTitle(`${t("console-articles")} · Parley`));
  useActions([
    ...(may("edit") ? [{ id: "article-new", text: "console-article-new", group: "articles", keys: "c", run: () => go(articleHref("new")) } as const] : []),
    { id: "article-search", text: "console-article-search", group: "articles", keys: "/", run: () => document.querySelector<HTMLInputElement>("#article-search")?.focus() },
    { id: "article-close", text: "console-article-close", group: "articles", keys: "Escape", enabled: () => id !== undefined, run: () => go(articleHref(null)) },
  ]);
  return (
    <div class={`articles ${id ? "articles-open" : ""}`}>
      {id ? <h1 class="unseen only-narrow">{t("console-articles")}</h1> : null}
      <ArticleList open={id ?? null} />
      {id === "new" ? may("edit") ? <NewArticle /> : <section class="pane pane-empty"><NotForRole /></section> : id ? <ArticleEditor key={id} id={id} /> : (
        <section class="pane pane-empty"><Empty icon="book" title={t("console-article-none-open")}>{t("console-article-none-open-help")}</Empty></section>
      )}
    </div>
  );
}
