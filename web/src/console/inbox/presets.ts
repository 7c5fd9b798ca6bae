/** The times that one may want to be reminded at. Pure. */

export interface Preset { name: "hour" | "hours" | "tomorrow" | "week"; at: Date }

const MORNING = 9;

function morning(from: Date, daysOn: number): Date {
  return new Date(from.getFullYear(), from.getMonth(), from.getDate() + daysOn, MORNING);
}

/** In an hour, in four, tomorrow morning, and the morning of next Monday. */
export function presets(now: Date): Preset[] {
  const later = (hours: number): Date => new Date(now.getTime() + hours * 3_600_000);
  const toMonday = (8 - now.getDay()) % 7 || 7;
  return [
    { name: "hour", at: later(1) }, { name: "hours", at: later(4) },
    { name: "tomorrow", at: morning(now, 1) }, { name: "week", at: morning(now, toMonday) },
  ];
}

/** A time as the browser's own field wants it: local, to the minute. */
export function toLocalInput(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
