/** Articles beside a conversation: what is suggested, what an agent searches for, and putting one into the reply. */
import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ConversationDetail, Found, Insertion, Message, Suggestions } from "../../wire.ts";
import { api } from "../data/api.ts";
import { languageName } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { noteInserted } from "../data/inserted.ts";
import { say } from "../ui/toast.tsx";

export type How = "text" | "link";

const SUGGEST_AFTER = 400;
const SEARCH_AFTER = 250;
/** A search is over when nobody typed for so long. */
const OVER_AFTER = 4000;
/** What answers less than this is nothing good; the server looks again before it keeps that. */
const GOOD = 0.25;
const LEAST_CHARACTERS = 3;

/** The number of the customer's last message: what is suggested changes with it alone. */
export function lastSaid(messages: readonly Message[]): number {
  return messages.reduce((last, message) => (message.author.kind === "contact" ? Math.max(last, message.n) : last), 0);
}

/** What may answer the customer's last messages, anew a moment after each of them; what was there stays until then. */
export function useSuggestions(detail: ConversationDetail): Suggestions | null {
  const { id } = detail.summary;
  const [found, setFound] = useState<{ id: string; shown: Suggestions } | null>(null);
  const said = lastSaid(detail.messages);
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      api.get<Suggestions>(`/api/conversations/${id}/articles`, {}, stop.signal).then((shown) => setFound({ id, shown }), () => {
        if (!stop.signal.aborted) setFound((last) => (last?.id === id ? last : { id, shown: { asked: [], language: "", items: [] } }));
      });
    }, found?.id === id ? SUGGEST_AFTER : 0);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [id, said]);
  return found?.id === id ? found.shown : null;
}

/** What an agent searches for; null while nobody knows. */
export function useSearch(conversation: string, language: string, query: string): Found[] | null {
  const [found, setFound] = useState<Found[] | null>(null);
  const wanted = query.trim();
  useEffect(() => {
    if (!wanted) return setFound(null);
    const stop = new AbortController();
    const timer = setTimeout(() => {
      api.get<{ items: Found[] }>("/api/knowledge/search", { q: wanted, language, conversation }, stop.signal).then((page) => setFound(page.items), () => { if (!stop.signal.aborted) setFound([]); });
    }, SEARCH_AFTER);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [wanted, language, conversation]);
  return found;
}

/** Whether it is in another language than the customer's; false where nobody knows that. */
export function isForeign(article: Found, customers: string): boolean {
  return customers !== "" && article.language.split("-")[0] !== customers.split("-")[0]?.toLowerCase();
}

/** Tells the server once of a search that found nothing good: when it rests, or when it is left. */
export function useMisses(conversation: string, language: string, query: string, found: Found[] | null): void {
  const told = useRef(false);
  const missed = useRef<string | null>(null);
  const tell = (): void => {
    const q = missed.current;
    missed.current = null;
    if (!q || told.current) return;
    told.current = true;
    void api.post("/api/knowledge/misses", { q, language, conversation }).catch(() => undefined);
  };
  useEffect(() => {
    const wanted = query.trim();
    if (!wanted) {
      tell();
      told.current = false;
      return;
    }
    if (found === null) return;
    missed.current = wanted.length >= LEAST_CHARACTERS && (found[0]?.probability ?? 0) < GOOD ? wanted : null;
    const timer = setTimeout(tell, OVER_AFTER);
    return () => clearTimeout(timer);
  }, [query, found]);
  useEffect(() => () => tell(), []);
}

interface Cautioned { article: Found; how: How; decide: (go: boolean) => void }
/** An article that is not for this customer, while somebody makes up their mind. */
export const cautioned = signal<Cautioned | null>(null);

function confirmed(article: Found, how: How): Promise<boolean> {
  return new Promise((resolve) => {
    cautioned.value = { article, how, decide: (go) => { cautioned.value = null; resolve(go); } };
  });
}

/** The words for the reply, in the language in which it was shown; null where the agent thought better of it. What is taken is measured once it is sent. */
export async function takeArticle(conversation: string, article: Found, how: How): Promise<string | null> {
  if (article.caution && !(await confirmed(article, how))) return null;
  const taken = await api.post<Insertion>(`/api/conversations/${conversation}/insertions`, { article: article.article, language: article.language, how });
  if (taken.language !== article.language) say(t("console-inserted-language", { language: languageName(taken.language, locale()) }), "plain");
  noteInserted(conversation, taken.id);
  return taken.text;
}
