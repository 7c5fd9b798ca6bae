/** What the browser keeps between pages and shares between tabs; memory stands in where storage is refused. */
import type { Unsent } from "../model/outbox";

export class Storage {
  private readonly memory = new Map<string, string>();
  private readonly prefix: string;

  constructor(server: string, inbox: string) {
    this.prefix = `parley:${server}:${inbox}:`;
  }

  get(name: string): string | null {
    try {
      return localStorage.getItem(this.prefix + name);
    } catch {
      return this.memory.get(name) ?? null;
    }
  }

  set(name: string, value: string | null): void {
    try {
      if (value === null) localStorage.removeItem(this.prefix + name);
      else localStorage.setItem(this.prefix + name, value);
    } catch {
      if (value === null) this.memory.delete(name);
      else this.memory.set(name, value);
    }
  }

  /** What was written as JSON; null for what is not there or none. */
  json<T>(name: string): T | null {
    try {
      return JSON.parse(this.get(name) ?? "null") as T | null;
    } catch {
      return null;
    }
  }

  /** Everything of ours, except what does not tell one visitor from another. */
  clear(): void {
    for (const name of this.names("")) if (!["look", "language"].includes(name)) this.set(name, null);
  }

  /** Reads or writes what belongs to this tab alone. */
  page(name: string, value?: string | null): string | null {
    try {
      if (value === undefined) return sessionStorage.getItem(this.prefix + name);
      if (value === null) sessionStorage.removeItem(this.prefix + name);
      else sessionStorage.setItem(this.prefix + name, value);
    } catch {
      // Then the next page begins closed.
    }
    return null;
  }

  /** One entry a message: two tabs that write at once never overwrite each other. */
  keep(unsent: Unsent): void {
    this.set(`out:${unsent.key}`, JSON.stringify(unsent));
  }

  drop(key: string): void {
    this.set(`out:${key}`, null);
  }

  /** Everything unsent, by any tab, oldest first. */
  unsent(): Unsent[] {
    return this.names("out:")
      .sort()
      .flatMap((name) => parsed(this.get(name)));
  }

  /** Tells `heard` when another tab writes: the name without our prefix, and the new value. */
  watch(heard: (name: string, value: string | null) => void): () => void {
    const listener = (event: StorageEvent): void => {
      if (event.key?.startsWith(this.prefix)) heard(event.key.slice(this.prefix.length), event.newValue);
    };
    addEventListener("storage", listener);
    return () => removeEventListener("storage", listener);
  }

  private names(start: string): string[] {
    const kept = (key: string): string[] =>
      key.startsWith(this.prefix + start) ? [key.slice(this.prefix.length)] : [];
    try {
      return Object.keys(localStorage).flatMap(kept);
    } catch {
      return [...this.memory.keys()].filter((name) => name.startsWith(start));
    }
  }
}

export function parsed(text: string | null): Unsent[] {
  try {
    const unsent = JSON.parse(text ?? "") as Unsent;
    return typeof unsent.key === "string" ? [unsent] : [];
  } catch {
    return [];
  }
}
