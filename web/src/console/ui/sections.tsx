/** A part of the console that has several pages: their list beside the one that is open. */
import type { ComponentType, JSX } from "preact";
import { useEffect } from "preact/hooks";
import { go, href, steps } from "../data/router.ts";
import { may } from "../data/session.ts";
import { Icon, type IconName } from "./icons.tsx";
import { NotForRole } from "./not-for-role.tsx";

export interface Section { name: string; icon: IconName; page: ComponentType; permission: string }

interface Props { root: string; title: string; sections: readonly Section[]; labelOf: (name: string) => string }

export function Sections({ root, title, sections, labelOf }: Props): JSX.Element {
  const [, name] = steps.value;
  const open = sections.filter((each) => may(each.permission));
  const current = open.find((each) => each.name === name);
  const closed = !current && sections.some((each) => each.name === name);
  const first = open[0]?.name;
  useEffect(() => {
    if (!current && !closed && first && matchMedia("(min-width: 761px)").matches) go(href(`/${root}/${first}`), true);
  }, [root, current, closed, first]);
  const Content = current?.page;
  return (
    <div class={`admin ${current || closed ? "admin-open" : ""}`}>
      <nav class="admin-nav" aria-label={title}>
        <h1>{title}</h1>
        {open.map((each) => <a key={each.name} class="admin-link" href={href(`/${root}/${each.name}`)} aria-current={each === current ? "page" : undefined}><Icon name={each.icon} />{labelOf(each.name)}</a>)}
      </nav>
      <section class="admin-main">
        {current || closed ? <a class="admin-back" href={href(`/${root}`)}><Icon name="back" size={16} />{title}</a> : null}
        {Content ? <Content /> : closed ? <NotForRole /> : null}
      </section>
    </div>
  );
}
