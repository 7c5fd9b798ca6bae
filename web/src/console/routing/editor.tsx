/** One rule: the sentence it means, its conditions, what it gives, and a trial on the past before it is saved. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { RoutingRule } from "../../wire.ts";
import { ApiError, api } from "../data/api.ts";
import { t } from "../data/i18n.ts";
import { go, guardLeaving, href } from "../data/router.ts";
import { Button, Notice, Skeleton } from "../ui/basic.tsx";
import { CheckField, TextField, useSubmission, type Submission } from "../ui/form.tsx";
import { Icon } from "../ui/icons.tsx";
import { NewerOrError } from "../ui/newer.tsx";
import { PageHead } from "../ui/page.tsx";
import { say } from "../ui/toast.tsx";
import { problemText } from "./checks.tsx";
import { GroupEditor } from "./conditions.tsx";
import { DryRunPanel } from "./dry-run.tsx";
import { GivesEditor } from "./gives.tsx";
import { needEverything } from "./labels.ts";
import { askOf, formOf, spoken, unfinished, withForm, type RuleForm } from "./model.ts";
import { load, PATH, problemsOf, rules, shown } from "./store.ts";
import { ruleText } from "./words.ts";

const FIELDS = ["name", "when", "gives", "enabled", "go_on"];
const LIST = href("/admin/rules");

/** What the server could not tell from a wish: a condition on a value that has none. */
function checked(form: RuleForm): void {
  const path = unfinished(form.when);
  if (path) throw new ApiError(422, "invalid", `${path}.any_of`, "array of length >= 1", "");
}

/** Brings the first field that was refused into view, and the keyboard with it. */
function useShowWrong(submission: Submission, root: { current: HTMLElement | null }): void {
  useEffect(() => {
    if (!submission.error) return;
    root.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [submission.error]);
}

function Editor({ rule }: { rule: RoutingRule | null }): JSX.Element {
  const [form, setForm] = useState<RuleForm>(() => formOf(rule));
  const [sure, setSure] = useState(false);
  const submission = useSubmission();
  const element = useRef<HTMLFormElement>(null);
  const first = useRef(JSON.stringify(askOf(form)));
  const leave = useRef(false);
  useShowWrong(submission, element);
  const dirty = (): boolean => !leave.current && JSON.stringify(askOf(latest.current)) !== first.current;
  const latest = useRef(form);
  latest.current = form;
  useEffect(() => guardLeaving(() => !dirty() || confirm(t("console-rule-leave"))), []);
  const set = (change: Partial<RuleForm>): void => setForm((old) => ({ ...old, ...change }));
  const finish = async (work: () => Promise<unknown>, text: string): Promise<void> => {
    if (!(await submission.run(async () => { await work(); await load(); }))) return;
    leave.current = true;
    say(text);
    go(LIST);
  };
  const save = (): Promise<void> => finish(async () => {
    checked(form);
    await (form.id ? api.put(`${PATH}/${form.id}`, askOf(form)) : api.post(PATH, askOf(form)));
  }, t("console-saved"));
  const remove = (): void => {
    if (!sure) return setSure(true);
    void finish(() => api.remove(`${PATH}/${form.id}`), t("console-removed"));
  };
  const anew = async (): Promise<void> => {
    await load();
    const now = rules.items.value.find((each) => each.id === form.id);
    if (now) return setForm(formOf(now));
    leave.current = true;
    say(t("error-not-found"), "bad");
    go(LIST);
  };
  const tried = withForm(shown.value, form, t("console-rule-new"));
  const problems = rule ? problemsOf(rule.id) : [];
  return (
    <>
      <a class="rule-back" href={LIST}><Icon name="back" size={16} />{t("console-rule-title")}</a>
      <PageHead title={rule ? rule.name : t("console-rule-new")} />
      <form class="form rule-form" ref={element} noValidate onSubmit={(event) => { event.preventDefault(); void save(); }}>
        <p class="means" aria-live="polite">{ruleText({ ...form, when: spoken(form.when) })}</p>
        {problems.map((each, at) => <Notice key={at} tone={each.code === "unreachable" ? "warn" : "bad"}>{problemText(each)}</Notice>)}
        <section class="card form">
          <TextField label={t("console-name-thing")} name="name" value={form.name} onValue={(name) => set({ name })} submission={submission} required autofocus />
          <CheckField label={t("console-rule-enabled")} checked={form.enabled} onValue={(enabled) => set({ enabled })} />
        </section>
        <section class="card form">
          <h2 class="rule-part">{t("console-rule-when")}</h2>
          <GroupEditor node={form.when} path="when" onNode={(when) => { submission.clear(); set({ when }); }} submission={submission} />
        </section>
        <section class="card form">
          <h2 class="rule-part">{t("console-rule-then")}</h2>
          <GivesEditor gives={form.gives} onGives={(gives) => set({ gives })} submission={submission} />
          <CheckField label={t("console-rule-go-on")} help={t("console-rule-go-on-help")} checked={form.go_on} onValue={(go_on) => set({ go_on })} />
        </section>
        <NewerOrError submission={submission} fields={FIELDS} form={form} set={(typed) => setForm((now) => ({ ...typed, version: now.version }))} load={anew} />
        <DryRunPanel rules={tried} check={() => checked(form)} own={tried.findIndex((each) => each.id === form.id)} submission={submission} />
        <footer class="rule-foot">
          {rule ? <Button class="push" look={sure ? "danger" : "quiet"} icon="trash" onClick={remove}>{t(sure ? "console-remove-sure" : "console-remove-do")}</Button> : null}
          <Button onClick={() => go(LIST)}>{t("console-cancel")}</Button><Button type="submit" look="primary" busy={submission.busy}>{t("console-save")}</Button>
        </footer>
      </form>
    </>
  );
}

export function RulePage({ id }: { id: string }): JSX.Element {
  needEverything();
  const [ready, setReady] = useState(rules.items.value.length > 0);
  useEffect(() => void load().finally(() => setReady(true)), []);
  const rule = rules.items.value.find((each) => each.id === id) ?? null;
  if (id !== "new" && !rule) return !ready ? <Skeleton rows={4} kind="line" /> : <Notice tone="bad" action={<a href={LIST}>{t("console-rule-title")}</a>}>{t("error-not-found")}</Notice>;
  return <Editor key={id} rule={rule} />;
}
