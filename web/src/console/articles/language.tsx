/** One language of an article: read, or written beside its preview; what is typed is kept until it is saved. */
import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ArticleDetail, ArticleLanguage } from "../../wire.ts";
import { useActions } from "../data/actions.ts";
import { ApiError, api } from "../data/api.ts";
import { t } from "../data/i18n.ts";
import { Sources } from "../knowledge/sources.tsx";
import { Button, Chip, Empty, Notice, type Tone } from "../ui/basic.tsx";
import { FormError, TextField, useSubmission } from "../ui/form.tsx";
import { Time } from "../ui/time.tsx";
import { say } from "../ui/toast.tsx";
import { languageName } from "./list.tsx";
import { Preview, usePreview } from "./preview.tsx";
import { Publishing } from "./publishing.tsx";
import { Behind, useFiling } from "./settings/behind.tsx";
import { ReviewLink } from "./review/link.tsx";
import { reviewHref } from "./review/store.ts";
import { stageText, TONES as STAGES } from "./review/words.ts";
import { Revisions } from "./revisions.tsx";
import { alike, newest, questionsOf, stateOf, textOf, working, type Text } from "./words.ts";
import { MarkdownField } from "./writing/field.tsx";
import { lineAt } from "./writing/markup.ts";
import { MergeDialog } from "./writing/merge.tsx";
import { SourceField, useSource } from "./writing/source-field.tsx";
import { useUnsaved, type Copy, type Kept } from "./writing/unsaved.ts";
import { Warnings } from "./writing/warnings.tsx";

type View = "write" | "preview";
const TONES: Record<string, Tone> = { published: "good", draft: "warn", both: "accent", none: "neutral" };
const FIELDS = ["title", "body", "questions", "note", "source"];

interface HeadProps { id: string; tag: string; own: ArticleLanguage | undefined; narrow: boolean; view: View; onView: (view: View) => void; kept: Kept; changed: boolean; onRestore: () => void }

function SheetHead({ id, tag, own, narrow, view, onView, kept, changed, onRestore }: HeadProps): JSX.Element {
  const state = stateOf(own);
  return (
    <header class="sheet-head">
      <Chip tone={TONES[state]}>{t(`console-article-state-${state}`)}</Chip>
      {own?.stage && own.stage !== "draft" ? <Chip tone={STAGES[own.stage]}>{stageText(own.stage)}</Chip> : null}
      {narrow ? <strong>{languageName(tag)}</strong> : null}
      <div class="pills" role="group" aria-label={t("console-article-view")}>
        {(["write", "preview"] as const).map((each) => <button key={each} type="button" class="pill-tab" aria-pressed={view === each} onClick={() => onView(each)}>{t(`console-article-${each}`)}</button>)}
      </div>
      <span class="sheet-kept" role="status">{kept === "none" ? "" : t(`console-unsaved-${kept}`)}</span>
      <ReviewLink id={id} tag={tag} />
      <Revisions own={own} changed={changed} onRestore={onRestore} />
    </header>
  );
}

/** What a text began with: `text` is null where that revision is not at hand. */
interface Ground { number: number; text: Text | null }
export interface PaneProps { detail: ArticleDetail; tag: string; editable: boolean; narrow: boolean; onChange: (next: ArticleDetail) => void; onDirty: (is: boolean) => void }

export function LanguagePane(props: PaneProps): JSX.Element {
  return props.editable ? <Writing {...props} /> : <Reading {...props} />;
}

function Reading({ detail, tag }: PaneProps): JSX.Element {
  const own = detail.languages[tag];
  const shown = own?.published ?? working(own);
  const previewed = usePreview(shown?.body ?? "", tag, !shown);
  return <div class="sheet">{shown ? <Preview title={shown.title} tag={tag} previewed={previewed} /> : <Empty icon="globe" title={t("console-article-not-in", { language: languageName(tag) })} />}</div>;
}

