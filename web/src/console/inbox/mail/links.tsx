/** What this conversation goes together with: a line each, and a way to merge where a message may belong elsewhere. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ConversationDetail, Link } from "../../../wire.ts";
import { t } from "../../data/i18n.ts";
import { linksOf } from "../../data/outside.ts";
import { Button } from "../../ui/basic.tsx";
import { Icon, type IconName } from "../../ui/icons.tsx";
import { inboxHref } from "../where.ts";
import { rearranging } from "./rearranging.ts";

const ICONS: Record<Link["kind"], IconName> = { suspected: "question", new_subject: "fork", follow_up: "reply", split: "fork", merged: "merge" };

function LinkLine({ link, mayMerge, more }: { link: Link; mayMerge: boolean; more: JSX.Element | null }): JSX.Element {
  const { kind, conversation, ours } = link;
  const suspected = kind === "suspected" && ours;
  const how = `${kind.replaceAll("_", "-")}-${ours ? "ours" : "theirs"}`;
  const text = t(`console-link-${how}`);
  return (
    <li class={`linked ${suspected ? "linked-suspected" : ""}`}>
      <Icon name={ICONS[kind] ?? "link"} size={16} />
      <span class="linked-text">{text} <a href={inboxHref({ list: "all", status: "any", id: conversation.id })}>{conversation.subject || t("console-mail-no-subject")}</a></span>
      {suspected && mayMerge ? <Button size="small" icon="merge" onClick={() => (rearranging.value = { what: "merge", into: conversation.id })}>{t("console-merge-into")}</Button> : null}
      {more}
    </li>
  );
}

export function Links({ detail }: { detail: ConversationDetail }): JSX.Element | null {
  const [all, setAll] = useState(false);
  const list = linksOf(detail);
  if (list.length === 0) return null;
  const mayMerge = detail.can.rearrange && detail.summary.status.state !== "closed";
  const more = list.length > 1
    ? <button type="button" class="links-more" aria-expanded={all} onClick={() => setAll(!all)}>{t(all ? "console-links-fewer" : "console-links-more", { count: list.length - 1 })}</button> : null;
  return (
    <ul class="links" aria-label={t("console-links")}>
      {(all ? list : list.slice(0, 1)).map((link, at) => <LinkLine key={link.kind + link.conversation.id} link={link} mayMerge={mayMerge} more={at === 0 ? more : null} />)}
    </ul>
  );
}
