/** The hours of the week: how many conversations began in each, and how many of them the bot helped. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { BotReport, OutcomeHour } from "../../wire.ts";
import { t } from "../data/i18n.ts";
import { weekday } from "../routing/labels.ts";
import { behind, boundsOf, number, shareOf } from "./figures.ts";

const HOURS = Array.from({ length: 24 }, (_, at) => at);
const DAYS = Array.from({ length: 7 }, (_, at) => at);

function words(day: number, hour: number, found: OutcomeHour | undefined): string {
  const at = `${weekday(day, "long")} ${String(hour).padStart(2, "0")}:00`;
  if (!found) return t("console-outcomes-hour-none", { at });
  const { conversations, deflected } = found.outcomes;
  return t("console-outcomes-hour", { at, count: conversations, share: shareOf(deflected, conversations), bounds: boundsOf(deflected) });
}

export function Week({ report }: { report: BotReport }): JSX.Element | null {
  const [marked, setMarked] = useState<string | null>(null);
  if (!report.hours.length) return null;
  const by = new Map(report.hours.map((each) => [each.weekday * 24 + each.hour, each]));
  const most = Math.max(...report.hours.map((each) => each.outcomes.conversations));
  return (
    <section class="card">
      <header class="chart-head"><h2>{t("console-outcomes-week")}</h2><p class="chart-key">{t("console-outcomes-week-help", { zone: report.zone })}</p></header>
      <div class="outcomes-scroll" role="region" aria-label={t("console-outcomes-week")} tabIndex={0}>
        <table class="outcomes-week">
          <thead><tr><td />{HOURS.map((hour) => <th key={hour} scope="col">{hour % 3 === 0 ? hour : <span class="unseen">{hour}</span>}</th>)}</tr></thead>
          <tbody>
            {DAYS.map((day) => (
              <tr key={day}><th scope="row">{weekday(day)}</th>
                {HOURS.map((hour) => {
                  const found = by.get(day * 24 + hour);
                  const text = words(day, hour, found);
                  if (!found) return <td key={hour}><span class="outcomes-cell" /></td>;
                  const { conversations, deflected } = found.outcomes;
                  const much = 18 + Math.round((conversations / most) * 82);
                  return <td key={hour}><a class={`outcomes-cell ${much > 62 ? "outcomes-cell-full" : ""}`} title={text} aria-label={text} href={behind(report, { hour: String(day * 24 + hour) })} style={{ "--much": `${much}%` }} onPointerEnter={() => setMarked(text)} onFocus={() => setMarked(text)}>{number(Math.round((deflected.count / conversations) * 100))}</a></td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="chart-says" aria-live="polite">{marked ?? t("console-outcomes-week-point")}</p>
    </section>
  );
}
