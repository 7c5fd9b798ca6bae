/** What opens over the composer after `/` (canned replies) or `@` (articles); steered from the field's own keys. */
import type { JSX, RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ConversationDetail, Found } from "../../wire.ts";
import { api } from "../data/api.ts";
import { fillIn, searchCanned } from "../data/canned.ts";
import { percent } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { canned } from "../data/resource.ts";
import { me } from "../data/session.ts";
import { lastQuestion } from "../data/thread.ts";
import { Spinner } from "../ui/basic.tsx";
import { attempt } from "../ui/toast.tsx";
import { articleText } from "./insertion.ts";

export interface Asked { sign: "/" | "@"; query: string; start: number }
interface Option { id: string; title: string; hint: string; tag: string; pick: () => void }
const ASK_AFTER = 180;

function useArticles(asked: Asked, language: string, question: string): Found[] | null {
  const [found, setFound] = useState<Found[] | null>(null);
  useEffect(() => {
    if (asked.sign !== "@") return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      api.get<{ items: Found[] }>("/api/knowledge/search", { q: asked.query || question, language }, stop.signal).then((page) => setFound(page.items), () => setFound([]));
    }, ASK_AFTER);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [asked.sign, asked.query]);
  return found;
}

interface Props { asked: Asked; detail: ConversationDetail; onPick: (words: string) => void; onClose: () => void; handle: RefObject<((event: KeyboardEvent) => boolean) | null> }

export function Suggest({ asked, detail, onPick, onClose, handle }: Props): JSX.Element {
  const { language, contact } = detail.summary;
  const [at, setAt] = useState(0);
  const articles = useArticles(asked, language, lastQuestion(detail.messages));
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
        pick: () => void attempt(async () => onPick((await articleText(each.article, language)) || each.excerpt)),
      }));
  handle.current = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === "Escape") onClose();
    else if (options.length === 0) return false;
    else if (event.key === "ArrowDown") setAt((at + 1) % options.length);
    else if (event.key === "ArrowUp") setAt((at - 1 + options.length) % options.length);
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
            <strong>{option.title}</strong><span class="suggest-tag">{option.tag}</span><small>{option.hint}</small>
          </li>
        ))}
      </ul>
      <p class="unseen" role="status">{options[at] ? `${options[at].title}. ${options[at].hint}` : ""}</p>
    </div>
  );
}
