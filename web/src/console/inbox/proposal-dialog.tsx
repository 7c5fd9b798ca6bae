/** An agent's answer becomes a draft: what it would say, without names, after a look at articles that say it already. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Proposal, Proposed } from "../../wire.ts";
import { ApiError, api } from "../data/api.ts";
import { percent } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { href } from "../data/router.ts";
import { Button, Chip, Notice, Spinner } from "../ui/basic.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { errorText, FormError, TextField, useSubmission } from "../ui/form.tsx";
import { say } from "../ui/toast.tsx";
import { proposing } from "./proposing.ts";

type Open = NonNullable<typeof proposing.value>;

function Similar({ found }: { found: Proposal }): JSX.Element | null {
  if (found.before) return <Notice tone="accent" action={<a class="button button-plain button-small" href={href(`/articles/${found.before}`)}>{t("console-open-article")}</a>}>{t("console-proposed-before")}</Notice>;
  if (found.similar.length === 0) return null;
  return (
    <section class="similar" aria-label={t("console-propose-similar")}>
      <h3>{t("console-propose-similar")}</h3>
      <ul>{found.similar.map((each) => (
        <li key={each.article}><a href={href(`/articles/${each.article}`, { language: each.language })} lang={each.language}>{each.title}</a><Chip title={t("console-match")}>{percent(each.probability, locale())}</Chip></li>
      ))}</ul>
    </section>
  );
}

function Form({ open, found }: { open: Open; found: Proposal }): JSX.Element {
  const [title, setTitle] = useState(found.title);
  const [question, setQuestion] = useState(found.question);
  const [body, setBody] = useState(found.body);
  const submission = useSubmission();
  const close = (): void => void (proposing.value = null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const ask = { language: found.language, title: title.trim(), question: question.trim(), body };
    if (!(await submission.run(async () => void (await api.post<Proposed>(`/api/conversations/${open.conversation}/messages/${open.message}/proposal`, ask))))) return;
    close();
    say(t("console-proposed"));
  };
  return (
    <form class="form" onSubmit={(event) => void submit(event)}>
      <FormError submission={submission} fields={["title", "question", "body"]} />
      <Similar found={found} />
      <TextField label={t("console-article-title")} name="title" value={title} onValue={setTitle} submission={submission} required autofocus />
      <TextField label={t("console-propose-question")} name="question" value={question} onValue={setQuestion} submission={submission} help={t("console-propose-question-help")} />
      <TextField label={t("console-propose-answer")} name="body" lines={8} value={body} onValue={setBody} submission={submission} help={t("console-propose-redacted")} required />
      <footer class="dialog-foot">
        <span class="propose-note">{t("console-proposal-note")}</span>
        <Button onClick={close}>{t("console-cancel")}</Button>
        <Button look="primary" icon="book" type="submit" busy={submission.busy} disabled={!title.trim() || !body.trim() || found.before !== null}>{t("console-propose-send")}</Button>
      </footer>
    </form>
  );
}

export default function ProposalDialog(): JSX.Element | null {
  const open = proposing.value;
  const [found, setFound] = useState<Proposal | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  useEffect(() => {
    let current = true;
    if (!open) return;
    api.get<Proposal>(`/api/conversations/${open.conversation}/messages/${open.message}/proposal`).then((made) => { if (current) setFound(made); }, (fault: ApiError) => { if (current) setError(fault); });
    return () => { current = false; };
  }, [open?.message]);
  if (!open) return null;
  return (
    <Dialog title={t("console-propose")} wide onClose={() => void (proposing.value = null)}>
      {error ? <Notice tone="bad">{errorText(error)}</Notice> : found ? <Form open={open} found={found} /> : <Spinner />}
    </Dialog>
  );
}
