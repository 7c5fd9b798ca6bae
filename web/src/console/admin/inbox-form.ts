/** The form of an inbox of any kind: its values, what is sent for them, and what is tried before it is saved. */
import type { BotMode, BotProfile, Inbox, ProbeStep } from "../../wire.ts";
import { channelKind } from "../data/session.ts";
import { beginMail, mailConfig, type MailForm } from "./email/model.ts";
import { beginLive, liveConfig, type LiveForm } from "./live/model.ts";
import { beginTelegram, telegramConfig, type TelegramForm } from "./telegram/model.ts";

export interface InboxForm {
  kind: string; name: string; queue: string; enabled: boolean; bot: BotMode; weight: number; interruptible: boolean; profile: BotProfile; live: LiveForm; mail: MailForm; telegram: TelegramForm;
  steps: readonly ProbeStep[] | null; rest: Record<string, unknown>;
}

/** Kinds whose visitors come over our own protocol. */
const LIVE = new Set(["widget", "chat"]);
/** Kinds that reach somewhere, which can be tried. */
const REACHING = new Set(["email", "telegram"]);

export function isLive(kind: string): boolean {
  return LIVE.has(kind);
}

export function reaches(kind: string): boolean {
  return REACHING.has(kind);
}

/** What a conversation of this kind loads an agent with, unless somebody says otherwise. */
export function usualWork(kind: string): Pick<InboxForm, "weight" | "interruptible"> {
  const { weight = 1, interruptible = false } = channelKind(kind) ?? {};
  return { weight, interruptible };
}

export function begin(item: Inbox | null, queue: string): InboxForm {
  const config = item?.config ?? {};
  return {
    kind: item?.kind ?? "widget", name: item?.name ?? "", queue: item?.queue ?? queue, enabled: item?.enabled ?? true, bot: item?.bot ?? "answer",
    ...(item ? { weight: item.weight, interruptible: item.interruptible } : usualWork("widget")),
    profile: item?.profile ?? { engine: null, persona: "", languages: [], caution: "usual" },
    live: beginLive(config, item === null), mail: beginMail(config), telegram: beginTelegram(config), steps: null, rest: config,
  };
}

/** The configuration that is sent; of a kind that has no form here it stays as it was. */
export function configOf(form: InboxForm): Record<string, unknown> {
  if (isLive(form.kind)) return liveConfig(form.live, form.kind);
  if (form.kind === "email") return mailConfig(form.mail);
  return form.kind === "telegram" ? telegramConfig(form.telegram) : form.rest;
}

export function body(form: InboxForm): unknown {
  const { kind, name, queue, enabled, bot, weight, interruptible, profile } = form;
  return { kind, name, queue, enabled, bot, weight, interruptible, profile, config: configOf(form) };
}
