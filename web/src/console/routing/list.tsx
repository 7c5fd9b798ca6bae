/** The rules in the order in which they are asked: moved, switched, and marked where they do nothing. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { RoutingRule } from "../../wire.ts";
import { useActions } from "../data/actions.ts";
import { t } from "../data/i18n.ts";
import { go, guardLeaving, href } from "../data/router.ts";
import { Button, Chip, Empty, Skeleton } from "../ui/basic.tsx";
import { errorText, FormError, useSubmission } from "../ui/form.tsx";
import { PageHead } from "../ui/page.tsx";
import { Sortable } from "../ui/sortable.tsx";
import { say } from "../ui/toast.tsx";
import { NobodyBanner, problemText } from "./checks.tsx";
import { DryRunPanel } from "./dry-run.tsx";
import { needEverything } from "./labels.ts";
import { dryOf } from "./model.ts";
import { changed, forget, load, move, problemsOf, rules, save, shown, turn } from "./store.ts";
import { ruleText } from "./words.ts";

function Row({ rule, at }: { rule: RoutingRule; at: number }): JSX.Element {
  const problems = problemsOf(rule.id);
  return (
    <div class="rule-row">
      <a class="rule-open" href={href(`/admin/rules/${rule.id}`)}>
        <span class="rule-top"><span class="rule-at tabular" aria-hidden="true">{at + 1}</span><strong class="thing-name">{rule.name}</strong>
          {rule.go_on ? <Chip>{t("console-rule-goes-on")}</Chip> : null}
          {[...new Set(problems.map((each) => each.code))].map((code) => <Chip key={code} icon="alert" tone={code === "unreachable" ? "warn" : "bad"}>{t(`console-check-mark-${code}`)}</Chip>)}
        </span>
        <span class="rule-says">{ruleText(rule)}</span>
      </a>
      {problems.map((each, index) => <p key={index} class={`rule-problem ${each.code === "unreachable" ? "" : "rule-problem-bad"}`}>{problemText(each)}</p>)}
    </div>
  );
}

/** What was moved or switched is tried and saved together. */
function Unsaved({ submission, tell }: { submission: ReturnType<typeof useSubmission>; tell: () => void }): JSX.Element | null {
  if (!changed.value) return null;
  return (
    <div class="unsaved" role="region" aria-label={t("console-rule-unsaved")}>
      <p>{t("console-rule-unsaved")}</p>
      <Button onClick={() => { forget(); submission.clear(); }}>{t("console-rule-discard")}</Button>
      <Button look="primary" busy={submission.busy} onClick={() => void submission.run(save).then((done) => { if (done) tell(); })}>{t("console-rule-save-order")}</Button>
    </div>
  );
}

export function RuleList(): JSX.Element {
  const saving = useSubmission();
  const trying = useSubmission();
  useEffect(() => { void load().catch(() => undefined); }, []);
  useEffect(() => guardLeaving(() => !changed.value || confirm(t("console-rule-leave"))), []);
  needEverything();
  const add = (): void => go(href("/admin/rules/new"));
  useActions([{ id: "add-rule", text: "console-rule-add", group: "general", keys: "c", run: add }]);
  const button = <Button look="primary" icon="plus" keys="c" onClick={add}>{t("console-rule-add")}</Button>;
  const list = shown.value;
  return (
    <>
      <PageHead title={t("console-rule-title")}>{list.length ? button : null}</PageHead>
      <p class="admin-lead">{t("console-rule-lead")}</p>
      <div class="rules">
        <NobodyBanner />
        {rules.error.value && !list.length ? <Empty icon="alert" title={t("error-list")} action={<Button onClick={() => void load()}>{t("console-try-again")}</Button>}>{errorText(rules.error.value)}</Empty>
          : rules.loading.value ? <Skeleton rows={4} kind="line" />
          : list.length === 0 ? <Empty icon="fork" title={t("console-rule-none")} action={button}>{t("console-rule-none-help")}</Empty>
          : (
            <>
              <Sortable items={list} label={t("console-rule-title")} nameOf={(rule) => rule.name} onMove={move} rowClass={(rule) => (rule.enabled ? "" : "rule-off")}
                row={(rule, at) => (
                  <>
                    <Row rule={rule} at={at} />
                    <label class="rule-switch"><input type="checkbox" role="switch" checked={rule.enabled} aria-label={t("console-rule-switch", { name: rule.name })} onChange={(event) => turn(rule.id, event.currentTarget.checked)} /></label>
                  </>
                )} />
              <p class="rule-last">{t("console-rule-otherwise")}</p>
              <FormError submission={saving} fields={[]} />
              <Unsaved submission={saving} tell={() => say(t("console-saved"))} />
              <FormError submission={trying} fields={[]} />
              <DryRunPanel rules={list.map(dryOf)} submission={trying} />
            </>
          )}
      </div>
    </>
  );
}
