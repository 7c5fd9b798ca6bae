/** Misunderstood texts and models: what the server says of them, and what is done with them. */
import { signal } from "@preact/signals";
import type { BotModelDetail, BotModels, BotRollout, LabelUndone, MisreadText, MisreadTexts, TextLabel, TrainingBegun } from "../../wire.ts";
import { api, type ApiError, withQuery } from "../data/api.ts";
import { locale } from "../data/i18n.ts";
import { href, place } from "../data/router.ts";
import { onLeave } from "../data/session.ts";

export const PAGE = 50;
export const texts = signal<MisreadTexts | null>(null);
export const textsError = signal<ApiError | null>(null);
let wanted = "";

const NARROWING = ["kept", "why", "intent", "language", "days", "offset"] as const;
export type Narrowing = Record<(typeof NARROWING)[number], string>;

/** What the address says. */
export function narrowing(): Narrowing {
  return Object.fromEntries(NARROWING.map((name) => [name, place.value.query.get(name) ?? ""])) as Narrowing;
}

export function textsHref(change: Partial<Narrowing> = {}): string {
  return href("/knowledge/turns", { ...narrowing(), ...change });
}

export async function loadTexts(): Promise<void> {
  const path = withQuery("/api/bot/turns", { ...narrowing() });
  wanted = path;
  try {
    const found = await api.get<MisreadTexts>(path);
    if (wanted !== path) return;
    texts.value = found;
    textsError.value = null;
  } catch (fault) {
    if (wanted === path) textsError.value = fault as ApiError;
  }
}

function show(key: string, label: TextLabel | null): void {
  const page = texts.value;
  if (page) texts.value = { ...page, items: page.items.map((each) => (each.key === key ? { ...each, label } : each)) };
}

export async function label(key: string, intent: string | null): Promise<TextLabel> {
  const made = await api.put<TextLabel>(`/api/bot/turns/${encodeURIComponent(key)}/label`, { intent });
  show(key, made);
  return made;
}

export async function undo(key: string, id: string): Promise<void> {
  show(key, (await api.post<LabelUndone>(`/api/bot/labels/${encodeURIComponent(id)}/undo`)).label);
}

/** The next text without a label after this one, else before it; null when all have one. */
export function nextOpen(items: readonly MisreadText[], after: string): string | null {
  const at = items.findIndex((each) => each.key === after);
  const rest = [...items.slice(at + 1), ...items.slice(0, at)];
  return rest.find((each) => each.label === null)?.key ?? null;
}

/** Keys for labels in the order of the intents; those that move, take back or leave out are not among them. */
const KEYS = "123456789abcdefhilmopqrstvwyz";

export function keyOf(at: number): string | null {
  return KEYS[at] ?? null;
}

export function intentOfKey(key: string, intents: readonly string[]): string | null {
  const at = key.length === 1 ? KEYS.indexOf(key) : -1;
  return at < 0 ? null : (intents[at] ?? null);
}

export const models = signal<BotModels | null>(null);
export const modelsError = signal<ApiError | null>(null);

export async function loadModels(): Promise<void> {
  try {
    models.value = await api.get<BotModels>("/api/bot/models");
    modelsError.value = null;
  } catch (fault) {
    modelsError.value = fault as ApiError;
  }
}

onLeave(() => {
  texts.value = null;
  models.value = null;
});

export const modelHref = (id: string): string => href(`/knowledge/models/${encodeURIComponent(id)}`);
export const loadModel = (id: string): Promise<BotModelDetail> => api.get<BotModelDetail>(`/api/bot/models/${encodeURIComponent(id)}`);
export const train = (): Promise<TrainingBegun> => api.post<TrainingBegun>("/api/bot/models");
export const rollOut = (id: string): Promise<BotRollout> => api.post<BotRollout>(`/api/bot/models/${encodeURIComponent(id)}/roll-out`);

/** Whether something is going on that should be looked at again soon. */
export function busy(found: BotModels | null): boolean {
  if (!found) return false;
  return found.items.some((each) => each.state === "training") || found.rollouts.some((each) => each.state === "rolling" || each.state === "going_back");
}

export function percent(part: number, whole: number): string {
  return new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: 1 }).format(whole ? part / whole : 0);
}

/** The difference in points of a hundred, with its sign. */
export function points(now: number, before: number, whole: number): string {
  const difference = whole ? ((now - before) / whole) * 100 : 0;
  return new Intl.NumberFormat(locale(), { signDisplay: "exceptZero", maximumFractionDigits: 1 }).format(difference);
}
