/** Why an agent was asked, in words: the words for the code, and the skills that counted. */
import type { Reason } from "../../wire.ts";
import { hasText, t } from "../data/i18n.ts";
import { nameOf, skills } from "../data/resource.ts";

export function skillsText(held: Record<string, number>): string {
  skills.need();
  return Object.entries(held).map(([skill, level]) => `${nameOf(skills, skill) || skill} ${level}`).join(", ");
}

export function reasonText(reason: Reason): string {
  const key = `console-why-${reason.code.replaceAll("_", "-")}`;
  const words = reason.text || (hasText(key) ? t(key) : reason.code.replaceAll("_", " "));
  const counted = skillsText(reason.candidates[0]?.skills ?? {});
  return counted ? `${words} (${t("console-why-skills", { skills: counted })})` : words;
}
