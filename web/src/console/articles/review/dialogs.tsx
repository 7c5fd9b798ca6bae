/** The steps that ask for something first: whom, why, when, back to what. */
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import type { Review } from "../../../wire.ts";
import { api } from "../../data/api.ts";
import { fullTime } from "../../data/format.ts";
import { locale, t } from "../../data/i18n.ts";
import { toLocalInput } from "../../inbox/presets.ts";
import { Button, Notice } from "../../ui/basic.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FormError, SelectField, TextField, useSubmission, type Submission } from "../../ui/form.tsx";
import { say } from "../../ui/toast.tsx";
import type { Reviewing } from "./store.ts";
import { endBefore, momentOf, ownZone, scheduling } from "./words.ts";

export interface StepProps { review: Review; reviewing: Reviewing; onClose: () => void }

interface FrameProps { title: string; lead?: ComponentChildren; button: string; look?: "primary" | "danger"; fields: string[]; done: string; disabled?: boolean; work: () => Promise<Review | void>; onClose: () => void; reviewing: Reviewing; children: (submission: Submission) => ComponentChildren }

function Frame({ title, lead, button, look = "primary", fields, done, disabled, work, onClose, reviewing, children }: FrameProps): JSX.Element {
  const submission = useSubmission();
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!await submission.run(() => reviewing.step(work))) return;
    say(done);
    onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        {lead ? <p class="dialog-lead">{lead}</p> : null}
        {submission.error?.code === "newer_version" ? <Notice tone="bad">{t("console-newer-step")}</Notice> : <FormError submission={submission} fields={fields} />}
        {children(submission)}
        <footer class="dialog-foot"><Button onClick={onClose}>{t("console-cancel")}</Button><Button type="submit" look={look} disabled={disabled} busy={submission.busy}>{button}</Button></footer>
      </form>
    </Dialog>
  );
}

function Note({ value, onValue, submission, autofocus }: { value: string; onValue: (value: string) => void; submission: Submission; autofocus?: boolean }): JSX.Element {
  return <TextField label={t("console-review-note")} name="note" lines={3} value={value} onValue={onValue} submission={submission} {...(autofocus ? { autofocus } : {})} />;
}

export function AskDialog({ review, reviewing, onClose }: StepProps): JSX.Element {
  const [reviewer, setReviewer] = useState(review.reviewer?.id ?? "");
  const [note, setNote] = useState("");
  const people = review.reviewers.filter((each) => each.id !== review.author?.id);
  return (
    <Frame title={t("console-review-ask")} lead={t("console-review-ask-lead")} button={t("console-review-ask")} fields={["reviewer", "note"]} done={t("console-review-asked")} onClose={onClose} reviewing={reviewing}
      work={() => api.post<Review>(`${reviewing.path}/review/ask`, { version: review.version, reviewer: reviewer || null, note })}>
      {(submission) => (
        <>
          <SelectField label={t("console-review-reviewer")} name="reviewer" value={reviewer} onValue={setReviewer} submission={submission} options={[{ value: "", text: t("console-review-anybody") }, ...people.map((each) => ({ value: each.id, text: each.name }))]} />
          <Note value={note} onValue={setNote} submission={submission} autofocus />
        </>
      )}
    </Frame>
  );
}

export function DecideDialog({ review, reviewing, onClose, approved }: StepProps & { approved: boolean }): JSX.Element {
  const [note, setNote] = useState("");
  const open = review.comments.filter((each) => each.resolved_at === null).length;
  const name = approved ? "approve" : "changes";
  const unsaid = !approved && !note.trim() && open === 0;
  return (
    <Frame title={t(`console-review-${name}`)} lead={t(`console-review-${name}-lead`, { count: open })} button={t(`console-review-${name}`)} fields={["note"]} done={t(`console-review-${name}-done`)} disabled={unsaid} onClose={onClose} reviewing={reviewing}
      work={() => api.post<Review>(`${reviewing.path}/review/decision`, { version: review.version, approved, note })}>
      {(submission) => <Note value={note} onValue={setNote} submission={submission} autofocus />}
    </Frame>
  );
}

function WhenField({ name, value, onValue, submission, autofocus }: { name: "publish_at" | "unpublish_at"; value: string; onValue: (value: string) => void; submission: Submission; autofocus?: boolean }): JSX.Element {
  return <TextField label={t(`console-schedule-${name.replaceAll("_", "-")}`)} name={name} type="datetime-local" value={value} onValue={onValue} submission={submission} help={t("console-schedule-zone", { zone: ownZone() })} {...(autofocus ? { autofocus } : {})} />;
}

function local(at: string | null): string {
  return at ? toLocalInput(new Date(at)) : "";
}

