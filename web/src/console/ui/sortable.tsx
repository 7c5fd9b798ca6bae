/** A list whose order people change: by dragging a handle, with the arrow keys on it, or by the menu that it opens. */
import type { ComponentChildren, JSX } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../data/i18n.ts";
import { Menu, type MenuItem } from "./menu.tsx";

interface Props<T extends { id: string }> {
  items: T[];
  label: string;
  nameOf: (item: T) => string;
  row: (item: T, at: number) => ComponentChildren;
  onMove: (from: number, to: number) => void;
  class?: string;
  rowClass?: (item: T) => string;
}

interface Drag { from: number; to: number; start: number; by: number }
/** Less is a press, which opens the menu. */
const DRAGGED_PX = 4;

/** Which row a pointer at this height stands over, by the rows' own middles. */
export function rowAt(boxes: readonly { top: number; height: number }[], y: number): number {
  const below = boxes.findIndex((box) => y < box.top + box.height / 2);
  return below < 0 ? boxes.length : below;
}

/** Where what was at `from` ends when it is dropped before the row that is now at `before`. */
export function landing(from: number, before: number): number {
  return before > from ? before - 1 : before;
}

const KEYS: Record<string, (at: number, last: number) => number> = {
  ArrowUp: (at) => Math.max(0, at - 1), ArrowDown: (at, last) => Math.min(last, at + 1), Home: () => 0, End: (_, last) => last,
};

export function Sortable<T extends { id: string }>({ items, label, nameOf, row, onMove, class: className = "", rowClass }: Props<T>): JSX.Element {
  const list = useRef<HTMLOListElement>(null);
  const hint = useId();
  const [drag, setDrag] = useState<Drag | null>(null);
  const [said, setSaid] = useState("");
  const focus = useRef<string | null>(null);
  const dragged = useRef(false);
  const move = (from: number, to: number): void => {
    if (from === to) return;
    const item = items[from]!;
    focus.current = item.id;
    onMove(from, to);
    setSaid(t("console-moved", { name: nameOf(item), at: to + 1, count: items.length }));
  };
  // A row that moves in the document loses the focus.
  useLayoutEffect(() => {
    if (focus.current) list.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(focus.current)}"] .handle button`)?.focus();
    focus.current = null;
  });
  // Where the rows stood when one of them was taken up.
  const boxes = useRef<DOMRect[]>([]);
  const take = (event: PointerEvent, at: number): void => {
    dragged.current = false;
    if (event.button !== 0 || !(event.target as Element).closest(".menu-button")) return;
    boxes.current = [...list.current!.children].map((each) => each.getBoundingClientRect());
    setDrag({ from: at, to: at, start: event.clientY, by: 0 });
  };
  // Not after the next paint: a quick press is over by then.
  useLayoutEffect(() => {
    if (!drag) return;
    const over = (event: PointerEvent): void => setDrag((old) => old && { ...old, by: event.clientY - old.start, to: landing(old.from, rowAt(boxes.current, event.clientY)) });
    const drop = (event: PointerEvent): void => {
      dragged.current = Math.abs(event.clientY - drag.start) > DRAGGED_PX;
      move(drag.from, drag.to);
      setDrag(null);
    };
    const cancel = (event?: Event): void => { if (!(event instanceof KeyboardEvent) || event.key === "Escape") setDrag(null); };
    addEventListener("pointermove", over);
    addEventListener("pointerup", drop);
    addEventListener("pointercancel", cancel);
    addEventListener("keydown", cancel);
    return () => {
      removeEventListener("pointermove", over);
      removeEventListener("pointerup", drop);
      removeEventListener("pointercancel", cancel);
      removeEventListener("keydown", cancel);
    };
  }, [drag?.from, drag?.to]);
  const onKey = (event: KeyboardEvent, at: number): void => {
    const to = KEYS[event.key]?.(at, items.length - 1);
    if (to === undefined || (event.target as HTMLElement).getAttribute("role") === "menuitem") return;
    event.preventDefault();
    move(at, to);
  };
  const ways = (at: number): MenuItem[] => {
    const last = items.length - 1;
    return [["top", 0], ["up", at - 1], ["down", at + 1], ["bottom", last]].map(([name, to]) => ({
      text: t(`console-move-${name}`), run: () => move(at, to as number), disabled: to === at || (to as number) < 0 || (to as number) > last,
    }));
  };
  const mark = (at: number): string => {
    if (!drag || drag.from === drag.to) return drag?.from === at ? "sort-held" : "";
    return drag.from === at ? "sort-held" : drag.to === at ? (drag.to < drag.from ? "sort-before" : "sort-after") : "";
  };
  return (
    <>
      <ol ref={list} class={`things sortable ${className}`} aria-label={label} aria-describedby={hint}>
        {items.map((item, at) => (
          <li key={item.id} data-row={item.id} class={`thing sort-row ${mark(at)} ${rowClass?.(item) ?? ""}`} style={drag?.from === at ? { transform: `translateY(${drag.by}px)` } : undefined}>
            <span class="handle" role="presentation" onKeyDown={(event) => onKey(event, at)}
              onPointerDown={(event) => take(event, at)}
              onClickCapture={(event) => { if (dragged.current) event.stopPropagation(); dragged.current = false; }}>
              <Menu label={t("console-move-handle", { name: nameOf(item), at: at + 1, count: items.length })} side="start" items={ways(at)}><span class="handle-dots" aria-hidden="true" /></Menu>
            </span>
            {row(item, at)}
          </li>
        ))}
      </ol>
      <p id={hint} hidden>{t("console-move-hint")}</p>
      <div class="unseen" role="status" aria-live="assertive">{said}</div>
    </>
  );
}
