/** How an article does: what agents say is wrong with it, who read it and who gave it, revision by revision, and what readers missed. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ArticleDetail, ArticleUse, DayUse, RevisionUse } from "../../wire.ts";
import { ApiError, api } from "../data/api.ts";
import { locale, t } from "../data/i18n.ts";
import { FlagDialog, flagging } from "../inbox/flagging.tsx";
import { Button, IconButton, Notice, Skeleton } from "../ui/basic.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { errorText } from "../ui/form.tsx";
import { FlagLine, useFlags } from "./flags.tsx";
import { Said } from "./said.tsx";
import { daysBetween, highest } from "./use-days.ts";
import { loadArticles } from "./store.ts";
import { working } from "./words.ts";

const KINDS = ["viewed", "bot", "agents"] as const;

/** One bar a day, of three kinds; the table below says the same in numbers. */
function Bars({ use }: { use: ArticleUse }): JSX.Element {
  const days = daysBetween(use.since, use.until, use.days);
  const top = highest(days);
  const total = (kind: keyof DayUse): number => use.days.reduce((sum, day) => sum + Number(day[kind]), 0);
  const words = KINDS.map((kind) => t(`console-use-${kind}`, { count: total(kind) })).join(", ");
  return (
    <figure class="use">
      <div class="use-bars" role="img" aria-label={t("console-use-days", { count: days.length, words })}>
        {days.map((day) => (
          <span key={day.day} class="use-day" title={new Date(`${day.day}T00:00:00`).toLocaleDateString(locale())}>
            {KINDS.map((kind) => (day[kind] ? <i key={kind} class={`use-${kind}`} style={{ blockSize: `${(day[kind] / top) * 100}%` }} /> : null))}
          </span>
        ))}
      </div>
      <figcaption>{KINDS.map((kind) => <span key={kind}><i class={`use-${kind}`} />{t(`console-use-${kind}`, { count: total(kind) })}</span>)}</figcaption>
    </figure>
  );
}

const COLUMNS: { name: string; value: (of: RevisionUse) => string }[] = [
  { name: "viewed", value: (of) => String(of.viewed) },
  { name: "votes", value: (of) => `${of.helpful} / ${of.unhelpful}` },
  { name: "bot", value: (of) => String(of.bot_answered + of.bot_suggested) },
  { name: "shown", value: (of) => String(of.shown) },
  { name: "given", value: (of) => String(of.texts + of.links) },
  { name: "edited", value: (of) => String(of.edited) },
  { name: "helped", value: (of) => `${of.helped} / ${of.came_back}` },
];

function Revisions({ use }: { use: ArticleUse }): JSX.Element {
  return (
    <div class="use-scroll" tabIndex={0} role="region" aria-label={t("console-use-revisions")}>
      <table class="use-table">
        <thead><tr><th scope="col">{t("console-use-revision")}</th>{COLUMNS.map((each) => <th key={each.name} scope="col" title={t(`console-use-column-${each.name}-help`, { days: use.return_days })}>{t(`console-use-column-${each.name}`)}</th>)}</tr></thead>
        <tbody>{use.revisions.map((each) => (
          <tr key={each.language + each.number}><th scope="row">{each.language} · {each.number}</th>{COLUMNS.map((column) => <td key={column.name} class="tabular">{column.value(each)}</td>)}</tr>
        ))}</tbody>
      </table>
    </div>
  );
}

function Use({ id }: { id: string }): JSX.Element {
  const [use, setUse] = useState<ArticleUse | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  useEffect(() => { api.get<ArticleUse>(`/api/articles/${id}/use`).then(setUse, setError); }, [id]);
  if (error) return <Notice tone="bad">{errorText(error)}</Notice>;
  if (!use) return <Skeleton rows={3} kind="line" />;
  if (use.revisions.length === 0) return <p class="section-none">{t("console-use-none")}</p>;
  return <><Bars use={use} /><Revisions use={use} /><p class="field-help">{t("console-use-helped-help", { days: use.return_days })}</p><Said id={id} use={use} /></>;
}

interface Props { detail: ArticleDetail; shown: string; title: string }

/** The button in an article's head, with how many flags are open. */
export function UseButton({ detail, shown, title }: Props): JSX.Element {
  const [open, setOpen] = useState(false);
  const { flags, put } = useFlags(`/api/articles/${detail.id}/flags`, detail.id);
  const waiting = (flags ?? []).filter((each) => !each.resolved_at).length;
  const revision = detail.languages[shown]?.published ?? working(detail.languages[shown]);
  const flag = (): void => {
    if (!revision) return;
    flagging.value = { article: detail.id, language: shown, number: revision.number, title, conversation: null, done: (made) => { put(made); void loadArticles(); } };
  };
  return (
    <>
      <span class="use-button"><IconButton icon={waiting ? "flag" : "chart"} label={waiting ? t("console-use-flags", { count: waiting }) : t("console-use")} onClick={() => setOpen(true)} />
        {waiting ? <span class="use-count" aria-hidden="true">{waiting}</span> : null}</span>
      {open ? (
        <Dialog title={t("console-use")} wide onClose={() => setOpen(false)}>
          <section class="use-part"><header><h3>{t("console-flags")}</h3>{revision ? <Button size="small" icon="flag" onClick={flag}>{t("console-flag")}</Button> : null}</header>
            {flags?.length ? <ul class="flags">{flags.map((each) => <FlagLine key={each.id} flag={each} onResolved={put} />)}</ul> : <p class="section-none">{t("console-flags-none")}</p>}</section>
          <section class="use-part"><header><h3>{t("console-use-title")}</h3></header><Use id={detail.id} /></section>
        </Dialog>
      ) : null}
      {flagging.value ? <FlagDialog open={flagging.value} /> : null}
    </>
  );
}
