/** Where the newest revision stands, what is asked of whom, and what can be done. */
import type { JSX } from "preact";
import type { Review } from "../../../wire.ts";
import { fullTime } from "../../data/format.ts";
import { locale, t } from "../../data/i18n.ts";
import { Chip, Notice } from "../../ui/basic.tsx";
import { Icon } from "../../ui/icons.tsx";
import { Deeds } from "./actions.tsx";
import type { Reviewing } from "./store.ts";
import { reached, shownStage, stageText, standing, TONES, WAY } from "./words.ts";

function Way({ review }: { review: Review }): JSX.Element {
  const at = reached(shownStage(review));
  return (
    <ol class="way" aria-label={t("console-review-way")}>
      {WAY.map((stage, index) => {
        const how = index < at || at === 3 ? "done" : index === at ? "now" : "later";
        return <li key={stage} class={`way-${how}`} aria-current={index === at ? "step" : undefined}><span class="way-mark">{how === "done" ? <Icon name="check" size={13} /> : index + 1}</span><span>{stageText(stage === "approved" && review.stage === "scheduled" ? "scheduled" : stage)}</span></li>;
      })}
    </ol>
  );
}

export function Standing({ id, review, reviewing }: { id: string; review: Review; reviewing: Reviewing }): JSX.Element {
  const stage = shownStage(review);
  const asking = review.history.find((each) => each.revision === review.revision && (each.step === "ask" || each.step === "approve" || each.step === "request_changes"));
  return (
    <section class="standing" aria-label={t("console-review-standing")}>
      <p class="standing-head"><Chip tone={TONES[stage]}>{stageText(stage)}</Chip><span class="standing-number">{t("console-revision", { number: review.revision })}</span></p>
      {review.archived ? null : <Way review={review} />}
      <p class="standing-words">{standing(review)}</p>
      {asking?.note && stage !== "published" && stage !== "draft" ? <blockquote class="standing-note"><p>{asking.note}</p><footer>{asking.by?.name}</footer></blockquote> : null}
      {review.shown !== null && review.shown !== review.revision ? <p class="standing-more">{t("console-review-shown", { revision: review.shown })}</p> : null}
      {review.gap_from ? <p class="standing-more">{t("console-review-gap", { at: fullTime(new Date(review.gap_from), locale()) })}</p> : null}
      {review.unpublish_at ? <p class="standing-more">{t("console-review-until", { at: fullTime(new Date(review.unpublish_at), locale()) })}</p> : null}
      {review.review_required && stage === "draft" ? <Notice tone="accent">{t("console-review-required")}</Notice> : null}
      <Deeds id={id} review={review} reviewing={reviewing} />
    </section>
  );
}
