/** Requests in the name of a visitor's session. */

export function authorized(session: string | null): RequestInit {
  return { headers: { Authorization: `Bearer ${session ?? ""}` } };
}

/** On the server too, if it can be reached: also while the page is left. */
export function endSession(address: string, session: string): void {
  const ended = fetch(`${address}/sessions`, { method: "DELETE", keepalive: true, ...authorized(session) });
  ended.catch(() => undefined);
}
