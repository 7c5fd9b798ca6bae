/** The hours of a week as they are edited: several intervals a day, and what is wrong with them beside the day. */
import type { JSX } from "preact";
import { locale, t } from "../data/i18n.ts";
import { IconButton } from "../ui/basic.tsx";
import { MIDNIGHT, nextSpan, problemOf, type Day } from "./week-words.ts";

const MONDAY = Date.UTC(2024, 0, 1);

export function dayName(day: number, style: "long" | "short"): string {
  return new Intl.DateTimeFormat(locale(), { weekday: style, timeZone: "UTC" }).format(MONDAY + day * 86_400_000);
}

/** A field for a time knows no 24:00: as an end it is shown as 00:00. */
function Time({ value, label, onValue }: { value: string; label: string; onValue: (value: string) => void }): JSX.Element {
  return <input class="input" type="time" value={value === MIDNIGHT ? "00:00" : value} aria-label={label} required onInput={(event) => onValue(event.currentTarget.value)} />;
}

export function DayHours({ day, index, onDay }: { day: Day; index: number; onDay: (day: Day) => void }): JSX.Element {
  const name = dayName(index, "long");
  const problem = problemOf(day);
  const set = (at: number, side: 0 | 1, value: string): void => onDay(day.map((span, each) => (each !== at ? span : side ? [span[0], value === "00:00" ? MIDNIGHT : value] : [value, span[1]])));
  return (
    <div class="weekday" role="group" aria-label={name}>
      <strong>{name}</strong>
      <div class="weekday-spans">
        {day.map(([from, to], at) => (
          <span key={at} class="weekday-span">
            <Time value={from} label={t("console-hours-from", { day: name })} onValue={(value) => set(at, 0, value)} />–
            <Time value={to} label={t("console-hours-to", { day: name })} onValue={(value) => set(at, 1, value)} />
            <IconButton icon="close" size="small" label={t("console-remove", { name: `${from}–${to}` })} onClick={() => onDay(day.filter((_, each) => each !== at))} />
          </span>
        ))}
        {day.length === 0 ? <span class="weekday-closed">{t("console-hours-closed")}</span> : null}
        <IconButton icon="plus" size="small" label={t("console-hours-add-span", { day: name })} onClick={() => onDay([...day, nextSpan(day)])} />
        {problem ? <p class="weekday-wrong" role="alert">{t(`console-hours-wrong-${problem.code}`, { one: problem.one, other: problem.other })}</p> : null}
      </div>
    </div>
  );
}
