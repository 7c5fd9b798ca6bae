/** What opens over the composer after `/` (canned replies) or `@` (articles); steered from the field's own keys. */
import type { JSX, RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ConversationDetail, Found, Suggestions } from "../../wire.ts";
import { api } from "../data/api.ts";
import { fillIn, searchCanned } from "../data/canned.ts";
import { languageName, percent } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { canned } from "../data/resource.ts";
import { me } from "../data/session.ts";
import { Chip, Keys, Spinner } from "../ui/basic.tsx";
import { attempt } from "../ui/toast.tsx";
import { isForeign, takeArticle, useSearch, type How } from "./articles.ts";
import { CautionChip } from "./caution.tsx";

export interface Asked { sign: "/" | "@"; query: string; start: number }
interface Option { id: string; title: string; hint: string; tag: string; pick: () => void; link?: (() => void) | undefined; caution?: Found["caution"]; language?: string; foreign?: boolean }

/** While nothing is typed, what may answer the customer's last messages. */
function useArticles(asked: Asked, detail: ConversationDetail): { articles: Found[] | null; theirs: string } {
  const { id, language } = detail.summary;
  const searched = useSearch(id, language, asked.sign === "@" ? asked.query : "");
  const [suggested, setSuggested] = useState<Pick<Suggestions, "items" | "language"> | null>(null);
  useEffect(() => {
    if (asked.sign !== "@") return;
    api.get<Suggestions>(`/api/conversations/${id}/articles`).then(setSuggested, () => setSuggested({ items: [], language }));
  }, [asked.sign, id]);
  return { articles: asked.query.trim() ? searched : (suggested?.items ?? null), theirs: suggested?.language || language };
}

interface Props { asked: Asked; detail: ConversationDetail; onPick: (words: string) => void; onClose: () => void; handle: RefObject<((event: KeyboardEvent) => boolean) | null> }

export function Suggest({ asked, detail, onPick, onClose, handle }: Props): JSX.Element {
  const { id, language, contact } = detail.summary;
  const [at, setAt] = useState(0);
  const { articles, theirs } = useArticles(asked, detail);
  const take = (item: Found, how: How): void => void attempt(async () => {
    const words = await takeArticle(id, item, how);
    if (words !== null) onPick(words);
  });
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => canned.need(), []);
  useEffect(() => setAt(0), [asked.sign, asked.query]);
  useEffect(() => list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }), [at]);
  const options: Option[] = asked.sign === "/"
    ? searchCanned(canned.items.value, asked.query, language).map((each) => ({
        id: each.id, title: each.title, hint: each.text, tag: `/${each.shortcut.replace(/^\//, "")}`,
        pick: () => onPick(fillIn(each.text, { contact: contact.name, agent: me.value?.name ?? "" })),
      }))
    : (articles ?? []).map((each) => ({
        id: each.article + each.language, title: each.title, hint: each.excerpt, tag: percent(each.probability, locale()),
        pick: () => take(each, "text"), link: each.url ? () => take(each, "link") : undefined, caution: each.caution, language: each.language, foreign: isForeign(each, theirs),
      }));
  handle.current = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === "Escape") onClose();
    else if (options.length === 0) return false;
    else if (event.key === "ArrowDown") setAt((at + 1) % options.length);
    else if (event.key === "ArrowUp") setAt((at - 1 + options.length) % options.length);
    else if (event.key === "Enter" && event.shiftKey && options[at]?.link) options[at].link();
    else if (event.key === "Enter" || event.key === "Tab") options[at]?.pick();
    else return false;
    return true;
  };
  useEffect(() => () => { handle.current = null; }, []);
  const waiting = asked.sign === "@" ? articles === null : canned.loading.value;
  return (
    <div class="suggest">
      <p class="suggest-head">{t(asked.sign === "/" ? "console-canned" : "console-articles")}{asked.query ? <span> · {asked.query}</span> : null}</p>
      {waiting ? <Spinner /> : options.length === 0 ? <p class="suggest-none">{t("console-suggest-none")}</p> : null}
      <ul id="suggest" role="listbox" aria-label={t(asked.sign === "/" ? "console-canned" : "console-articles")} ref={list}>
        {options.map((option, index) => (
          <li key={option.id} role="option" aria-selected={index === at} class="suggest-item" onMouseMove={() => setAt(index)} onMouseDown={(event) => { event.preventDefault(); option.pick(); }}>
            <strong lang={option.language}>{option.title}</strong>
            <span class="suggest-tag"><CautionChip caution={option.caution ?? null} />{option.foreign && option.language ? <Chip icon="globe">{t("console-found-language", { language: languageName(option.language, locale()) })}</Chip> : null}{option.tag}</span>
            <small lang={option.language}>{option.hint}</small>
          </li>
        ))}
      </ul>
      {options[at]?.link ? <p class="suggest-keys">{t("console-suggest-link")} <Keys keys="Shift+Enter" /></p> : null}
      <p class="unseen" role="status">{options[at] ? `${options[at].title}. ${options[at].hint}` : ""}</p>
    </div>
  );
}
