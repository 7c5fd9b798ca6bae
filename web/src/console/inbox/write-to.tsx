/** To whom an agent writes first: a contact found by name or address, or a new address where the inbox takes one. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ContactDetail, ContactRef } from "../../wire.ts";
import { api } from "../data/api.ts";
import { contactName, knownAddress } from "../data/contact.ts";
import { t } from "../data/i18n.ts";
import { readAddress } from "../data/outside.ts";
import { Avatar, IconButton } from "../ui/basic.tsx";
import { TextField } from "../ui/form.tsx";
import { Icon } from "../ui/icons.tsx";

export type To = { contact: ContactRef } | { address: string };

const ASK_AFTER = 200;

/** Contacts by name or address, a moment after one stops typing. */
export function useContacts(query: string): ContactDetail[] {
  const [found, setFound] = useState<ContactDetail[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      api.get<{ items: ContactDetail[] }>("/api/contacts", { q: query }, stop.signal).then((page) => setFound(page.items), () => setFound([]));
    }, ASK_AFTER);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [query]);
  return found;
}

function Choose({ addresses, onChoose }: { addresses: boolean; onChoose: (to: To) => void }): JSX.Element {
  const [query, setQuery] = useState("");
  const found = useContacts(query);
  const typed = addresses ? readAddress(query) : null;
  const known = found.some((each) => each.points.some((point) => point.address === typed?.address));
  return (
    <>
      <TextField label={t("console-write-to")} name="contact" value={query} onValue={setQuery} placeholder={t(addresses ? "console-write-search-address" : "console-write-search")} autofocus />
      <ul class="pick pick-short">
        {typed && !known ? (
          <li><button type="button" class="pick-item" onClick={() => onChoose({ address: typed.address })}>
            <span class="pick-mark"><Icon name="mail" size={17} /></span><span class="pick-text">{typed.address}<small>{t("console-write-new-address")}</small></span>
          </button></li>
        ) : null}
        {found.map((each) => (
          <li key={each.id}><button type="button" class="pick-item" onClick={() => onChoose({ contact: each })}>
            <Avatar id={each.id} name={contactName(each)} size={30} /><span class="pick-text">{contactName(each)}<small>{knownAddress(each)}</small></span>
          </button></li>
        ))}
        {found.length === 0 && !typed ? <li class="pick-none">{t("console-write-nobody")}</li> : null}
      </ul>
    </>
  );
}

export function WriteTo({ to, addresses, onTo }: { to: To | null; addresses: boolean; onTo: (to: To | null) => void }): JSX.Element {
  if (!to) return <Choose addresses={addresses} onChoose={onTo} />;
  const name = "contact" in to ? contactName(to.contact) : to.address;
  return (
    <div class="chosen"><Avatar id={"contact" in to ? to.contact.id : to.address} name={name} size={32} /><strong>{name}</strong>
      <IconButton icon="close" size="small" label={t("console-clear")} onClick={() => onTo(null)} /></div>
  );
}
