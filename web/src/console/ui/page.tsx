/** The frame of a page beside the inbox: a heading with its tools, and room below. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect } from "preact/hooks";
import { setTitle } from "../data/notify.ts";

export function PageHead({ title, children }: { title: string; children?: ComponentChildren }): JSX.Element {
  useEffect(() => setTitle(`${title} · Parley`));
  return <header class="page-head"><h1>{title}</h1>{children}</header>;
}
