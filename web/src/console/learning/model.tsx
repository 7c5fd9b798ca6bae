/** One model: how it did beside the one that was in use, by intent, as a picture, and what it learned since. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { BotModelDetail, ExamplesChange, IntentsConfused, ModelComparison, ModelScore, SentenceChange } from "../../wire.ts";
import { t } from "../data/i18n.ts";
import { href } from "../data/router.ts";
import { intentName } from "../routing/labels.ts";
import { Button, Chip, Empty, Notice, Skeleton, type Tone } from "../ui/basic.tsx";
import { errorText } from "../ui/form.tsx";
import { PageHead } from "../ui/page.tsx";
import { mistakes, picture } from "./confusion.ts";
import { loadModel, percent, points } from "./data.ts";
import { ModelChips, Progress, RollOut } from "./parts.tsx";

const CELL = 22;

function Figure({ name, now, before, whole, less }: { name: string; now: number; before: number | null; whole: number; less?: boolean }): JSX.Element {
  const gained = before === null ? 0 : (now - before) * (less ? -1 : 1);
  const tone: Tone = gained > 0 ? "good" : gained < 0 ? "bad" : "neutral";
  return (
    <div class="card number"><dt>{name}</dt>
      <dd class="tabular">{percent(now, whole)} <small>{t("console-model-of", { part: now, whole })}</small>
        {before === null ? null : <Chip tone={tone}>{t("console-model-points", { points: points(now, before, whole) })}</Chip>}</dd>
    </div>
  );
}

export function Scores({ now, before }: { now: ModelScore; before: ModelScore | null }): JSX.Element {
  return (
    <dl class="numbers">
      <Figure name={t("console-model-right")} now={now.right} before={before?.right ?? null} whole={now.size} />
      {now.out_of_scope ? <Figure name={t("console-model-caught")} now={now.caught} before={before?.caught ?? null} whole={now.out_of_scope} /> : null}
      <Figure name={t("console-model-rejected")} now={now.rejected} before={before?.rejected ?? null} whole={now.in_scope} less />
    </dl>
  );
}

function Intents({ of }: { of: ModelComparison }): JSX.Element {
  const rows = of.intents.map((each) => ({ ...each, gained: each.before === null ? 0 : each.right - each.before }));
  rows.sort((one, other) => one.gained - other.gained || one.right / one.size - other.right / other.size);
  return (
    <div class="gap-scroll" tabIndex={0} role="region" aria-label={t("console-model-by-intent")}>
      <table class="gap-table model-intents">
        <thead><tr><th scope="col">{t("console-model-intent")}</th><th scope="col">{t("console-model-now")}</th><th scope="col">{t("console-model-before")}</th><th scope="col">{t("console-model-change")}</th></tr></thead>
        <tbody>
          {rows.map((each) => (
            <tr key={each.intent}><th scope="row">{intentName(each.intent)}</th><td class="tabular">{t("console-model-of", { part: each.right, whole: each.size })}</td>
              <td class="tabular">{each.before === null ? "–" : t("console-model-of", { part: each.before, whole: each.size })}</td>
              <td>{each.gained > 0 ? <Chip tone="good">{t("console-model-better", { count: each.gained })}</Chip> : each.gained < 0 ? <Chip tone="bad">{t("console-model-worse", { count: -each.gained })}</Chip> : t("console-model-same")}</td></tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The picture is for the eye: the table beside it says the same of every mistake. */
function Confusion({ confusion }: { confusion: readonly IntentsConfused[] }): JSX.Element {
  const { expected, got, cells } = picture(confusion);
  const wrong = mistakes(cells);
  const left = 132, top = 128;
  const width = left + got.length * CELL + 72, height = top + expected.length * CELL + 4;
  const short = (name: string): string => { const text = intentName(name); return text.length > 20 ? `${text.slice(0, 19)}…` : text; };
  return (
    <div class="confusion">
      <figure class="confusion-picture">
        <div class="gap-scroll" tabIndex={0} role="region" aria-label={t("console-model-picture")}>
          <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
            {got.map((name, at) => <text key={name} class="confusion-name" transform={`translate(${left + at * CELL + CELL / 2 + 4} ${top - 6}) rotate(-60)`}>{short(name)}</text>)}
            {expected.map((name, at) => <text key={name} class="confusion-name" x={left - 8} y={top + at * CELL + CELL / 2 + 4} text-anchor="end">{short(name)}</text>)}
            {expected.map((row, y) => got.map((column, x) => <rect key={`${row} ${column}`} class="confusion-none" x={left + x * CELL} y={top + y * CELL} width={CELL - 2} height={CELL - 2} rx="3" />))}
            {cells.map((each) => {
              const x = left + got.indexOf(each.got) * CELL, y = top + expected.indexOf(each.expected) * CELL;
              return (
                <g key={`${each.expected} ${each.got}`}>
                  <rect class={each.right ? "confusion-right" : "confusion-wrong"} x={x} y={y} width={CELL - 2} height={CELL - 2} rx="3" fill-opacity={0.2 + 0.8 * each.share} />
                  <text class={`confusion-count ${each.share > 0.55 ? "confusion-strong" : ""}`} x={x + CELL / 2 - 1} y={y + CELL / 2 + 3} text-anchor="middle">{each.count}</text>
                </g>
              );
            })}
          </svg>
        </div>
        <figcaption>{t("console-model-picture-help")}</figcaption>
      </figure>
      <div class="gap-scroll confusion-table" tabIndex={0} role="region" aria-label={t("console-model-mistakes")}>
        <table class="gap-table">
          <caption class="unseen">{t("console-model-mistakes")}</caption>
          <thead><tr><th scope="col">{t("console-model-means")}</th><th scope="col">{t("console-model-taken-for")}</th><th scope="col">{t("console-model-count")}</th></tr></thead>
          <tbody>{wrong.length ? wrong.map((each) => <tr key={`${each.expected} ${each.got}`}><th scope="row">{intentName(each.expected)}</th><td>{intentName(each.got || "none")}</td><td class="tabular">{each.count}</td></tr>) : <tr><td colSpan={3}>{t("console-model-no-mistakes")}</td></tr>}</tbody>
        </table>
      </div>
    </div>
  );
}

