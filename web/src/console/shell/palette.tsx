/** The command palette: every action that is possible now, found by typing. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { actions, type Action } from "../data/actions.ts";
import { t } from "../data/i18n.ts";
import { Keys } from "../ui/basic.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Icon } from "../ui/icons.tsx";

/** Whether all letters of the query come in the text, in order; earlier and denser is better. */
export function rank(text: string, query: string): number {
  const hay = text.toLowerCase();
  const direct = hay.indexOf(query.toLowerCase());
  if (direct >= 0) return 1000 - direct;
  let at = -1;
  let spread = 0;
  for (const letter of query.toLowerCase()) {
    const next = hay.indexOf(letter, at + 1);
    if (next < 0) return 0;
    spread += next - at;
    at = next;
  }
  return Math.max(1, 500 - spread);
}

function find(query: string): { action: Action; text: string }[] {
  return actions.value
    .filter((action) => action.id !== "palette" && (action.enabled?.() ?? true))
    .map((action) => ({ action, text: t(action.text) }))
    .map((each) => ({ ...each, score: query ? rank(each.text, query) : 1 }))
    .filter((each) => each.score > 0)
    .sort((a, b) => b.score - a.score);
}

export function Palette({ onClose }: { onClose: () => void }): JSX.Element {
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const found = find(query);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }), [at, query]);
  const run = (action: Action | undefined): void => {
    if (!action) return;
    onClose();
    setTimeout(() => action.run());
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === "Enter") run(found[at]?.action);
    else if (event.key === "ArrowDown") setAt((at + 1) % Math.max(1, found.length));
    else if (event.key === "ArrowUp") setAt((at - 1 + found.length) % Math.max(1, found.length));
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={t("console-palette")} onClose={onClose} bare class="palette">
      <div class="palette-field">
        <Icon name="search" />
        <input data-autofocus class="palette-input" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-activedescendant={`palette-${at}`} aria-label={t("console-palette")}
          placeholder={t("console-palette-hint")} value={query} onInput={(event) => { setQuery(event.currentTarget.value); setAt(0); }} onKeyDown={onKey} />
      </div>
      <div id="palette-list" class="palette-list" role="listbox" aria-label={t("console-palette")} ref={list}>
        {found.map(({ action, text }, index) => (
          <div key={action.id} id={`palette-${index}`} role="option" aria-selected={index === at} class="palette-item" onMouseMove={() => setAt(index)} onClick={() => run(action)}>
            <span>{text}</span><small>{t(`console-keys-${action.group}`)}</small>{action.keys ? <Keys keys={action.keys} /> : null}
          </div>
        ))}
        {found.length === 0 ? <p class="palette-none">{t("console-palette-none")}</p> : null}
      </div>
    </Dialog>
  );
}
