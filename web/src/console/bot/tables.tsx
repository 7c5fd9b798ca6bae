/** The same by intent, article version, channel, language and inbox: counts, the share that was helped, and its interval. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { BotReport, OutcomeLine, OutcomeTable } from "../../wire.ts";
import { t } from "../data/i18n.ts";
import { behind, boundsOf, lineName, number, OUTCOMES, shareOf } from "./figures.ts";

function Cell({ count, to, what }: { count: number; to: string; what: string }): JSX.Element {
  return <td>{count ? <a href={to} aria-label={t("console-outcomes-open", { count, what })}>{number(count)}</a> : <span class="outcomes-zero">0</span>}</td>;
}

function Line({ by, line, report }: { by: OutcomeTable["by"]; line: OutcomeLine; report: BotReport }): JSX.Element {
  const { outcomes } = line;
  const name = lineName(by, line.key, line.name);
  const version = by === "article" && line.key ? line.key.split(":") : null;
  const what = { [by]: line.key };
  return (
    <tr>
      <th scope="row"><span class="outcomes-name" dir="auto">{name}</span>{version ? <small>{t("console-outcomes-version", { language: version[1]!, number: Number(version[2]) })}</small> : null}</th>
      <Cell count={outcomes.conversations} to={behind(report, what)} what={name} />
      {OUTCOMES.map((each) => <Cell key={each} count={outcomes[each].count} to={behind(report, { ...what, outcome: each })} what={`${name}, ${t(`console-outcomes-${each}`)}`} />)}
      <td><strong>{shareOf(outcomes.deflected, outcomes.conversations)}</strong></td>
      <td class="outcomes-range"><span class="outcomes-interval" aria-hidden="true"><i style={{ insetInlineStart: `${outcomes.deflected.low * 100}%`, inlineSize: `${(outcomes.deflected.high - outcomes.deflected.low) * 100}%` }} /></span><small>{boundsOf(outcomes.deflected)}</small></td>
    </tr>
  );
}

export function Tables({ report }: { report: BotReport }): JSX.Element | null {
  const [by, setBy] = useState<OutcomeTable["by"]>("intent");
  const table = report.tables.find((each) => each.by === by);
  if (!table || !report.outcomes.conversations) return null;
  return (
    <section class="card table-card outcomes-tables">
      <header class="outcomes-tabs" role="group" aria-label={t("console-outcomes-by")}>
        {report.tables.map((each) => <button key={each.by} type="button" class="outcomes-span" aria-pressed={each.by === by} onClick={() => setBy(each.by)}>{t(`console-outcomes-by-${each.by}`)}</button>)}
      </header>
      <div class="outcomes-scroll" role="region" aria-label={t(`console-outcomes-by-${by}`)} tabIndex={0}>
        <table class="figures">
          <thead><tr><th scope="col">{t(`console-outcomes-by-${by}`)}</th><th scope="col">{t("console-outcomes-all")}</th>{OUTCOMES.map((each) => <th key={each} scope="col">{t(`console-outcomes-${each}`)}</th>)}<th scope="col">{t("console-outcomes-deflected")}</th><th scope="col">{t("console-outcomes-interval")}</th></tr></thead>
          <tbody>{table.lines.map((line) => <Line key={line.key} by={by} line={line} report={report} />)}</tbody>
        </table>
      </div>
      {table.more ? <p class="outcomes-more">{t("console-outcomes-more", { count: table.more })}</p> : null}
    </section>
  );
}
