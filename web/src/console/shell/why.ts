/** Why an agent was asked, in words: what decided, what it was measured by, and why not the others. */
import type { Candidate, Reason, Rival } from "../../wire.ts";
import { length, percent } from "../data/format.ts";
import { hasText, locale, t } from "../data/i18n.ts";
import { nameOf, skills } from "../data/resource.ts";
import { me } from "../data/session.ts";

/** Policies whose index is a number of seconds. */
const IN_SECONDS = new Set(["earliest_deadline", "ageing", "first_come"]);

/** Reasons for one of several agents; who became free and chose among conversations was not measured against others. */
const MEASURED = new Set(["only_one", "least_cost", "least_loaded", "longest_idle"]);

export function skillsText(held: Record<string, number>): string {
  skills.need();
  return Object.entries(held).filter(([, level]) => level > 0).map(([skill, level]) => `${nameOf(skills, skill) || skill} ${level}`).join(", ");
}

/** What decided; about the reader, or by name about somebody else. */
function decided(reason: Reason): string {
  const picked = reason.trigger === "agent" && reason.competed > 1 && MEASURED.has(reason.code);
  const name = picked ? "console-why-picked" : `console-why-${reason.code.replaceAll("_", "-")}`;
  if (reason.text || !hasText(name)) return reason.text || reason.code.replaceAll("_", " ");
  const chosen = reason.candidates[0];
  const own = !chosen || chosen.agent === me.value?.id;
  return t(name, { who: own ? "you" : "other", name: chosen?.name ?? "", by: reason.by ?? "", after: reason.after ?? "" });
}

export function reasonText(reason: Reason): string {
  const words = decided(reason);
  const counted = skillsText(reason.candidates[0]?.skills ?? {});
  return counted ? `${words} (${t("console-why-skills", { skills: counted })})` : words;
}

function time(seconds: number): string {
  return length(Math.abs(seconds), locale());
}

function overriddenText(what: string): string {
  const [kind, skill] = what.split(":");
  return kind === "skill" && skill ? t("console-why-lacks-skill", { skill: nameOf(skills, skill) || skill }) : t(`console-why-lacks-${kind}`);
}

/** The circumstances, a sentence each. */
export function factsOf(reason: Reason): string[] {
  const found: string[] = [];
  const asked = skillsText(reason.asked);
  if (reason.rivals[0]?.phase === "guarded") found.push(t("console-why-guard"));
  if (reason.by_name) found.push(t("console-why-by-name"));
  if (asked) found.push(t("console-why-asked", { skills: asked }));
  if (reason.steps && reason.step !== null) found.push(t("console-why-step", { step: reason.step + 1, steps: reason.steps }));
  if (reason.waited_s !== null) found.push(t("console-why-waited", { time: time(reason.waited_s) }));
  if (reason.due_s !== null) found.push(t(reason.due_s >= 0 ? "console-why-due" : "console-why-overdue", { time: time(reason.due_s) }));
  if (reason.overridden.length) found.push(t("console-why-overridden", { what: reason.overridden.map(overriddenText).join(", ") }));
  return found;
}

/** Why it went to the first and not to this one; the first test that differs is the one that decided. */
export function whyNot(reason: Reason, each: Candidate): string {
  const first = reason.candidates[0]!;
  if (reason.trigger === "agent") return t("console-why-not-turn");
  if (each.declined && !first.declined) return t("console-why-not-declined");
  if (first.previous && !each.previous) return t("console-why-not-previous");
  const costs = reason.choice === "least_cost" && each.cost_s !== null && first.cost_s !== null ? each.cost_s - first.cost_s : 0;
  if (costs > 0) return t("console-why-not-cost", { time: time(Math.max(1, costs)) });
  if (reason.choice !== "longest_idle" && each.index > first.index) return t("console-why-not-load", { share: percent(each.index, locale()) });
  const less = (first.idle_s ?? 0) - (each.idle_s ?? 0);
  return less > 0 ? t("console-why-not-idle", { time: time(less) }) : t("console-why-not-later");
}

export function indexText(rival: Rival): string {
  if (!IN_SECONDS.has(rival.policy)) return new Intl.NumberFormat(locale(), { maximumSignificantDigits: 3 }).format(rival.index);
  return `${rival.index < 0 ? "−" : ""}${time(rival.index)}`;
}

/** How a conversation stood at that moment. */
export function standing(rival: Rival): string {
  const left = t(rival.slack_s >= 0 ? "console-why-rival-due" : "console-why-rival-late", { time: time(rival.slack_s) });
  const phase = rival.phase === "guarded" ? `${t("console-why-rival-guarded")} · ` : "";
  return `${phase}${left} · ${t("console-why-rival-waited", { time: time(rival.waited_s) })} · ${rival.queue}`;
}
