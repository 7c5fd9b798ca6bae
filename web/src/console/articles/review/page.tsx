/** The review of an article in one language: its text with comments or what changed, and beside it where it stands. */
import type { JSX } from "preact";
import { useActions } from "../../data/actions.ts";
import { LANGUAGES, language as spoken, t } from "../../data/i18n.ts";
import { go, place } from "../../data/router.ts";
import { Button, Empty, Skeleton } from "../../ui/basic.tsx";
import { errorText } from "../../ui/form.tsx";
import { Icon } from "../../ui/icons.tsx";
import { articleHref } from "../store.ts";
import { useWriters, Writers } from "../writing/writers.tsx";
import { Changes } from "./changes.tsx";
import { History } from "./history.tsx";
import { Lines } from "./lines.tsx";
import { Standing } from "./standing.tsx";
import { reviewHref, useReview } from "./store.ts";

const VIEWS = { text: "console-review-text", changes: "console-review-view-changes" } as const;

export function ReviewPage({ id }: { id: string }): JSX.Element {
  const { query } = place.value;
  const tag = query.get("in") || (spoken.value === "zh" ? "zh" : "en");
  const view = query.get("view") === "changes" ? "changes" : "text";
  const reviewing = useReview(id, tag);
  const { review, error, load, path } = reviewing;
  const people = useWriters(id, tag, false, true);
  const show = (next: keyof typeof VIEWS): void => go(reviewHref(id, { view: next, from: "", to: "" }), true);
  useActions([
    { id: "review-view", text: "console-review-switch", group: "articles", keys: "v", run: () => show(view === "text" ? "changes" : "text") },
    { id: "review-write", text: "console-review-write", group: "articles", keys: "e", run: () => go(articleHref(id)) },
  ]);
  const head = (
    <header class="head">
      <a class="head-back button button-quiet button-bare" href={articleHref(id)} aria-label={t("console-review-write")}><Icon name="back" /></a>
      <div class="head-who"><h2 lang={tag}>{review?.title ?? t("console-review")}</h2><p class="head-about">{t("console-review")}</p></div>
      <Writers people={people} />
      <div class="tabs article-tabs" role="group" aria-label={t("console-language")}>
        {[...new Set([...LANGUAGES.map((each) => each.tag), tag])].map((each) => (
          <button key={each} type="button" class="tab" aria-pressed={each === tag} aria-current={each === tag ? "true" : undefined} onClick={() => go(reviewHref(id, { tag: each, from: "", to: "" }), true)}>{LANGUAGES.find((one) => one.tag === each)?.name ?? each}</button>
        ))}
      </div>
      <a class="button button-plain button-medium review-write" href={articleHref(id)} aria-label={t("console-review-write")}><Icon name="pen" size={16} /><span class="button-text">{t("console-review-write")}</span></a>
    </header>
  );
  const gone = error?.status === 404;
  if (!review) {
    return (
      <section class="pane article-pane" aria-label={t("console-review")} aria-busy={!error}>
        {head}
        {error ? <Empty icon={gone ? "globe" : "alert"} title={t(gone ? "console-review-nothing" : "error-page")} action={gone ? undefined : <Button onClick={load}>{t("console-try-again")}</Button>}>{gone ? null : errorText(error)}</Empty>
          : <div class="pane-skeleton"><Skeleton rows={6} kind="line" /></div>}
      </section>
    );
  }
  return (
    <section class="pane article-pane" aria-label={review.title}>
      {head}
      <div class="review">
        <div class="review-main" tabIndex={0} role="region" aria-label={t(VIEWS[view])}>
          <div class="pills review-views" role="group" aria-label={t("console-article-view")}>
            {(["text", "changes"] as const).map((each) => <button key={each} type="button" class="pill-tab" aria-pressed={view === each} onClick={() => show(each)}>{t(VIEWS[each])}</button>)}
          </div>
          {view === "text" ? <Lines review={review} reviewing={reviewing} tag={tag} /> : <Changes id={id} path={path} review={review} tag={tag} />}
        </div>
        <aside class="review-side" tabIndex={0} aria-label={t("console-review-standing")}>
          <Standing id={id} review={review} reviewing={reviewing} />
          <History id={id} tag={tag} review={review} reviewing={reviewing} />
        </aside>
      </div>
    </section>
  );
}
