/** What is wrong with the rules, and work that nobody could ever take: a banner over the rules and on the status page. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { NobodyServes, RuleProblem } from "../../wire.ts";
import { hasText, locale, t } from "../data/i18n.ts";
import { nobody } from "../data/nobody.ts";
import { href } from "../data/router.ts";
import { may } from "../data/session.ts";
import { Notice } from "../ui/basic.tsx";
import { Time } from "../ui/time.tsx";
import { checks, loadChecks, rules } from "./store.ts";

const EVERY_MS = 30_000;

function listed(words: string[]): string {
  return new Intl.ListFormat(locale(), { type: "conjunction", style: "long" }).format(words);
}

function nameOfRule(id: string): string {
  return rules.items.value.find((rule) => rule.id === id)?.name ?? id;
}

/** Why a rule does nothing, in words. */
export function problemText({ code, by, field, detail }: RuleProblem): string {
  const names = listed(by.map((id) => t("console-quoted", { text: nameOfRule(id) })));
  const what = field?.split(/[.[\]]+/u).filter((part) => part && Number.isNaN(Number(part))).at(-1)?.replaceAll("_", "-") ?? "";
  if (code === "missing") return t(hasText(`console-check-missing-${what}`) ? `console-check-missing-${what}` : "console-check-missing");
  return t(code === "unreachable" && by.length === 0 ? "console-check-unreachable-alone" : `console-check-${code}`, { rules: names, count: by.length, detail });
}

function lackText({ name, level, best }: NobodyServes["lacking"][number]): string {
  return t("console-check-lacks", { skill: name, level, best });
}

function nobodyText({ lacking, members, excluded, queue_name, name }: NobodyServes): string {
  const queue = queue_name || name;
  if (queue_name === null && lacking.length) return t("console-check-lacking-anywhere", { skills: listed(lacking.map(lackText)) });
  if (members === 0) return t("console-check-no-members", { queue });
  if (lacking.length === 0 && excluded > 0) return queue_name === null ? t("console-check-excluded-anywhere") : t("console-check-excluded", { queue });
  if (lacking.length === 0) return t("console-check-nobody", { queue });
  return t("console-check-lacking", { queue, skills: listed(lacking.map(lackText)) });
}

/** Where to mend it. */
function mend({ source, queue }: NobodyServes): { path: string; text: string } {
  const [kind, id] = source.split(":");
  if (kind === "rule") return { path: `/admin/rules/${id}`, text: "console-check-open-rule" };
  if (kind === "conversation") return { path: `/inbox/all/${id}`, text: "console-check-open-conversation" };
  return { path: queue ? "/admin/queues" : "/admin/people", text: "console-check-open-queue" };
}

export function NobodyBanner(): JSX.Element | null {
  const list = nobody.value;
  if (list.length === 0) return null;
  return (
    <Notice tone="bad">
      <strong>{t("console-check-nobody-title", { count: list.length })}</strong>
      <ul class="nobody">
        {list.map((each) => {
          const { path, text } = mend(each);
          return <li key={each.source}>{each.source.startsWith("queue:") ? "" : `${each.name}: `}{nobodyText(each)}{each.since ? <> {t("console-check-since")} <Time at={each.since} /></> : null} <a href={href(path)}>{t(text)}</a></li>;
        })}
      </ul>
    </Notice>
  );
}

function ProblemsNotice(): JSX.Element | null {
  const list = checks.value?.rules ?? [];
  if (list.length === 0) return null;
  return <Notice tone="warn" action={<a href={href("/admin/rules")}>{t("console-check-open-rules")}</a>}>{t("console-check-rules", { count: new Set(list.map((each) => each.rule)).size })}</Notice>;
}

/** For the status page: looks again from time to time. */
export function RoutingChecksCard(): JSX.Element | null {
  useEffect(() => {
    if (!may("supervise")) return;
    const look = (): void => void loadChecks().catch(() => undefined);
    look();
    const timer = setInterval(look, EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  if (!nobody.value.length && !checks.value?.rules.length) return null;
  return <div class="checks-banner"><NobodyBanner /><ProblemsNotice /></div>;
}
