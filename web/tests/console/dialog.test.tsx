// @vitest-environment happy-dom
/** The focus of whoever works by keys. */
import { render } from "preact";
import { afterEach, expect, it } from "vitest";
import { Dialog } from "../../src/console/ui/dialog.tsx";

afterEach(() => render(null, document.body));

it("has the focus as soon as it is there, and gives it back", () => {
  const before = document.createElement("button");
  document.documentElement.append(before);
  before.focus();
  render(<Dialog title="Refund" onClose={() => {}}><input data-autofocus /></Dialog>, document.body);
  expect(document.activeElement).toBe(document.querySelector("[data-autofocus]"));
  render(null, document.body);
  expect(document.activeElement).toBe(before);
});
