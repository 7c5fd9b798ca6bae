/** One conversation in a list: who, what was said last, who holds it, and what presses. */
import type { JSX } from "preact";
import type { ConversationSummary } from "../../wire.ts";
import { contactName } from "../data/contact.ts";
import { t } from "../data/i18n.ts";
import { me } from "../data/session.ts";
import { Avatar, Chip } from "../ui/basic.tsx";
import { Icon } from "../ui/icons.tsx";
import { Deadline, Time } from "../ui/time.tsx";
import { draftOf, drafts } from "./drafts.ts";
import { RatingChip } from "./rating.tsx";
import { inboxHref } from "./where.ts";

export function HandlerChip({ item }: { item: ConversationSummary }): JSX.Element | null {
  const { kind, name, id } = item.handler;
  if (kind === "bot") return <Chip tone="bot" icon="bot">{t("console-handler-bot")}</Chip>;
  if (kind === "queue") return <Chip tone="accent" icon="people">{name ?? t("console-handler-queue")}</Chip>;
  if (kind === "agent") return id === me.value?.id ? null : <Chip icon="person">{name}</Chip>;
  return null;
}

export function StatusChip({ item }: { item: ConversationSummary }): JSX.Element | null {
  const { state } = item.status;
  if (state === "open") return null;
  const icons = { waiting: "pause", snoozed: "moon", resolved: "check", closed: "lock" } as const;
  return <Chip tone={state === "resolved" ? "good" : "neutral"} icon={icons[state]}>{t(`console-status-${state}`)}</Chip>;
}

function Said({ item }: { item: ConversationSummary }): JSX.Element {
  const last = item.last;
  if (drafts.value.has(item.id)) return <span class="row-last"><em class="row-draft">{t("console-draft")}</em> {draftOf(item.id, "reply") || draftOf(item.id, "note")}</span>;
  if (!last) return <span class="row-last row-none">{item.subject || t("console-no-message")}</span>;
  const sign = last.author_kind === "agent" ? "reply" : last.author_kind === "bot" ? "bot" : null;
  return <span class="row-last" lang={item.language}>{sign ? <Icon name={sign} size={14} /> : null}{last.text}</span>;
}

export function Row({ item, open }: { item: ConversationSummary; open: boolean }): JSX.Element {
  const name = contactName(item.contact);
  return (
    <li class="row-item">
      <a id={`row-${item.id}`} class={`row ${open ? "row-open" : ""} ${item.unread ? "row-unread" : ""}`} href={inboxHref({ id: item.id })} aria-current={open ? "true" : undefined}>
        <Avatar id={item.contact.id} name={name} size={38} />
        <span class="row-main">
          <span class="row-top"><span class="row-name">{name}</span><span class="row-time"><Time at={item.last?.at ?? item.updated_at} /></span></span>
          {item.subject && item.last ? <span class="row-subject" dir="auto">{item.subject}</span> : null}
          <span class="row-mid"><Said item={item} />{item.unread ? <span class="badge tabular" aria-label={t("console-unread", { count: item.unread })}>{item.unread}</span> : null}</span>
          <span class="row-chips">
            {item.due_at && item.status.state === "open" ? <Deadline due={item.due_at} kind={item.due_kind} near={item.due_near} /> : null}
            <HandlerChip item={item} /><StatusChip item={item} /><RatingChip score={item.rating} />
            <span class="row-inbox">{item.inbox.name}</span>
          </span>
        </span>
      </a>
    </li>
  );
}
