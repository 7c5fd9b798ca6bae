/** Which page the address means, and whether somebody must sign in first. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "./data/i18n.ts";
import { isPage, mayOpen } from "./data/pages.ts";
import { go, href, place, steps } from "./data/router.ts";
import { session } from "./data/session.ts";
import { InvitationPage } from "./auth/invitation.tsx";
import { SignInPage } from "./auth/signin.tsx";
import { InboxPage } from "./inbox/page.tsx";
import { Shell } from "./shell/shell.tsx";
import { Empty } from "./ui/basic.tsx";
import { lazy } from "./ui/lazy.tsx";
import { NotForRole } from "./ui/not-for-role.tsx";
import { Toasts } from "./ui/toast.tsx";

const ArticlesPage = lazy(() => import("./articles/page.tsx"));
const KnowledgePage = lazy(() => import("./knowledge/page.tsx"));
const OrdersPage = lazy(() => import("./orders/page.tsx"));
const MailPage = lazy(() => import("./mail/page.tsx"));
const BotPage = lazy(() => import("./bot/page.tsx"));
const StatusPage = lazy(() => import("./status/page.tsx"));
const AdminPage = lazy(() => import("./admin/page.tsx"));

function home(): string {
  return mayOpen("inbox") || !mayOpen("articles") ? href("/inbox/mine") : href("/articles");
}

function Page(): JSX.Element {
  const [first] = steps.value;
  useEffect(() => {
    if (first === undefined) go(home(), true);
  }, [first]);
  if (isPage(first) && !mayOpen(first)) return <NotForRole />;
  switch (first) {
    case "inbox":
      return <InboxPage />;
    case "articles":
      return <ArticlesPage />;
    case "knowledge":
      return <KnowledgePage />;
    case "orders":
      return <OrdersPage />;
    case "mail":
      return <MailPage />;
    case "bot":
      return <BotPage />;
    case "status":
      return <StatusPage />;
    case "admin":
      return <AdminPage />;
    case undefined:
      return <div class="page-waiting" />;
    default:
      return <Empty icon="search" title={t("console-no-page")} action={<a class="button button-plain button-medium" href={href("/")}>{t("console-no-page-home")}</a>} />;
  }
}

export function App(): JSX.Element {
  const [first, token] = steps.value;
  const current = session.value;
  if (first === "invitation" && token) return <><InvitationPage token={token} /><Toasts /></>;
  if (current === undefined) return <div class="page-waiting page-boot" aria-busy="true" />;
  if (current === null) return <><SignInPage key={place.value.path} /><Toasts /></>;
  return <><Shell><Page /></Shell><Toasts /></>;
}
