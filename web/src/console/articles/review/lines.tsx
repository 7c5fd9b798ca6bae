/** The newest text line by line, with what was said beside each line. */
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Review, ReviewComment } from "../../../wire.ts";
import { api } from "../../data/api.ts";
import { t } from "../../data/i18n.ts";
import { Button } from "../../ui/basic.tsx";
import { kindOf } from "./reading.ts";
import type { Reviewing } from "./store.ts";
import { Say, Thread } from "./thread.tsx";

interface Props { review: Review; reviewing: Reviewing; tag: string }

/** `0` stands for the text as a whole. */
function byLine(comments: readonly ReviewComment[]): Map<number, ReviewComment[]> {
  const found = new Map<number, ReviewComment[]>();
  for (const each of comments) if (each.place !== "outdated") found.set(each.line ?? 0, [...(found.get(each.line ?? 0) ?? []), each]);
  return found;
}

export function Lines({ review, reviewing, tag }: Props): JSX.Element {
  const [at, setAt] = useState<number | null>(null);
  const lines = useMemo(() => review.body.split("\n"), [review.body]);
  const said = useMemo(() => byLine(review.comments), [review.comments]);
  const gone = review.comments.filter((each) => each.place === "outdated");
  useEffect(() => setAt(null), [review.revision]);
  useEffect(() => {
    if (at === null) return;
    const field = document.querySelector<HTMLElement>(".say [data-autofocus]");
    field?.focus();
    return () => { if (at > 0) document.getElementById(`line-${at}`)?.focus(); };
  }, [at]);
  const say = (line: number) => (body: string): Promise<void> =>
    reviewing.step(() => api.post(`${reviewing.path}/review/comments`, { revision: review.revision, body, ...(line ? { line } : {}) }));
  const threads = (line: number): JSX.Element | null => {
    const here = said.get(line) ?? [];
    if (!here.length && at !== line) return null;
    return (
      <div class="source-said">
        {here.map((each) => <Thread key={each.id} comment={each} reviewing={reviewing} />)}
        {at === line ? <Say label={line ? t("console-comment-on-line", { line }) : t("console-comment-on-all")} button={t("console-comment-send")} onSay={say(line)} onClose={() => setAt(null)} /> : null}
      </div>
    );
  };
  return (
    <div class="review-text">
      <div class="review-whole">
        <h2 lang={tag}>{review.title}</h2>
        <Button size="small" icon="chat" onClick={() => setAt(0)}>{t("console-comment-on-all")}</Button>
      </div>
      {threads(0)}
      <ol class="source" lang={tag} aria-label={t("console-review-lines")}>
        {lines.map((line, index) => (
          <li key={index} class={`source-line source-${kindOf(line)} ${said.has(index + 1) ? "source-marked" : ""}`}>
            <button type="button" id={`line-${index + 1}`} class="source-number" aria-label={t("console-comment-on-line", { line: index + 1 })} onClick={() => setAt(index + 1)}>{index + 1}</button>
            <span class="source-text">{line || " "}</span>
            {threads(index + 1)}
          </li>
        ))}
      </ol>
      {gone.length ? (
        <section class="review-gone" aria-label={t("console-comments-outdated")}>
          <h2>{t("console-comments-outdated")}</h2>
          {gone.map((each) => <Thread key={each.id} comment={each} reviewing={reviewing} />)}
        </section>
      ) : null}
    </div>
  );
}