function Writing({ detail, tag, narrow, onChange, onDirty }: PaneProps): JSX.Element {
  const own = detail.languages[tag];
  const stored = useMemo(() => textOf(working(own)), [own]);
  const number = newest(own);
  const [ground, setGround] = useState<Ground>({ number, text: stored });
  const [text, setText] = useState<Text>({ ...stored, note: "" });
  const [view, setView] = useState<View>("write");
  const [found, setFound] = useState<Copy | null>(null);
  const [merging, setMerging] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const submission = useSubmission();
  const latest = useRef(text);
  latest.current = text;
  const typed = !alike(text, ground.text ?? stored) || ground.text === null;
  const path = `/api/articles/${detail.id}/${tag}`;
  const [filing, setFiling] = useFiling(detail.id, detail);
  const source = useSource({ filing, detail, tag });
  const begin = (at: number, next: Text): void => { setGround({ number: at, text: next }); setText({ ...next, note: "" }); };

  const unsaved = useUnsaved({
    article: detail.id, tag, base: ground.number, text, source: source.chosen, changed: typed, active: true,
    onFound: (copy) => {
      if (alike(copy.text, stored)) return;
      setFound(copy);
      setText(copy.text);
      source.set(copy.source ?? null);
      setGround({ number: copy.base, text: copy.base === number ? stored : null });
    },
  });
  // What somebody else saved is taken over at once where nothing would be lost by it.
  useEffect(() => { if (number !== ground.number && !typed && unsaved.ready) begin(number, stored); }, [number, typed, unsaved.ready]);
  useEffect(() => onDirty(typed), [typed]);
  useEffect(() => () => onDirty(false), []);
  const behind = number > ground.number && typed;
  const previewed = usePreview(text.body, tag, view === "write" && (narrow || matchMedia("(max-width: 1150px)").matches) && !text.body);
  const set = (name: keyof Text) => (value: string) => setText((was) => ({ ...was, [name]: value }));

  const store = async (next: Text, base: number): Promise<ArticleDetail> => {
    const sent = latest.current;
    const saved = await api.put<ArticleDetail>(path, { title: next.title.trim(), body: next.body, questions: questionsOf(next.questions), note: next.note?.trim() ?? "", base, ...(source.chosen === null ? {} : { source: source.chosen }) });
    const [at, kept] = [newest(saved.languages[tag]), textOf(working(saved.languages[tag]))];
    // What was typed while it was on its way stays, and is not saved yet.
    if (alike(latest.current, sent)) {
      begin(at, kept);
      unsaved.forget();
    } else setGround({ number: at, text: kept });
    setFound(null);
    source.begin();
    return saved;
  };
  /** Somebody saved in between: theirs is fetched, and both texts are put side by side. */
  const met = async (error: unknown): Promise<void> => {
    if (!(error instanceof ApiError) || error.code !== "newer_revision") throw error;
    onChange(await api.get<ArticleDetail>(`/api/articles/${detail.id}`));
    setMerging(true);
  };
  const save = (next = text, base = ground.number): Promise<boolean> => submission.run(async () => {
    try {
      onChange(await store(next, base));
      say(t("console-article-saved"));
    } catch (error) {
      await met(error);
    }
  });
  const publish = (): Promise<boolean> => submission.run(async () => {
    try {
      const current = typed || !own ? await store(text, ground.number) : detail;
      onChange(await api.post<ArticleDetail>(`${path}/publish`, { revision: working(current.languages[tag])?.number ?? newest(current.languages[tag]) }));
      say(t("console-article-published"));
    } catch (error) {
      await met(error);
    }
  });
  const unpublish = (): Promise<boolean> => submission.run(async () => {
    onChange(await api.post<ArticleDetail>(`${path}/unpublish`, { revision: own?.published?.number ?? 0 }));
    say(t("console-article-unpublished"), "plain");
  });
  const archived = detail.archived_at !== null;
  const complete = !archived && Boolean(text.title.trim() && text.body.trim());
  useActions([
    { id: `save-${tag}`, text: "console-article-save", group: "articles", keys: "Mod+s", whileWriting: true, enabled: () => typed && complete, run: () => void save() },
    { id: `publish-${tag}`, text: "console-article-publish", group: "articles", keys: "Mod+Shift+p", whileWriting: true, enabled: () => complete && (typed || stateOf(own) !== "published"), run: () => void publish() },
  ]);
  const show = (line: number): void => {
    setView("write");
    setTimeout(() => { area.current?.focus(); area.current?.setSelectionRange(...lineAt(text.body, line)); });
  };
  const drop = (): void => { begin(number, stored); setFound(null); source.begin(); };
  return (
    <div class="sheet">
      <SheetHead id={detail.id} tag={tag} own={own} narrow={narrow} view={view} onView={setView} kept={typed ? unsaved.state : "none"} changed={typed} onRestore={() => setText({ ...text, ...textOf(own?.published ?? null) })} />
      <FormError submission={submission} fields={FIELDS} action={submission.error?.code === "not_approved" ? <ReviewLink id={detail.id} tag={tag} ask /> : undefined} />
      {detail.archived_at ? <Notice tone="warn" action={<a class="button button-plain button-small" href={reviewHref(detail.id, { tag })}>{t("console-review")}</a>}>{t("console-article-archived-since")} <Time at={detail.archived_at} /></Notice> : null}
      <Behind id={detail.id} tag={tag} filing={filing} unsaved={typed} onFiling={setFiling} onLook={source.look} />
      {behind ? <Notice tone="warn" action={<Button size="small" onClick={() => setMerging(true)}>{t("console-merge-open")}</Button>}>{t("console-merge-behind", { name: working(own)?.author || t("console-merge-somebody") })}</Notice>
        : found ? <Notice tone="accent" action={<Button size="small" onClick={drop}>{t("console-unsaved-drop")}</Button>}>{t("console-unsaved-found")} <Time at={found.at} /></Notice>
        : unsaved.others.length ? <Notice tone="accent">{t("console-unsaved-others", { names: unsaved.others.map((each) => each.name).join(", "), count: unsaved.others.length })}</Notice> : null}
      <div class={`sheet-body ${narrow ? "sheet-narrow" : ""} sheet-${view}`}>
        <form class="form sheet-form" onSubmit={(event) => { event.preventDefault(); void save(); }}>
          <TextField label={t("console-article-title")} name="title" value={text.title} onValue={set("title")} submission={submission} required disabled={!unsaved.ready} />
          <MarkdownField value={text.body} onValue={set("body")} tag={tag} submission={submission} readOnly={!unsaved.ready} area={area} />
          <Warnings problems={previewed.shown?.problems ?? []} onShow={show} />
          <TextField label={t("console-article-questions")} name="questions" lines={4} value={text.questions} onValue={set("questions")} submission={submission} help={t("console-article-questions-help")} />
          {own?.draft ? <Sources article={detail.id} language={tag} /> : null}
          <SourceField source={source} submission={submission} />
          <TextField label={t("console-writing-note")} name="note" value={text.note ?? ""} onValue={set("note")} submission={submission} help={t("console-writing-note-help")} />
        </form>
        <Preview title={text.title} tag={tag} previewed={previewed} />
      </div>
      <Publishing review={own && !archived && stateOf(own) !== "published" && !typed ? <ReviewLink id={detail.id} tag={tag} ask /> : null} published={Boolean(own?.published)} busy={submission.busy} mayPublish={complete && (typed || stateOf(own) !== "published")} maySave={complete && typed} onUnpublish={() => void unpublish()} onSave={() => void save()} onPublish={() => void publish()} />
      {merging ? <MergeDialog tag={tag} mine={text} theirs={stored} ground={ground.text} author={working(own)?.author ?? ""} onClose={() => setMerging(false)}
        onUse={(made, now) => {
          setMerging(false);
          setText(made);
          setGround({ number, text: stored });
          if (now) void save(made, number);
        }} /> : null}
    </div>
  );
}
