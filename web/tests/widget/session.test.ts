/** @vitest-environment happy-dom */
/** Which session a tab takes for its own when another one signs in. */
import { afterEach, expect, it, vi } from "vitest";
import { Client } from "../../src/widget/client";
import { configured } from "../../src/widget/model/config";
import { Store } from "../../src/widget/state";
import { aWelcome } from "./builders";

const NAME = "parley:https://parley.example:web:session";

class FakeSocket {
  static last: FakeSocket;
  readyState = 1;
  sent: unknown[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;

  constructor() {
    FakeSocket.last = this;
  }
  send(data: string): void {
    this.sent.push(JSON.parse(data));
  }
  close(): void {
    this.readyState = 3;
  }
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it("takes no new session in place of the one that another tab signed in to meanwhile", () => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  localStorage.setItem(NAME, "v1.visitor.before");
  new Client(configured({ inbox: "web" }, "https://parley.example/widget.js", ["en"]), new Store()).resume();
  FakeSocket.last.onopen?.();
  localStorage.setItem(NAME, "v1.visitor.signed-in");
  FakeSocket.last.onmessage?.({ data: JSON.stringify(aWelcome({ session: "v1.nobody.new" })) });
  expect(localStorage.getItem(NAME)).toBe("v1.visitor.signed-in");
  expect(FakeSocket.last.sent.at(-1)).toMatchObject({ type: "hello", session: "v1.visitor.signed-in" });
});
