/** Simulations: what would other rules have made of last week, or of a made-up contact center? */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { PolicyName, Simulation, SimulationAsk, SimulationChoices } from "../../wire.ts";
import { locale, t } from "../data/i18n.ts";
import { percent } from "../data/format.ts";
import { Button, Chip, Empty, IconButton, Notice, Skeleton, type Tone } from "../ui/basic.tsx";
import { CheckField, Field, FormError, SelectField, TextField, errorText, useSubmission } from "../ui/form.tsx";
import { PageHead } from "../ui/page.tsx";
import { Time } from "../ui/time.tsx";
import { attempt } from "../ui/toast.tsx";
import { Result, policyName } from "./result.tsx";
import { begin, remove, useSimulation, useSimulations } from "./simulations.ts";

type Policy = PolicyName | "current";
const POLICIES: PolicyName[] = ["index", "earliest_deadline", "strict", "ageing", "first_come", "cmu"];
const FIELDS = ["past_days", "sample", "scenario", "policies", "seeds", "hours", "name"];
const TONES: Record<string, Tone> = { done: "good", failed: "bad", running: "accent" };
const PAST = "past:";
const OWN = "own";

interface Form { source: string; policies: Policy[]; seeds: string; scenario: Record<string, unknown> | null; file: string }

function askOf(form: Form): SimulationAsk {
  const shared = { policies: form.policies.map((policy) => ({ policy })), name: form.source === OWN ? form.file.slice(0, 200) : "" };
  if (form.source.startsWith(PAST)) return { ...shared, past_days: Number(form.source.slice(PAST.length)) };
  const seeds = Number(form.seeds) || 1;
  return form.source === OWN ? { ...shared, seeds, scenario: form.scenario ?? {} } : { ...shared, seeds, sample: form.source };
}

function Begin({ choices, running, onBegun }: { choices: SimulationChoices; running: boolean; onBegun: (id: string) => void }): JSX.Element {
  const [form, setForm] = useState<Form>({ source: `${PAST}7`, policies: ["current", "index", "first_come"], seeds: "5", scenario: null, file: "" });
  const [unread, setUnread] = useState(false);
  const submission = useSubmission();
  const set = (change: Partial<Form>): void => setForm((old) => ({ ...old, ...change }));
  const past = form.source.startsWith(PAST);
  const days = [1, 7, 14, 28].filter((each) => each <= choices.past_days);
  const offered: Policy[] = past ? ["current", ...POLICIES] : POLICIES;
  const chosen = form.policies.filter((each) => offered.includes(each));
  const toggle = (policy: Policy): void => set({ policies: form.policies.includes(policy) ? form.policies.filter((each) => each !== policy) : [...form.policies, policy] });
  const read = (file: File | undefined): void => {
    if (!file) return;
    file.text().then((text) => { set({ scenario: JSON.parse(text) as Record<string, unknown>, file: file.name }); setUnread(false); }).catch(() => setUnread(true));
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    void submission.run(async () => onBegun((await begin(askOf({ ...form, policies: chosen }))).simulation.id));
  };
  const options = [
    ...days.map((each) => ({ value: `${PAST}${each}`, text: t("console-simulation-past", { days: each }) })),
    ...choices.samples.map((each) => ({ value: each, text: t(`console-simulation-sample-${each}`) })),
    { value: OWN, text: t("console-simulation-own") },
  ];
  const about = past ? t("console-simulation-past-help") : form.source === OWN ? t("console-simulation-own-help") : t(`console-simulation-about-${form.source}`);
  return (
    <form class="form card" onSubmit={submit}>
      <FormError submission={submission} fields={FIELDS} />
      <div class="simulation-what">
        <SelectField label={t("console-simulation-traffic")} name="past_days" value={form.source} onValue={(source) => set({ source })} options={options} submission={submission} help={about} />
        {past ? null : <TextField label={t("console-simulation-seeds")} name="seeds" type="number" min={1} max={choices.seeds} value={form.seeds} onValue={(seeds) => set({ seeds })} submission={submission} help={t("console-simulation-seeds-help")} />}
      </div>
      {form.source === OWN ? (
        <Field label={t("console-simulation-file")} name="scenario" submission={submission} help={unread ? <span class="field-error" role="alert">{t("console-simulation-unread")}</span> : form.file || undefined}>
          {(wired) => <input class="input" type="file" accept="application/json,.json" {...wired} onChange={(event) => read(event.currentTarget.files?.[0])} />}
        </Field>
      ) : null}
      <fieldset class="fieldset">
        <legend>{t("console-simulation-compare")}</legend>
        <div class="simulation-policies">{offered.map((each) => <CheckField key={each} label={policyName(each)} help={t(`console-policy-${each.replaceAll("_", "-")}-help`)} checked={chosen.includes(each)} onValue={() => toggle(each)} />)}</div>
        {submission.error?.field?.startsWith("policies") ? <p class="field-error" role="alert">{errorText(submission.error)}</p> : null}
      </fieldset>
      <p class="simulation-go">
        <Button type="submit" look="primary" icon="pulse" busy={submission.busy} disabled={running || chosen.length === 0 || (form.source === OWN && !form.scenario)}>{t("console-simulation-begin")}</Button>
        {running ? <small>{t("console-simulation-one-at-a-time")}</small> : null}
      </p>
    </form>
  );
}

