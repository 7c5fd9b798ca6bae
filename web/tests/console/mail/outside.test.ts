/** Who gets a reply, whose address counts, what "from here" means, and which undo is the next. */
import { describe, expect, it } from "vitest";
import { copies, fromHere, linksOf, readAddress, requester, undoable } from "../../../src/console/data/outside.ts";
import type { Link } from "../../../src/wire.ts";
import { aMail, aMailDetail, aPerson } from "./builders.ts";

const people = [aPerson("ben@mail.example"), aPerson("carla@mail.example"), aPerson("dave@mail.example", false)];

describe("the copies of a reply", () => {
  it("are left to the server when nobody is left out", () => {
    expect(copies(people, new Set())).toBeNull();
    expect(copies([], new Set(["ben@mail.example"]))).toBeNull();
  });

  it("name who stays when somebody is left out, and never who takes no part", () => {
    expect(copies(people, new Set(["ben@mail.example"]))).toEqual(["carla@mail.example"]);
    expect(copies(people, new Set(["ben@mail.example", "carla@mail.example"]))).toEqual([]);
  });
});

describe("the requester's address", () => {
  const contact = { id: "k1", name: "Amelia", language: null, attributes: {}, created_at: "", points: [] };
  const forged = aMail({ id: "m2" }, { sender: { address: "thief@evil.example", name: "Amelia" }, proof: "failed" });

  it("is the one that the conversation began with, not the last one that claims to be theirs", () => {
    expect(requester(aMailDetail({ contact, messages: [aMail(), forged] })).address).toBe("amelia@mail.example");
  });

  it("is the contact's only address on this channel, whatever the mails say", () => {
    const points = [{ kind: "email", address: "own@mail.example", verified: true }, { kind: "widget", address: "x", verified: false }];
    expect(requester(aMailDetail({ contact: { ...contact, points }, messages: [forged] })).address).toBe("own@mail.example");
  });
});

describe("splitting from a message", () => {
  it("takes it and all that came after it", () => {
    const messages = ["a", "b", "c"].map((id) => aMail({ id }));
    expect(fromHere(messages, "b")).toEqual(["b", "c"]);
    expect(fromHere(messages, "gone")).toEqual([]);
  });
});

describe("links", () => {
  it("that somebody should look into come first", () => {
    const conversation = { id: "c2", subject: "", contact: { id: "k2", name: "" }, status: { state: "open" as const, until: null } };
    const kinds: Link[] = (["split", "suspected", "merged"] as const).map((kind) => ({ kind, conversation, ours: true }));
    expect(linksOf(aMailDetail({ links: kinds })).map((each) => each.kind)).toEqual(["suspected", "split", "merged"]);
  });
});

describe("undo", () => {
  it("is offered for the newest that still can be", () => {
    const one = (id: string, at: string, undoable: boolean) => ({ id, at, undoable, kind: "move" as const, by: "Lin", other: { id: "c2", subject: "" }, out: true, count: 1 });
    const rearrangements = [one("old", "2026-03-01T09:00:00Z", true), one("new", "2026-03-01T10:00:00Z", true), one("fixed", "2026-03-01T11:00:00Z", false)];
    expect(undoable(aMailDetail({ rearrangements }))?.id).toBe("new");
    expect(undoable(aMailDetail())).toBeNull();
  });
});

describe("a typed address", () => {
  it("may have a name before it", () => {
    expect(readAddress(' "Ben Okoye" <Ben@Mail.example> ')).toEqual({ address: "ben@mail.example", name: "Ben Okoye" });
    expect(readAddress("ben@mail.example")).toEqual({ address: "ben@mail.example", name: null });
  });

  it("is refused when it is none", () => {
    for (const text of ["", "ben", "ben@", "a b@c.example", "ben@mail.example, carla@mail.example"]) expect(readAddress(text)).toBeNull();
  });
});
