/** What the script line and the page say: which inbox of which server, language, theme and side. */

export type Config = {
  inbox: string;
  /** Origin of the server, from the script's own address. */
  server: string;
  /** A language the widget has words for. */
  language: Language;
  theme: "light" | "dark" | "auto";
  /** null: as the inbox says. */
  position: "left" | "right" | null;
  colour: string | null;
};

export type Language = "en" | "zh";
export const LANGUAGES: readonly Language[] = ["en", "zh"];

export type Attributes = { readonly [name: string]: string | undefined };

/** `data`: the script's data-* attributes; `wishes`: the visitor's own choice, the page's language, the browser's. */
export function configured(data: Attributes, source: string, wishes: readonly (string | null)[]): Config {
  return {
    inbox: data["inbox"] || "web",
    server: new URL(source).origin,
    language: spoken([wishes[0] ?? null, data["lang"] ?? null, ...wishes.slice(1)]),
    theme: one(data["theme"], ["light", "dark"] as const) ?? "auto",
    position: one(data["position"], ["left", "right"] as const),
    colour: data["color"] ?? null,
  };
}

/** The first wish that we have words for (`zh-Hans-CN` asks for `zh`); English when there is none. */
export function spoken(wishes: readonly (string | null)[]): Language {
  for (const wish of wishes) {
    const known = one((wish ?? "").toLowerCase().split(/[-_]/)[0], LANGUAGES);
    if (known) return known;
  }
  return "en";
}

export function one<T extends string>(value: string | null | undefined, among: readonly T[]): T | null {
  return among.find((known) => known === value) ?? null;
}