export function ScheduleDialog({ review, reviewing, onClose }: StepProps): JSX.Element {
  const [from, setFrom] = useState(local(review.publish_at));
  const planned = local(review.unpublish_at);
  const [until, setUntil] = useState(planned);
  const [note, setNote] = useState("");
  const end = endBefore(review, from);
  return (
    <Frame title={t("console-schedule")} lead={t("console-schedule-lead", { revision: review.revision })} button={t("console-schedule")} fields={["publish_at", "unpublish_at", "note"]} done={t("console-schedule-done")} disabled={!momentOf(from)} onClose={onClose} reviewing={reviewing}
      work={() => api.post<Review>(`${reviewing.path}/schedule`, scheduling(review.version, from, until === planned ? undefined : until, note))}>
      {(submission) => (
        <>
          <WhenField name="publish_at" value={from} onValue={setFrom} submission={submission} autofocus />
          <WhenField name="unpublish_at" value={until} onValue={setUntil} submission={submission} />
          {end ? <Notice tone="warn">{t("console-review-gap", { at: fullTime(new Date(end), locale()) })}</Notice> : null}
          <Note value={note} onValue={setNote} submission={submission} />
        </>
      )}
    </Frame>
  );
}

export function EndDialog({ review, reviewing, onClose }: StepProps): JSX.Element {
  const [until, setUntil] = useState(local(review.unpublish_at));
  return (
    <Frame title={t("console-end")} lead={t("console-end-lead")} button={t("console-save")} fields={["unpublish_at"]} done={t(until ? "console-end-done" : "console-end-none")} onClose={onClose} reviewing={reviewing}
      work={() => api.put<Review>(`${reviewing.path}/end`, { version: review.version, unpublish_at: momentOf(until) })}>
      {(submission) => <WhenField name="unpublish_at" value={until} onValue={setUntil} submission={submission} autofocus />}
    </Frame>
  );
}

export function PublishDialog({ review, reviewing, onClose, onPublished }: StepProps & { onPublished: () => void }): JSX.Element {
  const [note, setNote] = useState("");
  const open = review.comments.filter((each) => each.resolved_at === null).length;
  return (
    <Frame title={t("console-article-publish")} lead={t("console-publish-lead", { revision: review.revision })} button={t("console-article-publish")} fields={["note"]} done={t("console-article-published")} onClose={onClose} reviewing={reviewing}
      work={async () => { await api.post(`${reviewing.path}/publish`, { revision: review.revision, version: review.version, note }); onPublished(); }}>
      {(submission) => (
        <>
          {review.approved ? null : <Notice tone="warn">{t("console-publish-unreviewed")}</Notice>}
          {open ? <Notice tone="warn">{t("console-publish-open", { count: open })}</Notice> : null}
          <Note value={note} onValue={setNote} submission={submission} autofocus />
        </>
      )}
    </Frame>
  );
}

export function RollBackDialog({ review, reviewing, onClose, revision, preview }: StepProps & { revision: number; preview: ComponentChildren }): JSX.Element {
  const [note, setNote] = useState("");
  return (
    <Frame title={t("console-roll-back-to", { revision })} lead={t(review.shown === review.revision ? "console-roll-back-lead" : "console-roll-back-draft-lead", { revision })} button={t("console-roll-back")} fields={["note", "revision"]} done={t("console-roll-back-done", { revision })} onClose={onClose} reviewing={reviewing}
      work={() => api.post<Review>(`${reviewing.path}/roll-back`, { version: review.version, revision, note })}>
      {(submission) => (
        <>
          <div class="roll-back-preview" tabIndex={0} role="group" aria-label={t("console-roll-back-preview")}>{preview}</div>
          <Note value={note} onValue={setNote} submission={submission} autofocus />
        </>
      )}
    </Frame>
  );
}

export function ArchiveDialog({ id, review, reviewing, onClose, onDone }: StepProps & { id: string; onDone: () => void }): JSX.Element {
  const [note, setNote] = useState("");
  return (
    <Frame title={t("console-archive")} lead={t("console-archive-lead")} button={t("console-archive")} look="danger" fields={["note"]} done={t("console-archive-done")} onClose={onClose} reviewing={reviewing}
      work={async () => { await api.post(`/api/articles/${id}/archive`, { version: review.article_version, note }); onDone(); }}>
      {(submission) => <Note value={note} onValue={setNote} submission={submission} autofocus />}
    </Frame>
  );
}

export function DeleteDialog({ id, review, reviewing, onClose, onDone }: StepProps & { id: string; onDone: () => void }): JSX.Element {
  return (
    <Frame title={t("console-article-delete")} lead={t("console-article-delete-lead")} button={t("console-article-delete")} look="danger" fields={[]} done={t("console-article-deleted")} onClose={onClose} reviewing={reviewing}
      work={async () => { await api.remove(`/api/articles/${id}`, { version: review.article_version }); onDone(); }}>
      {() => null}
    </Frame>
  );
}
