/** The settings of an article, everything about it but its texts: where it is filed, who may read it, whose it is. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Filing } from "../../../wire.ts";
import { ApiError, api } from "../../data/api.ts";
import { t } from "../../data/i18n.ts";
import { categories, loadChoices } from "../../data/knowledge.ts";
import { may } from "../../data/session.ts";
import { ofArticle, useTold } from "../../data/told.ts";
import { Button, Empty, IconButton, Notice, Skeleton } from "../../ui/basic.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { errorText, useSubmission } from "../../ui/form.tsx";
import { NewerOrError } from "../../ui/newer.tsx";
import { Time } from "../../ui/time.tsx";
import { say } from "../../ui/toast.tsx";
import { loadArticles } from "../store.ts";
import { Address } from "./address.tsx";
import { FilingFields, formOf, type FilingForm } from "./fields.tsx";
import { Translations } from "./translations.tsx";

interface Props { id: string; title: string; onChange?: () => void; onClose: () => void }

const FIELDS = ["category_id", "tags", "audience", "brands", "owner", "review_by", "source_language"];

/** Only what was changed is sent, so that nobody else's change is undone unseen. */
function changesOf(filing: Filing, form: FilingForm): Partial<FilingForm> {
  const before = formOf(filing);
  return Object.fromEntries(Object.entries(form).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof FilingForm]))) as Partial<FilingForm>;
}

function Form({ id, filing, onFiling, onClose }: { id: string; filing: Filing; onFiling: (next: Filing) => void; onClose: () => void }): JSX.Element {
  const [form, setForm] = useState(() => formOf(filing));
  // What the form began with; a change of something else, such as the address, goes on from there.
  const [ground, setGround] = useState(filing);
  const submission = useSubmission();
  const changes = changesOf(ground, form);
  const begin = (next: Filing): void => { setGround(next); setForm(formOf(next)); };
  useEffect(() => {
    if (JSON.stringify(formOf(filing)) === JSON.stringify(formOf(ground))) setGround(filing);
    else if (!changed) begin(filing);
  }, [filing]);
  const changed = Object.keys(changes).length > 0;
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const done = await submission.run(async () => {
      onFiling(await api.patch<Filing>(`/api/articles/${id}`, { version: ground.version, ...changes }));
    });
    if (!done) return;
    say(t("console-saved"));
    onClose();
  };
  const anew = async (): Promise<void> => {
    const now = await api.get<Filing>(`/api/articles/${id}/filing`);
    begin(now);
    onFiling(now);
  };
  return (
    <form class="form" onSubmit={(event) => void submit(event)}>
      <NewerOrError submission={submission} fields={FIELDS} form={form} set={setForm} load={anew} />
      <FilingFields form={form} set={(change) => setForm({ ...form, ...change })} filing={filing} submission={submission} disabled={!may("edit")} />
      <footer class="dialog-foot">
        <Button onClick={onClose}>{t("console-cancel")}</Button>
        {may("edit") ? <Button type="submit" look="primary" disabled={!changed} busy={submission.busy}>{t("console-save")}</Button> : null}
      </footer>
    </form>
  );
}

export function ArticleSettings({ id, title, onChange, onClose }: Props): JSX.Element {
  const [filing, setFiling] = useState<Filing | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const load = (): Promise<void> => {
    setError(null);
    return api.get<Filing>(`/api/articles/${id}/filing`).then(setFiling, setError);
  };
  useEffect(() => { void load(); categories.need(); void loadChoices(); }, [id]);
  useTold(ofArticle(id), load);
  const take = (next: Filing): void => {
    setFiling(next);
    void loadArticles();
    onChange?.();
  };
  return (
    <Dialog title={t("console-article-settings-of", { title })} onClose={onClose} wide class="article-settings">
      {error ? <Empty icon="alert" title={t("error-page")} action={<Button onClick={load}>{t("console-try-again")}</Button>}>{errorText(error)}</Empty>
        : filing === null ? <Skeleton rows={6} kind="line" />
        : (
          <>
            {filing.archived_at ? <Notice tone="warn">{t("console-article-archived-since")} <Time at={filing.archived_at} /></Notice> : null}
            <Translations id={id} filing={filing} onFiling={take} />
            <Form id={id} filing={filing} onFiling={take} onClose={onClose} />
            <Address id={id} filing={filing} onFiling={take} />
          </>
        )}
    </Dialog>
  );
}

/** The button that opens them, with its key. */
export function SettingsButton({ id, title, onChange }: Omit<Props, "onClose">): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton icon="gear" label={t("console-article-settings")} onClick={() => setOpen(true)} />
      {open ? <ArticleSettings id={id} title={title} onChange={onChange} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
