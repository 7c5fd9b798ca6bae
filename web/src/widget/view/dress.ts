/** Puts the styles on the shadow root in a way that a strict CSP allows, and keeps the inbox's colour current. */
import { DEFAULT_COLOUR, palette } from "../model/colour";
import type { Config } from "../model/config";
import type { Store } from "../state";
import { STYLES } from "./styles";

/** Returns what puts one more sheet on it. */
export function dress(root: ShadowRoot, config: Config, store: Store): (css: string) => void {
  const brand = sheet(root);
  sheet(root)(STYLES);
  let worn = "";
  const wear = (): void => {
    const colour = config.colour ?? store.state.inbox?.brand.color ?? DEFAULT_COLOUR;
    if (colour === worn) return;
    worn = colour;
    const { brand: ground, on, shade, light, dark } = palette(colour);
    brand(`.root{--brand:${ground};--shade:${shade};--on-brand:${on};--ink-light:${light};--ink-dark:${dark}}`);
  };
  wear();
  store.watch(wear);
  return (css) => sheet(root)(css);
}

/** A constructable sheet is no inline style; a browser without them gets a style element. */
function sheet(root: ShadowRoot): (css: string) => void {
  if ("adoptedStyleSheets" in root) {
    const made = new CSSStyleSheet();
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, made];
    return (css) => made.replaceSync(css);
  }
  const element = document.createElement("style");
  (root as ShadowRoot).append(element);
  return (css) => (element.textContent = css);
}
