/** The buttons over the text: one stop for Tab, arrows move among them. */
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { t } from "../../data/i18n.ts";
import { IconButton } from "../../ui/basic.tsx";
import { Icon, type IconName } from "../../ui/icons.tsx";
import { Menu } from "../../ui/menu.tsx";
import { blocked, callout, lined, marked, type Change, type Line, type Mark, type Selected } from "./markup.ts";

export type Opening = "link" | "image" | "reusable";
interface Tool { name: string; icon: IconName; keys?: string; change: (selected: Selected) => Change }

const mark = (name: Mark): ((selected: Selected) => Change) => (selected) => marked(selected, name);
const line = (name: Line): ((selected: Selected) => Change) => (selected) => lined(selected, name);

export const TOOLS: Tool[] = [
  { name: "bold", icon: "bold", keys: "Mod+b", change: mark("bold") },
  { name: "italic", icon: "italic", keys: "Mod+i", change: mark("italic") },
  { name: "code", icon: "code", keys: "Mod+e", change: mark("code") },
  { name: "heading", icon: "heading", keys: "Mod+Alt+2", change: line("heading2") },
  { name: "bullets", icon: "bullets", keys: "Mod+Shift+8", change: line("bullets") },
  { name: "steps", icon: "steps", keys: "Mod+Shift+7", change: line("steps") },
  { name: "tasks", icon: "checks", keys: "Mod+Shift+9", change: line("tasks") },
  { name: "quote", icon: "quote", change: line("quote") },
];
const CALLOUTS = ["note", "tip", "important", "warning"] as const;

function insertions(): { name: string; change: (selected: Selected) => Change }[] {
  const cell = t("console-writing-cell");
  return [
    { name: "heading3", change: line("heading3") },
    { name: "strike", change: mark("strike") },
    { name: "table", change: (selected) => blocked(selected, `| ${cell} | ${cell} |\n| --- | --- |\n| ${cell} | ${cell} |`, cell) },
    { name: "block", change: (selected) => blocked(selected, `\`\`\`\n${selected.value.slice(selected.start, selected.end)}\n\`\`\``) },
    { name: "rule", change: (selected) => blocked(selected, "---") },
  ];
}

function step(bar: HTMLElement | null, event: KeyboardEvent): void {
  const way = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
  if (way === undefined || (event.target as HTMLElement).closest(".menu-list")) return;
  const buttons = [...(bar?.querySelectorAll<HTMLElement>("button:not([disabled]):not(.menu-item)") ?? [])];
  const at = buttons.indexOf(document.activeElement as HTMLElement);
  const next = Number.isFinite(way) ? (at + way + buttons.length) % buttons.length : way < 0 ? 0 : buttons.length - 1;
  event.preventDefault();
  for (const button of buttons) button.tabIndex = -1;
  buttons[next]!.tabIndex = 0;
  buttons[next]!.focus();
}

interface Props { onChange: (change: (selected: Selected) => Change) => void; onOpen: (what: Opening) => void; disabled?: boolean; controls: string }

export function Toolbar({ onChange, onOpen, disabled, controls }: Props): JSX.Element {
  const bar = useRef<HTMLDivElement>(null);
  const hold = (event: Event): void => { if (!(event.target as HTMLElement).closest(".menu")) event.preventDefault(); };
  return (
    <div ref={bar} class="toolbar" role="toolbar" aria-label={t("console-writing-toolbar")} aria-controls={controls} onKeyDown={(event) => step(bar.current, event)} onMouseDown={hold}>
      {TOOLS.map((tool, at) => <IconButton key={tool.name} icon={tool.icon} size="small" label={t(`console-writing-${tool.name}`)} keys={tool.keys} disabled={disabled} tabIndex={at ? -1 : 0} onClick={() => onChange(tool.change)} />)}
      <span class="toolbar-rule" />
      <IconButton icon="link" size="small" label={t("console-writing-link")} keys="Mod+Shift+k" disabled={disabled} tabIndex={-1} onClick={() => onOpen("link")} />
      <IconButton icon="image" size="small" label={t("console-writing-image")} disabled={disabled} tabIndex={-1} onClick={() => onOpen("image")} />
      <IconButton icon="braces" size="small" label={t("console-writing-reusable")} disabled={disabled} tabIndex={-1} onClick={() => onOpen("reusable")} />
      <span class="toolbar-rule" />
      <Menu class="toolbar-menu" label={t("console-writing-callout")} items={CALLOUTS.map((kind) => ({ text: t(`console-callout-${kind}`), run: () => onChange((selected) => callout(selected, kind, t("console-writing-words"))) }))}>
        <Icon name="alert" size={16} />
      </Menu>
      <Menu class="toolbar-menu" label={t("console-writing-more")} items={insertions().map(({ name, change }) => ({ text: t(`console-writing-${name}`), run: () => onChange(change) }))}>
        <Icon name="more" size={16} />
      </Menu>
    </div>
  );
}
