/** Day by day, or week by week where there are many: how many conversations became what, one column above the other. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { BotReport, OutcomeDay } from "../../wire.ts";
import { locale, t } from "../data/i18n.ts";
import { ticks } from "../planning/bars.tsx";
import { behind, number, OUTCOMES } from "./figures.ts";

export interface Column { since: string; until: string; confirmed: number; assumed: number; escalated: number; abandoned: number }

const MOST = 62;
const DAY_MS = 86_400_000;
const HEIGHT = 190;
const WIDE = 720;
const NARROW = 330;
const LEFT = 38;
const FOOT = 20;

/** Every day from the first to the last, also those without any; by weeks where there are more than two months of them. */
export function columnsOf(since: string, until: string, days: readonly OutcomeDay[]): Column[] {
  const by = new Map(days.map((each) => [each.day, each]));
  const end = Date.parse(`${until}T00:00:00Z`);
  const begin = Date.parse(`${since}T00:00:00Z`);
  const step = (end - begin) / DAY_MS + 1 > MOST ? 7 : 1;
  const columns: Column[] = [];
  for (let at = begin; at <= end; at += step * DAY_MS) {
    const last = Math.min(end, at + (step - 1) * DAY_MS);
    const column: Column = { since: dayOf(at), until: dayOf(last), confirmed: 0, assumed: 0, escalated: 0, abandoned: 0 };
    for (let day = at; day <= last; day += DAY_MS) {
      const found = by.get(dayOf(day));
      if (found) for (const name of OUTCOMES) column[name] += found[name];
    }
    columns.push(column);
  }
  return columns;
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

export const total = (column: Column): number => OUTCOMES.reduce((sum, name) => sum + column[name], 0);

function dayName(day: string): string {
  return new Intl.DateTimeFormat(locale(), { day: "numeric", month: "short", timeZone: "UTC" }).format(Date.parse(`${day}T00:00:00Z`));
}

function nameOf(column: Column): string {
  return column.since === column.until ? dayName(column.since) : `${dayName(column.since)} – ${dayName(column.until)}`;
}

function says(column: Column): string {
  return t("console-outcomes-column", { day: nameOf(column), all: total(column), ...Object.fromEntries(OUTCOMES.map((name) => [name, column[name]])) });
}

function Picture({ columns, marked, onMark }: { columns: Column[]; marked: number | null; onMark: (at: number | null) => void }): JSX.Element {
  const narrow = matchMedia("(max-width: 760px)").matches;
  const width = narrow ? NARROW : WIDE;
  const scale = ticks(Math.max(...columns.map(total)));
  const top = scale.at(-1) || 1;
  const wide = (width - LEFT) / columns.length;
  const tall = (value: number): number => (value / top) * (HEIGHT - FOOT - 8);
  const every = Math.max(1, Math.ceil(columns.length / (narrow ? 4 : 9)));
  const gap = Math.min(5, wide * 0.22);
  return (
    <svg class="bars" viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={t("console-outcomes-trend")} onPointerLeave={() => onMark(null)}>
      {scale.map((value) => {
        const y = HEIGHT - FOOT - tall(value);
        return <g key={value}><line class="bars-rule" x1={LEFT} x2={width} y1={y} y2={y} /><text class="bars-text" x={LEFT - 6} y={y + 4} text-anchor="end">{number(value)}</text></g>;
      })}
      {columns.map((column, at) => {
        const x = LEFT + at * wide;
        let below = 0;
        return (
          <g key={column.since} class={`bars-column ${marked === at ? "bars-marked" : ""}`} onPointerEnter={() => onMark(at)} onPointerDown={() => onMark(at)}>
            <title>{says(column)}</title>
            <rect class="bars-hit" x={x} y={0} width={wide} height={HEIGHT - FOOT} />
            {OUTCOMES.map((name) => {
              const high = tall(column[name]);
              below += high;
              return high ? <rect key={name} class={`outcome-${name}`} x={x + gap / 2} y={HEIGHT - FOOT - below} width={wide - gap} height={Math.max(0, high - 0.75)} rx={Math.min(2, wide / 6)} /> : null;
            })}
            {at % every === 0 ? <text class="bars-text" x={x + wide / 2} y={HEIGHT - 5} text-anchor="middle">{dayName(column.since)}</text> : null}
          </g>
        );
      })}
    </svg>
  );
}

export function Trend({ report }: { report: BotReport }): JSX.Element | null {
  const [marked, setMarked] = useState<number | null>(null);
  if (!report.outcomes.conversations) return null;
  const columns = columnsOf(report.since, report.until, report.days);
  const column = marked === null ? null : columns[marked];
  return (
    <section class="card">
      <header class="chart-head"><h2>{t("console-outcomes-trend")}</h2><p class="chart-key outcomes-keys">{OUTCOMES.map((name) => <span key={name}><i class={`outcomes-key outcome-${name}`} />{t(`console-outcomes-${name}`)}</span>)}</p></header>
      <Picture columns={columns} marked={marked} onMark={setMarked} />
      <p class="chart-says" aria-live="polite">{column ? <>{says(column)} {total(column) ? <a href={behind({ ...report, since: column.since, until: column.until }, {})}>{t("console-outcomes-show")}</a> : null}</> : t("console-outcomes-point")}</p>
    </section>
  );
}
