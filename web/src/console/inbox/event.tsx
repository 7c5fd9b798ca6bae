/** One line of the timeline: what happened between the messages. */
import type { JSX } from "preact";
import type { TimelineEvent } from "../../wire.ts";
import { clock, fullTime } from "../data/format.ts";
import { hasText, locale, t } from "../data/i18n.ts";
import { agents, nameOf, queues } from "../data/resource.ts";
import { Icon, type IconName } from "../ui/icons.tsx";
import { errandName } from "./errand.tsx";
import { BEST, Stars } from "./rating.tsx";
import { inboxHref } from "./where.ts";

const ICONS: Record<string, IconName> = { started: "flag", handler: "swap", status: "check", target_missed: "alert", target_near: "clock", moved_in: "move", moved_out: "move", linked: "link", participants: "people", reach: "ban", delivery: "send", rated: "star", contact: "person", errand: "bot" };

/** What it became, in one word of the texts' names. */
function became({ kind, facts }: TimelineEvent): string {
  switch (kind) {
    case "linked":
      return word(facts["link"]);
    case "contact":
      return word(facts["cause"]);
    case "errand":
      return word(facts["state"]);
    case "reach":
      return facts["reachable"] ? "back" : "blocked";
    default:
      return word(facts["handler"] ?? facts["status"] ?? facts["target"] ?? facts["state"]);
  }
}

function word(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** The most exact text there is: by kind, what it became, and why. */
export function eventText(event: TimelineEvent): string {
  const { facts } = event;
  const side = facts["ours"] === undefined ? "" : facts["ours"] ? "ours" : "theirs";
  const by = event.by ?? word(facts["by"]);
  const id = word(facts["agent"]) || word(facts["queue"]) || null;
  const name = word(facts["name"]);
  const values = {
    name: name || nameOf(agents, id) || t("console-agent"),
    by: nameOf(agents, by) || by || t("console-system"),
    queue: name || nameOf(queues, id) || t("console-handler-queue"),
    subject: word(facts["subject"]) || t("console-mail-no-subject"),
    count: Number(facts["count"] ?? 1),
    score: Number(facts["score"] ?? 0),
    best: BEST,
    what: facts["what"] ? errandName(word(facts["what"])) : "",
    time: facts["until"] ?? facts["due_at"] ? fullTime(new Date(word(facts["until"] ?? facts["due_at"])), locale()) : "",
  };
  const state = became(event);
  const keys = [`console-event-${event.kind}-${state}-${word(facts["cause"]) || word(facts["how"]) || side}`, `console-event-${event.kind}-${state}`, `console-event-${event.kind}`];
  const key = keys.map((each) => each.replaceAll("_", "-")).find(hasText);
  return key ? t(key, values) : event.kind.replaceAll("_", " ");
}

export function EventLine({ event }: { event: TimelineEvent }): JSX.Element {
  agents.need();
  queues.need();
  const other = word(event.facts["conversation"]);
  return (
    <li class="event">
      <Icon name={ICONS[event.kind] ?? "flag"} size={14} /><span>{event.kind === "rated" ? <><Stars score={Number(event.facts["score"])} size={14} /> </> : null}{eventText(event)}{other ? <> <a href={inboxHref({ list: "all", status: "any", id: other })}>{t("console-event-open")}</a></> : null}</span>
      <time dateTime={event.at} title={fullTime(new Date(event.at), locale())}>{clock(new Date(event.at), locale())}</time>
    </li>
  );
}
