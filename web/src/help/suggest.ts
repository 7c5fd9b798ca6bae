/** What happens while somebody types a search: which answers are still wanted, and which line is chosen. */

export type Line = { title: string; href: string; language: string };

/** The line that is chosen after a key: -1 is none, the text field itself; round and round. */
export function moved(chosen: number, count: number, key: string): number {
  if (count === 0) return -1;
  switch (key) {
    case "ArrowDown": return chosen + 1 >= count ? -1 : chosen + 1;
    case "ArrowUp": return chosen < 0 ? count - 1 : chosen - 1;
    case "Home": return chosen < 0 ? -1 : 0;
    case "End": return chosen < 0 ? -1 : count - 1;
    default: return chosen;
  }
}

/** Answers as they come from outside: only what has the right form and leads into the help center. */
export function read(body: unknown): Line[] {
  const items: unknown = typeof body === "object" && body !== null && "items" in body ? body.items : [];
  return Array.isArray(items) ? items.filter(isLine) : [];
}

function isLine(item: unknown): item is Line {
  if (typeof item !== "object" || item === null) return false;
  const { title, href, language } = item as Partial<Line>;
  return typeof title === "string" && typeof language === "string" && typeof href === "string" && href.startsWith("/help/");
}

/** How many there are, in the page's words. */
export function counted(count: number, one: string, many: string): string {
  return count === 0 ? "" : count === 1 ? one : many.replace("%n", String(count));
}
