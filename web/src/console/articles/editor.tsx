/** One article: its languages, one at a time or side by side, each a draft and what is published. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ArticleDetail } from "../../wire.ts";
import { useActions } from "../data/actions.ts";
import { ApiError, api } from "../data/api.ts";
import { LANGUAGES, language as spoken, t } from "../data/i18n.ts";
import { nameOfCategory } from "../data/knowledge.ts";
import { keep, kept } from "../data/keep.ts";
import { go } from "../data/router.ts";
import { may } from "../data/session.ts";
import { ofArticle, useTold } from "../data/told.ts";
import { Button, Empty, IconButton, Skeleton } from "../ui/basic.tsx";
import { errorText } from "../ui/form.tsx";
import { Icon } from "../ui/icons.tsx";
import { LanguagePane } from "./language.tsx";
import { languageName } from "./list.tsx";
import { SettingsButton } from "./settings/panel.tsx";
import { articleHref, loadArticles } from "./store.ts";
import { UseButton } from "./use.tsx";
import { stateOf, working } from "./words.ts";
import { Writers, useWriters } from "./writing/writers.tsx";

function useArticle(id: string): { detail: ArticleDetail | null; error: ApiError | null; set: (next: ArticleDetail) => void; load: () => void } {
  const [detail, setDetail] = useState<ArticleDetail | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const load = (): Promise<void> => {
    return api.get<ArticleDetail>(`/api/articles/${id}`).then((next) => { setDetail(next); setError(null); }, (fault: ApiError) => {
      setError(fault);
      if (fault.status === 404) setDetail(null);
    });
  };
  useEffect(() => void load(), [id]);
  useTold(ofArticle(id), load);
  return { detail, error, load, set: (next) => { setDetail(next); void loadArticles(); } };
}

/** One's own language where the article has it, else one that it has. */
function firstOf(detail: ArticleDetail | null): string {
  const own = spoken.value === "zh" ? "zh" : "en";
  const written = Object.keys(detail?.languages ?? {}).sort();
  return written.length === 0 || written.includes(own) ? own : written[0]!;
}

function Tabs({ detail, shown, onShow }: { detail: ArticleDetail; shown: string; onShow: (tag: string) => void }): JSX.Element {
  const tags = [...new Set([...LANGUAGES.map((each) => each.tag), ...Object.keys(detail.languages)])];
  return (
    <div class="tabs article-tabs" role="group" aria-label={t("console-language")}>
      {tags.map((tag) => (
        <button key={tag} type="button" class="tab" aria-pressed={tag === shown} aria-current={tag === shown ? "true" : undefined} onClick={() => onShow(tag)}>
          <span class={`statedot statedot-${stateOf(detail.languages[tag])}`} />{languageName(tag)}
        </button>
      ))}
    </div>
  );
}

export function ArticleEditor({ id }: { id: string }): JSX.Element {
  const { detail, error, set, load } = useArticle(id);
  const [chosen, setShown] = useState<string | null>(null);
  // Once: a language that somebody adds meanwhile does not take the place of what is read or written.
  const first = useRef<string | null>(null);
  if (detail) first.current ??= firstOf(detail);
  const shown = chosen ?? first.current ?? firstOf(null);
  const [both, setBoth] = useState(kept("article-both") === "on");
  const [dirty, setDirty] = useState<Record<string, boolean>>({});
  const unsaved = Object.values(dirty).some(Boolean);
  const people = useWriters(id, shown, unsaved, may("edit"));
  const setSides = (on: boolean): void => {
    setBoth(on);
    keep("article-both", on ? "on" : null);
  };
  useActions([{ id: "article-sides", text: "console-article-sides", group: "articles", keys: "b", run: () => setSides(!both) }]);
  if (error && !detail) return <section class="pane pane-empty"><Empty icon="alert" title={t(error.status === 404 ? "console-article-gone" : "error-page")} action={<Button onClick={error.status === 404 ? () => go(articleHref(null)) : load}>{t(error.status === 404 ? "console-back" : "console-try-again")}</Button>}>{error.status === 404 ? null : errorText(error)}</Empty></section>;
  if (!detail) return <section class="pane" aria-busy="true"><div class="pane-skeleton"><Skeleton rows={6} kind="line" /></div></section>;
  const other = LANGUAGES.find((each) => each.tag !== shown)?.tag;
  const tags = both && other ? [shown, other].sort() : [shown];
  const title = working(detail.languages[shown])?.title ?? working(Object.values(detail.languages)[0])?.title ?? "";
  return (
    <section class="pane article-pane" aria-label={title}>
      <header class="head">
        <a class="head-back button button-quiet button-bare" href={articleHref(null)} aria-label={t("console-back")}><Icon name="back" /></a>
        <div class="head-who"><h2 lang={shown}>{title}</h2><p class="head-about">{nameOfCategory(detail.category_id) || detail.category || t("console-article-no-category")}{unsaved ? <span class="article-unsaved">{t("console-article-unsaved")}</span> : null}</p></div>
        <Writers people={people} />
        <Tabs detail={detail} shown={shown} onShow={setShown} />
        <UseButton detail={detail} shown={shown} title={title} />
        <SettingsButton id={id} title={title} onChange={load} />
        <span class="article-sides"><IconButton icon="split" label={t("console-article-sides")} keys="b" pressed={both} onClick={() => setSides(!both)} /></span>
      </header>
      <div class={`article-sheets ${tags.length > 1 ? "article-two" : ""}`}>
        {tags.map((tag) => <LanguagePane key={tag} detail={detail} tag={tag} editable={may("edit")} narrow={tags.length > 1} onChange={set} onDirty={(is) => setDirty((all) => ({ ...all, [tag]: is }))} />)}
      </div>
    </section>
  );
}
