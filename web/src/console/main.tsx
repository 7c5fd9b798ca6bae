/** Where the console begins: language, keys, clock, then whoever is signed in. */
import { render } from "preact";
import { App } from "./app.tsx";
import { listenToKeys } from "./data/actions.ts";
import { followWork } from "./data/editorial.ts";
import { followRefunds } from "./data/orders.ts";
import { followConversation } from "./data/conversation.ts";
import { firstLanguage, t, useLanguage } from "./data/i18n.ts";
import { followLists } from "./data/lists.ts";
import { followActivity } from "./data/activity.ts";
import { followBrowser } from "./data/live.ts";
import { openAudio } from "./data/notify.ts";
import { followOffers } from "./data/offers.ts";
import { followMail } from "./data/mail.ts";
import { followNobody } from "./data/nobody.ts";
import { followLinks, go, href } from "./data/router.ts";
import { resume } from "./data/session.ts";
import { followBot } from "./data/bot.ts";
import { applyTheme } from "./data/theme.ts";
import { startClock } from "./data/time.ts";
import { followWrapUps } from "./data/wrap-ups.ts";
import { say } from "./ui/toast.tsx";
import "./styles/index.css";
import { followWarnings } from "./shell/warnings.ts";

async function begin(): Promise<void> {
  applyTheme();
  await useLanguage(firstLanguage(), false);
  followLinks();
  listenToKeys();
  startClock();
  openAudio();
  followLists();
  followWarnings();
  followConversation();
  followOffers(() => t("console-offer-title-flash"));
  followWrapUps();
  followActivity();
  followBot();
  followNobody(() => say(t("console-check-news"), "bad", { text: t("console-mail-news-look"), run: () => go(href("/status")) }));
  followMail((what) => say(t(`console-mail-news-${what}`), "plain", { text: t("console-mail-news-look"), run: () => go(href("/mail")) }));
  followRefunds();
  followWork(() => say(t("console-work-news"), "plain", { text: t("console-mail-news-look"), run: () => go(href("/knowledge/work")) }));
  followBrowser();
  const root = document.getElementById("app");
  if (root) render(<App />, root);
  await resume();
}

void begin();
