/** Snippets and variables: their texts by language, and where they are used. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Reusable } from "../../wire.ts";
import { ApiError, api } from "../data/api.ts";
import { LANGUAGES, language, t } from "../data/i18n.ts";
import { href } from "../data/router.ts";
import { may } from "../data/session.ts";
import { ofArticle, ofKnowledge, useTold } from "../data/told.ts";
import { Button, Chip, Empty, IconButton, Skeleton } from "../ui/basic.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { errorText, SelectField, TextField, useSubmission } from "../ui/form.tsx";
import { Icon } from "../ui/icons.tsx";
import { NewerOrError } from "../ui/newer.tsx";
import { PageHead } from "../ui/page.tsx";
import { say } from "../ui/toast.tsx";

const PATH = "/api/knowledge/reusables";
type Kind = Reusable["kind"];

function tagsOf(one: Reusable | null): string[] {
  return [...new Set([...LANGUAGES.map((each) => each.tag), ...Object.keys(one?.texts ?? {})])];
}

function nameOf(tag: string): string {
  return LANGUAGES.find((each) => each.tag === tag)?.name ?? tag;
}

function Form({ one: opened, onDone, onClose }: { one: Reusable | null; onDone: () => void; onClose: () => void }): JSX.Element {
  const [one, setOne] = useState(opened);
  const [name, setName] = useState(one?.name ?? "");
  const [kind, setKind] = useState<Kind>(one?.kind ?? "variable");
  const [texts, setTexts] = useState<Record<string, string>>(one?.texts ?? {});
  const submission = useSubmission();
  const save = (event: Event): void => {
    event.preventDefault();
    void submission.run(async () => {
      const said = Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim()));
      await (one ? api.put(`${PATH}/${one.name}`, { texts: said, version: one.version }) : api.post(PATH, { name: name.trim(), kind, texts: said }));
      say(t("console-reusables-saved"));
      onDone();
    });
  };
  const anew = async (): Promise<void> => {
    const found = (await api.get<{ items: Reusable[] }>(PATH)).items.find((each) => each.name === one?.name);
    if (!found) return onDone();
    setOne(found);
    setTexts(found.texts);
  };
  const fields = tagsOf(one).map((tag) => `texts.${tag}`);
  return (
    <Dialog title={one ? `{{${one.name}}}` : t("console-reusables-new")} onClose={onClose} wide>
      <form class="form" onSubmit={save}>
        <NewerOrError submission={submission} fields={["name", "kind", ...fields]} form={texts} set={setTexts} load={anew} />
        {one ? null : (
          <div class="fields">
            <TextField label={t("console-reusables-name")} name="name" value={name} onValue={setName} submission={submission} help={t("console-reusables-name-help")} required autofocus spellcheck={false} />
            <SelectField label={t("console-reusables-kind")} name="kind" value={kind} onValue={(value) => setKind(value as Kind)} submission={submission} help={t(`console-reusables-kind-help-${kind}`)}
              options={(["variable", "snippet"] as const).map((value) => ({ value, text: t(`console-reusables-kind-${value}`) }))} />
          </div>
        )}
        {tagsOf(one).map((tag) => (
          <div key={tag} lang={tag} class={kind === "snippet" ? "reusable-text" : ""}>
            <TextField label={t("console-reusables-text", { language: nameOf(tag) })} name={`texts.${tag}`} value={texts[tag] ?? ""} lines={kind === "snippet" ? 7 : undefined} submission={submission} onValue={(value) => setTexts((was) => ({ ...was, [tag]: value }))} />
          </div>
        ))}
        <footer class="dialog-foot"><Button onClick={onClose}>{t("console-cancel")}</Button><Button type="submit" look="primary" busy={submission.busy}>{t("console-save")}</Button></footer>
      </form>
    </Dialog>
  );
}

function Uses({ one }: { one: Reusable }): JSX.Element {
  const count = one.articles.length + one.snippets.length;
  if (!count) return <span class="reusable-uses">{t("console-reusables-used", { count })}</span>;
  return (
    <details class="reusable-uses">
      <summary>{t("console-reusables-used", { count })}</summary>
      <ul>
        {one.articles.map((each) => <li key={each.id} lang={each.language}><a href={href(`/articles/${each.id}`)}>{each.title}</a></li>)}
        {one.snippets.map((each) => <li key={each}><code>{`{{${each}}}`}</code></li>)}
      </ul>
    </details>
  );
}

function Item({ one, onOpen, onRemove }: { one: Reusable; onOpen: () => void; onRemove: () => void }): JSX.Element {
  const missing = LANGUAGES.filter((each) => !one.texts[each.tag]);
  const tag = one.texts[language.value] ? language.value : Object.keys(one.texts)[0]!;
  const used = one.articles.length + one.snippets.length > 0;
  return (
    <li class="card reusable">
      <div class="reusable-head">
        <h2><code>{`{{${one.name}}}`}</code></h2>
        <Chip tone={one.kind === "snippet" ? "accent" : "neutral"}>{t(`console-reusables-kind-${one.kind}`)}</Chip>
        <span class="push" />
        {may("publish") ? (
          <>
            <IconButton icon="pen" size="small" label={`${t("console-reusables-change")} ${one.name}`} onClick={onOpen} />
            <IconButton icon="trash" size="small" label={used ? t("console-reusables-in-use") : `${t("console-reusables-remove")} ${one.name}`} disabled={used} onClick={onRemove} />
          </>
        ) : null}
      </div>
      <p class="reusable-said" lang={tag}>{one.texts[tag]}</p>
      {missing.map((each) => <p key={each.tag} class="reusable-missing"><Icon name="alert" size={14} />{t("console-reusables-missing", { language: each.name })}</p>)}
      <Uses one={one} />
    </li>
  );
}

export function ReusablesPage(): JSX.Element {
  const [list, setList] = useState<Reusable[] | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [open, setOpen] = useState<Reusable | "new" | null>(null);
  const [q, setQ] = useState("");
  const load = (): Promise<void> => api.get<{ items: Reusable[] }>(PATH).then((found) => { setList(found.items); setError(null); }, setError);
  useEffect(() => void load(), []);
  useTold((frame) => ofKnowledge(frame) || ofArticle()(frame), load);
  const done = (): void => {
    setOpen(null);
    void load();
  };
  const remove = (one: Reusable): void => {
    if (!confirm(t("console-reusables-remove-really", { name: one.name }))) return;
    api.remove(`${PATH}/${one.name}`).then(() => { say(t("console-reusables-removed"), "plain"); void load(); }, (fault: unknown) => say(errorText(fault), "bad"));
  };
  const needle = q.trim().toLowerCase();
  const shown = (list ?? []).filter((each) => !needle || each.name.includes(needle) || Object.values(each.texts).some((text) => text.toLowerCase().includes(needle)));
  return (
    <>
      <PageHead title={t("console-knowledge-reusables")}>{may("publish") ? <Button look="primary" icon="plus" onClick={() => setOpen("new")}>{t("console-reusables-new")}</Button> : null}</PageHead>
      <p class="admin-lead">{t("console-reusables-lead")}</p>
      {error ? <Empty icon="alert" title={t("error-list")} action={<Button icon="refresh" onClick={load}>{t("console-try-again")}</Button>}>{errorText(error)}</Empty>
        : list === null ? <Skeleton rows={4} kind="line" />
        : list.length === 0 ? <Empty icon="braces" title={t("console-reusables-none")}>{t("console-reusables-none-help")}</Empty> : (
          <>
            <div class="search reusable-search"><Icon name="search" size={16} /><input class="search-input" type="search" value={q} aria-label={t("console-reusables-filter")} placeholder={t("console-reusables-filter")} onInput={(event) => setQ(event.currentTarget.value)} /></div>
            <ul class="reusables">{shown.map((each) => <Item key={each.name} one={each} onOpen={() => setOpen(each)} onRemove={() => remove(each)} />)}</ul>
          </>
        )}
      {open ? <Form one={open === "new" ? null : open} onDone={done} onClose={() => setOpen(null)} /> : null}
    </>
  );
}
