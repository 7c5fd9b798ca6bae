/** What the script line and the page say: which inbox of which server, languages wished for, theme, side, and as what. */

export type Config = {
  inbox: string;
  /** Origin of the server, from the script's own address. */
  server: string;
  /** Languages in the order they are wished for; the server takes the first that it has words for. */
  wishes: readonly string[];
  theme: "light" | "dark" | "auto";
  /** null: as the inbox says. */
  position: "left" | "right" | null;
  colour: string | null;
  /** A button in the corner with a panel, or the whole page. */
  mode: "corner" | "page";
  /** A token signed by the site, for a visitor who is signed in there. */
  identity: string | null;
};

export type Attributes = { readonly [name: string]: string | undefined };

const MOST_WISHES = 8;

/** `data`: the script's data-* attributes; `wishes`: the page's language, then the browser's. */
export function configured(data: Attributes, source: string, wishes: readonly string[]): Config {
  return {
    inbox: data["inbox"] || "web",
    server: new URL(source).origin,
    wishes: [data["lang"] ?? "", ...wishes].filter(Boolean).slice(0, MOST_WISHES),
    theme: one(data["theme"], ["light", "dark"] as const) ?? "auto",
    position: one(data["position"], ["left", "right"] as const),
    colour: data["color"] ?? null,
    mode: one(data["mode"], ["page"] as const) ?? "corner",
    identity: data["identity"] || null,
  };
}

export function one<T extends string>(value: string | null | undefined, among: readonly T[]): T | null {
  return among.find((known) => known === value) ?? null;
}
