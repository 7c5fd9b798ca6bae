/** The navigation: a rail at the side of wide screens, a bar at the foot of narrow ones. */
import type { JSX } from "preact";
import { LANGUAGES, language, t } from "../data/i18n.ts";
import { workCount } from "../data/editorial.ts";
import { counts } from "../data/lists.ts";
import { needsLook } from "../data/mail.ts";
import { nobody } from "../data/nobody.ts";
import { setSound, soundOn } from "../data/notify.ts";
import { refundsWaiting } from "../data/orders.ts";
import { mayOpen } from "../data/pages.ts";
import { bot } from "../data/resource.ts";
import { href, steps } from "../data/router.ts";
import { may, me, setLanguage } from "../data/session.ts";
import { setTheme, theme, type Theme } from "../data/theme.ts";
import { Mark } from "../auth/frame.tsx";
import { Avatar } from "../ui/basic.tsx";
import { Icon, type IconName } from "../ui/icons.tsx";
import { Menu, type MenuItem } from "../ui/menu.tsx";
import { attempt } from "../ui/toast.tsx";
import { keysOpen, profileOpen } from "./overlays.ts";
import { askToLeave } from "./sign-out.tsx";

interface Stop { name: string; icon: IconName; text: string; path: string; shown: boolean; badge?: number; badgeText?: string; mark?: boolean }

function stops(): Stop[] {
  const unsettled = bot.value !== null && !["ready", "off"].includes(bot.value.state);
  return [
    { name: "inbox", icon: "inbox", text: "console-nav-inbox", path: "/inbox/mine", shown: mayOpen("inbox"), badge: counts.value.mine, badgeText: "console-nav-mine-count" },
    { name: "articles", icon: "book", text: "console-nav-articles", path: "/articles", shown: mayOpen("articles") },
    { name: "knowledge", icon: "spark", text: "console-nav-knowledge", path: "/knowledge", shown: mayOpen("knowledge"), badge: workCount.value, badgeText: "console-nav-work-count" },
    { name: "orders", icon: "box", text: "console-nav-orders", path: "/orders", shown: mayOpen("orders"), badge: refundsWaiting.value, badgeText: "console-nav-refunds-count" },
    { name: "mail", icon: "mail", text: "console-nav-mail", path: "/mail", shown: mayOpen("mail"), badge: needsLook.value, badgeText: "console-nav-mail-count" },
    { name: "bot", icon: "bot", text: "console-nav-bot", path: "/bot", shown: mayOpen("bot") },
    { name: "status", icon: "pulse", text: "console-nav-status", path: "/status", shown: mayOpen("status"), mark: unsettled || nobody.value.length > 0 },
    { name: "admin", icon: "gear", text: "console-nav-admin", path: "/admin", shown: mayOpen("admin") },
  ];
}

const THEMES: Theme[] = ["system", "light", "dark"];
const THEME_ICONS = { system: "split", light: "sun", dark: "moon" } as const;

function accountItems(): MenuItem[] {
  return [
    { text: t("console-profile"), icon: "person", keys: "g p", run: () => (profileOpen.value = true) },
    { text: t("console-keys"), icon: "keyboard", keys: "?", run: () => (keysOpen.value = true) },
    { text: t(soundOn.value ? "console-sound-off" : "console-sound-on"), icon: "sound", run: () => setSound(!soundOn.value) },
    ...LANGUAGES.map(({ tag, name }, at): MenuItem => ({
      text: name, mark: <Icon name="globe" size={17} />, checked: language.value === tag, rule: at === 0, run: () => void attempt(() => setLanguage(tag)),
    })),
    ...THEMES.map((each, at): MenuItem => ({
      text: t(`console-theme-${each}`), icon: THEME_ICONS[each], checked: theme.value === each, rule: at === 0, run: () => setTheme(each),
    })),
    { text: t("console-sign-out"), icon: "exit", rule: true, run: askToLeave },
  ];
}

export function Navigation(): JSX.Element {
  const here = steps.value[0] ?? "inbox";
  const agent = me.value!;
  return (
    <nav class="rail" aria-label={t("console-nav")}>
      <a class="rail-brand" href={href("/inbox/mine")} aria-label="Parley"><Mark size={30} /></a>
      <div class="rail-stops">
        {stops().filter((stop) => stop.shown).map((stop) => (
          <a key={stop.name} class="rail-stop" href={href(stop.path)} aria-current={here === stop.name ? "page" : undefined}>
            <span class="rail-icon">
              <Icon name={stop.icon} size={21} />
              {stop.badge ? <span class="rail-badge">{stop.badge > 99 ? "99+" : stop.badge}<span class="unseen"> {t(stop.badgeText ?? "console-nav-mine-count")}</span></span> : null}
              {stop.mark ? <span class="rail-mark" /> : null}
            </span>
            <span class="rail-text">{t(stop.text)}</span>
          </a>
        ))}
      </div>
      <Menu class="rail-account" label={t("console-account", { name: agent.name })} side="start" up items={accountItems()}
        heading={<div class="account-head"><Avatar id={agent.id} name={agent.name} size={36} /><div><strong>{agent.name}</strong><small>{agent.email}</small></div></div>}>
        <Avatar id={agent.id} name={agent.name} size={34} dot={may("answer") ? agent.presence : undefined} />
        <span class="rail-text">{t("console-nav-me")}</span>
      </Menu>
    </nav>
  );
}
