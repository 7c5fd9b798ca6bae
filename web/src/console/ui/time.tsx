/** Times and deadlines as they are shown: exact on hover, counted down where they press. */
import type { JSX } from "preact";
import { fullTime, shortLength, shortTime, urgency } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { minute, now } from "../data/time.ts";
import { Chip } from "./basic.tsx";

export function Time({ at }: { at: string }): JSX.Element {
  const date = new Date(at);
  return <time dateTime={at} title={fullTime(date, locale())}>{shortTime(date, minute.value, locale())}</time>;
}

const TONES = { calm: "neutral", soon: "warn", late: "bad" } as const;

interface DeadlineProps { due: string; kind: "first" | "next" | "resolution" | null; near: boolean | undefined; zone?: string | undefined }

/** How long is left until an SLA target, or how long it is past. Its time is that of `zone`, which is then named; else the reader's. */
export function Deadline({ due, kind, near, zone }: DeadlineProps): JSX.Element {
  const date = new Date(due);
  const how = urgency(date, now.value, near ?? false);
  const left = shortLength((date.getTime() - now.value.getTime()) / 1000, locale());
  const about = t(`console-sla-${kind ?? "next"}`, { time: zone ? t("console-time-in-zone", { time: fullTime(date, locale(), zone), zone }) : fullTime(date, locale()) });
  return (
    <Chip tone={TONES[how]} icon="clock" title={about}>
      <span class="tabular">{how === "late" ? t("console-sla-late", { time: left }) : left}</span>
      <span class="unseen"> {about}</span>
    </Chip>
  );
}
