/** The frame around sign-in and invitation: a card beside a picture of what Parley does. */
import type { ComponentChildren, JSX } from "preact";
import { LANGUAGES, language, t } from "../data/i18n.ts";
import { pickLanguage } from "../data/session.ts";
import { Icon } from "../ui/icons.tsx";

export function Mark({ size = 32 }: { size?: number }): JSX.Element {
  return (
    <svg class="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" class="mark-ground" />
      <path class="mark-sign" d="M8 11.500A3.500 3.500 0 0 1 11.500 8h9A3.500 3.500 0 0 1 24 11.500v5a3.500 3.500 0 0 1-3.500 3.500H15l-4.300 3.700a.7.7 0 0 1-1.200-.5V19.700A3.500 3.500 0 0 1 8 16.500z" />
    </svg>
  );
}

function Picture(): JSX.Element {
  return (
    <aside class="auth-picture" aria-hidden="true">
      <div class="auth-talk">
        <p class="auth-line auth-them">{t("console-auth-question")}</p>
        <p class="auth-line auth-bot"><Icon name="bot" size={15} />{t("console-auth-bot")}</p>
        <p class="auth-line auth-them">{t("console-auth-question-more")}</p>
        <p class="auth-line auth-us">{t("console-auth-agent")}</p>
      </div>
      <p class="auth-claim">{t("console-auth-claim")}</p>
    </aside>
  );
}

export function AuthFrame({ children }: { children: ComponentChildren }): JSX.Element {
  return (
    <div class="auth">
      <main class="auth-main">
        <header class="auth-brand"><Mark size={30} /><span>Parley</span></header>
        <div class="auth-card">{children}</div>
        <footer class="auth-foot">
          {LANGUAGES.map(({ tag, name }) => (
            <button key={tag} type="button" lang={tag} class="auth-language" aria-pressed={language.value === tag} onClick={() => void pickLanguage(tag)}>{name}</button>
          ))}
        </footer>
      </main>
      <Picture />
    </div>
  );
}
