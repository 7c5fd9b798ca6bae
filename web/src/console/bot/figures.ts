/** The report's period and links, and its figures in words. */
import type { BotReport, Estimate, Figure, OutcomeName } from "../../wire.ts";
import { percent } from "../data/format.ts";
import { hasText, locale, t } from "../data/i18n.ts";
import { href, place } from "../data/router.ts";
import { intentName, languageName, channelName, reasonName } from "../routing/labels.ts";

export const OUTCOMES: OutcomeName[] = ["confirmed", "assumed", "escalated", "abandoned"];
const DAY_MS = 86_400_000;
const SPANS = [7, 28, 90];
export const PRESETS = SPANS;

export interface Asked { since: string; until: string; inbox: string }

export const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** A day in this browser's zone, so many days ago, as 2026-01-31. */
export function dayAgo(days: number, now = Date.now()): string {
  const at = new Date(now - days * DAY_MS);
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, "0")}-${String(at.getDate()).padStart(2, "0")}`;
}

export function askedBy(query: URLSearchParams): Asked {
  return { since: query.get("since") || dayAgo(27), until: query.get("until") || dayAgo(0), inbox: query.get("inbox") ?? "" };
}

export function asked(): Asked {
  return askedBy(place.value.query);
}

/** The address of the report as it is, but for what is changed. */
export function reportHref(change: Partial<Asked>): string {
  const query = place.value.query;
  const now = { since: query.get("since"), until: query.get("until"), inbox: query.get("inbox") };
  return href("/bot/outcomes", { ...now, ...change });
}

/** The list of the conversations behind a number. */
export function behind(of: Pick<BotReport, "since" | "until" | "zone" | "inbox">, what: Record<string, string>): string {
  const search = new URLSearchParams({ since: of.since, until: of.until, zone: of.zone, ...(of.inbox ? { inbox: of.inbox } : {}), ...what });
  return href("/inbox/all", { status: "any", bot: search.toString() });
}

export const number = (value: number): string => new Intl.NumberFormat(locale()).format(value);

/** The share of a figure, and between what it is likely to be. */
export function shareOf(figure: Figure, all: number): string {
  return all ? percent(figure.count / all, locale()) : "–";
}

export function boundsOf(figure: { low: number; high: number }): string {
  return t("console-outcomes-bounds", { low: percent(figure.low, locale()), high: percent(figure.high, locale()) });
}

export function money(value: number, currency: string): string {
  const digits = Math.abs(value) < 100 ? 2 : 0;
  return new Intl.NumberFormat(locale(), { style: "currency", currency, minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

/** A difference of shares in points of a hundred, with its sign. */
export function points(value: number): string {
  return t("console-outcomes-points", { points: new Intl.NumberFormat(locale(), { maximumFractionDigits: 1, signDisplay: "exceptZero" }).format(value * 100) });
}

export function pointsBetween(found: Estimate): string {
  return t("console-outcomes-bounds", { low: points(found.low), high: points(found.high) });
}

/** Why a conversation counts as what it does: our own words, else those of hand-overs. */
export function whyName(code: string): string {
  const key = `console-outcomes-why-${code.replaceAll("_", "-")}`;
  return hasText(key) ? t(key) : reasonName(code);
}

export function lineName(by: string, key: string, name: string | null): string {
  if (!key) return t(by === "article" ? "console-outcomes-no-article" : "console-outcomes-unknown");
  if (by === "intent") return intentName(key);
  if (by === "channel") return channelName(key);
  if (by === "language") return languageName(key);
  return name ?? key;
}
