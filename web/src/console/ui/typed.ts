/** What stands in a form's fields, each under the label that a person reads; and where two readings differ. */

export interface Typed { label: string; value: string }

const FIELDS = "input:not([type=hidden]):not([type=file]):not([type=search]):not([type=button]):not([type=submit]), select, textarea, .picks";

function words(element: Element | null | undefined): string {
  return (element?.textContent ?? "").replace(/\s+/gu, " ").trim();
}

function labelOf(field: Element): string {
  const named = field.getAttribute("aria-label");
  const label = (field as HTMLInputElement).labels?.[0];
  // A check's label has its help in it, in small letters.
  const said = label?.querySelector(":scope > span")?.firstChild?.textContent?.trim() || words(label);
  const group = words(field.closest("fieldset")?.querySelector("legend"));
  return [group, said || named || ""].filter(Boolean).join(" · ");
}

function valueOf(field: Element): string {
  if (field.matches(".picks")) return [...field.querySelectorAll(".picked")].map((each) => words(each)).join(", ");
  if (field instanceof HTMLSelectElement) return words(field.selectedOptions[0]);
  const input = field as HTMLInputElement;
  if (input.type === "checkbox" || input.type === "radio") return input.checked ? "✓" : "–";
  return input.type === "password" ? "•".repeat(input.value.length) : input.value;
}

export function typedIn(form: ParentNode): Typed[] {
  const fields = [...form.querySelectorAll(FIELDS)].filter((each) => each.matches(".picks") || !each.closest(".picks"));
  return fields.map((field) => ({ label: labelOf(field), value: valueOf(field) })).filter((each) => each.label);
}

/** What `mine` has otherwise than `now`; fields of one label are told apart by their order. */
export function apart(mine: readonly Typed[], now: readonly Typed[]): Typed[] {
  const nth = (all: readonly Typed[], at: number): number => all.slice(0, at).filter((each) => each.label === all[at]!.label).length;
  const there = new Map(now.map((each, at) => [`${nth(now, at)} ${each.label}`, each.value]));
  return mine.filter((each, at) => there.get(`${nth(mine, at)} ${each.label}`) !== each.value);
}
