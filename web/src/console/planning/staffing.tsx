/** Staffing: how many agents each half hour needs, so that so many are answered in time. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Expected, Staffing, StaffingAsk } from "../../wire.ts";
import { ApiError, api } from "../data/api.ts";
import { length, percent } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { keep, kept } from "../data/keep.ts";
import { Empty, Skeleton } from "../ui/basic.tsx";
import { Field, FormError, TextField, type Submission } from "../ui/form.tsx";
import { PageHead } from "../ui/page.tsx";
import { Span } from "../admin/span.tsx";
import { readArrivals } from "./arrivals.ts";
import { Bars } from "./bars.tsx";

const KEPT = "staffing";
const PAUSE = 350;
const FIELDS = ["arrivals", "handle_s", "patience_s", "share", "target_s", "shrinkage", "at_once", "most_occupancy", "most_abandoned", "starts"];

export interface Form {
  text: string; starts: string; handle_s: number | null; patience_s: number | null; share: string; target_s: number | null; shrinkage: string; at_once: string; most_occupancy: string; most_abandoned: string;
}
const FIRST: Form = {
  text: "6 9 14 22 31 38 41 40 36 33 34 37 38 35 30 26 22 18 13 9", starts: "08:00", handle_s: 300, patience_s: 180, share: "80", target_s: 20, shrinkage: "25", at_once: "1", most_occupancy: "", most_abandoned: "",
};

function keptForm(): Form {
  try {
    return { ...FIRST, ...(JSON.parse(kept(KEPT) ?? "{}") as Partial<Form>) };
  } catch {
    return FIRST;
  }
}

function share(text: string): number | null {
  return text.trim() === "" ? null : Number(text) / 100;
}

/** What is asked of the server; an empty field is left to its default. */
export function askOf(form: Form, arrivals: number[]): StaffingAsk {
  return {
    arrivals, starts: form.starts, handle_s: form.handle_s ?? 0, patience_s: form.patience_s, share: share(form.share) ?? 0.8, target_s: form.target_s ?? 0,
    shrinkage: share(form.shrinkage) ?? 0, at_once: Number(form.at_once) || 1, most_occupancy: share(form.most_occupancy), most_abandoned: share(form.most_abandoned),
  };
}

function wait(expected: Expected): string {
  if (expected.mean_wait_s === null) return "∞";
  if (expected.mean_wait_s >= 60) return length(expected.mean_wait_s, locale());
  return new Intl.NumberFormat(locale(), { style: "unit", unit: "second", unitDisplay: "short", maximumFractionDigits: 1 }).format(expected.mean_wait_s);
}

function number(value: number): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 }).format(value);
}

function Percent({ name, label, form, set, submission, help }: { name: keyof Form & string; label: string; form: Form; set: (change: Partial<Form>) => void; submission: Submission; help?: string }): JSX.Element {
  return (
    <Field label={label} name={name} submission={submission} help={help}>
      {(wired) => <div class="unit"><input class="input" type="number" min={0} max={100} step="any" {...wired} value={form[name] ?? ""} onInput={(event) => set({ [name]: event.currentTarget.value })} /><span>%</span></div>}
    </Field>
  );
}

function Inputs({ form, set, submission, wrong }: { form: Form; set: (change: Partial<Form>) => void; submission: Submission; wrong: string | null }): JSX.Element {
  return (
    <form class="form card" onSubmit={(event) => event.preventDefault()}>
      <FormError submission={submission} fields={FIELDS} />
      <div class="staffing-come">
        <TextField label={t("console-staffing-starts")} name="starts" type="time" value={form.starts} onValue={(starts) => set({ starts })} submission={submission} />
        <TextField label={t("console-staffing-arrivals")} name="arrivals" lines={2} value={form.text} onValue={(text) => set({ text })} submission={submission} spellcheck={false}
          help={wrong ? <span class="field-error" role="alert">{t("console-staffing-no-number", { word: wrong })}</span> : t("console-staffing-arrivals-help")} />
      </div>
      <div class="fields">
        <Span label={t("console-staffing-handle")} name="handle_s" seconds={form.handle_s} onSeconds={(handle_s) => set({ handle_s })} submission={submission} none="" />
        <Span label={t("console-staffing-patience")} name="patience_s" seconds={form.patience_s} onSeconds={(patience_s) => set({ patience_s })} submission={submission} none={t("console-staffing-endless")} />
        <Span label={t("console-staffing-target")} name="target_s" seconds={form.target_s} onSeconds={(target_s) => set({ target_s })} submission={submission} none="0" />
        <Percent label={t("console-staffing-share")} name="share" {...{ form, set, submission }} />
      </div>
      <details class="staffing-more">
        <summary>{t("console-staffing-more")}</summary>
        <div class="fields">
          <Percent label={t("console-staffing-shrinkage")} name="shrinkage" {...{ form, set, submission }} help={t("console-staffing-shrinkage-help")} />
          <TextField label={t("console-staffing-at-once")} name="at_once" type="number" min={1} max={20} value={form.at_once} onValue={(at_once) => set({ at_once })} submission={submission} help={t("console-staffing-at-once-help")} />
          <Percent label={t("console-staffing-most-occupancy")} name="most_occupancy" {...{ form, set, submission }} />
          <Percent label={t("console-staffing-most-abandoned")} name="most_abandoned" {...{ form, set, submission }} />
        </div>
      </details>
    </form>
  );
}

