/** The widget's words in the visitor's language, ready-made at build time, and times as that language writes them. */
import texts from "virtual:widget-texts";
import type { Language } from "../model/config";

export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

export function sayIn(language: Language): Say {
  const words = texts[language] ?? {};
  return (key, values = {}) =>
    (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}

/** Words for the server's or our own error code; a code from a newer server gets the general one. */
export function reason(say: Say, code: string): string {
  const key = `error-${code.replaceAll("_", "-")}`;
  const words = say(key);
  return words === key ? say("error-other") : words;
}

export function clock(at: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" }).format(new Date(at));
}

/** "Today", "Yesterday", else the date. */
export function dayName(at: string, locale: string, now: Date): string {
  const then = new Date(at);
  const midnight = (day: Date): number => new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime();
  const days = Math.round((midnight(then) - midnight(now)) / 86_400_000);
  if (days === 0 || days === -1) return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(days, "day");
  return new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(then);
}

/** The local day of an instant, to know when a new one begins. */
export function localDay(at: string): string {
  return new Date(at).toDateString();
}
