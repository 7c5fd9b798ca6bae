/** What is set for measuring the bot: the operator's own figures, and whom each inbox holds out. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { HeldInbox, Measuring, MeasuringAsk } from "../../wire.ts";
import { ApiError, api } from "../data/api.ts";
import { t } from "../data/i18n.ts";
import { channelName } from "../routing/labels.ts";
import { Button, Chip, Empty, Skeleton } from "../ui/basic.tsx";
import { errorText, Field, TextField, useSubmission, type Submission } from "../ui/form.tsx";
import { NewerOrError } from "../ui/newer.tsx";
import { PageHead } from "../ui/page.tsx";
import { say } from "../ui/toast.tsx";

const KINDS = ["widget", "email", "chat", "telegram"];

export interface Form { currency: string; cost: string; by: Record<string, string>; shares: Record<string, string> }

export function formOf(known: Measuring): Form {
  const text = (value: number | null | undefined): string => (value === null || value === undefined ? "" : String(value));
  return {
    currency: known.currency ?? "", cost: text(known.cost), by: Object.fromEntries(Object.entries(known.by_channel).map(([kind, cost]) => [kind, text(cost)])),
    shares: Object.fromEntries(known.inboxes.map((each) => [each.id, String(Math.round(each.share * 1000) / 10)])),
  };
}

/** What is asked of the server; an empty field is no figure. Shares are written in percent. */
export function askOf(form: Form, version: number): MeasuringAsk {
  const by = Object.entries(form.by).filter(([, cost]) => cost.trim() !== "").map(([kind, cost]) => [kind, Number(cost)] as const);
  return {
    currency: form.currency.trim().toUpperCase() || null, cost: form.cost.trim() === "" ? null : Number(form.cost), by_channel: Object.fromEntries(by),
    hold_outs: Object.fromEntries(Object.entries(form.shares).map(([id, share]) => [id, (Number(share) || 0) / 100])), version,
  };
}

interface Part { form: Form; set: (change: Partial<Form>) => void; submission: Submission }

function Costs({ form, set, submission }: Part): JSX.Element {
  return (
    <section class="card">
      <h2 class="card-title">{t("console-measuring-cost")}</h2>
      <p class="card-lead">{t("console-measuring-cost-lead")}</p>
      <div class="fields">
        <TextField label={t("console-measuring-currency")} name="currency" value={form.currency} onValue={(currency) => set({ currency })} submission={submission} placeholder="EUR" help={t("console-measuring-currency-help")} spellcheck={false} />
        <Field label={t("console-measuring-each")} name="cost" submission={submission}>
          {(wired) => <input class="input" type="number" min={0} step="any" {...wired} value={form.cost} onInput={(event) => set({ cost: event.currentTarget.value })} />}
        </Field>
        {KINDS.map((kind) => (
          <Field key={kind} label={t("console-measuring-only", { channel: channelName(kind) })} name={`by_channel.${kind}`} submission={submission}>
            {(wired) => <input class="input" type="number" min={0} step="any" {...wired} value={form.by[kind] ?? ""} placeholder={form.cost} onInput={(event) => set({ by: { ...form.by, [kind]: event.currentTarget.value } })} />}
          </Field>
        ))}
      </div>
    </section>
  );
}

function Share({ inbox, form, set, submission }: Part & { inbox: HeldInbox }): JSX.Element {
  return (
    <li class="measuring-inbox">
      <div><strong>{inbox.name}</strong><small>{channelName(inbox.kind)}</small>{inbox.answers ? null : <Chip tone="warn">{t("console-measuring-silent")}</Chip>}</div>
      <Field label={t("console-measuring-share", { inbox: inbox.name })} hiddenLabel name={`hold_outs.${inbox.id}`} submission={submission}>
        {(wired) => <div class="unit"><input class="input" type="number" min={0} max={50} step={0.5} {...wired} value={form.shares[inbox.id] ?? "0"} onInput={(event) => set({ shares: { ...form.shares, [inbox.id]: event.currentTarget.value } })} /><span>%</span></div>}
      </Field>
    </li>
  );
}

function Settings({ first }: { first: Measuring }): JSX.Element {
  const [known, setKnown] = useState(first);
  const [form, setForm] = useState(() => formOf(first));
  const submission = useSubmission();
  const set = (change: Partial<Form>): void => setForm((old) => ({ ...old, ...change }));
  const take = (next: Measuring): void => { setKnown(next); setForm(formOf(next)); };
  const anew = async (): Promise<void> => take(await api.get<Measuring>("/api/bot/measuring"));
  const save = async (): Promise<void> => {
    await submission.run(async () => {
      take(await api.put<Measuring>("/api/bot/measuring", askOf(form, known.version)));
      say(t("console-saved"));
    });
  };
  return (
    <form class="form outcomes" onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <NewerOrError submission={submission} form={form} set={setForm} load={anew} fields={["currency", "cost", ...KINDS.map((kind) => `by_channel.${kind}`), ...known.inboxes.map((each) => `hold_outs.${each.id}`)]} />
      <Costs {...{ form, set, submission }} />
      <section class="card">
        <h2 class="card-title">{t("console-measuring-hold-out")}</h2>
        <p class="card-lead">{t("console-measuring-hold-out-lead")}</p>
        {known.inboxes.length ? <ul class="measuring-inboxes">{known.inboxes.map((inbox) => <Share key={inbox.id} {...{ inbox, form, set, submission }} />)}</ul> : <p class="section-none">{t("console-measuring-no-inbox")}</p>}
        <p class="field-help">{t("console-measuring-hold-out-help")}</p>
      </section>
      <div><Button look="primary" type="submit" busy={submission.busy}>{t("console-save")}</Button></div>
    </form>
  );
}

export function MeasuringPage(): JSX.Element {
  const [known, setKnown] = useState<Measuring | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const load = (): void => { api.get<Measuring>("/api/bot/measuring").then((found) => { setKnown(found); setError(null); }, setError); };
  useEffect(load, []);
  return (
    <>
      <PageHead title={t("console-bot-page-measuring")} />
      <p class="admin-lead">{t("console-measuring-lead")}</p>
      {known ? <Settings first={known} />
        : error ? <Empty icon="alert" title={t("error-page")} action={<Button icon="refresh" onClick={load}>{t("console-try-again")}</Button>}>{errorText(error)}</Empty> : <Skeleton rows={4} kind="line" />}
    </>
  );
}
