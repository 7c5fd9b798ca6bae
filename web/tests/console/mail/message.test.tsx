// @vitest-environment happy-dom
/** A mail as an agent sees it: who it is from and how sure that is, folded parts, the frame, notices, failed deliveries. */
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { useLanguage } from "../../../src/console/data/i18n.ts";
import { api } from "../../../src/console/data/api.ts";
import { insertion } from "../../../src/console/inbox/insertion.ts";
import { Links } from "../../../src/console/inbox/mail/links.tsx";
import { Mail, outsideOf } from "../../../src/console/inbox/mail/message.tsx";
import { Recipients } from "../../../src/console/inbox/mail/recipients.tsx";
import { Suggestion } from "../../../src/console/inbox/mail/suggestion.tsx";
import type { Message } from "../../../src/wire.ts";
import { session } from "../../../src/console/data/session.ts";
import { aMail, aMailDetail, aPerson } from "./builders.ts";

let root: HTMLElement;
const draw = (node: preact.ComponentChild): void => act(() => render(node, root)) as unknown as void;
const find = (selector: string): HTMLElement => root.querySelector<HTMLElement>(selector)!;
const press = (selector: string): void => act(() => find(selector).click()) as unknown as void;
const show = (message: Message): void => draw(<Mail message={message} detail={aMailDetail({ messages: [message] })} envelope={message.envelope!} />);

beforeAll(() => useLanguage("en", false));
beforeEach(() => {
  localStorage.clear();
  document.body.replaceChildren((root = document.createElement("div")));
});
afterEach(() => {
  draw(null);
  vi.restoreAllMocks();
});

describe("a mail", () => {
  it("names its sender's address and says in words how sure that is", () => {
    for (const [proof, words] of [["authenticated", "Sender proven"], ["reply_address", "Sender proven"], ["none", "Sender not proven"], ["failed", "Sender check failed"]] as const) {
      show(aMail({}, { proof }));
      expect(find(".mail-from").textContent).toContain("amelia@mail.example");
      expect(find(".mail-from").textContent).toContain(words);
    }
  });

  it("says in one line what of it may be missing, and nothing when it is whole", () => {
    show(aMail({}, { problems: ["nesting", "text_cut", "something_new"] }));
    expect(find(".mail-left-out").textContent).toBe("Parts of this mail may be missing here: what is nested too deeply, the end of its text (too long), and something new. The mailbox has the whole mail.");
    show(aMail());
    expect(find(".mail-left-out")).toBeNull();
  });

  it("explains the proof on demand", () => {
    show(aMail({}, { proof: "none" }));
    press(".mail-from .popover-button");
    expect(find("[role=dialog]").textContent).toContain("give nothing personal away");
  });

  it("keeps quotes folded until they are asked for", () => {
    show(aMail({ parts: [{ type: "text", text: "Thanks" }, { type: "folded", what: "quote", text: "> Hello" }] }));
    expect(find(".folded-text").hidden).toBe(true);
    expect(find(".folded-dots").getAttribute("aria-label")).toBe("Show the quoted text");
    press(".folded-dots");
    expect(find(".folded-text").hidden).toBe(false);
    expect(find(".folded-dots").getAttribute("aria-expanded")).toBe("true");
  });

  it("shows the sender's formatting in a frame that may run nothing and is not of our origin", () => {
    show(aMail({ parts: [{ type: "text", text: "Hi" }, { type: "formatted", url: "/api/parts/1?token=x", remote_images: 2 }] }));
    expect(root.querySelector("iframe")).toBeNull();
    press(".switch-side:last-child");
    const allowed = find("iframe").getAttribute("sandbox")!.split(" ");
    expect(allowed).not.toContain("allow-scripts");
    expect(allowed).not.toContain("allow-same-origin");
    expect(find("iframe").getAttribute("src")).toBe("/api/parts/1?token=x");
  });

  it("loads images from elsewhere only when asked to", () => {
    show(aMail({ parts: [{ type: "formatted", url: "/api/parts/1?token=x", remote_images: 2 }] }));
    press(".switch-side:last-child");
    expect(find(".formatted-images").textContent).toContain("Show 2 images");
    press(".formatted-images button");
    expect(find("iframe").getAttribute("src")).toBe("/api/parts/1?token=x&images=1");
    expect(root.querySelector(".formatted-images")).toBeNull();
  });

  it("says why it is here, in words with weights and their sum", () => {
    show(aMail({}, { why: [{ code: "subject", weight: 2 }, { code: "reply_address", weight: 12 }, { code: "time", weight: -0.15 }] }));
    press(".mail-link");
    const lines = [...root.querySelectorAll(".evidence tr")].map((row) => row.textContent);
    expect(lines).toEqual(["Sent to the secret reply address of this conversation+12", "Has the same subject+2", "Time that has passed since the last message-0.15", "Together+13.85"]);
  });

  it("that a machine wrote is one quiet line until it is opened", () => {
    show(aMail({ text: "I am away" }, { automatic: "auto_reply", subject: "Out of office" }));
    expect(root.textContent).toContain("Automatic reply from Amelia");
    expect(root.textContent).not.toContain("I am away");
    press(".mail-notice-open");
    expect(root.textContent).toContain("I am away");
  });

  it("of ours that the server put off shows the server's words, quietly, until the next try", () => {
    const reply = aMail({ kind: "reply", author: { kind: "agent", id: "a", name: "Lin" }, delivery: { state: "queued", reason: "450 mailbox busy" } });
    show(reply);
    expect(find(".mail-foot").textContent).toBe("Not taken yet: 450 mailbox busy; tried again");
    expect(find(".mail-foot .unseen")).toBeNull();
    expect(find(".unsettled")).toBeNull();
    show({ ...reply, delivery: { state: "queued", reason: null } });
    expect(find(".mail-foot .unseen").textContent).toBe("Waits to be sent");
  });

  it("of ours that failed or got lost asks for a decision, with the server's words", () => {
    const post = vi.spyOn(api, "post").mockResolvedValue(undefined);
    const reply = aMail({ id: "m7", kind: "reply", author: { kind: "agent", id: "a", name: "Lin" }, delivery: { state: "uncertain", reason: "connection lost" } });
    show(reply);
    expect(find(".unsettled").textContent).toContain("We don't know whether it arrived");
    expect(find(".unsettled").textContent).toContain("connection lost");
    press(".unsettled-deeds button:last-child");
    expect(post).toHaveBeenCalledWith("/api/messages/m7/delivery", { decision: "arrived" });
  });
});

