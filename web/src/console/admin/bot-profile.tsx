/** How the bot is in one inbox: which one, its name, its languages, how sure it has to be. */
import type { JSX } from "preact";
import type { BotProfile } from "../../wire.ts";
import { LANGUAGES, hasText, t } from "../data/i18n.ts";
import { session } from "../data/session.ts";
import { CheckField, SelectField, TextField, type Submission } from "../ui/form.tsx";

type Caution = BotProfile["caution"];
const CAUTIONS: readonly Caution[] = ["bold", "usual", "careful"];

function nameOf(engine: string): string {
  const key = `console-bot-engine-${engine}`;
  return hasText(key) ? t(key) : engine;
}

interface Props { profile: BotProfile; onProfile: (profile: BotProfile) => void; submission: Submission }

export function BotProfileFields({ profile, onProfile, submission }: Props): JSX.Element {
  const set = (change: Partial<BotProfile>): void => onProfile({ ...profile, ...change });
  const engines = session.value?.engines ?? [];
  const { languages } = profile;
  return (
    <fieldset class="fieldset"><legend>{t("console-bot-profile")}</legend>
      <div class="fields">
        <TextField label={t("console-bot-persona")} name="profile.persona" value={profile.persona} onValue={(persona) => set({ persona })} submission={submission} help={t("console-bot-persona-help")} />
        <SelectField label={t("console-bot-caution")} name="profile.caution" value={profile.caution} onValue={(caution) => set({ caution: caution as Caution })} submission={submission} help={t(`console-bot-caution-${profile.caution}-help`)} options={CAUTIONS.map((value) => ({ value, text: t(`console-bot-caution-${value}`) }))} />
        <SelectField label={t("console-bot-engine")} name="profile.engine" value={profile.engine ?? ""} onValue={(engine) => set({ engine: engine || null })} submission={submission} options={[{ value: "", text: t("console-bot-engine-usual") }, ...engines.map((value) => ({ value, text: nameOf(value) }))]} />
      </div>
      <p class="label">{t("console-bot-languages")}</p>
      <div class="member-grid">
        {LANGUAGES.map(({ tag, name }) => <CheckField key={tag} label={name} checked={languages.includes(tag)} onValue={(on) => set({ languages: on ? [...languages, tag] : languages.filter((each) => each !== tag) })} />)}
      </div>
      <p class="field-help">{t("console-bot-languages-help")}</p>
    </fieldset>
  );
}
