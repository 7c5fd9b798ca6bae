/** One cluster: what was asked and where, how agents answered, what its article does, and what an editor can do. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { AskedGap, DraftMade, GapClusterDetail, GivenAnswer, VersionShare } from "../../wire.ts";
import { languageName } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { go, href } from "../data/router.ts";
import { Button, Chip, Empty, Notice, Skeleton } from "../ui/basic.tsx";
import { errorText } from "../ui/form.tsx";
import { Time } from "../ui/time.tsx";
import { attempt, say } from "../ui/toast.tsx";
import { act, gapsHref, loadCluster, percent } from "./gap-data.ts";
import { IgnoreDialog, LinkDialog, MergeDialog } from "./gap-dialogs.tsx";
import { Course, Figures, StateChip } from "./gaps.tsx";

const DAY_S = 86_400;

function Share({ version }: { version: VersionShare }): JSX.Element {
  const { asked, helped, low, high } = version;
  return (
    <tr>
      <th scope="row">{t("console-gap-version", { number: version.number })}</th>
      <td><Time at={version.since} />{version.until ? <> – <Time at={version.until} /></> : null}</td>
      <td class="tabular">{asked ? t("console-gap-helped-of", { helped, asked }) : "–"}</td>
      <td>
        {asked ? (
          <span class="gap-share">
            <span class="gap-bar" aria-hidden="true"><i class="gap-bar-range" style={{ insetInlineStart: `${low * 100}%`, inlineSize: `${(high - low) * 100}%` }} /><i class="gap-bar-point" style={{ insetInlineStart: `${(helped / asked) * 100}%` }} /></span>
            <span class="tabular">{t("console-gap-share", { share: percent(helped / asked), low: percent(low), high: percent(high) })}</span>
          </span>
        ) : t("console-gap-nobody-yet")}
        {version.waiting ? <span class="gap-waiting">{t("console-gap-waiting", { count: version.waiting })}</span> : null}
      </td>
    </tr>
  );
}

function Deflection({ detail }: { detail: GapClusterDetail }): JSX.Element | null {
  const { versions, cluster } = detail;
  if (!cluster.article) return null;
  return (
    <section class="gap-part">
      <h2>{t("console-gap-article")}</h2>
      <p><a href={href(`/articles/${cluster.article}`)} lang={cluster.language}>{detail.title ?? cluster.article}</a></p>
      {versions.length === 0 ? <p class="gap-note">{t("console-gap-not-published")}</p> : (
        <>
          <div class="gap-scroll" tabIndex={0} role="region" aria-label={t("console-gap-deflects")}>
            <table class="gap-table">
              <thead><tr><th scope="col">{t("console-gap-revision")}</th><th scope="col">{t("console-gap-shown")}</th><th scope="col">{t("console-gap-helped")}</th><th scope="col">{t("console-gap-deflects")}</th></tr></thead>
              <tbody>
                {versions.map((each) => <Share key={`${each.number} ${each.since}`} version={each} />)}
                <tr><th scope="row">{t("console-gap-before")}</th><td /><td class="tabular">{t("console-gap-helped-of", { helped: 0, asked: detail.before })}</td><td>{t("console-gap-before-none")}</td></tr>
              </tbody>
            </table>
          </div>
          <p class="gap-note">{t("console-gap-rule", { enough: detail.enough, share: percent(detail.works_below), days: Math.round(detail.window_s / DAY_S) })}</p>
        </>
      )}
    </section>
  );
}

function Asked({ gap, chosen, onChoose }: { gap: AskedGap; chosen: boolean; onChoose: (chosen: boolean) => void }): JSX.Element {
  return (
    <li class="gap-asked">
      <label><input type="checkbox" checked={chosen} onChange={(event) => onChoose(event.currentTarget.checked)} /><span class="gap-text">{gap.text}</span></label>
      <span class="gap-about">{t(`console-gap-in-${gap.asked_in}`)} · <Time at={gap.at} />
        {gap.conversation ? <> · <a href={href(`/inbox/all/${gap.conversation}`)}>{gap.subject ?? t("console-gap-conversation")}</a></> : null}</span>
    </li>
  );
}

function Answered({ answer }: { answer: GivenAnswer }): JSX.Element {
  return (
    <li class="gap-answer">
      <p class="gap-text">{answer.text}</p>
      <span class="gap-about">
        {answer.agent} · <Time at={answer.at} />
        {answer.resolved ? <Chip tone="good">{t("console-gap-resolved")}</Chip> : null}
        {answer.reopened ? <Chip tone="warn">{t("console-gap-reopened")}</Chip> : null}
        {answer.score ? <Chip tone={answer.score >= 4 ? "good" : "neutral"}>{t("console-gap-rated", { score: answer.score })}</Chip> : null}
        {answer.conversation ? <a href={href(`/inbox/all/${answer.conversation}`)}>{t("console-gap-conversation")}</a> : null}
      </span>
    </li>
  );
}

/** Opened again by its figures, with its article. */
const hasFailed = ({ state, article }: GapClusterDetail["cluster"]): boolean => state === "open" && article !== null;

