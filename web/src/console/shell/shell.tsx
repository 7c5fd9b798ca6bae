/** The frame around every page: navigation, offers, the state of the connection, keys and palette. */
import type { ComponentChildren, JSX } from "preact";
import { lettersOn, useActions, type Action } from "../data/actions.ts";
import { LANGUAGES, language, t } from "../data/i18n.ts";
import { live } from "../data/live.ts";
import { setSound, soundOn } from "../data/notify.ts";
import { mayOpen } from "../data/pages.ts";
import { go, href } from "../data/router.ts";
import { may, setLanguage, setPresence } from "../data/session.ts";
import { setTheme, theme } from "../data/theme.ts";
import { attempt } from "../ui/toast.tsx";
import { Icon } from "../ui/icons.tsx";
import { Navigation } from "./navigation.tsx";
import { OfferCards } from "./offer.tsx";
import { Palette } from "./palette.tsx";
import { KeySheet } from "./keysheet.tsx";
import { keysOpen, paletteOpen, profileOpen } from "./overlays.ts";
import { ProfileDialog } from "./profile.tsx";
import { SetForYou } from "./set-for-you.tsx";
import { SignOutDialog, askToLeave, leaving } from "./sign-out.tsx";
import { WrapUps } from "./wrap-ups.tsx";

function press(id: string): void {
  const buttons = [...document.querySelectorAll<HTMLElement>(`[data-press~="${id}"], #${id}`)];
  const shown = buttons.find((each) => each.offsetParent !== null) ?? buttons[0];
  shown?.focus();
  shown?.click();
}

function nextLanguage(): void {
  const at = LANGUAGES.findIndex((each) => each.tag === language.value);
  void attempt(() => setLanguage(LANGUAGES[(at + 1) % LANGUAGES.length]!.tag));
}

function goActions(): Action[] {
  const to = (path: string) => () => go(href(path));
  const list: Action[] = [
    { id: "go-mine", text: "console-go-mine", group: "go", keys: "g m", run: to("/inbox/mine"), enabled: () => mayOpen("inbox") },
    { id: "go-queue", text: "console-go-queue", group: "go", keys: "g q", run: to("/inbox/queue"), enabled: () => mayOpen("inbox") },
    { id: "go-all", text: "console-go-all", group: "go", keys: "g a", run: to("/inbox/all"), enabled: () => mayOpen("inbox") },
    { id: "go-knowledge", text: "console-go-knowledge", group: "go", keys: "g b", run: to("/knowledge"), enabled: () => mayOpen("knowledge") },
    { id: "go-articles", text: "console-go-articles", group: "go", keys: "g k", run: to("/articles"), enabled: () => mayOpen("articles") },
    { id: "go-mail", text: "console-go-mail", group: "go", keys: "g e", run: to("/mail"), enabled: () => mayOpen("mail") },
    { id: "go-bot", text: "console-go-bot", group: "go", keys: "g o", run: to("/bot"), enabled: () => mayOpen("bot") },
    { id: "go-status", text: "console-go-status", group: "go", keys: "g s", run: to("/status"), enabled: () => mayOpen("status") },
    { id: "go-admin", text: "console-go-admin", group: "go", keys: "g d", run: to("/admin"), enabled: () => mayOpen("admin") },
  ];
  return list;
}

const GENERAL: Action[] = [
  { id: "palette", text: "console-palette", group: "general", keys: "Mod+k", whileWriting: true, run: () => (paletteOpen.value = !paletteOpen.value) },
  { id: "keys", text: "console-keys", group: "general", keys: "?", run: () => (keysOpen.value = true) },
  { id: "presence", text: "console-presence-change", group: "general", keys: "p", run: () => press("presence-button"), enabled: () => may("answer") },
  { id: "presence-available", text: "console-presence-to-available", group: "general", enabled: () => may("answer"), run: () => void attempt(() => setPresence("available", null)) },
  { id: "language", text: "console-language-next", group: "general", keys: "l", run: nextLanguage },
  { id: "theme", text: "console-theme-next", group: "general", keys: "Shift+t", run: () => setTheme(theme.value === "dark" ? "light" : "dark") },
  { id: "sound", text: "console-sound-toggle", group: "general", keys: "m", run: () => setSound(!soundOn.value) },
  { id: "sign-out", text: "console-sign-out", group: "general", run: askToLeave },
  { id: "profile", text: "console-profile", group: "general", keys: "g p", run: () => (profileOpen.value = true) },
];

/** Says that the connection is gone; a short drop is not worth a word. */
function Connection(): JSX.Element | null {
  if (live.state.value !== "waiting") return null;
  return <div class="connection" role="status"><Icon name="alert" size={15} />{t("console-connection-lost")}</div>;
}

export function Shell({ children }: { children: ComponentChildren }): JSX.Element {
  // What is not for this person's role is not in the overview of keys either.
  useActions([...goActions(), ...GENERAL].filter((action) => action.enabled?.() ?? true));
  return (
    <div class={`shell ${lettersOn.value ? "" : "shell-no-letters"}`}>
      <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById("main")?.focus(); }}>{t("console-skip")}</a>
      <Navigation />
      <main id="main" class="main" tabIndex={-1}>
        <Connection />
        <SetForYou />
        <WrapUps />
        {children}
      </main>
      <OfferCards />
      {paletteOpen.value ? <Palette onClose={() => (paletteOpen.value = false)} /> : null}
      {keysOpen.value ? <KeySheet onClose={() => (keysOpen.value = false)} /> : null}
      {leaving.value ? <SignOutDialog /> : null}
      {profileOpen.value ? <ProfileDialog onClose={() => (profileOpen.value = false)} /> : null}
    </div>
  );
}
