/** What this person can do now: the next step on the way first, the others beside it. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Review, StepName } from "../../../wire.ts";
import { useActions } from "../../data/actions.ts";
import { api } from "../../data/api.ts";
import { t } from "../../data/i18n.ts";
import { go } from "../../data/router.ts";
import { Button } from "../../ui/basic.tsx";
import type { IconName } from "../../ui/icons.tsx";
import { attempt } from "../../ui/toast.tsx";
import { articleHref, loadArticles } from "../store.ts";
import { ArchiveDialog, AskDialog, DecideDialog, DeleteDialog, EndDialog, PublishDialog, ScheduleDialog } from "./dialogs.tsx";
import type { Reviewing } from "./store.ts";

/** Steps that lead on; the first of them that is allowed stands out. */
const ONWARD: readonly StepName[] = ["approve", "publish", "ask", "bring_back"];
/** In the order of what one most likely came for. */
const DEEDS: { step: StepName; icon: IconName; text: string; danger?: true }[] = [
  { step: "approve", icon: "check", text: "console-review-approve" },
  { step: "request_changes", icon: "reply", text: "console-review-changes" },
  { step: "publish", icon: "send", text: "console-article-publish" },
  { step: "schedule", icon: "clock", text: "console-schedule" },
  { step: "ask", icon: "eye", text: "console-review-ask" },
  { step: "withdraw", icon: "undo", text: "console-review-withdraw" },
  { step: "unschedule", icon: "close", text: "console-unschedule" },
  { step: "bring_back", icon: "undo", text: "console-bring-back" },
  { step: "unpublish_at", icon: "clock", text: "console-end" },
  { step: "unpublish", icon: "ban", text: "console-article-unpublish", danger: true },
  { step: "archive", icon: "file", text: "console-archive", danger: true },
  { step: "delete", icon: "trash", text: "console-article-delete", danger: true },
];

function label(step: StepName, text: string, review: Review): string {
  if (step === "ask" && review.stage === "in_review") return t("console-review-ask-other");
  if (step === "ask" && review.stage === "changes_requested") return t("console-review-ask-again");
  if (step === "schedule" && review.stage === "scheduled") return t("console-schedule-move");
  if (step === "request_changes" && review.approved) return t("console-review-take-back");
  return t(text);
}

export function Deeds({ id, review, reviewing }: { id: string; review: Review; reviewing: Reviewing }): JSX.Element | null {
  const [open, setOpen] = useState<StepName | null>(null);
  const { path, step } = reviewing;
  const may = (name: StepName): boolean => review.steps.includes(name);
  const plainly: Partial<Record<StepName, [() => Promise<Review | void>, string]>> = {
    withdraw: [() => api.post<Review>(`${path}/review/withdraw`, { version: review.version }), "console-review-withdrawn"],
    unschedule: [() => api.remove(`${path}/schedule`, { version: review.version }), "console-unscheduled"],
    bring_back: [async () => { await api.remove(`/api/articles/${id}/archive`, { version: review.article_version }); void loadArticles(); }, "console-brought-back"],
    unpublish: [async () => { await api.post(`${path}/unpublish`, { revision: review.shown, version: review.version }); void loadArticles(); }, "console-article-unpublished"],
  };
  const begin = (name: StepName): void => {
    const plain = plainly[name];
    if (plain) void attempt(() => step(plain[0]), t(plain[1]));
    else setOpen(name);
  };
  useActions([
    { id: "review-ask", text: "console-review-ask", group: "articles", keys: "r a", enabled: () => may("ask"), run: () => setOpen("ask") },
    { id: "review-approve", text: "console-review-approve", group: "articles", keys: "r y", enabled: () => may("approve"), run: () => setOpen("approve") },
    { id: "review-changes", text: "console-review-changes", group: "articles", keys: "r n", enabled: () => may("request_changes"), run: () => setOpen("request_changes") },
    { id: "review-publish", text: "console-article-publish", group: "articles", keys: "r p", enabled: () => may("publish"), run: () => setOpen("publish") },
  ]);
  const allowed = DEEDS.filter((each) => may(each.step));
  const late = (each: (typeof DEEDS)[number]): boolean => review.approved && each.step === "request_changes";
  const deeds = [...allowed.filter((each) => !late(each) && !each.danger), ...allowed.filter(late), ...allowed.filter((each) => each.danger)];
  const onward = ONWARD.find(may);
  const own = { review, reviewing, onClose: () => setOpen(null) };
  const away = (): void => { void loadArticles(); go(articleHref(null)); };
  if (!deeds.length) return null;
  return (
    <div class="deeds">
      {deeds.map((each) => (
        <Button key={each.step} icon={each.icon} look={each.step === onward && review.stage !== "scheduled" ? "primary" : each.danger ? "quiet" : "plain"} onClick={() => begin(each.step)}>{label(each.step, each.text, review)}</Button>
      ))}
      {open === "ask" ? <AskDialog {...own} /> : null}
      {open === "approve" || open === "request_changes" ? <DecideDialog {...own} approved={open === "approve"} /> : null}
      {open === "schedule" ? <ScheduleDialog {...own} /> : null}
      {open === "unpublish_at" ? <EndDialog {...own} /> : null}
      {open === "publish" ? <PublishDialog {...own} onPublished={() => void loadArticles()} /> : null}
      {open === "archive" ? <ArchiveDialog {...own} id={id} onDone={() => void loadArticles()} /> : null}
      {open === "delete" ? <DeleteDialog {...own} id={id} onDone={away} /> : null}
    </div>
  );
}
