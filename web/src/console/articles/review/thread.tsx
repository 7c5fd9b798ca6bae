/** What was said about a line: the comment, its answers, and the field to say something. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Review, ReviewComment } from "../../../wire.ts";
import { api } from "../../data/api.ts";
import { t } from "../../data/i18n.ts";
import { Avatar, Button, Chip } from "../../ui/basic.tsx";
import { FormError, TextField, useSubmission } from "../../ui/form.tsx";
import { Time } from "../../ui/time.tsx";
import type { Reviewing } from "./store.ts";

interface SayProps { label: string; button: string; onSay: (body: string) => Promise<void>; onClose?: () => void }

/** A field that is emptied only once what it said is stored. */
export function Say({ label, button, onSay, onClose }: SayProps): JSX.Element {
  const [body, setBody] = useState("");
  const submission = useSubmission();
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!body.trim() || submission.busy) return;
    if (await submission.run(() => onSay(body.trim()))) {
      setBody("");
      onClose?.();
    }
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) void send(event);
    else if (event.key === "Escape" && onClose && !body) { event.stopPropagation(); event.preventDefault(); onClose(); }
  };
  return (
    <form class="say" onSubmit={(event) => void send(event)} onKeyDown={keys}>
      <FormError submission={submission} fields={["body"]} />
      <TextField label={label} name="body" lines={3} value={body} onValue={setBody} submission={submission} autofocus />
      <div class="say-deeds">
        {onClose ? <Button size="small" look="quiet" onClick={onClose}>{t("console-cancel")}</Button> : null}
        <Button size="small" look="primary" type="submit" disabled={!body.trim()} busy={submission.busy}>{button}</Button>
      </div>
    </form>
  );
}

function Remark({ author, at, body, id }: { author: string; at: string; body: string; id: string }): JSX.Element {
  return (
    <div class="remark">
      <Avatar id={id} name={author} size={24} />
      <div class="remark-text"><p class="remark-head"><strong>{author}</strong><Time at={at} /></p><p class="remark-body">{body}</p></div>
    </div>
  );
}

interface Props { comment: ReviewComment; reviewing: Reviewing }

export function Thread({ comment, reviewing }: Props): JSX.Element {
  const [answering, setAnswering] = useState(false);
  const [open, setOpen] = useState(false);
  const submission = useSubmission();
  const settled = comment.resolved_at !== null;
  const { path, step } = reviewing;
  const settle = (resolved: boolean): Promise<boolean> => submission.run(() => step(() => api.put<Review>(`${path}/review/comments/${comment.id}`, { resolved })));
  const answer = (body: string): Promise<void> => step(() => api.post<Review>(`${path}/review/comments`, { revision: comment.revision, body, parent: comment.id }));
  if (settled && !open) {
    return <button type="button" class="thread-settled" aria-expanded="false" onClick={() => setOpen(true)}>{t("console-comment-settled-by", { name: comment.resolved_by?.name ?? "", count: comment.answers.length + 1 })}</button>;
  }
  return (
    <div class={`comment-thread comment-${comment.place}`} role="group" aria-label={t("console-comment-of", { name: comment.author.name })}>
      {comment.place === "changed" || comment.place === "outdated" ? (
        <p class="comment-quote"><Chip tone="warn">{t(`console-comment-${comment.place}`)}</Chip><q>{comment.quote || "…"}</q></p>
      ) : null}
      <Remark id={comment.author.id} author={comment.author.name} at={comment.at} body={comment.body} />
      {comment.answers.map((each) => <Remark key={each.id} id={each.author.id} author={each.author.name} at={each.at} body={each.body} />)}
      <FormError submission={submission} fields={[]} />
      {answering ? <Say label={t("console-comment-answer")} button={t("console-comment-answer")} onSay={answer} onClose={() => setAnswering(false)} /> : (
        <div class="thread-deeds">
          {settled ? <span class="thread-done">{t("console-comment-settled")}</span> : null}
          <Button size="small" look="quiet" onClick={() => setAnswering(true)}>{t("console-comment-answer")}</Button>
          <Button size="small" look="quiet" icon={settled ? "undo" : "check"} busy={submission.busy} onClick={() => void settle(!settled)}>{t(settled ? "console-comment-reopen" : "console-comment-settle")}</Button>
        </div>
      )}
    </div>
  );
}
