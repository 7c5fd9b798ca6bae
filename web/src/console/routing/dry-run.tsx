/** Tries rules that may not be saved yet on the conversations of the past: what each would have done, and what would change. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { DryRun, DryRunItem, DryRunRule } from "../../wire.ts";
import { ApiError, api } from "../data/api.ts";
import { fullTime, percent } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { inboxHref } from "../inbox/where.ts";
import { Button, Chip, Notice, Spinner } from "../ui/basic.tsx";
import { errorText, type Submission } from "../ui/form.tsx";
import { Icon } from "../ui/icons.tsx";
import { inboxName, intentName, languageName } from "./labels.ts";
import { decidedText, givenText } from "./words.ts";
import { Trace } from "./trace.tsx";

const PERIODS = [1, 7, 30, 90];
const USUAL = 7;
const DAY_MS = 86_400_000;
const FIRST_SHOWN = 20;

function Counts({ run, rules }: { run: DryRun; rules: DryRunRule[] }): JSX.Element {
  const share = (count: number): number => (run.considered ? count / run.considered : 0);
  const counts = new Map(run.by_rule.map((each) => [each.rule, each]));
  const rows = rules.map((rule, at) => ({ name: rule.name, off: rule.enabled === false, held: counts.get(at)?.held ?? 0, decided: counts.get(at)?.decided ?? 0 }));
  return (
    <table class="dry-table">
      <caption class="unseen">{t("console-dry-by-rule")}</caption>
      <thead><tr><th scope="col">{t("console-dry-rule")}</th><th scope="col">{t("console-dry-held")}</th><th scope="col">{t("console-dry-decided")}</th></tr></thead>
      <tbody>
        {rows.map((row, at) => (
          <tr key={at} class={row.off ? "dry-off" : ""}>
            <th scope="row">{row.name}{row.off ? <Chip>{t("console-trace-off")}</Chip> : null}</th><td class="tabular">{row.held}</td>
            <td class="tabular">{row.decided}<small>{percent(share(row.decided), locale())}</small><span class="dry-bar" aria-hidden="true"><span style={{ inlineSize: `${share(row.decided) * 100}%` }} /></span></td>
          </tr>
        ))}
        <tr><th scope="row">{t("console-dry-fallback")}</th><td /><td class="tabular">{run.by_fallback}<small>{percent(share(run.by_fallback), locale())}</small><span class="dry-bar dry-bar-rest" aria-hidden="true"><span style={{ inlineSize: `${share(run.by_fallback) * 100}%` }} /></span></td></tr>
      </tbody>
    </table>
  );
}

/** What is known of a conversation that has no subject, such as a chat. */
function matter({ facts }: DryRunItem): string {
  const known = [facts["inbox"] ? inboxName(facts["inbox"]) : "", facts["language"] ? languageName(facts["language"]) : "", facts["intent"] ? intentName(facts["intent"]) : ""];
  return known.filter(Boolean).join(" · ") || t("console-dry-no-subject");
}

function Item({ item }: { item: DryRunItem }): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <li class="dry-item">
      <button type="button" class="dry-open" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="chevron" size={15} class={open ? "turned" : ""} />
        <span class="dry-what"><strong>{item.subject || matter(item)}</strong><time dateTime={item.at}>{fullTime(new Date(item.at), locale())}</time></span>
        <span class="dry-change">
          {item.changed ? <><span class="dry-was">{item.gave ? givenText(item.gave) : t("console-dry-unknown")}</span><span class="dry-arrow" aria-hidden="true">→</span><span class="unseen">{t("console-dry-becomes")}</span></> : null}
          <span class={item.changed ? "dry-now" : ""}>{givenText(item.would_give)}</span>
        </span>
      </button>
      {open ? (
        <div class="dry-trace">
          <p class="dry-said-by">{decidedText(item.would_give, item, "would")} <a href={inboxHref({ list: "all", status: "any", id: item.conversation })} target="_blank" rel="noopener">{t("console-dry-open")}</a></p>
          <Trace rules={item.rules} />
        </div>
      ) : null}
    </li>
  );
}

