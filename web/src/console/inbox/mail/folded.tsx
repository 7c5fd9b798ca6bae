/** What came along and was not written this time: a quote or a signature behind three dots. */
import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import type { FoldedPart } from "../../../wire.ts";
import { t } from "../../data/i18n.ts";

export function Folded({ part, language }: { part: FoldedPart; language: string }): JSX.Element {
  const [open, setOpen] = useState(false);
  const id = useId();
  const label = t(`console-mail-${open ? "hide" : "show"}-${part.what}`);
  return (
    <div class="folded">
      <button type="button" class="folded-dots" aria-expanded={open} aria-controls={id} aria-label={label} title={label} onClick={() => setOpen(!open)}><span aria-hidden="true">•••</span></button>
      <blockquote id={id} class={`folded-text folded-${part.what}`} hidden={!open} lang={language} dir="auto">{part.text}</blockquote>
    </div>
  );
}
