/** How times, lengths, sizes and names are written; pure, the language is given. */

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const cache = new Map<string, Intl.DateTimeFormat>();
function dates(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let format = cache.get(key);
  if (!format) cache.set(key, (format = new Intl.DateTimeFormat(locale, options)));
  return format;
}

export function dayKey(at: Date): string {
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, "0")}-${String(at.getDate()).padStart(2, "0")}`;
}

export function clock(at: Date, locale: string): string {
  return dates(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
}

/** A language by its name, as readers of `locale` call it; the tag where nobody has a name for it. */
export function languageName(tag: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** As a clock in `zone` shows it; the reader's own, if not given. Of a zone that this browser does not know yet: UTC, and it says so. */
export function fullTime(at: Date, locale: string, zone?: string): string {
  const shown = { dateStyle: "medium", timeStyle: "short" } as const;
  if (!zone) return dates(locale, shown).format(at);
  try {
    return dates(locale, { ...shown, timeZone: zone }).format(at);
  } catch {
    return `${dates(locale, { ...shown, timeZone: "UTC" }).format(at)} UTC`;
  }
}

/** The same with the place whose clock it is, by default the reader's own: nobody has to guess which. */
export function placedTime(at: Date, locale: string, zone?: string): string {
  const own = zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC";
  const place = own.slice(own.lastIndexOf("/") + 1).replaceAll("_", " ");
  return `${fullTime(at, locale, own)} (${place})`;
}

/** Whether clocks in `zone` show something else at one of these moments than the reader's do. */
export function isElsewhere(zone: string, moments: readonly (string | null)[]): boolean {
  return moments.some((at) => at !== null && fullTime(new Date(at), "en", zone) !== fullTime(new Date(at), "en"));
}

/** The heading over the messages of one day: today, yesterday, or the date. */
export function dayName(at: Date, now: Date, locale: string): string {
  const days = Math.round((startOfDay(now) - startOfDay(at)) / (DAY * 1000));
  if (days === 0 || days === 1) {
    const word = new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(-days, "day");
    return word.charAt(0).toLocaleUpperCase(locale) + word.slice(1);
  }
  const sameYear = at.getFullYear() === now.getFullYear();
  return dates(locale, { weekday: "long", day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) }).format(at);
}

function startOfDay(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}

/** A time for a narrow column: the clock today, then the weekday, then the date. */
export function shortTime(at: Date, now: Date, locale: string): string {
  const days = Math.round((startOfDay(now) - startOfDay(at)) / (DAY * 1000));
  if (days <= 0) return clock(at, locale);
  if (days < 7) return dates(locale, { weekday: "short" }).format(at);
  if (at.getFullYear() === now.getFullYear()) return dates(locale, { day: "numeric", month: "short" }).format(at);
  return dates(locale, { year: "numeric", month: "short", day: "numeric" }).format(at);
}

/** A length of time in one unit, as short as the language allows: "45s", "12m", "3h", "2d". */
export function shortLength(seconds: number, locale: string): string {
  const size = Math.abs(seconds);
  const [value, unit] =
    size < MINUTE ? [Math.floor(size), "second"] : size < HOUR ? [Math.floor(size / MINUTE), "minute"]
    : size < DAY ? [Math.floor(size / HOUR), "hour"] : [Math.floor(size / DAY), "day"];
  return new Intl.NumberFormat(locale, { style: "unit", unit: unit as string, unitDisplay: "narrow" }).format(value as number);
}

/** A length of time in its two largest units: "2 hr 5 min". */
export function length(seconds: number, locale: string): string {
  const units: [string, number][] = [["day", DAY], ["hour", HOUR], ["minute", MINUTE], ["second", 1]];
  let rest = Math.max(0, Math.floor(seconds));
  const words: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    if (count > 0 && words.length < 2) words.push(new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(count));
    rest -= count * size;
  }
  return words.join(" ") || new Intl.NumberFormat(locale, { style: "unit", unit: "second", unitDisplay: "short" }).format(0);
}

export function countdown(seconds: number): string {
  const rest = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, "0")}`;
}

export function bytes(size: number, locale: string): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  let value = size;
  let at = 0;
  while (value >= 1000 && at < units.length - 1) {
    value /= 1000;
    at += 1;
  }
  return new Intl.NumberFormat(locale, { style: "unit", unit: units[at]!, unitDisplay: "short", maximumFractionDigits: value < 10 && at > 0 ? 1 : 0 }).format(value);
}

export function percent(share: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(share);
}

const WIDE = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;

/** Up to two letters that stand for a name: first and last word, or the last two characters of a Chinese name. */
export function initials(name: string): string {
  const words = name.replace(/[^\p{L}\p{N}\s]/gu, " ").trim().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return "?";
  const first = words[0]!;
  if (WIDE.test(first)) return [...first].slice(-2).join("");
  const letters = words.length === 1 ? [[...first][0]!] : [[...first][0]!, [...words.at(-1)!][0]!];
  return letters.join("").toUpperCase();
}

/** A hue in degrees that is always the same for the same id. */
export function hueOf(id: string): number {
  let hash = 2166136261;
  for (const letter of id) hash = Math.imul(hash ^ letter.codePointAt(0)!, 16777619);
  hash = Math.imul(hash ^ (hash >>> 15), 2246822507);
  hash = Math.imul(hash ^ (hash >>> 13), 3266489909);
  return ((hash ^ (hash >>> 16)) >>> 0) % 360;
}

export type Urgency = "calm" | "soon" | "late";
/** How pressing a deadline is: late when past, soon from its policy's warning on. */
export function urgency(due: Date, now: Date, near: boolean): Urgency {
  return due <= now ? "late" : near ? "soon" : "calm";
}
