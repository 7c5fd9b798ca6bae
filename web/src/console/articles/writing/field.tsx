/** The field for an article's Markdown: toolbar, keys, images by button, paste and drop, links and reusables by search. */
import type { JSX, RefObject } from "preact";
import { useRef, useState } from "preact/hooks";
import { t } from "../../data/i18n.ts";
import { caps } from "../../data/chords.ts";
import { Field, type Submission } from "../../ui/form.tsx";
import { selectedIn, perform } from "./hand.ts";
import { ImageDialog, imagesIn, useImages } from "./image.tsx";
import { bracketed, entered, indented, lined, marked, put, wordsIn, type Change, type Selected } from "./markup.ts";
import { LinkPicker, ReusablePicker } from "./pickers.tsx";
import { Toolbar, type Opening } from "./toolbar.tsx";

interface Props { value: string; onValue: (value: string) => void; tag: string; submission?: Submission; readOnly?: boolean; area: RefObject<HTMLTextAreaElement | null> }

const MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** By where a key is, not by what it types: Shift+7 is another character on each keyboard. */
const KEYS: Record<string, (selected: Selected) => Change> = {
  "Mod+KeyB": (each) => marked(each, "bold"), "Mod+KeyI": (each) => marked(each, "italic"), "Mod+KeyE": (each) => marked(each, "code"),
  "Mod+Alt+Digit2": (each) => lined(each, "heading2"), "Mod+Alt+Digit3": (each) => lined(each, "heading3"),
  "Mod+Shift+Digit7": (each) => lined(each, "steps"), "Mod+Shift+Digit8": (each) => lined(each, "bullets"), "Mod+Shift+Digit9": (each) => lined(each, "tasks"),
  "Mod+BracketRight": (each) => indented(each, 1), "Mod+BracketLeft": (each) => indented(each, -1),
};

function pressed(event: KeyboardEvent): string {
  return [event.ctrlKey || event.metaKey ? "Mod+" : "", event.altKey ? "Alt+" : "", event.shiftKey ? "Shift+" : "", event.code].join("");
}

export function MarkdownField({ value, onValue, tag, submission, readOnly, area }: Props): JSX.Element {
  const [open, setOpen] = useState<Exclude<Opening, "image"> | null>(null);
  const [over, setOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const images = useImages();
  const change = (make: (selected: Selected) => Change | null): void => {
    const made = area.current && make(selectedIn(area.current));
    if (made) perform(area.current!, made);
  };
  // A dialog gives the focus back first.
  const later = (make: (selected: Selected) => Change): void => void setTimeout(() => change(make));
  const opened = (what: Opening): void => (what === "image" ? files.current?.click() : setOpen(what));
  const onKey = (event: KeyboardEvent): void => {
    if (event.isComposing || readOnly) return;
    const key = pressed(event);
    const make = key === "Enter" ? entered(selectedIn(area.current!)) : KEYS[key]?.(selectedIn(area.current!)) ?? null;
    if (make) perform(area.current!, make);
    if (key === "Mod+Shift+KeyK") setOpen("link");
    if (make || key === "Mod+Shift+KeyK") {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  const take = (event: Event, data: DataTransfer | null): void => {
    const found = imagesIn(data);
    setOver(false);
    if (!found.length || readOnly) return;
    event.preventDefault();
    images.add(found);
  };
  return (
    <div class={`writing ${over ? "writing-over" : ""}`} onDragOver={(event) => { if ([...(event.dataTransfer?.types ?? [])].includes("Files")) { event.preventDefault(); setOver(true); } }} onDragLeave={() => setOver(false)} onDrop={(event) => take(event, event.dataTransfer)}>
      <Field label={t("console-article-body")} name="body" submission={submission} help={<span class="writing-help"><span>{images.busy ? t("console-writing-uploading") : t("console-writing-help", { keys: caps("Mod+Shift+k", MAC).join(" ") })}</span><span class="tabular">{t("console-writing-count", { count: wordsIn(value) })}</span></span>}>
        {(wired) => (
          <div class="writing-box">
            <Toolbar controls={wired.id} onChange={change} onOpen={opened} disabled={readOnly} />
            <textarea ref={area} class="input" rows={18} required lang={tag} value={value} readOnly={readOnly} {...wired} onInput={(event) => onValue(event.currentTarget.value)} onKeyDown={onKey} onPaste={(event) => take(event, event.clipboardData)} />
          </div>
        )}
      </Field>
      <input ref={files} type="file" hidden multiple accept="image/png,image/jpeg,image/gif,image/webp" tabIndex={-1} aria-hidden="true" onChange={(event) => { images.add(event.currentTarget.files ?? []); event.currentTarget.value = ""; }} />
      {open === "link" ? <LinkPicker tag={tag} onClose={() => setOpen(null)} onPick={(target) => { setOpen(null); later((each) => { const words = each.value.slice(each.start, each.end) || bracketed(target.text); return put(each, `[${words}](${target.address})`, words); }); }} /> : null}
      {open === "reusable" ? <ReusablePicker tag={tag} onClose={() => setOpen(null)} onPick={(name) => { setOpen(null); later((each) => put(each, `{{${name}}}`)); }} /> : null}
      {images.asked ? <ImageDialog key={images.asked.id} image={images.asked} onClose={images.next} onInsert={(markdown) => { images.next(); later((each) => put(each, markdown)); }} /> : null}
    </div>
  );
}
