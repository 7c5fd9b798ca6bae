/** The help center's only script: suggestions while one types, and the chat on the page instead of beside it. */
import "./help.css";
import { counted, moved, read } from "./suggest";
import type { Line } from "./suggest";

const PAUSE_MS = 140;
const SHORTEST = 2;

/** A search form becomes a combobox (ARIA 1.2, list autocomplete); without this it is a plain form. */
function combobox(form: HTMLFormElement, place: number): void {
  const input = form.querySelector<HTMLInputElement>("input[type=search]");
  const address = form.dataset["suggest"];
  if (!input || !address) return;
  const list = Object.assign(document.createElement("ul"), { id: `suggestions-${place}`, className: "suggestions", hidden: true });
  const told = Object.assign(document.createElement("p"), { className: "unseen" });
  const attributes = { role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list", "aria-haspopup": "listbox" };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset["label"] ?? "");
  told.setAttribute("role", "status");
  form.append(list, told);

  let lines: Line[] = [];
  let chosen = -1;
  let timer = 0;
  let asking: AbortController | null = null;

  const choose = (to: number): void => {
    chosen = to;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === chosen)));
    const item = list.children[chosen];
    if (item) {
      input.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const show = (found: Line[]): void => {
    lines = found;
    list.replaceChildren(...found.map((line, at) => option(line, `${list.id}-${at}`)));
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    told.textContent = counted(found.length, form.dataset["one"] ?? "", form.dataset["many"] ?? "");
    choose(-1);
  };
  const ask = async (): Promise<void> => {
    asking?.abort();
    const q = input.value.trim();
    if (q.length < SHORTEST && !/[^\x00-\x7f]/.test(q)) return show([]);
    const mine = (asking = new AbortController());
    try {
      const answer = await fetch(`${address}?q=${encodeURIComponent(q)}`, { signal: mine.signal });
      const found = answer.ok ? read(await answer.json()) : [];
      if (!mine.signal.aborted) show(found);
    } catch {
      if (!mine.signal.aborted) show([]);
    }
  };
  const close = (): void => {
    clearTimeout(timer);
    asking?.abort();
    show([]);
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), PAUSE_MS);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      return close();
    }
    const line = lines[chosen];
    if (event.key === "Enter" && line) {
      event.preventDefault();
      location.assign(line.href);
      return;
    }
    const to = moved(chosen, lines.length, event.key);
    if (to !== chosen) {
      event.preventDefault();
      choose(to);
    }
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget as Node | null)) close();
  });
  form.addEventListener("submit", close);
}

function option(line: Line, id: string): HTMLLIElement {
  // No link inside: what is in an option is not to be reached by itself.
  const item = Object.assign(document.createElement("li"), { id, textContent: line.title, lang: line.language });
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  // Pressing must not take the focus from the field before the click has come through.
  item.addEventListener("mousedown", (event) => event.preventDefault());
  item.addEventListener("click", () => location.assign(line.href));
  return item;
}

document.querySelectorAll<HTMLFormElement>("form[data-suggest]").forEach(combobox);
document.addEventListener("click", (event) => {
  const link = (event.target as Element | null)?.closest?.("a[data-opens-chat]");
  if (link && window.Parley) {
    event.preventDefault();
    window.Parley.open();
  }
});
