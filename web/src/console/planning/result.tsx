/** What a simulation found: each policy with its intervals, and which of two is better on the same arrivals. */
import type { JSX } from "preact";
import type { SimulatedFigure, SimulatedPair, SimulationDetail } from "../../wire.ts";
import { length } from "../data/format.ts";
import { hasText, language, locale, t } from "../data/i18n.ts";
import { href } from "../data/router.ts";
import { Chip } from "../ui/basic.tsx";
import { Icon } from "../ui/icons.tsx";
import { reportHref } from "./simulations.ts";

export function policyName(name: string): string {
  const [policy = "", number] = name.split(" ");
  const key = `console-policy-${policy.replaceAll("_", "-")}`;
  const words = hasText(key) ? t(key) : policy;
  return number ? `${words} ${number}` : words;
}

function shareOf(value: number): string {
  return new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: 1 }).format(value);
}

function secondsOf(value: number): string {
  if (Math.abs(value) >= 120) return `${value < 0 ? "−" : ""}${length(Math.abs(value), locale())}`;
  return new Intl.NumberFormat(locale(), { style: "unit", unit: "second", unitDisplay: "short", maximumFractionDigits: 1 }).format(value);
}

function plainOf(value: number): string {
  return new Intl.NumberFormat(locale(), { maximumSignificantDigits: 3 }).format(value);
}

function Figure({ figure, show }: { figure: SimulatedFigure; show: (value: number) => string }): JSX.Element {
  if (figure.value === null) return <>–</>;
  const spread = figure.high === null ? null : `±${show(figure.high - figure.value)}`;
  return <>{show(figure.value)}{spread ? <small> {spread}</small> : null}</>;
}

/** Whether the interval leaves no doubt, and which way. */
function clearly(figure: SimulatedFigure, even: number): -1 | 0 | 1 {
  if (figure.low === null || figure.high === null) return 0;
  return figure.high < even ? -1 : figure.low > even ? 1 : 0;
}

function Verdict({ pair }: { pair: SimulatedPair }): JSX.Element {
  const how = pair.cost_ratio ? clearly(pair.cost_ratio, 1) : clearly(pair.wait_s, 0);
  const [better, worse] = how > 0 ? [pair.second, pair.first] : [pair.first, pair.second];
  const names = { better: policyName(better), worse: policyName(worse) };
  const ratio = pair.cost_ratio?.value;
  const saved = ratio && ratio > 0 && how !== 0 ? shareOf(1 - (how > 0 ? 1 / ratio : ratio)) : null;
  return (
    <li class="verdict">
      <Chip tone={how === 0 ? "neutral" : "good"} icon={how === 0 ? "minus" : "check"}>{how === 0 ? t("console-simulation-open") : t("console-simulation-clear")}</Chip>
      <span>{how === 0 ? t("console-simulation-no-difference", names) : saved ? t("console-simulation-cheaper", { ...names, share: saved }) : t("console-simulation-better", names)}</span>
      <small>{t("console-simulation-pair", { first: policyName(pair.first), second: policyName(pair.second) })}: {t("console-simulation-col-wait")} <Figure figure={pair.wait_s} show={secondsOf} />, {t("console-simulation-col-in-target")} <Figure figure={pair.attainment} show={shareOf} /></small>
    </li>
  );
}

export function Result({ detail }: { detail: SimulationDetail }): JSX.Element | null {
  const { result, simulation } = detail;
  if (!result) return null;
  const columns = ["come", "wait", "in-target", "gave-up", "p99", "longest", "cost"];
  const best = [...result.policies].sort((a, b) => (a.all.cost.value ?? 0) - (b.all.cost.value ?? 0))[0];
  const kinds = Object.keys(result.policies[0]?.types ?? {});
  return (
    <div class="staffing-result">
      {result.comparisons.length ? <section class="card"><h2 class="card-title">{t("console-simulation-verdicts")}</h2><ul class="verdicts">{result.comparisons.map((pair) => <Verdict key={`${pair.first} ${pair.second}`} pair={pair} />)}</ul></section> : null}
      <div class="card table-card">
        <table class="figures">
          <thead><tr><th scope="col">{t("console-simulation-policy")}</th>{columns.map((each) => <th key={each} scope="col">{t(`console-simulation-col-${each}`)}</th>)}</tr></thead>
          <tbody>
            {result.policies.map((each) => (
              <tr key={each.policy} class={each === best ? "figures-best" : ""}>
                <th scope="row">{policyName(each.policy)}</th><td>{each.all.arrived}</td><td><Figure figure={each.all.wait_s} show={secondsOf} /></td><td><Figure figure={each.all.attainment} show={shareOf} /></td>
                <td><Figure figure={each.all.abandonment} show={shareOf} /></td><td>{each.all.wait_p99_s === null ? "–" : secondsOf(each.all.wait_p99_s)}</td><td>{each.all.longest_wait_s === null ? "–" : secondsOf(each.all.longest_wait_s)}</td><td><Figure figure={each.all.cost} show={plainOf} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {kinds.length > 1 ? (
        <div class="card table-card">
          <table class="figures">
            <thead><tr><th scope="col">{t("console-simulation-in-target-by-kind")}</th>{result.policies.map((each) => <th key={each.policy} scope="col">{policyName(each.policy)}</th>)}</tr></thead>
            <tbody>{kinds.map((kind) => <tr key={kind}><th scope="row" dir="auto">{kind}</th>{result.policies.map((each) => <td key={each.policy}>{each.types[kind] ? <Figure figure={each.types[kind].attainment} show={shareOf} /> : "–"}</td>)}</tr>)}</tbody>
          </table>
        </div>
      ) : null}
      <p class="simulation-ways">
        <a class="button button-plain button-medium" href={reportHref(simulation.id, language.value)} target="_blank" rel="noopener"><Icon name="file" size={17} /><span class="button-text">{t("console-simulation-report")}</span></a>
        <a class="button button-primary button-medium" href={href("/admin/queues")}><Icon name="inbox" size={17} /><span class="button-text">{t("console-simulation-to-queues")}</span></a>
      </p>
      <p class="field-help">{t("console-simulation-note")}</p>
    </div>
  );
}