function what(each: Simulation): string {
  if (each.past_days) return t("console-simulation-past", { days: each.past_days });
  return each.sample ? t(`console-simulation-sample-${each.sample}`) : each.name || t("console-simulation-own");
}

function Line({ each, open, onOpen, reload }: { each: Simulation; open: boolean; onOpen: () => void; reload: () => void }): JSX.Element {
  const forget = (): void => void attempt(() => remove(each.id)).then(reload);
  return (
    <li class={`thing simulation ${open ? "simulation-open" : ""}`}>
      <div class="simulation-line">
        <button type="button" class="thing-open" aria-expanded={open} onClick={onOpen}>
          <strong class="thing-name" dir="auto">{what(each)}</strong>
          <span class="thing-chips"><Chip tone={TONES[each.state] ?? "neutral"}>{each.state === "running" ? percent(each.progress, locale()) : t(`console-simulation-state-${each.state}`)}</Chip>{each.policies.map((policy) => <Chip key={policy}>{policyName(policy)}</Chip>)}</span>
          <span class="thing-more">{each.by ? <bdi>{each.by} · </bdi> : null}<Time at={each.created_at} /></span>
        </button>
        <IconButton icon={each.state === "running" ? "close" : "trash"} size="small" label={t(each.state === "running" ? "console-simulation-stop" : "console-simulation-forget")} onClick={forget} />
      </div>
      {each.state === "running" ? <progress class="simulation-progress" max={1} value={each.progress} aria-label={t("console-simulation-progress")} /> : null}
      {each.error ? <p class="simulation-error">{t(`console-simulation-error-${each.error}`)}{each.detail ? ` (${each.detail})` : ""}</p> : null}
    </li>
  );
}

export function SimulationPage(): JSX.Element {
  const { list, error, load } = useSimulations();
  const [open, setOpen] = useState<string | null>(null);
  const items = list?.items ?? [];
  const shown = open ?? items.find((each) => each.state === "done")?.id ?? null;
  const detail = useSimulation(shown, items.find((each) => each.id === shown)?.state);
  if (!list) return <><PageHead title={t("console-simulation-title")} />{error ? <Empty icon="alert" title={t("error-list")} action={<Button onClick={load}>{t("console-try-again")}</Button>}>{errorText(error)}</Empty> : <Skeleton rows={5} kind="line" />}</>;
  return (
    <>
      <PageHead title={t("console-simulation-title")} />
      <p class="admin-lead">{t("console-simulation-lead")}</p>
      <div class="staffing">
        {error ? <Notice tone="bad">{errorText(error)}</Notice> : null}
        <Begin choices={list.choices} running={items.some((each) => each.state === "running")} onBegun={(id) => { setOpen(id); load(); }} />
        {items.length ? <ul class="things">{items.map((each) => <Line key={each.id} each={each} open={each.id === shown} onOpen={() => setOpen(each.id)} reload={load} />)}</ul> : null}
        {detail ? <Result detail={detail} /> : null}
      </div>
    </>
  );
}
