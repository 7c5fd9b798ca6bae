/** Words that mean the same in searches: each group is one line of words, kept by publishers. */
import type { JSX } from "preact";
import type { Synonyms } from "../../wire.ts";
import { LANGUAGES, language as mine, t } from "../data/i18n.ts";
import { resource } from "../data/resource.ts";
import { may } from "../data/session.ts";
import { ofKnowledge, useTold } from "../data/told.ts";
import { Collection } from "../admin/collection.tsx";
import { Chip } from "../ui/basic.tsx";
import { SelectField, TextField } from "../ui/form.tsx";
import { Trial } from "./trial.tsx";

const synonyms = resource<Synonyms>("/api/synonyms");

const lines = (text: string): string[] => text.split("\n").map((line) => line.trim()).filter(Boolean);

/** The languages that the product speaks, and the group's own where it is another. */
function languages(own: string): { value: string; text: string }[] {
  const known = LANGUAGES.map(({ tag, name }) => ({ value: tag, text: name }));
  return known.some((each) => each.value === own) ? known : [...known, { value: own, text: own }];
}

export function SynonymsPage(): JSX.Element {
  useTold(ofKnowledge, () => void synonyms.load());
  return (
    <>
      <Collection noun="synonyms" icon="swap" resource={synonyms} mayChange={may("publish")} nameOf={(item) => item.words.join(", ")} fieldNames={["language", "words"]}
        begin={(item) => ({ language: item?.language ?? mine.value, text: item?.words.join("\n") ?? "" })}
        body={(form) => ({ language: form.language, words: lines(form.text) })}
        row={(item) => <><strong class="thing-name synonyms-words" lang={item.language}>{item.words.join(" · ")}</strong><Chip>{item.language}</Chip></>}
        fields={(form, set, submission) => (
          <>
            <SelectField label={t("console-language")} name="language" value={form.language} onValue={(language) => set({ language })} submission={submission} options={languages(form.language)} />
            <TextField label={t("console-synonyms-words")} name="words" lines={6} value={form.text} onValue={(text) => set({ text })} submission={submission} required autofocus help={t("console-synonyms-help")} />
          </>
        )} />
      <Trial />
    </>
  );
}
