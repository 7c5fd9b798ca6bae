/** Asks the server what an inbox looks like and what the page says, before any socket is opened. */
import type { Inbox, Limits, Texts } from "../model/protocol";

export type Look = { inbox: Inbox; limits: Limits; texts: Texts };

/** `false`: this page may not show the inbox, or there is none. Undefined: no answer, it may be asked again. */
export async function fetchLook(address: string, wishes: readonly (string | null)[]): Promise<Look | false | undefined> {
  try {
    const answer = await fetch(`${address}/config?language=${encodeURIComponent(wishes.filter(Boolean).join())}`);
    if (answer.status === 404 || answer.status === 403) return false;
    const { inbox, limits, texts } = (await answer.json()) as Look;
    return { inbox, limits, texts };
  } catch {
    return undefined;
  }
}
