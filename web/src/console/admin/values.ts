/** What forms read from a stored configuration, which may hold anything, and lists that people type. Pure. */

export function list(text: string): string[] {
  return text.split(/[\s,;]+/u).filter(Boolean);
}

export function lines(value: unknown): string {
  return Array.isArray(value) ? value.join("\n") : "";
}

export function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

export function text(value: unknown, usual = ""): string {
  return typeof value === "string" ? value : usual;
}

/** Words by language, without those that are empty. */
export function said(words: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(words).filter(([, each]) => each.trim() !== "").map(([tag, each]) => [tag, each.trim()]));
}

export function words(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(record(value)).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}
