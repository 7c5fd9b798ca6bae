/** A dialog to choose one of many by typing some of its words; arrows move through what was found. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../data/i18n.ts";
import { Spinner } from "../../ui/basic.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { errorText } from "../../ui/form.tsx";
import { Icon, type IconName } from "../../ui/icons.tsx";

export interface Choice { key: string; text: string; hint?: string; icon: IconName; lang?: string }
interface Props<T extends Choice> {
  title: string;
  label: string;
  load: (q: string) => Promise<T[]>;
  onPick: (choice: T) => void;
  onClose: () => void;
  foot?: JSX.Element;
}

const AFTER = 180;

export function Picker<T extends Choice>({ title, label, load, onPick, onClose, foot }: Props<T>): JSX.Element {
  const [q, setQ] = useState("");
  const [found, setFound] = useState<T[] | null>(null);
  const [error, setError] = useState("");
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(() => {
      load(q.trim()).then((next) => { if (wanted) { setFound(next); setError(""); } }, (fault: unknown) => { if (wanted) setError(errorText(fault)); });
    }, found === null ? 0 : AFTER);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [q]);
  const move = (event: KeyboardEvent, by: number): void => {
    const items = [...(list.current?.querySelectorAll<HTMLElement>("button") ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    event.preventDefault();
    items[Math.max(0, Math.min(items.length - 1, at + by))]?.focus();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown") move(event, 1);
    else if (event.key === "ArrowUp") move(event, -1);
    else if (event.key === "Enter" && event.target instanceof HTMLInputElement && found?.[0]) {
      event.preventDefault();
      onPick(found[0]);
    }
  };
  return (
    <Dialog title={title} onClose={onClose} class="picker">
      <div onKeyDown={onKey}>
        <div class="search"><Icon name="search" size={16} /><input class="search-input" type="search" data-autofocus value={q} aria-label={label} placeholder={label} onInput={(event) => setQ(event.currentTarget.value)} /></div>
        <p class="unseen" role="status">{found ? t("console-writing-found", { count: found.length }) : ""}</p>
        {error ? <p class="field-error" role="alert">{error}</p> : found === null ? <Spinner /> : found.length === 0 ? <p class="picker-none">{t("console-writing-none")}</p> : (
          <ul class="picker-list" ref={list} aria-label={title}>
            {found.map((each) => (
              <li key={each.key}><button type="button" class="picker-item" onClick={() => onPick(each)}><Icon name={each.icon} size={17} /><span><strong lang={each.lang}>{each.text}</strong>{each.hint ? <small lang={each.lang}>{each.hint}</small> : null}</span></button></li>
            ))}
          </ul>
        )}
        {foot}
      </div>
    </Dialog>
  );
}
