/** A button that opens a menu; arrows move, Escape and a click elsewhere close. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Keys } from "./basic.tsx";
import { Icon, type IconName } from "./icons.tsx";

export interface MenuItem {
  text: string; run: () => void; icon?: IconName; keys?: string; hint?: string; checked?: boolean; danger?: boolean; mark?: ComponentChildren; rule?: boolean; disabled?: boolean;
}
interface Props {
  items: MenuItem[];
  label: string;
  children: ComponentChildren;
  class?: string;
  side?: "start" | "end";
  up?: boolean;
  heading?: ComponentChildren;
  footer?: (close: () => void) => ComponentChildren;
  /** Marks the button, so that a shortcut can press it. */
  id?: string;
}

function move(list: HTMLElement | null, by: number): void {
  const items = [...(list?.querySelectorAll<HTMLElement>("[role^=menuitem]:not([disabled])") ?? [])];
  const at = items.indexOf(document.activeElement as HTMLElement);
  items.at((at + by + items.length) % items.length)?.focus();
}

/** Whether the opened list would be cut off by the thread or the window it stands in, and fits above. */
function noRoomBelow(root: HTMLElement | null): boolean {
  const list = root?.querySelector(".menu-list")?.getBoundingClientRect();
  const frame = root?.closest(".thread")?.getBoundingClientRect();
  if (!list || !root) return false;
  return list.bottom > (frame?.bottom ?? innerHeight) && root.getBoundingClientRect().top - list.height > (frame?.top ?? 0);
}

export function Menu({ items, label, children, class: className = "", side = "end", up, heading, footer, id }: Props): JSX.Element {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = (focus = true): void => {
    setOpen(false);
    if (focus) button.current?.focus();
  };
  const [upward, setUpward] = useState(false);
  useLayoutEffect(() => setUpward(open && noRoomBelow(root.current)), [open]);
  useEffect(() => {
    if (!open) return;
    move(list.current, list.current?.contains(document.activeElement) ? 0 : 1);
    const outside = (event: Event): void => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    addEventListener("pointerdown", outside);
    addEventListener("focusin", outside);
    return () => {
      removeEventListener("pointerdown", outside);
      removeEventListener("focusin", outside);
    };
  }, [open]);
  const onKey = (event: KeyboardEvent): void => {
    const inField = event.target instanceof HTMLInputElement;
    const steps: Record<string, () => void> = { ArrowDown: () => move(list.current, 1), ArrowUp: () => move(list.current, -1), Escape: () => close() };
    const step = steps[event.key];
    if (!open || !step || (inField && event.key !== "Escape")) return;
    event.preventDefault();
    event.stopPropagation();
    step();
  };
  return (
    <div class={`menu ${className}`} ref={root} onKeyDown={onKey}>
      <button ref={button} id={id} type="button" class="menu-button" aria-haspopup="menu" aria-expanded={open} data-tip={open ? undefined : label} onClick={() => setOpen(!open)}>
        {children}<span class="unseen">{label}</span>
      </button>
      {open ? (
        <div class={`menu-list menu-${side} ${up || upward ? "menu-up" : ""}`}>
          {heading}
          <div role="menu" aria-label={label} ref={list}>
            {items.map((item) => (
              <button key={item.text} type="button" tabIndex={-1} disabled={item.disabled} role={item.checked === undefined ? "menuitem" : "menuitemradio"} aria-checked={item.checked}
                class={`menu-item ${item.danger ? "menu-danger" : ""} ${item.rule ? "menu-ruled" : ""}`} onClick={() => { close(); item.run(); }}>
                {item.mark ?? (item.icon ? <Icon name={item.icon} size={17} /> : null)}
                <span class="menu-text">{item.text}{item.hint ? <small>{item.hint}</small> : null}</span>
                {item.checked ? <Icon name="check" size={16} /> : item.keys ? <Keys keys={item.keys} /> : null}
              </button>
            ))}
          </div>
          {footer?.(() => close())}
        </div>
      ) : null}
    </div>
  );
}
