/** What can be put into a text by searching for it: links to articles and addresses, snippets and variables. */
import type { JSX } from "preact";
import type { ArticleLink, Reusable } from "../../../wire.ts";
import { api } from "../../data/api.ts";
import { t } from "../../data/i18n.ts";
import { href } from "../../data/router.ts";
import { Picker, type Choice } from "./picker.tsx";

const ADDRESS = /^(?:https?:\/\/|mailto:|tel:)\S+$/i;

export interface Target extends Choice { address: string }

async function targets(q: string, tag: string): Promise<Target[]> {
  const found = await api.get<{ items: ArticleLink[] }>("/api/knowledge/links", { q: ADDRESS.test(q) ? "" : q, language: tag });
  const articles = found.items.map((each): Target => ({
    key: `${each.id}/${each.language}`, text: each.title, icon: "book", lang: each.language, address: `article:${each.slug}`,
    hint: each.published ? each.slug : t("console-writing-link-draft", { slug: each.slug }),
  }));
  return ADDRESS.test(q) ? [{ key: q, text: q, icon: "globe", address: q }] : articles;
}

export function LinkPicker({ tag, onPick, onClose }: { tag: string; onPick: (target: Target) => void; onClose: () => void }): JSX.Element {
  return <Picker title={t("console-writing-link")} label={t("console-writing-link-find")} load={(q) => targets(q, tag)} onPick={onPick} onClose={onClose} />;
}

async function reusables(q: string, tag: string): Promise<Choice[]> {
  const found = await api.get<{ items: Reusable[] }>("/api/knowledge/reusables");
  const needle = q.toLowerCase();
  return found.items
    .map((each) => ({ each, text: each.texts[tag] ?? each.texts.en ?? Object.values(each.texts)[0] ?? "" }))
    .filter(({ each, text }) => each.name.includes(needle) || text.toLowerCase().includes(needle))
    .map(({ each, text }): Choice => ({ key: each.name, text: each.name, hint: text.slice(0, 160), icon: each.kind === "snippet" ? "note" : "braces" }));
}

export function ReusablePicker({ tag, onPick, onClose }: { tag: string; onPick: (name: string) => void; onClose: () => void }): JSX.Element {
  const foot = <p class="picker-foot"><a href={href("/knowledge/reusables")} target="_blank" rel="noopener">{t("console-writing-reusables-keep")}</a></p>;
  return <Picker title={t("console-writing-reusable")} label={t("console-writing-reusable-find")} load={(q) => reusables(q, tag)} onPick={(each) => onPick(each.key)} onClose={onClose} foot={foot} />;
}