type Open = "ignore" | "link" | "merge" | null;

function Actions({ detail, busy, run, open }: { detail: GapClusterDetail; busy: boolean; run: (what: string) => void; open: (which: Open) => void }): JSX.Element {
  const { state, article } = detail.cluster;
  const failed = hasFailed(detail.cluster);
  const begun = state === "drafting" || state === "watching" || state === "closed";
  return (
    <div class="gap-actions">
      {failed ? <Button look="primary" icon="book" onClick={() => go(href(`/articles/${article}`))}>{t("console-gap-improve")}</Button> : null}
      {begun ? null : <Button look={failed ? "plain" : "primary"} icon="plus" busy={busy} onClick={() => run("draft")}>{t("console-gap-draft")}</Button>}
      {begun ? null : <Button icon="link" onClick={() => open("link")}>{t("console-gap-link")}</Button>}
      <Button onClick={() => open("merge")}>{t("console-gap-merge")}</Button>
      {state === "watching" ? <Button onClick={() => run("close")}>{t("console-gap-close")}</Button> : null}
      {state === "open" ? <Button onClick={() => open("ignore")}>{t("console-gap-ignore")}</Button> : <Button onClick={() => run("reopen")}>{t("console-gap-reopen")}</Button>}
    </div>
  );
}

export function GapDetail({ id }: { id: string }): JSX.Element {
  const [detail, setDetail] = useState<GapClusterDetail | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const [dialog, setDialog] = useState<Open>(null);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const load = (): void => { loadCluster(id).then((found) => { setDetail(found); setFault(null); }, setFault); };
  useEffect(load, [id]);
  const back = <a class="gap-back" href={gapsHref(null)}>{t("console-gap-back")}</a>;
  if (fault) return <>{back}<Empty icon="alert" title={t("error-list")} action={<Button icon="refresh" onClick={load}>{t("console-try-again")}</Button>}>{errorText(fault)}</Empty></>;
  if (!detail) return <>{back}<Skeleton rows={6} kind="line" /></>;
  const { cluster } = detail;
  const changed = (next: GapClusterDetail): void => { setDetail(next); setDialog(null); };
  const run = async (what: string): Promise<void> => {
    setBusy(true);
    const done = await attempt(async () => {
      if (what === "draft") {
        const made = await act<DraftMade>(id, "draft", { version: cluster.version });
        go(href(`/articles/${made.article}`));
      } else changed(await act<GapClusterDetail>(id, what, { version: cluster.version }));
    });
    if (!done) load();
    setBusy(false);
  };
  const split = (): Promise<boolean> => attempt(async () => {
    const made = await act<GapClusterDetail>(id, "split", { version: cluster.version, gaps: chosen });
    setChosen([]);
    say(t("console-gap-split-done"));
    go(gapsHref(made.cluster.id));
  });
  return (
    <article class="gap-detail">
      {back}
      <header class="gap-head">
        <h1 lang={cluster.language}>{cluster.label || t("console-gap-unnamed")}</h1>
        <div class="gap-head-about"><StateChip state={cluster.state} /><Chip>{languageName(cluster.language, locale())}</Chip><Course cluster={cluster} /><Figures cluster={cluster} /></div>
        {cluster.reason ? <Notice tone="accent">{t("console-gap-ignored-why", { reason: cluster.reason })}</Notice> : null}
        {hasFailed(cluster) ? <Notice tone="warn">{t("console-gap-failed")}</Notice> : null}
        <Actions detail={detail} busy={busy} run={(what) => void run(what)} open={setDialog} />
      </header>
      <Deflection detail={detail} />
      <section class="gap-part">
        <h2>{t("console-gap-answers")}</h2>
        {detail.answers.length ? <ol class="gap-list" lang={cluster.language}>{detail.answers.map((each) => <Answered key={each.message} answer={each} />)}</ol> : <p class="gap-note">{t("console-gap-no-answers")}</p>}
      </section>
      <section class="gap-part">
        <div class="gap-part-head"><h2>{t("console-gap-questions", { count: cluster.whole })}</h2>
          <Button size="small" disabled={chosen.length === 0 || chosen.length >= cluster.whole} onClick={() => void split()}>{t("console-gap-split", { count: chosen.length })}</Button></div>
        <ul class="gap-list" lang={cluster.language}>
          {detail.gaps.map((each) => <Asked key={each.id} gap={each} chosen={chosen.includes(each.id)} onChoose={(on) => setChosen(on ? [...chosen, each.id] : chosen.filter((one) => one !== each.id))} />)}
        </ul>
      </section>
      {dialog === "ignore" ? <IgnoreDialog cluster={cluster} onNewer={load} onClose={() => setDialog(null)} onDone={changed} /> : null}
      {dialog === "merge" ? <MergeDialog cluster={cluster} onNewer={load} onClose={() => setDialog(null)} onDone={changed} /> : null}
      {dialog === "link" ? <LinkDialog cluster={cluster} onNewer={load} onClose={() => setDialog(null)} onDone={load} /> : null}
    </article>
  );
}
