/** Settings: people, queues, routing rules, skills, inboxes, SLA policies, business hours, canned replies. */
import type { ComponentType, JSX } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../data/i18n.ts";
import { go, href, steps } from "../data/router.ts";
import { may } from "../data/session.ts";
import { RulesPage } from "../routing/page.tsx";
import { Icon, type IconName } from "../ui/icons.tsx";
import { NotForRole } from "../ui/not-for-role.tsx";
import { CannedPage } from "./canned.tsx";
import { HoursPage } from "./hours.tsx";
import { InboxesPage } from "./inboxes.tsx";
import { PeoplePage } from "./people.tsx";
import { PoliciesPage } from "./policies.tsx";
import { PresencePage } from "./presence.tsx";
import { QueuesPage } from "./queues.tsx";
import { SkillsPage } from "./skills.tsx";
import { SimulationPage } from "../planning/simulation.tsx";
import { StaffingPage } from "../planning/staffing.tsx";

const PAGES: { name: string; icon: IconName; page: ComponentType; permission: string }[] = [
  { name: "people", icon: "people", page: PeoplePage, permission: "supervise" },
  { name: "queues", icon: "inbox", page: QueuesPage, permission: "supervise" },
  { name: "rules", icon: "fork", page: RulesPage, permission: "supervise" },
  { name: "skills", icon: "tag", page: SkillsPage, permission: "supervise" },
  { name: "presence", icon: "moon", page: PresencePage, permission: "supervise" },
  { name: "inboxes", icon: "chat", page: InboxesPage, permission: "administer" },
  { name: "sla", icon: "clock", page: PoliciesPage, permission: "supervise" },
  { name: "hours", icon: "sun", page: HoursPage, permission: "supervise" },
  { name: "simulation", icon: "split", page: SimulationPage, permission: "supervise" },
  { name: "staffing", icon: "pulse", page: StaffingPage, permission: "supervise" },
  { name: "canned", icon: "spark", page: CannedPage, permission: "supervise" },
];

export default function AdminPage(): JSX.Element {
  const [, name] = steps.value;
  const pages = PAGES.filter((each) => may(each.permission) || may("administer"));
  const current = pages.find((each) => each.name === name);
  const closed = !current && PAGES.some((each) => each.name === name);
  useEffect(() => {
    if (!current && !closed && matchMedia("(min-width: 761px)").matches) go(href("/admin/people"), true);
  }, [current, closed]);
  const Content = current?.page;
  return (
    <div class={`admin ${current || closed ? "admin-open" : ""}`}>
      <nav class="admin-nav" aria-label={t("console-nav-admin")}>
        <h1>{t("console-nav-admin")}</h1>
        {pages.map((each) => <a key={each.name} class="admin-link" href={href(`/admin/${each.name}`)} aria-current={each === current ? "page" : undefined}><Icon name={each.icon} />{t(`console-admin-${each.name}`)}</a>)}
      </nav>
      <section class="admin-main">
        {current || closed ? <a class="admin-back" href={href("/admin")}><Icon name="back" size={16} />{t("console-nav-admin")}</a> : null}
        {Content ? <Content /> : closed ? <NotForRole /> : null}
      </section>
    </div>
  );
}
