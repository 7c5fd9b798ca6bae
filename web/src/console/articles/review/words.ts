/** The words for stages and steps, and what a schedule's fields mean. Pure but for the texts. */
import type { Review, ReviewStep, Scheduling, StageName } from "../../../wire.ts";
import { fullTime } from "../../data/format.ts";
import { locale, t } from "../../data/i18n.ts";
import type { Tone } from "../../ui/basic.tsx";

export type Shown = StageName | "published" | "archived";
export const TONES: Record<Shown, Tone> = {
  draft: "neutral", in_review: "accent", changes_requested: "warn", approved: "good", scheduled: "accent", published: "good", archived: "neutral",
};
/** The way of a revision; those aside of it belong to one of these. */
export const WAY = ["draft", "in_review", "approved", "published"] as const;

export function shownStage(review: Review): Shown {
  if (review.archived) return "archived";
  return review.shown === review.revision ? "published" : review.stage;
}

/** How far along the way: the index in `WAY`. */
export function reached(stage: Shown): number {
  if (stage === "published") return 3;
  if (stage === "approved" || stage === "scheduled") return 2;
  return stage === "in_review" || stage === "changes_requested" ? 1 : 0;
}

export function stageText(stage: Shown): string {
  return t(`console-stage-${stage.replaceAll("_", "-")}`);
}

/** One line that says what is asked of whom. */
export function standing(review: Review): string {
  const stage = shownStage(review);
  const at = review.publish_at ? fullTime(new Date(review.publish_at), locale()) : "";
  const values = {
    author: review.author?.name ?? "", reviewer: review.reviewer?.name ?? "", asked: review.asked_by?.name ?? "", decided: review.decided_by?.name ?? "", at,
  };
  const named = stage === "in_review" && review.reviewer ? "in-review-named" : stage.replaceAll("_", "-");
  return t(`console-standing-${named}`, values);
}

export function stepText(step: ReviewStep): string {
  const due = step.due_at ? fullTime(new Date(step.due_at), locale()) : "";
  const name = step.step === "ask" && step.asked ? "ask-named" : step.step === "unpublish_at" && !due ? "unpublish-never" : step.step.replaceAll("_", "-");
  return t(`console-step-${name}`, { by: step.by?.name ?? t("console-step-nobody"), asked: step.asked?.name ?? "", due, revision: step.revision });
}

/** The zone that this person's clock shows, such as Europe/Berlin. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** What a field of a local time means, as the server wants it; null where nothing is in it. */
export function momentOf(local: string): string | null {
  const at = new Date(local);
  return local && !Number.isNaN(at.getTime()) ? at.toISOString() : null;
}

/** What is asked of the server; an end that nobody touched (undefined) is not named, so that what is planned stays. */
export function scheduling(version: number, from: string, until: string | undefined, note: string): Scheduling {
  return { version, publish_at: momentOf(from) ?? "", ...(until === undefined ? {} : { unpublish_at: momentOf(until) }), note };
}

/** When what readers see now is unpublished, where that is before `from`. */
export function endBefore(review: Review, from: string): string | null {
  const end = review.publish_at ? review.gap_from : review.shown === null ? null : review.unpublish_at;
  const begin = momentOf(from);
  return end && begin && Date.parse(end) < Date.parse(begin) ? end : null;
}
