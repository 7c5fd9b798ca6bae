/** A list from the server that several places show: loaded once, shared, reloaded after a change. */
import { signal, type Signal } from "@preact/signals";
import type { Agent, BotState, Canned, Country, Hours, Inbox, Policies, PresenceReason, Queue, Skill, SlaPolicy } from "../../wire.ts";
import { ApiError, api } from "./api.ts";
import { onLeave } from "./session.ts";

export interface Resource<T> {
  path: string;
  items: Signal<T[]>;
  loading: Signal<boolean>;
  error: Signal<ApiError | null>;
  load: () => Promise<void>;
  /** Loads unless that has been done. */
  need: () => void;
}

export function resource<T>(path: string): Resource<T> {
  const items = signal<T[]>([]);
  const loading = signal(false);
  const error = signal<ApiError | null>(null);
  let done = false;
  const load = async (): Promise<void> => {
    done = true;
    loading.value = items.value.length === 0;
    try {
      items.value = (await api.get<{ items: T[] }>(path)).items;
      error.value = null;
    } catch (fault) {
      done = false;
      error.value = fault as ApiError;
    } finally {
      loading.value = false;
    }
  };
  onLeave(() => {
    done = false;
    items.value = [];
  });
  return { path, items, loading, error, load, need: () => { if (!done) void load(); } };
}

export const agents = resource<Agent>("/api/agents");
export const queues = resource<Queue>("/api/queues");
export const skills = resource<Skill>("/api/skills");
export const inboxes = resource<Inbox>("/api/inboxes");
export const policies = resource<SlaPolicy>("/api/sla-policies");
export const hours = resource<Hours>("/api/hours");
export const countries = resource<Country>("/api/holidays");
export const canned = resource<Canned>("/api/canned");
export const reasons = resource<PresenceReason>("/api/presence-reasons");

/** The ways to order what waits, with what their numbers are unless somebody says otherwise. */
export const routingPolicies = signal<Policies | null>(null);

export async function loadPolicies(): Promise<void> {
  routingPolicies.value ??= await api.get<Policies>("/api/routing/policies").catch(() => null);
}

export const bot = signal<BotState | null>(null);

export function nameOf(list: Resource<{ id: string; name: string }>, id: string | null): string {
  return list.items.value.find((item) => item.id === id)?.name ?? "";
}
