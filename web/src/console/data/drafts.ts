/** Keeps what somebody began to write, per conversation and kind, until it is sent. */

export type DraftKind = "reply" | "note";
export interface Shelf { get(name: string): string | null; set(name: string, value: string | null): void }
interface Stored { text: string; at: number }

const LONGEST_KEPT = 14 * 24 * 3600 * 1000;
const NAME = "drafts";

export class Drafts {
  private readonly drafts: Map<string, Stored>;

  constructor(private readonly shelf: Shelf, private readonly now: () => number) {
    this.drafts = new Map(this.read());
  }

  get(conversation: string, kind: DraftKind): string {
    return this.drafts.get(`${conversation}/${kind}`)?.text ?? "";
  }

  /** Whether anything unsent waits in a conversation: lists show it. */
  has(conversation: string): boolean {
    return this.get(conversation, "reply") !== "" || this.get(conversation, "note") !== "";
  }

  set(conversation: string, kind: DraftKind, text: string): void {
    const name = `${conversation}/${kind}`;
    if (text.trim() === "") this.drafts.delete(name);
    else this.drafts.set(name, { text, at: this.now() });
    this.shelf.set(NAME, this.drafts.size ? JSON.stringify([...this.drafts]) : null);
  }

  private read(): [string, Stored][] {
    try {
      const stored = JSON.parse(this.shelf.get(NAME) ?? "[]") as [string, Stored][];
      return stored.filter(([, draft]) => typeof draft.text === "string" && this.now() - draft.at < LONGEST_KEPT);
    } catch {
      return [];
    }
  }
}