describe("a reply without an outside of its own", () => {
  const reply = aMail({ kind: "reply", author: { kind: "agent", id: "a", name: "Lin" }, envelope: null });

  it("looks like a mail where there are mails, and like a message elsewhere", () => {
    expect(outsideOf(reply, aMailDetail())).toMatchObject({ subject: "Invoice", to: [] });
    expect(outsideOf(reply, aMailDetail({ can: { copies: false, threads: false, rearrange: false, participants: false } }))).toBeNull();
    expect(outsideOf({ ...reply, kind: "note" }, aMailDetail())).toBeNull();
  });
});

describe("the recipients of a reply", () => {
  it("can be left out one by one or all at once; who takes no part is only offered", () => {
    const detail = aMailDetail({ participants: [aPerson("ben@mail.example"), aPerson("dave@mail.example", false)] });
    const left = vi.fn();
    draw(<Recipients detail={detail} left={new Set()} onLeft={left} />);
    expect(find(".party-outside").textContent).toContain("dave@mail.example not taking part");
    press(".party-chip button");
    expect([...left.mock.lastCall![0]]).toEqual(["ben@mail.example"]);
    press(".switch-side:first-child");
    expect([...left.mock.lastCall![0]]).toEqual(["ben@mail.example"]);
  });

  it("let somebody in by their chip", () => {
    const post = vi.spyOn(api, "post").mockResolvedValue(undefined);
    draw(<Recipients detail={aMailDetail({ participants: [aPerson("dave@mail.example", false)] })} left={new Set()} onLeft={vi.fn()} />);
    press(".party-outside");
    expect(post).toHaveBeenCalledWith("/api/conversations/c1/participants", { address: "dave@mail.example" });
  });
});

describe("a suspected link", () => {
  it("says where the mail may belong and offers to merge", () => {
    const conversation = { id: "c9", subject: "Order 12", contact: { id: "k2", name: "Bo" }, status: { state: "open" as const, until: null } };
    draw(<Links detail={aMailDetail({ links: [{ kind: "suspected", ours: true, conversation }] })} />);
    expect(find(".linked-suspected").textContent).toContain("Order 12");
    expect(find(".linked-suspected button").textContent).toContain("Merge into");
  });
});

describe("the bot's suggestion", () => {
  it("goes into the reply when it is taken over", () => {
    session.value = { agent: { id: "me" } } as unknown as typeof session.value;
    const message = aMail({ kind: "note", author: { kind: "bot", id: null, name: null }, parts: [{ type: "text", text: "We ship to Austria." }], envelope: null });
    draw(<Suggestion message={message} detail={aMailDetail()} />);
    press(".suggestion-foot button");
    expect(insertion.value).toEqual({ conversation: "c1", text: "We ship to Austria.", reply: true });
    insertion.value = null;
    session.value = undefined;
  });
});
