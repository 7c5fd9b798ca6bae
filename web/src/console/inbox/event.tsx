/** One line of the timeline: what happened between the messages. */
import type { JSX } from "preact";
import type { TimelineEvent } from "../../wire.ts";
import { clock, fullTime } from "../data/format.ts";
import { hasText, locale, t } from "../data/i18n.ts";
import { agents, nameOf, queues } from "../data/resource.ts";
import { me } from "../data/session.ts";
import { Icon, type IconName } from "../ui/icons.tsx";

const ICONS: Record<string, IconName> = {
  started: "flag", joined: "person", left: "person", handler: "swap", status: "check", offer: "bell", offered: "bell", offer_made: "bell", offer_ended: "bell", target_missed: "clock", bot_answered: "bot",
};

function word(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function person(id: string): string {
  if (!id) return "";
  return id === me.value?.id ? me.value.name : nameOf(agents, id) || id;
}

/** The most exact text there is: by kind, what it became, and why. */
export function eventText(event: TimelineEvent): string {
  const { facts } = event;
  const became = word(facts["handler"] ?? facts["status"] ?? facts["how"] ?? facts["target"]);
  const cause = word(facts["cause"]);
  const by = event.by ? nameOf(agents, event.by) || event.by : "";
  const values = {
    name: word(facts["name"]) || person(word(facts["agent"])) || by || t("console-agent"),
    by: by || t("console-system"),
    queue: word(facts["queue_name"]) || nameOf(queues, word(facts["queue"]) || null) || t("console-handler-queue"),
    time: facts["until"] ? fullTime(new Date(word(facts["until"])), locale()) : "",
  };
  const kind = event.kind.replaceAll("_", "-");
  const keys = [`console-event-${kind}-${became}-${cause}`, `console-event-${kind}-${became}`, `console-event-${kind}`].map((key) => key.replaceAll("_", "-"));
  const key = keys.find(hasText);
  return key ? t(key, values) : event.kind.replaceAll("_", " ");
}

export function EventLine({ event }: { event: TimelineEvent }): JSX.Element {
  agents.need();
  queues.need();
  return (
    <li class="event">
      <Icon name={ICONS[event.kind] ?? "flag"} size={14} /><span>{eventText(event)}</span>
      <time dateTime={event.at} title={fullTime(new Date(event.at), locale())}>{clock(new Date(event.at), locale())}</time>
    </li>
  );
}
