/** Stands in for Preact's JSX runtime in the script that is loaded on demand: elements are made by the Preact of the page. */
import type { Kit } from "./types";

let make: Kit["jsx"];

export function install(kit: Kit): void {
  make = kit.jsx;
}

export const jsx: Kit["jsx"] = (type, props, key) => make(type, props, key);
export const jsxs = jsx;
/** As Preact's own: shows its children. */
export const Fragment = ({ children }: { children: unknown }): unknown => children;