function Result({ found, busy }: { found: Staffing; busy: boolean }): JSX.Element {
  const [marked, setMarked] = useState<number | null>(null);
  const { halves } = found;
  const half = marked === null ? null : halves[marked];
  const name = (at: number): string => halves[at]!.starts;
  const facts: [string, string][] = [
    [t("console-staffing-peak"), number(found.peak)], [t("console-staffing-hours"), number(found.agent_hours)],
    [t("console-staffing-scheduled-hours"), number(found.scheduled_hours)], [t("console-staffing-within-all"), percent(found.within, locale())],
  ];
  return (
    <div class={`staffing-result ${busy ? "staffing-old" : ""}`} aria-busy={busy}>
      <dl class="numbers">{facts.map(([label, value]) => <div key={label} class="card number"><dt>{label}</dt><dd class="tabular">{value}</dd></div>)}</dl>
      <section class="card">
        <header class="chart-head"><h2>{t("console-staffing-chart-agents")}</h2><p class="chart-key"><span class="key-main" />{t("console-staffing-agents")}<span class="key-around" />{t("console-staffing-scheduled")}</p></header>
        <Bars label={t("console-staffing-chart-agents")} marked={marked} onMark={setMarked}
          columns={halves.map((each, at) => ({ name: name(at), value: each.agents, around: each.scheduled, text: t("console-staffing-column", { at: each.starts, agents: each.agents, share: percent(each.expected.within, locale()) }) }))} />
        <header class="chart-head"><h2>{t("console-staffing-chart-arrivals")}</h2></header>
        <Bars tone="quiet" height={88} label={t("console-staffing-chart-arrivals")} marked={marked} onMark={setMarked}
          columns={halves.map((each, at) => ({ name: name(at), value: each.arrivals, text: `${each.starts} ${number(each.arrivals)}` }))} />
        <p class="chart-says" aria-live="polite">{half ? t("console-staffing-says", {
          at: half.starts, arrivals: number(half.arrivals), agents: half.agents, share: percent(half.expected.within, locale()), less: half.one_less ? percent(half.one_less.within, locale()) : "–",
        }) : t("console-staffing-point")}</p>
      </section>
      <div class="card table-card" role="region" aria-label={t("console-staffing-title")} tabIndex={0}>
        <table class="figures">
          <thead><tr>{["from", "come", "agents", "scheduled", "in-target", "one-less", "mean-wait", "gives-up", "busy"].map((each) => <th key={each} scope="col">{t(`console-staffing-col-${each}`)}</th>)}</tr></thead>
          <tbody>
            {halves.map((each, at) => (
              <tr key={at} class={marked === at ? "figures-marked" : ""} onPointerEnter={() => setMarked(at)}>
                <th scope="row">{each.starts}</th><td>{number(each.arrivals)}</td><td><strong>{each.agents}</strong></td><td>{each.scheduled}</td><td>{percent(each.expected.within, locale())}</td>
                <td>{each.one_less ? percent(each.one_less.within, locale()) : "–"}</td><td>{wait(each.expected)}</td><td>{percent(each.expected.abandoned, locale())}</td><td>{percent(each.expected.occupancy, locale())}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

export function StaffingPage(): JSX.Element {
  const [form, setForm] = useState<Form>(keptForm);
  const [found, setFound] = useState<Staffing | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const { arrivals, wrong } = readArrivals(form.text);
  const set = (change: Partial<Form>): void => setForm((old) => ({ ...old, ...change }));
  useEffect(() => {
    keep(KEPT, JSON.stringify(form));
    if (wrong || !arrivals.length) return;
    let over = false;
    const timer = setTimeout(() => {
      setBusy(true);
      api.post<Staffing>("/api/routing/staffing", askOf(form, arrivals)).then(
        (next) => { if (!over) { setFound(next); setError(null); setBusy(false); } },
        (fault: ApiError) => { if (!over) { setError(fault); setBusy(false); } },
      );
    }, PAUSE);
    return () => { over = true; clearTimeout(timer); };
  }, [JSON.stringify(form)]);
  const submission: Submission = { busy, error, run: async () => false, clear: () => setError(null) };
  return (
    <>
      <PageHead title={t("console-staffing-title")} />
      <p class="admin-lead">{t("console-staffing-lead")}</p>
      <div class="staffing">
        <Inputs form={form} set={set} submission={submission} wrong={wrong} />
        {found ? <Result found={found} busy={busy || error !== null} /> : error ? <Empty icon="alert" title={t("console-staffing-none")} /> : <Skeleton rows={5} kind="line" />}
      </div>
    </>
  );
}

