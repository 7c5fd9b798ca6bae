/** Articles that may answer what the customer said lately, or what the agent searches for: read, inserted, flagged. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ConversationDetail, Found } from "../../wire.ts";
import { languageName, percent } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { Button, Chip, IconButton, Skeleton } from "../ui/basic.tsx";
import { Icon } from "../ui/icons.tsx";
import { attempt } from "../ui/toast.tsx";
import { isForeign, takeArticle, useMisses, useSearch, useSuggestions, type How } from "./articles.ts";
import { CautionChip } from "./caution.tsx";
import { insertion } from "./insertion.ts";
import { flagging } from "./flagging.tsx";
import { reading } from "./reading.tsx";
import { whyNot } from "./ready.tsx";
import { panelCovers, setPanel } from "./where.ts";

/** So many stand there at once: what lies below them must not go out of sight. */
const SHOWN = 3;
const SEARCHED = 5;

interface ItemProps { item: Found; mayInsert: boolean; conversation: string; foreign: boolean; onInsert: (how: How) => void }

function Item({ item, mayInsert, conversation, foreign, onInsert }: ItemProps): JSX.Element {
  const read = (): void => void (reading.value = { article: item, conversation, insert: mayInsert ? onInsert : null });
  const flag = (): void => void (flagging.value = { article: item.article, language: item.language, number: item.revision, title: item.title, conversation });
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const line = event.currentTarget as HTMLElement;
    const lines = [...(line.parentElement?.querySelectorAll<HTMLElement>(":scope > li") ?? [])];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) lines.at((lines.indexOf(line) + step) % lines.length)?.querySelector<HTMLElement>(".found-title")?.focus();
    else if (event.key === "i" && mayInsert) onInsert("text");
    else if (event.key === "l" && mayInsert && item.url) onInsert("link");
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <li onKeyDown={onKey}>
      <button type="button" class="found-title" lang={item.language} aria-keyshortcuts="Enter i l" onClick={read}>{item.title}</button>
      <Chip tone={item.probability >= 0.6 ? "good" : "neutral"} title={t("console-match")}>{percent(item.probability, locale())}</Chip>
      <p lang={item.language}>{item.excerpt}</p>
      {item.caution || foreign ? <span class="found-marks"><CautionChip caution={item.caution} />{foreign ? <Chip icon="globe">{t("console-found-language", { language: languageName(item.language, locale()) })}</Chip> : null}</span> : null}
      <span class="found-deeds">
        {mayInsert ? <Button size="small" look="quiet" icon="reply" onClick={() => onInsert("text")}>{t("console-insert-text")}</Button> : null}
        {mayInsert && item.url ? <Button size="small" look="quiet" icon="link" onClick={() => onInsert("link")}>{t("console-insert-link")}</Button> : null}
        <IconButton size="small" icon="flag" label={t("console-flag")} onClick={flag} />
      </span>
    </li>
  );
}

export function Knowledge({ detail }: { detail: ConversationDetail }): JSX.Element {
  const { id, language } = detail.summary;
  const [query, setQuery] = useState("");
  const [whole, setWhole] = useState("");
  const suggested = useSuggestions(detail);
  const searched = useSearch(id, language, query);
  useMisses(id, language, query, searched);
  const searching = query.trim() !== "";
  const found = (searching ? searched : suggested?.items) ?? null;
  const wanted = suggested?.language || language;
  const most = searching || whole === id ? SEARCHED : SHOWN;
  const insert = (item: Found, how: How): void =>
    void attempt(async () => {
      const text = await takeArticle(id, item, how);
      if (text === null) return;
      insertion.value = { conversation: id, text };
      if (panelCovers()) setPanel(false);
    });
  return (
    <>
      <div class="search search-small"><Icon name="search" size={15} /><input type="search" class="search-input" value={query} aria-label={t("console-knowledge-search")} placeholder={t("console-knowledge-search")} onInput={(event) => setQuery(event.currentTarget.value)} /></div>
      {found === null ? <Skeleton rows={2} kind="line" /> : found.length === 0 ? <p class="section-none">{t("console-suggested-none")}</p> : (
        <ul class="found" aria-label={t(searching ? "console-articles" : "console-suggested")}>
          {found.slice(0, most).map((item) => (
            <Item key={item.article + item.language} item={item} conversation={id} mayInsert={whyNot(detail.summary) === null} foreign={isForeign(item, wanted)} onInsert={(how) => insert(item, how)} />
          ))}
        </ul>
      )}
      {found && found.length > most && !searching ? <Button class="found-more" size="small" look="quiet" onClick={() => setWhole(id)}>{t("console-found-more", { count: found.length - most })}</Button> : null}
      <p class="unseen" role="status">{found && searching ? t("console-found-count", { count: found.length }) : ""}</p>
    </>
  );
}