function Changes({ title, changes }: { title: string; changes: readonly SentenceChange[] }): JSX.Element | null {
  if (!changes.length) return null;
  return (
    <details class="model-changes" open={changes.length <= 10}>
      <summary>{title}</summary>
      <ul class="gap-list">{changes.map((each) => <li key={each.text}><span class="gap-text">{each.text}</span><span class="gap-about">{t("console-model-went", { expected: intentName(each.expected), before: intentName(each.before || "none"), after: intentName(each.after || "none") })}</span></li>)}</ul>
    </details>
  );
}

function Compared({ title, help, of }: { title: string; help: string; of: ModelComparison }): JSX.Element {
  return (
    <section class="gap-part">
      <h2>{title}</h2>
      <p class="gap-note">{help}</p>
      <Scores now={of.now} before={of.before} />
      <Changes title={t("console-model-now-wrong", { count: of.worse.length })} changes={of.worse} />
      <Changes title={t("console-model-now-right", { count: of.better.length })} changes={of.better} />
      <h3>{t("console-model-by-intent")}</h3>
      <Intents of={of} />
      <h3>{t("console-model-picture")}</h3>
      <Confusion confusion={of.confusion} />
    </section>
  );
}

export function Since({ since }: { since: ExamplesChange }): JSX.Element {
  const [added, removed, changed] = since.counts;
  if (added + removed + changed === 0) return <p class="gap-note">{t("console-model-since-nothing")}</p>;
  return (
    <>
      <p class="gap-note">{t("console-model-since-counts", { added, removed, changed })}</p>
      <details class="model-changes"><summary>{t("console-model-since-show")}</summary>
        <ul class="gap-list">
          {since.added.map((each) => <li key={`+${each.text}`}><span class="gap-text" lang={each.language}><ins>{each.text}</ins></span><span class="gap-about">{intentName(each.intent)}</span></li>)}
          {since.changed.map((each) => <li key={`*${each.text}`}><span class="gap-text">{each.text}</span><span class="gap-about">{t("console-model-since-changed", { before: intentName(each.ours), after: intentName(each.theirs) })}</span></li>)}
          {since.removed.map((each) => <li key={`-${each.text}`}><span class="gap-text" lang={each.language}><del>{each.text}</del></span><span class="gap-about">{intentName(each.intent)}</span></li>)}
        </ul>
      </details>
    </>
  );
}

export function ModelPage({ id }: { id: string }): JSX.Element {
  const [detail, setDetail] = useState<BotModelDetail | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const load = (): void => void loadModel(id).then((found) => { setDetail(found); setFault(null); }, setFault);
  useEffect(load, [id]);
  const training = detail?.model.state === "training";
  useEffect(() => {
    if (!training) return;
    const timer = setInterval(load, 1000);
    return () => clearInterval(timer);
  }, [training, id]);
  const back = <div><a class="gap-back" href={href("/knowledge/models")}>{t("console-model-all")}</a></div>;
  if (fault) return <>{back}<Empty icon="alert" title={t("error-list")} action={<Button icon="refresh" onClick={load}>{t("console-try-again")}</Button>}>{errorText(fault)}</Empty></>;
  if (!detail) return <>{back}<Skeleton rows={6} kind="line" /></>;
  const { model, test, labelled, since } = detail;
  return (
    <>
      {back}
      <PageHead title={t("console-model-title", { name: model.fingerprint.slice(0, 8) })}><ModelChips model={model} /></PageHead>
      {model.state === "training" ? <Progress model={model} /> : null}
      {model.problem ? <Notice tone="bad">{model.problem}</Notice> : null}
      {model.outdated && !model.shipped ? <Notice tone="accent">{t("console-model-outdated-help")}</Notice> : null}
      <div class="model-action"><RollOut model={model} done={load} /></div>
      <section class="gap-part"><h2>{t("console-model-since")}</h2><Since since={since} /></section>
      {test ? <Compared title={t("console-model-test")} help={t("console-model-test-help", { left: detail.left_out })} of={test} /> : null}
      {labelled ? <Compared title={t("console-model-labelled")} help={t("console-model-labelled-help")} of={labelled} /> : null}
    </>
  );
}
