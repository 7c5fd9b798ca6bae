/** A new article: language, category, title, text and questions; kept in this browser until it is saved as a draft. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ArticleDetail } from "../../wire.ts";
import { api } from "../data/api.ts";
import { LANGUAGES, language, t } from "../data/i18n.ts";
import { keep, kept } from "../data/keep.ts";
import { go } from "../data/router.ts";
import { me } from "../data/session.ts";
import { Button } from "../ui/basic.tsx";
import { FormError, SelectField, TextField, useSubmission } from "../ui/form.tsx";
import { Icon } from "../ui/icons.tsx";
import { say } from "../ui/toast.tsx";
import { questionsOf } from "./words.ts";
import { Categories } from "./categories.tsx";
import { Preview, usePreview } from "./preview.tsx";
import { articleHref, loadArticles } from "./store.ts";
import { MarkdownField } from "./writing/field.tsx";

interface Form { language: string; category: string; title: string; questions: string; body: string }

function shelf(): string {
  return `unsaved.${me.value?.id ?? ""}.new`;
}

function begun(): Form {
  const empty = { language: language.value === "zh" ? "zh" : "en", category: "", title: "", questions: "", body: "" };
  try {
    return { ...empty, ...(JSON.parse(kept(shelf()) ?? "{}") as Partial<Form>) };
  } catch {
    return empty;
  }
}

export function NewArticle(): JSX.Element {
  const [form, setForm] = useState(begun);
  const area = useRef<HTMLTextAreaElement>(null);
  const submission = useSubmission();
  const previewed = usePreview(form.body, form.language);
  const set = (name: keyof Form) => (value: string) => setForm((was) => ({ ...was, [name]: value }));
  const written = Boolean(form.title || form.body || form.questions);
  useEffect(() => keep(shelf(), written ? JSON.stringify(form) : null), [form]);
  const leave = (): void => {
    keep(shelf(), null);
    go(articleHref(null));
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    void submission.run(async () => {
      const made = await api.post<ArticleDetail>("/api/articles", { ...form, title: form.title.trim(), questions: questionsOf(form.questions) });
      keep(shelf(), null);
      say(t("console-article-saved"));
      void loadArticles();
      go(articleHref(made.id));
    });
  };
  return (
    <section class="pane article-pane" aria-label={t("console-article-new")}>
      <header class="head"><a class="head-back button button-quiet button-bare" href={articleHref(null)} aria-label={t("console-back")}><Icon name="back" /></a><div class="head-who"><h2>{t("console-article-new")}</h2></div></header>
      <div class="sheet-body sheet-write article-begun">
        <form class="form sheet-form" onSubmit={submit}>
          <FormError submission={submission} fields={["language", "category", "title", "questions", "body"]} />
          <div class="fields">
            <SelectField label={t("console-language")} name="language" value={form.language} onValue={set("language")} submission={submission} options={LANGUAGES.map(({ tag, name }) => ({ value: tag, text: name }))} />
            <Categories value={form.category} onValue={set("category")} submission={submission} />
          </div>
          <TextField label={t("console-article-title")} name="title" value={form.title} onValue={set("title")} submission={submission} required autofocus />
          <MarkdownField value={form.body} onValue={set("body")} tag={form.language} submission={submission} area={area} />
          <TextField label={t("console-article-questions")} name="questions" lines={3} value={form.questions} onValue={set("questions")} submission={submission} help={t("console-article-questions-help")} />
          <footer class="dialog-foot"><Button onClick={leave}>{t(written ? "console-unsaved-drop" : "console-cancel")}</Button><Button type="submit" look="primary" busy={submission.busy}>{t("console-article-save")}</Button></footer>
        </form>
        <Preview title={form.title} tag={form.language} previewed={previewed} />
      </div>
    </section>
  );
}
