/** A button that explains something in a small box over the page; Escape and a click elsewhere close it. */
import type { ComponentChildren, JSX } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";

interface Props { label: string; title: string; button: ComponentChildren; children: ComponentChildren; class?: string }

const GAP = 6;

/** Below the button, above it where there is no room; never over the edge of the window. */
function settle(box: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const own = box.getBoundingClientRect();
  const below = at.bottom + GAP + own.height < innerHeight;
  box.style.top = `${Math.max(GAP, below ? at.bottom + GAP : at.top - GAP - own.height)}px`;
  box.style.left = `${Math.max(GAP, Math.min(at.left, innerWidth - own.width - GAP))}px`;
}

export function Popover({ label, title, button, children, class: className = "" }: Props): JSX.Element {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const heading = useId();
  useLayoutEffect(() => {
    if (!open || !box.current || !opener.current) return;
    box.current.showPopover?.();
    settle(box.current, opener.current);
    box.current.focus();
    // What is fetched for it comes later and may need more room.
    const grown = new ResizeObserver(() => { if (box.current && opener.current) settle(box.current, opener.current); });
    grown.observe(box.current);
    const scrolled = (event: Event): void => { if (!box.current?.contains(event.target as Node)) setOpen(false); };
    addEventListener("scroll", scrolled, true);
    return () => {
      grown.disconnect();
      removeEventListener("scroll", scrolled, true);
    };
  }, [open]);
  const close = (): void => {
    setOpen(false);
    opener.current?.focus();
  };
  return (
    <>
      <button ref={opener} type="button" class={`popover-button ${className}`} aria-haspopup="dialog" aria-expanded={open} aria-label={label} onClick={() => setOpen(!open)}>{button}</button>
      {open ? (
        <div ref={box} class="popover" popover="auto" role="dialog" aria-labelledby={heading} tabIndex={-1}
          onToggle={(event) => { if (event.newState === "closed") setOpen(false); }}
          onKeyDown={(event) => { if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); close(); } }}>
          <h3 id={heading}>{title}</h3>
          {children}
        </div>
      ) : null}
    </>
  );
}
