/** The form of an inbox of any kind: its values, and what is sent for them. */
import type { BotMode, Inbox, ProbeStep } from "../../wire.ts";
import { beginMail, mailConfig, type MailForm } from "./email/model.ts";

export interface InboxForm {
  kind: string; name: string; queue: string; enabled: boolean; bot: BotMode; origins: string; color: string; position: string; greeting: Record<string, string>;
  /** The mailbox through which a conversation goes on when the visitor has left; none if empty. */
  goOn: string;
  mail: MailForm; steps: readonly ProbeStep[] | null; rest: Record<string, unknown>;
}

export const COLOR = "#3d55d9";
/** The widget's own name for the inbox through which it goes on by mail. */
const GO_ON = "mail";

export function begin(item: Inbox | null, queue: string): InboxForm {
  const { origins, color, position, greeting, [GO_ON]: goOn, ...rest } = item?.config ?? {};
  const words = (value: unknown, usual: string): string => (typeof value === "string" ? value : usual);
  return {
    kind: item?.kind ?? "widget", name: item?.name ?? "", queue: item?.queue ?? queue, enabled: item?.enabled ?? true, bot: item?.bot ?? "answer",
    origins: Array.isArray(origins) ? origins.join("\n") : "", color: words(color, item ? "" : COLOR), position: words(position, "right"), goOn: words(goOn, ""),
    greeting: typeof greeting === "object" && greeting !== null ? { ...(greeting as Record<string, string>) } : {}, mail: beginMail(item?.config ?? {}), steps: null, rest,
  };
}

function widgetConfig({ rest, origins, color, position, greeting, goOn }: InboxForm): Record<string, unknown> {
  const said = Object.fromEntries(Object.entries(greeting).filter(([, text]) => text.trim() !== ""));
  return { ...rest, origins: origins.split(/\s+/u).filter(Boolean), color: color || null, position, greeting: said, [GO_ON]: goOn || null };
}

/** What the form does not know stays as it was. */
export function body(form: InboxForm): unknown {
  const { kind, name, queue, enabled, bot } = form;
  const config = kind === "widget" ? widgetConfig(form) : kind === "email" ? mailConfig(form.mail) : form.rest;
  return { kind, name, queue, enabled, bot, config };
}
