/** What is known of where a customer is, sorted out: their page, a link's payload, and answers under their questions. Pure. */

export interface Fact { key: string; label: string; value: string }
export interface Facts { page: string | null; start: string | null; others: Fact[] }

/** The words of each question by its key, in this language or else in any that it was asked in. */
function labels(config: Record<string, unknown>, language: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const each of Array.isArray(config["questions"]) ? (config["questions"] as unknown[]) : []) {
    const { key, label } = (typeof each === "object" && each !== null ? each : {}) as { key?: unknown; label?: unknown };
    if (typeof key !== "string" || typeof label !== "object" || label === null) continue;
    const words = label as Record<string, string>;
    const chosen = words[language] ?? Object.values(words)[0];
    if (chosen) found.set(key, chosen);
  }
  return found;
}

export function factsOf(context: Record<string, string>, config: Record<string, unknown>, language: string): Facts {
  const { page = null, start = null, ...rest } = context;
  const words = labels(config, language);
  const others = Object.entries(rest).filter(([, value]) => value).map(([key, value]) => ({ key, label: words.get(key) ?? key.replaceAll("_", " "), value }));
  return { page, start, others };
}

/** Host and path of a web page, which is safe to link to; null for anything else that a customer may have sent. */
export function shortPage(page: string): string | null {
  let address: URL;
  try {
    address = new URL(page);
  } catch {
    return null;
  }
  if (address.protocol !== "https:" && address.protocol !== "http:") return null;
  const path = address.pathname === "/" ? "" : address.pathname;
  try {
    return address.host + decodeURI(path);
  } catch {
    return address.host + path;
  }
}
