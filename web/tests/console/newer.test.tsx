// @vitest-environment happy-dom
/** A form whose thing somebody else saved meanwhile: what is stored is shown, and what was typed stays to be compared. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { render } from "preact";
import { useState } from "preact/hooks";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ApiError } from "../../src/console/data/api.ts";
import { useLanguage } from "../../src/console/data/i18n.ts";
import { CheckField, TextField, useSubmission } from "../../src/console/ui/form.tsx";
import { NewerOrError } from "../../src/console/ui/newer.tsx";
import { apart, typedIn } from "../../src/console/ui/typed.ts";

const refused = (): Promise<void> => Promise.reject(new ApiError(409, "newer_version", null, null, ""));

function Page() {
  const [form, set] = useState({ name: "Lamps", about: "", shown: false });
  const submission = useSubmission();
  return (
    <form onSubmit={(event) => { event.preventDefault(); void submission.run(refused); }}>
      <NewerOrError submission={submission} fields={["name"]} form={form} set={set} load={async () => set({ name: "Theirs", about: "", shown: false })} />
      <TextField label="Name" name="name" value={form.name} onValue={(name) => set({ ...form, name })} />
      <TextField label="About" name="about" value={form.about} onValue={(about) => set({ ...form, about })} />
      <CheckField label="Shown" help="to all" checked={form.shown} onValue={(shown) => set({ ...form, shown })} />
      <button type="submit">Save</button>
    </form>
  );
}

const settled = (): Promise<void> => act(async () => { await new Promise((done) => setTimeout(done)); });
const button = (text: string): HTMLButtonElement | undefined => [...document.querySelectorAll("button")].find((each) => each.textContent === text);

async function press(text: string): Promise<void> {
  button(text)!.click();
  await settled();
}

beforeEach(async () => {
  await useLanguage("en", false);
  document.body.innerHTML = "<main></main>";
  await act(() => render(<Page />, document.querySelector("main")!));
});
afterEach(() => render(null, document.querySelector("main")!));

async function type(name: string, value: string): Promise<void> {
  const field = document.querySelector<HTMLInputElement>(`[name=${name}]`)!;
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await settled();
}

describe("a form whose thing is newer", () => {
  it("keeps what was typed beside what is stored, and puts it back when asked", async () => {
    await type("name", "Mine");
    await press("Save");
    expect(document.querySelector<HTMLInputElement>("[name=name]")!.value).toBe("Mine");
    await press("Show what is stored now");
    expect(document.querySelector<HTMLInputElement>("[name=name]")!.value).toBe("Theirs");
    expect([...document.querySelectorAll(".newer-mine > div")].map((each) => each.textContent)).toEqual(["NameMine"]);
    await press("Put mine back");
    expect(document.querySelector<HTMLInputElement>("[name=name]")!.value).toBe("Mine");
    expect(document.querySelector(".newer-mine")).toBeNull();
  });

  it("says so where both are the same", async () => {
    await type("name", "Theirs");
    await press("Save");
    await press("Show what is stored now");
    expect(document.querySelector(".newer")!.textContent).toBe("What is stored now is what you typed.");
  });
});

describe("what stands in a form", () => {
  it("is read under the labels that people see", () => {
    document.querySelector("main")!.insertAdjacentHTML("beforeend", "<section id=x><fieldset><legend>English</legend><label for=n>Name</label><input id=n value=Lamps></fieldset><select aria-label=Kind><option>A</option><option selected>B</option></select><div class=picks aria-label=Tags><span class=picked>gift</span><input></div></section>");
    expect(typedIn(document.querySelector("#x")!)).toEqual([{ label: "English · Name", value: "Lamps" }, { label: "Kind", value: "B" }, { label: "Tags", value: "gift" }]);
  });

  it("is told apart by the order of what has the same label", () => {
    const of = (...values: string[]) => values.map((value) => ({ label: "Word", value }));
    expect(apart(of("a", "b"), of("a", "c"))).toEqual(of("b"));
    expect(apart(of("a", "b"), of("a"))).toEqual(of("b"));
    expect(apart(of("a"), of("a", "b"))).toEqual([]);
  });
});

describe("every form that says which version it is about", () => {
  it("offers to show a newer one", () => {
    const root = join(import.meta.dirname, "../../src/console");
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((each) => each.endsWith(".tsx"));
    const without = files.filter((each) => {
      const text = readFileSync(join(root, each), "utf8");
      return /api\.(?:put|patch)[^\n]*(?:version: |askOf\()/.test(text) && /useSubmission\(/.test(text) && !/console-newer|NewerOrError/.test(text);
    });
    expect(without).toEqual([]);
  });
});
