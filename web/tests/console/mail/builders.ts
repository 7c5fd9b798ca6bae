/** Mails and mail conversations for tests, with only what matters to a test spelled out. */
import type { ConversationDetail, Envelope, Message, Participant } from "../../../src/wire.ts";
import { aDetail, aMessage, aSummary } from "../builders.ts";

export function anEnvelope(change: Partial<Envelope> = {}): Envelope {
  return { subject: "Invoice", sender: { address: "amelia@mail.example", name: "Amelia" }, to: [{ address: "support@shop.example", name: null }], copies: [], proof: "authenticated", why: [], automatic: null, ...change };
}

export function aMail(change: Partial<Message> & { text?: string } = {}, envelope: Partial<Envelope> = {}): Message {
  return aMessage({ envelope: anEnvelope(envelope), ...change });
}

export function aPerson(address: string, joined = true): Participant {
  return { id: address, address, name: "", joined };
}

export function aMailDetail(change: Partial<ConversationDetail> = {}): ConversationDetail {
  return aDetail({ summary: aSummary({ subject: "Invoice", inbox: { id: "post", name: "Post", kind: "email" } }), can: { copies: true, participants: true, threads: true, rearrange: true }, messages: [aMail()], ...change });
}
