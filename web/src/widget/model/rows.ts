/** From entries and what still waits to the rows of the log: day lines, who speaks, which buttons are still open. */
import type { Outbox, Pending } from "./outbox";
import { asMessage } from "./outbox";
import type { Chosen, Message } from "./protocol";
import type { Entry } from "./timeline";

export type Row =
  | { kind: "day"; id: string; at: string }
  | {
      kind: "said";
      id: string;
      message: Message;
      pending: Pending | null;
      /** Of what this author says at one go. */
      first: boolean;
      last: boolean;
      buttons: Pressed;
    }
  | { kind: "note"; id: string; entry: Exclude<Entry, { kind: "message" }> };

/** Of a message with buttons: whether one may still be pressed, and which was. */
export type Pressed = { open: boolean; option: string | null };

/** `day` names the local day of an instant, so that the zone stays with the caller. */
export function rows(entries: readonly Entry[], outbox: Outbox, day: (at: string) => string): Row[] {
  const messages = entries.flatMap((entry) => (entry.kind === "message" ? [entry.message] : []));
  const known = new Set(messages.map((message) => message.key));
  const pending = outbox.filter((item) => !known.has(item.key));
  const said = [...messages, ...pending.map(asMessage)];
  const out: Row[] = [];
  let last = "";
  let speaker = "";
  const dayLine = (at: string): void => {
    const today = day(at);
    if (today !== last) {
      out.push({ kind: "day", id: `day:${today}`, at });
      speaker = "";
    }
    last = today;
  };
  const say = (message: Message, waits: Pending | null): void => {
    dayLine(message.at);
    const who = `${message.author.kind}:${message.author.name ?? ""}`;
    const before = out.at(-1);
    if (who === speaker && before?.kind === "said") before.last = false;
    out.push({
      kind: "said",
      id: message.key ?? message.id,
      message,
      pending: waits,
      first: who !== speaker,
      last: true,
      buttons: pressed(message, said),
    });
    speaker = who;
  };
  for (const entry of entries) {
    if (entry.kind === "message") {
      say(entry.message, null);
    } else {
      dayLine(entry.at);
      out.push({ kind: "note", id: entry.id, entry });
      speaker = "";
    }
  }
  for (const item of pending) say(asMessage(item), item);
  return out;
}

/** Buttons are open until the visitor has said anything after them. */
function pressed(message: Message, said: readonly Message[]): Pressed {
  if (!message.parts.some((part) => part.type === "buttons")) return { open: false, option: null };
  const later = said.slice(said.indexOf(message) + 1).filter((each) => each.author.kind === "contact");
  const choices = later.flatMap((each) => each.parts).filter((part): part is Chosen => part.type === "choice");
  const mine = choices.find((choice) => choice.message === message.id);
  return { open: later.length === 0, option: mine?.option ?? null };
}