function Result({ run, rules }: { run: DryRun; rules: DryRunRule[] }): JSX.Element {
  const [shown, setShown] = useState(FIRST_SHOWN);
  const changed = run.items.filter((item) => item.changed).length;
  return (
    <div class="dry-result">
      <p class="dry-sum"><strong>{t("console-dry-considered", { count: run.considered })}</strong> {run.considered ? t("console-dry-changed", { count: run.changed }) : ""}</p>
      {run.more ? <Notice tone="accent">{t("console-dry-more", { count: run.considered })}</Notice> : null}
      {run.considered ? <Counts run={run} rules={rules} /> : null}
      {run.items.length ? (
        <>
          <h3 class="dry-head">{t(changed ? "console-dry-items-changed" : "console-dry-items")}</h3>
          <ul class="dry-items">{run.items.slice(0, shown).map((item) => <Item key={item.conversation} item={item} />)}</ul>
          {run.items.length > shown ? <Button size="small" look="quiet" class="fit" onClick={() => setShown(shown + FIRST_SHOWN)}>{t("console-dry-show-more")}</Button> : null}
        </>
      ) : null}
    </div>
  );
}

/** What is wrong with the rule that is edited is told at its fields, what is wrong with another by its name. */
function told(fault: unknown, rules: DryRunRule[], own: number | null): unknown {
  const found = fault instanceof ApiError ? /^rules\[(\d+)\]\.(.*)$/u.exec(fault.field ?? "") : null;
  if (!found || !(fault instanceof ApiError)) return fault;
  const [at, field] = [Number(found[1]), found[2]!];
  if (at === own) return new ApiError(fault.status, fault.code, field, fault.expected, fault.message);
  return new ApiError(fault.status, "other_rule", null, null, t("console-dry-other", { name: rules[at]?.name ?? "", what: errorText(fault) }));
}

interface Props {
  /** As they stand on the page. */
  rules: DryRunRule[];
  /** Raises what the page itself has against them. */
  check?: () => void;
  /** Which of them is being edited, if one is. */
  own?: number | null;
  /** Where an objection to them is shown. */
  submission: Submission;
}

export function DryRunPanel({ rules, check, own = null, submission }: Props): JSX.Element {
  const [days, setDays] = useState(USUAL);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState<{ run: DryRun; rules: DryRunRule[] } | null>(null);
  const alive = useRef(true);
  useEffect(() => () => void (alive.current = false), []);
  const run = async (): Promise<void> => {
    setBusy(true);
    await submission.run(async () => {
      check?.();
      const ask = { rules, since: new Date(Date.now() - days * DAY_MS).toISOString() };
      const found = await api.post<DryRun>("/api/routing/rules/dry-run", ask).catch((fault: unknown) => { throw told(fault, rules, own); });
      if (alive.current) setTried({ run: found, rules });
    });
    if (alive.current) setBusy(false);
  };
  const stale = tried !== null && JSON.stringify(tried.rules) !== JSON.stringify(rules);
  return (
    <section class="card dry" aria-label={t("console-dry")} aria-busy={busy}>
      <header class="card-head"><span class="card-mark"><Icon name="history" size={20} /></span><h2>{t("console-dry")}</h2></header>
      <p class="card-lead">{t("console-dry-lead")}</p>
      <div class="dry-ask">
        <select class="input select fit" aria-label={t("console-dry-period")} value={days} onChange={(event) => setDays(Number(event.currentTarget.value))}>
          {PERIODS.map((each) => <option key={each} value={each} selected={each === days}>{t("console-dry-days", { count: each })}</option>)}
        </select>
        <Button icon="history" busy={busy} onClick={() => void run()}>{t("console-dry-run")}</Button>
        <span class="dry-said" role="status">{busy ? <Spinner label={t("console-dry-busy")} /> : tried && !stale ? <span class="unseen">{t("console-dry-changed", { count: tried.run.changed })}</span> : null}</span>
      </div>
      {stale && !busy ? <Notice tone="warn">{t("console-dry-stale")}</Notice> : null}
      {tried && !busy ? <Result key={tried.run.considered} run={tried.run} rules={tried.rules} /> : null}
    </section>
  );
}
