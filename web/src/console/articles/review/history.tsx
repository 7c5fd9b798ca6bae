/** Who did what with which revision, when and why; each revision can be compared, and rolled back to. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Comparison, Review, ReviewStep } from "../../../wire.ts";
import { api } from "../../data/api.ts";
import { t } from "../../data/i18n.ts";
import { may } from "../../data/session.ts";
import { Avatar, Button, Chip, Spinner } from "../../ui/basic.tsx";
import { Icon, type IconName } from "../../ui/icons.tsx";
import { Time } from "../../ui/time.tsx";
import { Preview, usePreview } from "../preview.tsx";
import { RollBackDialog } from "./dialogs.tsx";
import { reviewHref, type Reviewing } from "./store.ts";
import { stepText } from "./words.ts";

const ICONS: Record<ReviewStep["step"], IconName> = {
  write: "pen", ask: "eye", withdraw: "undo", approve: "check", request_changes: "reply", schedule: "clock", unschedule: "close", publish: "send", unpublish: "ban",
  unpublish_at: "clock", roll_back: "history", hold_back: "alert", archive: "file", bring_back: "undo", delete: "trash",
};

/** The older text as readers would see it; its words come with a comparison to what they see now. */
function OldText({ path, revision, tag }: { path: string; revision: number; tag: string }): JSX.Element {
  const [found, setFound] = useState<Comparison | null>(null);
  useEffect(() => { api.get<Comparison>(`${path}/comparison`, { from: revision, to: revision }).then(setFound, () => undefined); }, [path, revision]);
  const text = (lines: Comparison["body"]): string => lines.map((line) => line.new?.pieces.map((piece) => piece.text).join("") ?? "").join("\n");
  const previewed = usePreview(found ? text(found.body) : "", tag, !found);
  return found ? <Preview title={text(found.title)} tag={tag} previewed={previewed} /> : <Spinner />;
}

function Line({ line, id, tag, review, onBack }: { line: ReviewStep; id: string; tag: string; review: Review; onBack: () => void }): JSX.Element {
  const written = line.step === "write";
  const shown = written && line.revision === review.shown;
  return (
    <li class={`done ${written ? "done-written" : ""}`}>
      <span class="done-mark"><Icon name={ICONS[line.step]} size={14} /></span>
      <div class="done-text">
        <p>{stepText(line)} {shown ? <Chip tone="good">{t("console-stage-published")}</Chip> : null}</p>
        {line.note ? <p class="done-note">{line.note}</p> : null}
        <p class="done-about">
          {line.by ? <Avatar id={line.by.id} name={line.by.name} size={16} /> : null}<Time at={line.at} />
          {written && line.revision > 1 ? <a href={reviewHref(id, { tag, view: "changes", from: String(line.revision - 1), to: String(line.revision) })}>{t("console-compare-before")}</a> : null}
          {written && review.fit.includes(line.revision) && may("publish") && !review.archived && line.revision < review.revision ? <Button look="quiet" size="small" icon="history" onClick={onBack}>{t("console-roll-back")}</Button> : null}
        </p>
      </div>
    </li>
  );
}

export function History({ id, tag, review, reviewing }: { id: string; tag: string; review: Review; reviewing: Reviewing }): JSX.Element {
  const [back, setBack] = useState<number | null>(null);
  return (
    <section class="review-history" aria-label={t("console-review-history")}>
      <h2>{t("console-review-history")}</h2>
      <ol class="dones">{review.history.map((line, at) => <Line key={at} line={line} id={id} tag={tag} review={review} onBack={() => setBack(line.revision)} />)}</ol>
      {back !== null ? <RollBackDialog review={review} reviewing={reviewing} revision={back} onClose={() => setBack(null)} preview={<OldText path={reviewing.path} revision={back} tag={tag} />} /> : null}
    </section>
  );
}
