/** A new article: language, category, title, questions and text; saved as a draft. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ArticleDetail } from "../../wire.ts";
import { api } from "../data/api.ts";
import { LANGUAGES, language, t } from "../data/i18n.ts";
import { go } from "../data/router.ts";
import { Button } from "../ui/basic.tsx";
import { FormError, SelectField, TextField, useSubmission } from "../ui/form.tsx";
import { Icon } from "../ui/icons.tsx";
import { say } from "../ui/toast.tsx";
import { questionsOf } from "./words.ts";
import { Categories } from "./categories.tsx";
import { articleHref, loadArticles } from "./store.ts";

export function NewArticle(): JSX.Element {
  const [form, setForm] = useState({ language: language.value === "zh" ? "zh" : "en", category: "", title: "", questions: "", body: "" });
  const submission = useSubmission();
  const set = (name: keyof typeof form) => (value: string) => setForm({ ...form, [name]: value });
  const submit = (event: Event): void => {
    event.preventDefault();
    void submission.run(async () => {
      const made = await api.post<ArticleDetail>("/api/articles", { ...form, title: form.title.trim(), questions: questionsOf(form.questions) });
      say(t("console-article-saved"));
      void loadArticles();
      go(articleHref(made.id));
    });
  };
  return (
    <section class="pane article-pane" aria-label={t("console-article-new")}>
      <header class="head"><a class="head-back button button-quiet button-bare" href={articleHref(null)} aria-label={t("console-back")}><Icon name="back" /></a><div class="head-who"><h2>{t("console-article-new")}</h2></div></header>
      <form class="form article-form" onSubmit={submit}>
        <FormError submission={submission} fields={["language", "category", "title", "questions", "body"]} />
        <div class="fields">
          <SelectField label={t("console-language")} name="language" value={form.language} onValue={set("language")} submission={submission} options={LANGUAGES.map(({ tag, name }) => ({ value: tag, text: name }))} />
          <Categories value={form.category} onValue={set("category")} submission={submission} />
        </div>
        <TextField label={t("console-article-title")} name="title" value={form.title} onValue={set("title")} submission={submission} required autofocus />
        <TextField label={t("console-article-questions")} name="questions" lines={3} value={form.questions} onValue={set("questions")} submission={submission} help={t("console-article-questions-help")} />
        <TextField label={t("console-article-body")} name="body" lines={12} value={form.body} onValue={set("body")} submission={submission} required help={t("console-article-body-help")} />
        <footer class="dialog-foot"><Button onClick={() => go(articleHref(null))}>{t("console-cancel")}</Button><Button type="submit" look="primary" busy={submission.busy}>{t("console-article-save")}</Button></footer>
      </form>
    </section>
  );
}
