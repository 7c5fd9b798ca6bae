/** The way from an article to its review. */
import type { JSX } from "preact";
import { t } from "../../data/i18n.ts";
import { Icon } from "../../ui/icons.tsx";
import { reviewHref } from "./store.ts";

/** `ask`: in the place of a step that one may not take oneself. */
export function ReviewLink({ id, tag, ask }: { id: string; tag: string; ask?: boolean }): JSX.Element {
  const look = ask ? "button-primary button-medium" : "button-quiet button-small review-link";
  return <a class={`button ${look}`} href={reviewHref(id, { tag })}><Icon name={ask ? "eye" : "checks"} size={16} /><span class="button-text">{t(ask ? "console-review-ask" : "console-review")}</span></a>;
}
