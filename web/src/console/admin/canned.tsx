/** Canned replies: texts that agents insert with `/`. */
import type { JSX } from "preact";
import { LANGUAGES, t } from "../data/i18n.ts";
import { canned } from "../data/resource.ts";
import { may } from "../data/session.ts";
import { Chip } from "../ui/basic.tsx";
import { SelectField, TextField } from "../ui/form.tsx";
import { Collection } from "./collection.tsx";

export function CannedPage(): JSX.Element {
  return (
    <Collection noun="canned" icon="spark" resource={canned} mayChange={may("supervise")} nameOf={(item) => item.title} fieldNames={["shortcut", "language", "title", "text"]}
      begin={(item) => ({ shortcut: item?.shortcut ?? "", language: item?.language ?? "en", title: item?.title ?? "", text: item?.text ?? "" })}
      row={(item) => <><strong class="thing-name">{item.title}</strong><code>/{item.shortcut.replace(/^\//, "")}</code><Chip>{item.language}</Chip><span class="thing-more thing-text" lang={item.language}>{item.text}</span></>}
      fields={(form, set, submission) => (
        <>
          <TextField label={t("console-canned-name")} name="title" value={form.title} onValue={(title) => set({ title })} submission={submission} required autofocus />
          <div class="fields">
            <TextField label={t("console-canned-shortcut")} name="shortcut" value={form.shortcut} onValue={(shortcut) => set({ shortcut })} submission={submission} required />
            <SelectField label={t("console-language")} name="language" value={form.language} onValue={(language) => set({ language })} submission={submission} options={LANGUAGES.map(({ tag, name }) => ({ value: tag, text: name }))} />
          </div>
          <TextField label={t("console-canned-text")} name="text" lines={5} value={form.text} onValue={(text) => set({ text })} submission={submission} required help={t("console-canned-help", { contact: "{{contact}}", agent: "{{agent}}" })} />
        </>
      )} />
  );
}
