/** Articles in and out: a file is tried first, and says what it would do; then it is brought in, whole or not at all. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Imported, Importing } from "../../wire.ts";
import { api } from "../data/api.ts";
import { language as mine, t } from "../data/i18n.ts";
import { Button } from "../ui/basic.tsx";
import { Field, FormError, SelectField, TextField, useSubmission } from "../ui/form.tsx";
import { Icon } from "../ui/icons.tsx";
import { PageHead } from "../ui/page.tsx";

const FORMS = ["", "markdown", "html", "zendesk"];
const KINDS = ["created", "languages_added", "drafts_added", "as_drafts", "unchanged", "added", "kept", "left_out"] as const;
const LOOK_EVERY = 1000;

/** How far the server has come; a large import takes minutes. */
function Progress(): JSX.Element {
  const [at, setAt] = useState<Importing | null>(null);
  useEffect(() => {
    const look = (): void => { void api.get<Importing>("/api/knowledge/imports").then(setAt, () => undefined); };
    const timer = setInterval(look, LOOK_EVERY);
    return () => clearInterval(timer);
  }, []);
  const step = at && at.step !== "none" ? at.step : "receiving";
  return <p class="transfer-help" role="status">{t(`console-transfer-step-${step}`, { count: at?.articles ?? 0 })}</p>;
}

function Outcome({ found, trial }: { found: Imported; trial: boolean }): JSX.Element {
  const some = KINDS.filter((kind) => found[kind].count > 0);
  const changes = found.created.count + found.languages_added.count + found.drafts_added.count + found.added.count;
  return (
    <section class="card transfer-outcome" aria-live="polite">
      <h2>{t(trial ? "console-transfer-would" : "console-transfer-done")}</h2>
      {changes === 0 ? <p>{t("console-transfer-nothing")}</p> : null}
      <dl>
        {some.map((kind) => (
          <div key={kind}>
            <dt>{t(`console-transfer-${kind.replaceAll("_", "-")}`, { count: found[kind].count })}</dt>
            <dd>{found[kind].names.join(", ")}{found[kind].count > found[kind].names.length ? " …" : ""}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

export function TransferPage(): JSX.Element {
  const [file, setFile] = useState<File | null>(null);
  const [form, setForm] = useState("");
  const [language, setLanguage] = useState("");
  const [tried, setTried] = useState<Imported | null>(null);
  const [done, setDone] = useState<Imported | null>(null);
  const submission = useSubmission();
  const forget = (): void => { setTried(null); setDone(null); submission.clear(); };
  const send = (trial: boolean): Promise<boolean> => submission.run(async () => {
    if (!file) return;
    const found = await api.bring<Imported>(file, { name: file.name, form, language: language.trim(), trial: trial ? 1 : null });
    setTried(trial ? found : null);
    setDone(trial ? null : found);
  });
  return (
    <>
      <PageHead title={t("console-knowledge-transfer")} />
      <p class="admin-lead">{t("console-transfer-lead")}</p>
      <form class="form card" onSubmit={(event) => { event.preventDefault(); void send(tried === null); }}>
        <FormError submission={submission} fields={["form", "language"]} />
        <Field label={t("console-transfer-file")} name="body" help={t("console-transfer-file-help")}>
          {(wired) => <input class="input" type="file" accept=".zip,.md,.markdown,.html,.htm,.json" {...wired} onChange={(event) => { setFile(event.currentTarget.files?.[0] ?? null); forget(); }} />}
        </Field>
        <div class="fields">
          <SelectField label={t("console-transfer-form")} name="form" value={form} onValue={(value) => { setForm(value); forget(); }} submission={submission}
            options={FORMS.map((value) => ({ value, text: t(`console-transfer-form-${value || "any"}`) }))} />
          <TextField label={t("console-transfer-language")} name="language" value={language} onValue={(value) => { setLanguage(value); forget(); }} submission={submission} help={t("console-transfer-language-help")} placeholder={mine.value} />
        </div>
        <div class="form-foot">
          <Button type="submit" look={tried ? "primary" : "plain"} busy={submission.busy} disabled={!file || done !== null}>{t(tried ? "console-transfer-bring" : "console-transfer-try")}</Button>
        </div>
      </form>
      {submission.busy ? <Progress /> : null}
      {tried ? <Outcome found={tried} trial /> : null}
      {done ? <Outcome found={done} trial={false} /> : null}
      <section class="card transfer-out">
        <h2>{t("console-transfer-out")}</h2>
        <p class="transfer-help">{t("console-transfer-out-help")}</p>
        <a class="button button-plain button-medium" href="/api/knowledge/export" download><Icon name="download" /><span class="button-text">{t("console-transfer-export")}</span></a>
      </section>
    </>
  );
}
