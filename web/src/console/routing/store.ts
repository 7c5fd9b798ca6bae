/** The rules and what is wrong with them, as the server has them; and what was changed in their order and switches. */
import { computed, signal } from "@preact/signals";
import type { RoutingChecks, RoutingRule, RuleProblem } from "../../wire.ts";
import { api } from "../data/api.ts";
import { nobody } from "../data/nobody.ts";
import { resource } from "../data/resource.ts";
import { onLeave } from "../data/session.ts";
import { askOf, formOf, moved } from "./model.ts";

export const PATH = "/api/routing/rules";
export const rules = resource<RoutingRule>(PATH);
export const checks = signal<RoutingChecks | null>(null);

/** Ids in the order wished for, and what is switched otherwise than it is stored; null: as stored. */
const order = signal<string[] | null>(null);
const switched = signal<ReadonlyMap<string, boolean>>(new Map());

onLeave(() => {
  checks.value = null;
  forget();
});

/** The rules in the order and with the switches that the page shows. */
export const shown = computed<RoutingRule[]>(() => {
  const stored = rules.items.value;
  const ids = order.value ?? stored.map((rule) => rule.id);
  const known = [...ids.flatMap((id) => stored.filter((rule) => rule.id === id)), ...stored.filter((rule) => !ids.includes(rule.id))];
  return known.map((rule) => ({ ...rule, enabled: switched.value.get(rule.id) ?? rule.enabled }));
});

const reordered = computed(() => shown.value.some((rule, at) => rule.id !== rules.items.value[at]?.id));
const turned = computed(() => shown.value.filter((rule) => rule.enabled !== rules.items.value.find((each) => each.id === rule.id)?.enabled));
export const changed = computed(() => reordered.value || turned.value.length > 0);

export function move(from: number, to: number): void {
  order.value = moved(shown.value, from, to).map((rule) => rule.id);
}

export function turn(id: string, enabled: boolean): void {
  switched.value = new Map([...switched.value, [id, enabled]]);
}

export function forget(): void {
  order.value = null;
  switched.value = new Map();
}

export async function loadChecks(): Promise<void> {
  checks.value = await api.get<RoutingChecks>("/api/routing/checks");
  nobody.value = checks.value.nobody;
}

/** The rules, and what is wrong with them where that can be told: without it they can be worked on all the same. */
export async function load(): Promise<void> {
  await Promise.all([rules.load(), loadChecks().catch(() => undefined)]);
}

/** Saves the order and the switches that were changed. */
export async function save(): Promise<void> {
  for (const rule of turned.value) await api.put(`${PATH}/${rule.id}`, askOf(formOf(rule)));
  if (reordered.value) await api.put(`${PATH}/order`, { ids: shown.value.map((rule) => rule.id) });
  await load();
  forget();
}

export function problemsOf(id: string): RuleProblem[] {
  return checks.value?.rules.filter((problem) => problem.rule === id) ?? [];
}
