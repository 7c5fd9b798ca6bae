/** What the bot really saves people: those whom the lot kept from it beside those that it took. */
import type { JSX } from "preact";
import type { Arm, BotReport, HoldOutLine } from "../../wire.ts";
import { length, percent } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { Chip, type Tone } from "../ui/basic.tsx";
import { boundsOf, money, number, points, pointsBetween, shareOf } from "./figures.ts";

const TONES: Record<HoldOutLine["told"], Tone> = { too_few: "neutral", no_difference: "warn", less: "good", more: "bad" };

function Side({ name, arm }: { name: "held" | "bot"; arm: Arm }): JSX.Element {
  return (
    <tr>
      <th scope="row">{t(`console-hold-out-${name}`)}</th>
      <td>{number(arm.people)}</td>
      <td>{number(arm.worked.count)} · <strong>{shareOf(arm.worked, arm.people)}</strong>{arm.people ? <small>{boundsOf(arm.worked)}</small> : null}</td>
      <td>{number(arm.again.count)} · <strong>{shareOf(arm.again, arm.people)}</strong>{arm.people ? <small>{boundsOf(arm.again)}</small> : null}</td>
    </tr>
  );
}

function Line({ line, report, alone }: { line: HoldOutLine; report: BotReport; alone: boolean }): JSX.Element {
  const few = line.told === "too_few";
  return (
    <section class="hold-out">
      <header><h3>{line.name ?? t("console-hold-out-all")}</h3>{line.share ? <Chip>{t("console-hold-out-share", { share: percent(line.share, locale()) })}</Chip> : line.inbox ? <Chip>{t("console-hold-out-over")}</Chip> : null}<Chip tone={TONES[line.told]}>{t(`console-hold-out-told-${line.told.replace("_", "-")}`)}</Chip></header>
      {few && (alone || line.inbox === null) ? <p class="outcomes-note">{t("console-hold-out-few", { enough: report.enough })}</p> : null}
      {alone || line.inbox === null || !few ? (
        <div class="outcomes-scroll" role="region" aria-label={line.name ?? t("console-hold-out-all")} tabIndex={0}>
          <table class="figures">
            <thead><tr><th scope="col">{t("console-hold-out-side")}</th><th scope="col">{t("console-hold-out-people")}</th><th scope="col">{t("console-hold-out-worked")}</th><th scope="col">{t("console-hold-out-again")}</th></tr></thead>
            <tbody>
              <Side name="held" arm={line.held} /><Side name="bot" arm={line.bot} />
              {line.work && line.again && !few ? (
                <tr class="figures-best"><th scope="row">{t("console-hold-out-effect")}</th><td /><td><strong>{points(-line.work.value)}</strong><small>{pointsBetween({ value: 0, low: -line.work.high, high: -line.work.low })}</small></td><td><strong>{points(line.again.value)}</strong><small>{pointsBetween(line.again)}</small></td></tr>
              ) : null}
            </tbody>
          </table>
        </div>
      ) : null}
      {line.saved && report.saved ? <p class="hold-out-saved">{t("console-hold-out-saved", { amount: money(line.saved.value, report.saved.currency), low: money(line.saved.low, report.saved.currency), high: money(line.saved.high, report.saved.currency), count: line.conversations })}</p> : null}
      {line.waiting ? <p class="field-help">{t("console-hold-out-waiting", { count: line.waiting, window: length(report.window_s, locale()) })}</p> : null}
    </section>
  );
}

export function HoldOut({ report }: { report: BotReport }): JSX.Element | null {
  const [whole, ...single] = report.hold_out;
  if (!whole) return null;
  const lines = single.length > 1 ? [whole, ...single] : single;
  return (
    <section class="card">
      <h2 class="card-title">{t("console-hold-out-title")}</h2>
      <p class="card-lead">{t("console-hold-out-lead", { window: length(report.window_s, locale()) })}</p>
      {lines.map((line) => <Line key={line.inbox ?? ""} line={line} report={report} alone={lines.length === 1} />)}
    </section>
  );
}
