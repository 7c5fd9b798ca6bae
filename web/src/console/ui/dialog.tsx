/** A modal dialog on the browser's own element: focus stays inside, Escape closes, focus goes back afterwards. */
import type { ComponentChildren, JSX } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../data/i18n.ts";
import { IconButton } from "./basic.tsx";

interface Props {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  wide?: boolean;
  /** Without a visible heading; the title is still read out. */
  bare?: boolean;
  class?: string;
}

export function Dialog({ title, onClose, children, wide, bare, class: className = "" }: Props): JSX.Element {
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  // Before the next key is heard: after the next frame is too late for who types fast.
  useLayoutEffect(() => {
    const before = document.activeElement;
    const dialog = element.current!;
    dialog.showModal();
    (dialog.querySelector<HTMLElement>("[data-autofocus]") ?? dialog.querySelector<HTMLElement>("h2"))?.focus();
    return () => {
      // Not close(): that puts the caret of the field before at its start.
      dialog.remove();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog ref={element} class={`dialog ${wide ? "dialog-wide" : ""} ${bare ? "dialog-bare" : ""} ${className}`} aria-labelledby={heading}
      onCancel={(event) => { event.preventDefault(); onClose(); }}
      onMouseDown={(event) => { if (event.target === element.current) onClose(); }}>
      <div class="dialog-body">
        <header class={bare ? "unseen" : "dialog-head"}>
          <h2 id={heading} tabIndex={-1}>{title}</h2>
          {bare ? null : <IconButton icon="close" label={t("console-close")} onClick={onClose} />}
        </header>
        {children}
      </div>
    </dialog>
  );
}
