/** Talks to /api: the CSRF token goes with every change, an error carries its field and what was expected. */
import type { ApiErrorBody } from "../../wire.ts";

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly field: string | null,
    readonly expected: string | null,
    message: string,
  ) {
    super(message);
  }

  /** Whether the same request may succeed later without being changed. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

let csrf = "";
let onSignedOut: () => void = () => undefined;

export function setCsrf(token: string): void {
  csrf = token;
}

/** Called whenever the server says that nobody is signed in any more. */
export function whenSignedOut(then: () => void): void {
  onSignedOut = then;
}

type Query = Record<string, string | number | null | undefined>;

export function withQuery(path: string, query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== null && value !== undefined && value !== "") search.set(name, String(value));
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

async function failure(response: Response): Promise<ApiError> {
  let body: Partial<ApiErrorBody> = {};
  try {
    body = (await response.json()) as ApiErrorBody;
  } catch {
    // A proxy's answer: it has a status and nothing else that we know.
  }
  const { code = `http_${response.status}`, field = null, expected = null, message = response.statusText } = body.error ?? {};
  return new ApiError(response.status, code, field, expected, message);
}

async function call<T>(method: string, path: string, init: RequestInit = {}): Promise<T> {
  let response: Response;
  try {
    const headers = new Headers(init.headers);
    if (method !== "GET") headers.set("X-CSRF-Token", csrf);
    headers.set("Accept", "application/json");
    response = await fetch(path, { ...init, method, headers, credentials: "same-origin" });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, "offline", null, null, "");
  }
  if (!response.ok) {
    const error = await failure(response);
    if (error.status === 401 && error.code === "signed_out") onSignedOut();
    throw error;
  }
  return (response.status === 204 ? undefined : await response.json()) as T;
}

function send<T>(method: string, path: string, body?: unknown): Promise<T> {
  if (body === undefined) return call(method, path);
  return call(method, path, { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });
}

export const api = {
  get: <T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> => call("GET", withQuery(path, query), signal ? { signal } : {}),
  post: <T>(path: string, body?: unknown): Promise<T> => send("POST", path, body),
  put: <T>(path: string, body: unknown): Promise<T> => send("PUT", path, body),
  patch: <T>(path: string, body: unknown): Promise<T> => send("PATCH", path, body),
  remove: (path: string, body?: unknown): Promise<void> => send("DELETE", path, body),
  bring: <T>(file: File, query: Query): Promise<T> =>
    call("POST", withQuery("/api/knowledge/imports", query), { body: file, headers: { "Content-Type": "application/octet-stream" } }),
  image: <T>(file: File): Promise<T> =>
    call("POST", "/api/knowledge/images", { body: file, headers: { "Content-Type": file.type || "application/octet-stream" } }),
  upload: <T>(file: File): Promise<T> =>
    call("POST", "/api/uploads", {
      body: file,
      headers: { "Content-Type": file.type || "application/octet-stream", "X-File-Name": encodeURIComponent(file.name) },
    }),
};
