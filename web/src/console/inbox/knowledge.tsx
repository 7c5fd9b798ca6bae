/** Articles that may answer the customer's last question, or what the agent searches for; one click inserts. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ConversationDetail, Found } from "../../wire.ts";
import { api } from "../data/api.ts";
import { percent } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { href } from "../data/router.ts";
import { lastQuestion } from "../data/thread.ts";
import { Button, Chip, Skeleton } from "../ui/basic.tsx";
import { Icon } from "../ui/icons.tsx";
import { attempt } from "../ui/toast.tsx";
import { articleText, insertion } from "./insertion.ts";
import { whyNot } from "./ready.tsx";

const ASK_AFTER = 300;
/** Below this an article that nobody searched for is no help. */
const LEAST = 0.2;

export function Knowledge({ detail }: { detail: ConversationDetail }): JSX.Element {
  const { id, language } = detail.summary;
  const question = lastQuestion(detail.messages);
  const [query, setQuery] = useState("");
  const [found, setFound] = useState<Found[] | null>(null);
  const wanted = query.trim() || question;
  useEffect(() => {
    if (!wanted) return setFound([]);
    const stop = new AbortController();
    const timer = setTimeout(() => {
      api.get<{ items: Found[] }>("/api/knowledge/search", { q: wanted, language }, stop.signal).then((page) => setFound(page.items.filter((each) => query.trim() !== "" || each.probability >= LEAST).slice(0, 4)), () => { if (!stop.signal.aborted) setFound([]); });
    }, ASK_AFTER);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [wanted, language]);
  const insert = (item: Found): void =>
    void attempt(async () => { insertion.value = { conversation: id, text: (await articleText(item.article, language)) || item.excerpt }; });
  return (
    <>
      <div class="search search-small"><Icon name="search" size={15} /><input type="search" class="search-input" value={query} aria-label={t("console-knowledge-search")} placeholder={t("console-knowledge-search")} onInput={(event) => setQuery(event.currentTarget.value)} /></div>
      {found === null ? <Skeleton rows={2} kind="line" /> : found.length === 0 ? <p class="section-none">{t("console-suggested-none")}</p> : (
        <ul class="found">
          {found.map((item) => (
            <li key={item.article + item.language}>
              <a href={href(`/articles/${item.article}`, { language: item.language })} class="found-title" lang={item.language}>{item.title}</a>
              <Chip tone={item.probability >= 0.6 ? "good" : "neutral"} title={t("console-match")}>{percent(item.probability, locale())}</Chip>
              <p lang={item.language}>{item.excerpt}</p>
              {whyNot(detail.summary) === null ? <Button size="small" look="quiet" icon="reply" onClick={() => insert(item)}>{t("console-insert")}</Button> : null}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
