/** Why readers of the help center were not helped: their reasons, counted, and what they wrote, the newest first. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ArticleUse, ReasonUse, VoteComment, VoteComments } from "../../wire.ts";
import { api } from "../data/api.ts";
import { t } from "../data/i18n.ts";
import { Button } from "../ui/basic.tsx";
import { Time } from "../ui/time.tsx";
import { attempt } from "../ui/toast.tsx";

function Reasons({ reasons }: { reasons: readonly ReasonUse[] }): JSX.Element {
  const most = Math.max(...reasons.map((each) => each.count));
  return (
    <ul class="said-reasons">
      {reasons.map((each) => (
        <li key={each.reason}>
          <span>{t(`console-use-reason-${each.reason}`)}</span>
          <span class="said-bar" aria-hidden="true"><i style={{ inlineSize: `${(each.count / most) * 100}%` }} /></span>
          <span class="tabular">{each.count}</span>
        </li>
      ))}
    </ul>
  );
}

function Comment({ comment }: { comment: VoteComment }): JSX.Element {
  return (
    <li class="flag">
      <p class="flag-text said-text" dir="auto">{comment.text}</p>
      <p class="flag-about"><Time at={comment.at} /><span>{comment.language} · {t("console-revision", { number: comment.number })}</span>
        {comment.reason ? <span>{t(`console-use-reason-${comment.reason}`)}</span> : null}</p>
    </li>
  );
}

/** Nothing at all where nobody said anything. */
export function Said({ id, use }: { id: string; use: ArticleUse }): JSX.Element | null {
  const [older, setOlder] = useState<VoteComments>({ items: [], next: use.comments.next });
  const [busy, setBusy] = useState(false);
  const comments = [...use.comments.items, ...older.items];
  if (!use.reasons.length && !comments.length) return null;
  const more = async (): Promise<void> => {
    setBusy(true);
    await attempt(async () => {
      const page = await api.get<VoteComments>(`/api/articles/${id}/votes?before=${encodeURIComponent(older.next ?? "")}`);
      setOlder({ items: [...older.items, ...page.items], next: page.next });
    });
    setBusy(false);
  };
  return (
    <section class="use-part" aria-labelledby="said">
      <header><h3 id="said">{t("console-use-said")}</h3></header>
      {use.reasons.length ? <Reasons reasons={use.reasons} /> : null}
      {comments.length ? <ul class="flags">{comments.map((each) => <Comment key={each.id} comment={each} />)}</ul> : <p class="section-none">{t("console-use-said-none")}</p>}
      {older.next ? <p><Button size="small" busy={busy} onClick={() => void more()}>{t("console-use-said-more")}</Button></p> : null}
      <p class="field-help">{t("console-use-said-help")}</p>
    </section>
  );
}
