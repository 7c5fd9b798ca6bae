/** Texts and formats in the language of the person: Fluent bundles, loaded when they are needed. */
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { signal } from "@preact/signals";
import { keep, kept } from "./keep.ts";

export const LANGUAGES: readonly { tag: string; name: string }[] = [
  { tag: "en", name: "English" },
  { tag: "zh", name: "中文" },
];
/** The made-up right-to-left locale: reachable with `?lang=ar-XB`, to try layouts. */
const PSEUDO = "ar-XB";
const KEPT = "language";

const SOURCES: Record<string, () => Promise<{ default: string }>> = {
  en: () => import("virtual:console-texts/en"),
  zh: () => import("virtual:console-texts/zh"),
  [PSEUDO]: () => import("virtual:console-texts/ar-XB"),
};

export const language = signal("en");
const bundle = signal<FluentBundle | null>(null);
const loaded = new Map<string, FluentBundle>();

/** The language we have that suits a wish such as `zh-Hans-CN` best, or none. */
export function matchLanguage(wish: string | null | undefined): string | null {
  if (!wish) return null;
  if (wish in SOURCES) return wish;
  const base = wish.split("-")[0]!.toLowerCase();
  return base in SOURCES ? base : null;
}

export function firstLanguage(): string {
  const asked = new URLSearchParams(location.search).get("lang");
  const wishes = [asked, kept(KEPT), ...navigator.languages];
  for (const wish of wishes) {
    const match = matchLanguage(wish);
    if (match) return match;
  }
  return "en";
}

export async function useLanguage(tag: string, remember = true): Promise<void> {
  let found = loaded.get(tag);
  if (!found) {
    const source = await SOURCES[tag]!();
    found = new FluentBundle(localeOf(tag), { useIsolating: tag === PSEUDO });
    for (const error of found.addResource(new FluentResource(source.default))) console.error(error);
    loaded.set(tag, found);
  }
  bundle.value = found;
  language.value = tag;
  if (remember) keep(KEPT, tag);
  document.documentElement.lang = tag;
  document.documentElement.dir = tag === PSEUDO ? "rtl" : "ltr";
}

/** The text of a key in the present language; reading it inside a component makes that component follow the language. */
export function t(key: string, values?: Record<string, FluentVariable>): string {
  const message = bundle.value?.getMessage(key);
  return message?.value ? bundle.value!.formatPattern(message.value, values ?? null, []) : key;
}

export function hasText(key: string): boolean {
  return bundle.value?.hasMessage(key) ?? false;
}

/** The tag for Intl: the made-up locale formats like Arabic with Latin digits. */
export function localeOf(tag: string): string {
  return tag === PSEUDO ? "ar-u-nu-latn" : tag === "zh" ? "zh-CN" : tag;
}

export function locale(): string {
  return localeOf(language.value);
}
