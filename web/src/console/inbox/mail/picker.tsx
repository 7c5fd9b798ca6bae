/** Chooses another conversation: those of the same contact first, any other by searching. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ConversationDetail, ConversationPage, ConversationSummary } from "../../../wire.ts";
import { api } from "../../data/api.ts";
import { contactName } from "../../data/contact.ts";
import { t } from "../../data/i18n.ts";
import { linksOf } from "../../data/outside.ts";
import { Avatar } from "../../ui/basic.tsx";
import { TextField } from "../../ui/form.tsx";
import { Time } from "../../ui/time.tsx";
import { StatusChip } from "../row.tsx";
import { STATUSES } from "../where.ts";

const ASK_AFTER = 250;
const SHOWN = 12;

function useFound(query: string, ask: boolean): ConversationSummary[] {
  const [found, setFound] = useState<ConversationSummary[]>([]);
  useEffect(() => {
    if (!ask) return setFound([]);
    const stop = new AbortController();
    const status = STATUSES.filter((each) => each !== "closed").join(",");
    const timer = setTimeout(() => {
      api.get<ConversationPage>("/api/conversations", { list: "all", status, q: query }, stop.signal).then((page) => setFound(page.items), () => setFound([]));
    }, ASK_AFTER);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [query, ask]);
  return found;
}

/** What the picker offers before anything is typed: linked ones, then the contact's own. */
function near(detail: ConversationDetail): string[] {
  return linksOf(detail).map((each) => each.conversation.id);
}

function Option({ item, chosen, onPick }: { item: ConversationSummary; chosen: boolean; onPick: () => void }): JSX.Element {
  const name = contactName(item.contact);
  return (
    <label class="pick-item">
      <input type="radio" name="conversation" checked={chosen} onChange={onPick} />
      <Avatar id={item.contact.id} name={name} size={30} />
      <span class="pick-text pick-talk"><strong>{item.subject || item.inbox.name}</strong><StatusChip item={item} /><small>{name} · {item.inbox.name} · <Time at={item.last?.at ?? item.updated_at} /></small></span>
    </label>
  );
}

interface Props { detail: ConversationDetail; chosen: ConversationSummary | null; first: string | null; onPick: (item: ConversationSummary) => void }

export function ConversationPicker({ detail, chosen, first, onPick }: Props): JSX.Element {
  const [query, setQuery] = useState("");
  const wanted = query.trim();
  const searched = useFound(wanted, true);
  const { summary } = detail;
  const fits = (item: ConversationSummary): boolean => item.id !== summary.id;
  const linked = new Set([...(first ? [first] : []), ...near(detail)]);
  const own = wanted ? [] : [...detail.earlier.filter(fits)];
  const known = new Set(own.map((each) => each.id));
  const others = searched.filter((item) => fits(item) && !known.has(item.id));
  const groups: [string, ConversationSummary[]][] = [
    ["console-pick-linked", [...own, ...others].filter((item) => !wanted && linked.has(item.id))],
    ["console-pick-own", own.filter((item) => !linked.has(item.id))],
    [wanted ? "console-pick-found" : "console-pick-other", others.filter((item) => wanted || !linked.has(item.id)).slice(0, SHOWN)],
  ];
  const proposed = first ? groups.flatMap(([, items]) => items).find((item) => item.id === first) : undefined;
  useEffect(() => { if (proposed && !chosen) onPick(proposed); }, [proposed?.id]);
  return (
    <>
      <TextField label={t("console-list-search")} hiddenLabel name="search" type="search" placeholder={t("console-list-search")} value={query} onValue={setQuery} autofocus />
      <div class="pick" role="radiogroup" aria-label={t("console-conversations")}>
        {groups.map(([title, items]) => items.length ? (
          <section key={title}><h3 class="pick-head">{t(title)}</h3>{items.map((item) => <Option key={item.id} item={item} chosen={chosen?.id === item.id} onPick={() => onPick(item)} />)}</section>
        ) : null)}
        {groups.every(([, items]) => items.length === 0) ? <p class="pick-none">{t("console-suggest-none")}</p> : null}
      </div>
    </>
  );
}
