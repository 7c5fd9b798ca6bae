/** How many of what, each with its interval, each a way to its conversations; and why. */
import type { JSX } from "preact";
import type { BotReport } from "../../wire.ts";
import { t } from "../data/i18n.ts";
import { behind, boundsOf, money, number, OUTCOMES, shareOf, whyName } from "./figures.ts";

function Tile({ name, report }: { name: "deflected" | (typeof OUTCOMES)[number]; report: BotReport }): JSX.Element {
  const figure = report.outcomes[name];
  const all = report.outcomes.conversations;
  return (
    <div class={`card number outcomes-tile outcomes-tile-${name}`}>
      <dt>{name === "deflected" ? null : <i class={`outcomes-key outcome-${name}`} />}{t(`console-outcomes-${name}`)}</dt>
      <dd class="tabular"><a href={behind(report, { outcome: name })} aria-label={t("console-outcomes-open", { count: figure.count, what: t(`console-outcomes-${name}`) })}>{shareOf(figure, all)}<span>{t("console-outcomes-of", { count: number(figure.count), all: number(all) })}</span></a>
        <small>{all ? boundsOf(figure) : ""}</small></dd>
    </div>
  );
}

export function Tiles({ report }: { report: BotReport }): JSX.Element {
  const { saved } = report;
  return (
    <dl class="numbers outcomes-tiles">
      <Tile name="deflected" report={report} />
      {OUTCOMES.map((name) => <Tile key={name} name={name} report={report} />)}
      {saved ? (
        <div class="card number outcomes-tile">
          <dt>{t("console-outcomes-saved")}</dt>
          <dd class="tabular">{money(saved.amount, saved.currency)}<small>{t("console-outcomes-saved-of", { count: saved.conversations })}{saved.unpriced ? ` ${t("console-outcomes-unpriced", { count: saved.unpriced })}` : ""}</small></dd>
        </div>
      ) : null}
    </dl>
  );
}

/** Of those that people had, and those that were left: why. */
export function Reasons({ report }: { report: BotReport }): JSX.Element | null {
  const lists = (["abandoned", "escalated"] as const).filter((name) => report.outcomes[name].count);
  if (!lists.length) return null;
  return (
    <div class="outcomes-reasons">
      {lists.map((name) => (
        <section key={name} class="card">
          <h2 class="card-title"><i class={`outcomes-key outcome-${name}`} />{t(`console-outcomes-why-${name}`)}</h2>
          <ul class="outcomes-bars">
            {Object.entries(report.reasons[name] ?? {}).sort((a, b) => b[1] - a[1]).map(([reason, count]) => (
              <li key={reason}>
                <a href={behind(report, { outcome: name, reason })}><span>{whyName(reason)}</span><strong class="tabular">{number(count)}</strong></a>
                <i class={`outcome-${name}`} style={{ inlineSize: `${(count / report.outcomes[name].count) * 100}%` }} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
