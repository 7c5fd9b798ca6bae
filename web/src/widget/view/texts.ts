/** The widget's words as the server gave them, and times as the visitor's language writes them. */
import type { Texts } from "../model/protocol";

export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

export function sayIn({ words }: Texts): Say {
  return (key, values = {}) =>
    (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}

/** Words for the server's or our own error code; a code from a newer server gets the general one. */
export function reason(say: Say, code: string): string {
  const key = `error-${code.replaceAll("_", "-")}`;
  const words = say(key);
  return words === key ? say("error-other") : words;
}

/** Making one takes longer than drawing a row, so the last one is kept. */
let clockOf = "";
let hours: Intl.DateTimeFormat;

export function clock(at: string, locale: string): string {
  if (clockOf !== locale) hours = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" });
  clockOf = locale;
  return hours.format(new Date(at));
}

/** "Today", "Yesterday", else the date. */
export function dayName(at: string, locale: string, now: Date): string {
  const days = daysFrom(now, at);
  if (days === 0 || days === -1) return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(days, "day");
  return new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(new Date(at));
}

/** A time to come: "today", "tomorrow", within a week its weekday, else its date; and the time. */
export function moment(at: string, locale: string, now: Date): string {
  const days = daysFrom(now, at);
  const near = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const far: Intl.DateTimeFormatOptions = days < 7 ? { weekday: "long" } : { month: "long", day: "numeric" };
  const day = days < 2 ? near.format(days, "day") : new Intl.DateTimeFormat(locale, far).format(new Date(at));
  return `${day} ${clock(at, locale)}`;
}

/** Whole minutes, from an hour and a half on hours. */
export function span(seconds: number, locale: string): string {
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  const [value, unit] = minutes < 90 ? [minutes, "minute"] : [Math.round(minutes / 60), "hour"];
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(value);
}

/** The local day of an instant, to know when a new one begins. */
export function localDay(at: string): string {
  return new Date(at).toDateString();
}

function daysFrom(now: Date, at: string): number {
  const midnight = (day: Date): number => new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime();
  return Math.round((midnight(new Date(at)) - midnight(now)) / 86_400_000);
}
