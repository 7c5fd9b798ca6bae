/** The state of the system: the bot and how far it is, what waits, what died, and the checks. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { BotState, DeadRow, SystemStatus } from "../../wire.ts";
import { ApiError, api } from "../data/api.ts";
import { length } from "../data/format.ts";
import { hasText, locale, t } from "../data/i18n.ts";
import { bot } from "../data/resource.ts";
import { RoutingChecksCard } from "../routing/checks.tsx";
import { Button, Chip, Empty, Spinner, type Tone } from "../ui/basic.tsx";
import { errorText } from "../ui/form.tsx";
import { Icon } from "../ui/icons.tsx";
import { PageHead } from "../ui/page.tsx";
import { Time } from "../ui/time.tsx";
import { attempt } from "../ui/toast.tsx";

const EVERY = 5000;
const STEPS = ["installing", "training", "starting", "ready"] as const;
const TONES: Record<string, Tone> = { ready: "good", failed: "bad", off: "neutral" };

function botWord(state: string): string {
  return hasText(`console-bot-${state}`) ? t(`console-bot-${state}`) : state;
}

function Bot({ state }: { state: BotState }): JSX.Element {
  const at = STEPS.indexOf(state.state as (typeof STEPS)[number]);
  return (
    <section class="card card-wide">
      <header class="card-head"><span class="card-mark card-mark-bot"><Icon name="bot" size={20} /></span><h2>{t("console-health-bot")}</h2><Chip tone={TONES[state.state] ?? "warn"}>{botWord(state.state)}</Chip></header>
      <p class="card-lead">{t(`console-health-engine-${state.engine === "rasa" ? "rasa" : state.state === "off" ? "alone" : "scripted"}`)}</p>
      {at >= 0 ? (
        <ol class="progress" aria-label={t("console-health-progress")}>
          {STEPS.map((step, index) => {
            const how = index < at || state.state === "ready" ? "done" : index === at ? "now" : "later";
            return <li key={step} class={`progress-${how}`} aria-current={how === "now" ? "step" : undefined}><span class="progress-mark">{how === "done" ? <Icon name="check" size={14} /> : index + 1}</span>{botWord(step)}</li>;
          })}
        </ol>
      ) : null}
      <dl class="facts">
        {state.detail ? <div><dt>{t("console-health-detail")}</dt><dd>{state.detail}</dd></div> : null}
        {state.seconds ? <div><dt>{t("console-health-since")}</dt><dd>{length(state.seconds, locale())}</dd></div> : null}
        {state.model ? <div><dt>{t("console-health-model")}</dt><dd><code>{state.model}</code></dd></div> : null}
      </dl>
    </section>
  );
}

function Numbers({ status }: { status: SystemStatus }): JSX.Element {
  const { waiting, oldest_s } = status.outbox;
  const facts: [string, string, string | null][] = [
    [t("console-health-sockets"), String(status.sockets), null],
    [t("console-health-waiting"), String(waiting), oldest_s && waiting ? t("console-health-oldest", { time: length(oldest_s, locale()) }) : null],
    [t("console-health-uptime"), length(status.uptime_s, locale()), null],
    [t("console-health-version"), status.version, status.database],
  ];
  return <dl class="numbers">{facts.map(([name, value, more]) => <div key={name} class="card number"><dt>{name}</dt><dd class="tabular">{value}{more ? <small>{more}</small> : null}</dd></div>)}</dl>;
}

function Dead({ rows, reload }: { rows: DeadRow[]; reload: () => void }): JSX.Element {
  const replay = (row: DeadRow): void => {
    const path = `/api/outbox/${encodeURIComponent(row.handler)}/${encodeURIComponent(row.topic)}/${row.seq}/replay`;
    void attempt(() => api.post(path), t("console-dead-replayed")).then(reload);
  };
  return (
    <section class="card card-wide">
      <header class="card-head"><span class="card-mark"><Icon name="alert" size={20} /></span><h2>{t("console-dead")}</h2><Chip tone={rows.length ? "bad" : "good"}>{rows.length}</Chip></header>
      <p class="card-lead">{t(rows.length ? "console-dead-lead" : "console-dead-none")}</p>
      {rows.length ? (
        <ul class="dead">
          {rows.map((row) => (
            <li key={`${row.handler}-${row.topic}-${row.seq}`}>
              <div><p class="dead-what"><strong>{row.handler}</strong><code>{row.topic}</code><span class="tabular">#{row.seq}</span><Time at={row.at} /></p><p class="dead-error">{row.error}</p></div>
              <Button size="small" icon="refresh" onClick={() => replay(row)}>{t("console-dead-replay")}</Button>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function Checks({ checks }: { checks: SystemStatus["checks"] }): JSX.Element {
  return (
    <section class="card card-wide">
      <header class="card-head"><span class="card-mark"><Icon name="pulse" size={20} /></span><h2>{t("console-checks")}</h2></header>
      <ul class="checks">
        {checks.map((check) => (
          <li key={check.name}><span class={`check-mark ${check.ok ? "check-good" : "check-bad"}`}><Icon name={check.ok ? "check" : "close"} size={14} /></span><strong>{check.name}</strong><span>{check.detail}</span><span class="unseen">{t(check.ok ? "console-check-good" : "console-check-bad")}</span></li>
        ))}
      </ul>
    </section>
  );
}

export default function StatusPage(): JSX.Element {
  const [status, setStatus] = useState<SystemStatus | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const load = (): void => {
    api.get<SystemStatus>("/api/status").then((next) => { setStatus(next); setError(null); }, setError);
  };
  useEffect(() => {
    load();
    const timer = setInterval(() => { if (document.visibilityState === "visible") load(); }, EVERY);
    return () => clearInterval(timer);
  }, []);
  return (
    <div class="page">
      <PageHead title={t("console-health-title")}>{error && status ? <Chip tone="bad" icon="alert">{errorText(error)}</Chip> : null}</PageHead>
      {status ? (
        <div class="page-body"><RoutingChecksCard /><Numbers status={status} /><Bot state={bot.value ?? status.bot} /><Checks checks={status.checks} /><Dead rows={status.outbox.dead} reload={load} /></div>
      ) : error ? <Empty icon="alert" title={t("error-page")} action={<Button onClick={load}>{t("console-try-again")}</Button>}>{errorText(error)}</Empty> : <Spinner />}
    </div>
  );
}
