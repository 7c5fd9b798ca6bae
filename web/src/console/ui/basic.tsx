/** The small pieces every page is made of: buttons, avatars, chips, keys, placeholders. */
import type { ButtonHTMLAttributes, ComponentChildren, CSSProperties, JSX } from "preact";
import { caps } from "../data/chords.ts";
import { hueOf, initials } from "../data/format.ts";
import { t } from "../data/i18n.ts";
import { Icon, type IconName } from "./icons.tsx";

const MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);

interface ButtonProps extends Omit<ButtonHTMLAttributes, "icon" | "size"> {
  look?: "primary" | "plain" | "quiet" | "danger" | "note";
  size?: "small" | "medium" | "large";
  icon?: IconName;
  busy?: boolean;
  disabled?: boolean;
  keys?: string;
  type?: "button" | "submit";
  children?: ComponentChildren;
}

export function Button({ look = "plain", size = "medium", icon, busy, disabled, keys, type = "button", children, class: className, ...rest }: ButtonProps): JSX.Element {
  return (
    <button {...rest} type={type} disabled={disabled || busy} aria-busy={busy || undefined} aria-keyshortcuts={keys?.replace("Mod", "Control")}
      class={`button button-${look} button-${size} ${children ? "" : "button-bare"} ${String(className ?? "")}`}>
      {busy ? <span class="spinner" aria-hidden="true" /> : icon ? <Icon name={icon} size={size === "small" ? 16 : 18} /> : null}
      {children ? <span class="button-text">{children}</span> : null}
    </button>
  );
}

/** A button that shows an icon only; its name is read out and shown on hover, with its key. */
export function IconButton({ icon, label, keys, pressed, look = "quiet", ...rest }: Omit<ButtonProps, "icon" | "children"> & { icon: IconName; label: string; pressed?: boolean }): JSX.Element {
  return <Button {...rest} look={look} icon={icon} keys={keys} aria-label={label} aria-pressed={pressed} data-tip={keys ? `${label}  ·  ${caps(keys, MAC).join(" ")}` : label} />;
}

export function Avatar({ id, name, size = 32, kind, dot }: { id: string; name: string; size?: number; kind?: "bot" | "system"; dot?: string }): JSX.Element {
  return (
    <span class={`avatar ${kind ? `avatar-${kind}` : ""}`} style={{ "--hue": hueOf(id), "--size": `${size}px` } as CSSProperties} aria-hidden="true">
      {kind === "bot" ? <Icon name="bot" size={Math.round(size * 0.58)} /> : initials(name)}
      {dot ? <span class={`dot dot-${dot}`} /> : null}
    </span>
  );
}

export type Tone = "neutral" | "accent" | "good" | "warn" | "bad" | "bot" | "note";

export function Chip({ tone = "neutral", icon, children, title }: { tone?: Tone; icon?: IconName; children: ComponentChildren; title?: string }): JSX.Element {
  return (
    <span class={`chip chip-${tone}`} title={title}>
      {icon ? <Icon name={icon} size={13} /> : null}
      {children}
    </span>
  );
}

export function Keys({ keys }: { keys: string }): JSX.Element {
  return <span class="keys" aria-hidden="true">{caps(keys, MAC).map((cap) => <kbd>{cap}</kbd>)}</span>;
}

export function Spinner({ label }: { label?: string }): JSX.Element {
  return <span class="waiting" role="status"><span class="spinner" aria-hidden="true" /><span class={label ? "" : "unseen"}>{label ?? t("console-loading")}</span></span>;
}

export function Empty({ icon, title, children, action }: { icon: IconName; title: string; children?: ComponentChildren; action?: ComponentChildren }): JSX.Element {
  return (
    <div class="empty">
      <span class="empty-mark"><Icon name={icon} size={26} /></span>
      <h2>{title}</h2>
      {children ? <p>{children}</p> : null}
      {action}
    </div>
  );
}

export function Skeleton({ rows, kind = "row" }: { rows: number; kind?: "row" | "bubble" | "line" }): JSX.Element {
  return (
    <div class={`skeletons skeletons-${kind}`} aria-hidden="true">
      {Array.from({ length: rows }, (_, at) => (
        <div key={at} class={`skeleton-${kind}`}>{kind === "line" ? null : <span class="skeleton-disc" />}<span class="skeleton-lines"><i /><i /></span></div>
      ))}
    </div>
  );
}

/** A notice inside a page: what went wrong, and the way on. */
export function Notice({ tone, children, action }: { tone: "bad" | "warn" | "good" | "accent"; children: ComponentChildren; action?: ComponentChildren }): JSX.Element {
  return (
    <div class={`notice notice-${tone}`} role={tone === "bad" ? "alert" : "status"}>
      <Icon name={tone === "good" ? "check" : "alert"} size={17} />
      <div class="notice-text">{children}</div>
      {action}
    </div>
  );
}
