/** The words on a main button can be read in light and dark, also under the pointer, where journeys seldom rest. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const TOKENS = readFileSync(new URL("../../src/console/styles/tokens.css", import.meta.url), "utf-8");
/** What WCAG 2.2 asks of text of this size (success criterion 1.4.3). */
const LEAST = 4.5;

/** The colour of a role in light and in dark, each as `#rrggbb`. */
function colours(role: string): string[] {
  const value = new RegExp(`--${role}: ([^;]+);`).exec(TOKENS)?.[1] ?? "";
  const found = value.match(/#[0-9a-f]{6}/g) ?? [];
  return found.length === 1 ? [found[0]!, found[0]!] : found;
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

for (const fill of ["accent", "accent-hover"]) {
  it(`the words on ${fill} stand out from it in light and dark`, () => {
    const inks = colours("accent-ink");
    const fills = colours(fill);
    expect(fills).toHaveLength(2);
    for (const [at, each] of fills.entries()) expect(contrast(each, inks[at]!)).toBeGreaterThanOrEqual(LEAST);
  });
}
