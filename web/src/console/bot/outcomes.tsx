/** What became of the bot's conversations: tiles, a picture day by day, tables, the hours of the week, the hold-out. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { BotReport, HeldInbox, Measuring } from "../../wire.ts";
import { ApiError, api } from "../data/api.ts";
import { length } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { go, href } from "../data/router.ts";
import { Button, Empty, Skeleton } from "../ui/basic.tsx";
import { errorText } from "../ui/form.tsx";
import { Icon } from "../ui/icons.tsx";
import { PageHead } from "../ui/page.tsx";
import { asked, dayAgo, PRESETS, reportHref, zone, type Asked } from "./figures.ts";
import { HoldOut } from "./hold-out.tsx";
import { Tables } from "./tables.tsx";
import { Reasons, Tiles } from "./tiles.tsx";
import { Trend } from "./trend.tsx";
import { Week } from "./week.tsx";

function Tools({ of, inboxes }: { of: Asked; inboxes: HeldInbox[] }): JSX.Element {
  const file = `/api/bot/outcomes.csv?${new URLSearchParams({ since: of.since, until: of.until, zone: zone(), inbox: of.inbox }).toString()}`;
  return (
    <div class="outcomes-tools">
      <div class="outcomes-spans" role="group" aria-label={t("console-outcomes-period")}>
        {PRESETS.map((days) => (
          <a key={days} class="outcomes-span" href={reportHref({ since: dayAgo(days - 1), until: dayAgo(0) })} aria-current={of.until === dayAgo(0) && of.since === dayAgo(days - 1) ? "true" : undefined}>{t("console-outcomes-days", { days })}</a>
        ))}
      </div>
      <label class="outcomes-day"><span class="unseen">{t("console-outcomes-since")}</span><input class="input" type="date" value={of.since} max={of.until} onChange={(event) => event.currentTarget.value && go(reportHref({ since: event.currentTarget.value }))} /></label>
      <span aria-hidden="true">–</span>
      <label class="outcomes-day"><span class="unseen">{t("console-outcomes-until")}</span><input class="input" type="date" value={of.until} min={of.since} onChange={(event) => event.currentTarget.value && go(reportHref({ until: event.currentTarget.value }))} /></label>
      <label class="outcomes-inbox"><span class="unseen">{t("console-outcomes-inbox")}</span>
        <select class="input select" value={of.inbox} onChange={(event) => go(reportHref({ inbox: event.currentTarget.value }))}>
          <option value="">{t("console-outcomes-all-inboxes")}</option>
          {inboxes.map((each) => <option key={each.id} value={each.id} selected={each.id === of.inbox}>{each.name}</option>)}
        </select>
      </label>
      <a class="button button-plain button-medium" href={file} download><Icon name="download" size={18} /><span class="button-text">CSV</span></a>
    </div>
  );
}

function Report({ report, busy }: { report: BotReport; busy: boolean }): JSX.Element {
  const window = length(report.window_s, locale());
  if (!report.outcomes.conversations && !report.waiting && !report.hold_out.length) {
    return <Empty icon="chart" title={t("console-outcomes-none")}>{t("console-outcomes-none-help")}</Empty>;
  }
  return (
    <div class={`outcomes ${busy ? "staffing-old" : ""}`} aria-busy={busy}>
      <Tiles report={report} />
      {report.waiting ? <p class="outcomes-note"><Icon name="clock" size={16} />{t("console-outcomes-waiting", { count: report.waiting, window })}</p> : null}
      <Trend report={report} />
      <Reasons report={report} />
      <HoldOut report={report} />
      <Tables report={report} />
      <Week report={report} />
      <details class="card outcomes-words">
        <summary>{t("console-outcomes-words")}</summary>
        <dl>
          {(["confirmed", "assumed", "escalated", "abandoned"] as const).map((each) => <div key={each}><dt><i class={`outcomes-key outcome-${each}`} />{t(`console-outcomes-${each}`)}</dt><dd>{t(`console-outcomes-${each}-help`, { window })}</dd></div>)}
        </dl>
        <p class="field-help">{t("console-outcomes-interval-help")}</p>
      </details>
    </div>
  );
}

export function OutcomesPage(): JSX.Element {
  const of = asked();
  const [report, setReport] = useState<BotReport | null>(null);
  const [inboxes, setInboxes] = useState<HeldInbox[]>([]);
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(true);
  const [tries, setTries] = useState(0);
  useEffect(() => { api.get<Measuring>("/api/bot/measuring").then((found) => setInboxes(found.inboxes), () => undefined); }, []);
  useEffect(() => {
    let over = false;
    setBusy(true);
    api.get<BotReport>("/api/bot/outcomes", { since: of.since, until: of.until, inbox: of.inbox || null, zone: zone() }).then(
      (next) => { if (!over) { setReport(next); setError(null); setBusy(false); } },
      (fault: ApiError) => { if (!over) { setError(fault); setBusy(false); } },
    );
    return () => { over = true; };
  }, [of.since, of.until, of.inbox, tries]);
  return (
    <>
      <PageHead title={t("console-bot-page-outcomes")} />
      <p class="admin-lead">{t("console-outcomes-lead")} <a href={href("/bot/measuring")}>{t("console-bot-page-measuring")}</a></p>
      <Tools of={of} inboxes={inboxes} />
      {error ? <Empty icon="alert" title={t("error-page")} action={<Button icon="refresh" onClick={() => setTries(tries + 1)}>{t("console-try-again")}</Button>}>{errorText(error)}</Empty>
        : report ? <Report report={report} busy={busy} /> : <Skeleton rows={5} kind="line" />}
    </>
  );
}
