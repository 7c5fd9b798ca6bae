/** One language of an article: its text with a live preview, saved as a draft, published, taken back. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ArticleDetail, ArticleLanguage } from "../../wire.ts";
import { useActions } from "../data/actions.ts";
import { api } from "../data/api.ts";
import { t } from "../data/i18n.ts";
import { Button, Chip, Empty, type Tone } from "../ui/basic.tsx";
import { FormError, TextField, useSubmission } from "../ui/form.tsx";
import { say } from "../ui/toast.tsx";
import { Categories } from "./categories.tsx";
import { languageName } from "./list.tsx";
import { Preview } from "./preview.tsx";
import { Revisions } from "./revisions.tsx";
import { differs, newest, questionsOf, stateOf, textOf, working } from "./words.ts";

type View = "write" | "preview";
const TONES: Record<string, Tone> = { published: "good", draft: "warn", both: "accent", none: "neutral" };

interface HeadProps { tag: string; own: ArticleLanguage | undefined; narrow: boolean; view: View; onView: (view: View) => void; changed: boolean; onRestore: () => void }

function SheetHead({ tag, own, narrow, view, onView, changed, onRestore }: HeadProps): JSX.Element {
  const state = stateOf(own);
  return (
    <header class="sheet-head">
      <Chip tone={TONES[state]}>{t(`console-article-state-${state}`)}</Chip>
      {narrow ? <strong>{languageName(tag)}</strong> : null}
      <div class="pills" role="group" aria-label={t("console-article-view")}>
        {(["write", "preview"] as const).map((each) => <button key={each} type="button" class="pill-tab" aria-pressed={view === each} onClick={() => onView(each)}>{t(`console-article-${each}`)}</button>)}
      </div>
      <Revisions own={own} changed={changed} onRestore={onRestore} />
    </header>
  );
}

interface Props { detail: ArticleDetail; tag: string; editable: boolean; narrow: boolean; onChange: (next: ArticleDetail) => void; onDirty: (is: boolean) => void }

export function LanguagePane({ detail, tag, editable, narrow, onChange, onDirty }: Props): JSX.Element {
  const own = detail.languages[tag];
  const revision = working(own);
  const [text, setText] = useState(() => textOf(revision));
  const [category, setCategory] = useState(detail.category);
  const [view, setView] = useState<View>("write");
  const submission = useSubmission();
  const state = stateOf(own);
  const changed = differs(text, revision) || category !== detail.category;
  useEffect(() => onDirty(changed), [changed]);
  useEffect(() => () => onDirty(false), []);
  const set = (name: keyof typeof text) => (value: string) => setText({ ...text, [name]: value });
  const path = `/api/articles/${detail.id}/${tag}`;

  const save = (): Promise<boolean> => submission.run(async () => {
    onChange(await api.put<ArticleDetail>(path, { title: text.title.trim(), body: text.body, questions: questionsOf(text.questions), category, base: newest(own) }));
    say(t("console-article-saved"));
  });
  const publish = (): Promise<boolean> => submission.run(async () => {
    let current = detail;
    if (changed || !own) current = await api.put<ArticleDetail>(path, { title: text.title.trim(), body: text.body, questions: questionsOf(text.questions), category, base: newest(own) });
    const draft = working(current.languages[tag]);
    onChange(await api.post<ArticleDetail>(`${path}/publish`, { revision: draft?.number ?? newest(current.languages[tag]) }));
    say(t("console-article-published"));
  });
  const unpublish = (): Promise<boolean> => submission.run(async () => {
    onChange(await api.post<ArticleDetail>(`${path}/unpublish`, { revision: own?.published?.number ?? 0 }));
    say(t("console-article-unpublished"), "plain");
  });
  useActions([
    { id: `save-${tag}`, text: "console-article-save", group: "articles", keys: "Mod+s", whileWriting: true, enabled: () => editable && changed, run: () => void save() },
    { id: `publish-${tag}`, text: "console-article-publish", group: "articles", keys: "Mod+Shift+p", whileWriting: true, enabled: () => editable && (changed || state !== "published"), run: () => void publish() },
  ]);
  if (!editable) return <div class="sheet">{revision ? <Preview title={(own?.published ?? revision).title} body={(own?.published ?? revision).body} tag={tag} /> : <Empty icon="globe" title={t("console-article-not-in", { language: languageName(tag) })} />}</div>;
  return (
    <div class="sheet">
      <SheetHead tag={tag} own={own} narrow={narrow} view={view} onView={setView} changed={changed} onRestore={() => setText(textOf(own?.published ?? null))} />
      <FormError submission={submission} fields={["title", "body", "questions", "category"]} />
      <div class={`sheet-body ${narrow ? "sheet-narrow" : ""} sheet-${view}`}>
        <form class="form sheet-form" onSubmit={(event) => { event.preventDefault(); void save(); }}>
          <TextField label={t("console-article-title")} name="title" value={text.title} onValue={set("title")} submission={submission} required />
          {narrow ? null : <Categories value={category} onValue={setCategory} submission={submission} />}
          <TextField label={t("console-article-questions")} name="questions" lines={3} value={text.questions} onValue={set("questions")} submission={submission} help={t("console-article-questions-help")} />
          <TextField label={t("console-article-body")} name="body" lines={16} value={text.body} onValue={set("body")} submission={submission} required help={t("console-article-body-help")} />
        </form>
        <Preview title={text.title} body={text.body} tag={tag} />
      </div>
      <footer class="sheet-foot">
        {own?.published ? <Button look="quiet" busy={submission.busy} onClick={() => void unpublish()}>{t("console-article-unpublish")}</Button> : null}
        <span class="push" />
        <Button disabled={!changed || !text.title.trim() || !text.body.trim()} busy={submission.busy} keys="Mod+s" onClick={() => void save()}>{t("console-article-save")}</Button>
        <Button look="primary" disabled={(!changed && state === "published") || !text.title.trim() || !text.body.trim()} busy={submission.busy} onClick={() => void publish()}>{t("console-article-publish")}</Button>
      </footer>
    </div>
  );
}
