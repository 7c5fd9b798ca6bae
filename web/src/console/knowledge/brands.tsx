/** Brands: the name and look of help centers and inboxes, and on which hosts they are. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { ArticleImage, Brand } from "../../wire.ts";
import { Collection } from "../admin/collection.tsx";
import { languageName } from "../articles/filters.tsx";
import { api } from "../data/api.ts";
import { t } from "../data/i18n.ts";
import { choices, loadChoices } from "../data/knowledge.ts";
import { inboxes, resource } from "../data/resource.ts";
import { may } from "../data/session.ts";
import { ofKnowledge, useTold } from "../data/told.ts";
import { Button, Chip } from "../ui/basic.tsx";
import { CheckField, Field, TextField, errorText, type Submission } from "../ui/form.tsx";
import { say } from "../ui/toast.tsx";

const brands = resource<Brand>("/api/brands");
const COLOUR = "#3b5bdb";

interface Form {
  id: string; name: string; color: string; logo: string | null; home: string; hosts: string; languages: string;
  words: Record<string, Record<string, string>>; inboxes: string[];
}

const list = (text: string): string[] => text.split(/[\s,，、]+/).filter(Boolean);

function begin(item: Brand | null): Form {
  const { name = "", color = COLOUR, logo = null, words = {}, inboxes: shown = [] } = item ?? {};
  return {
    id: item?.id ?? "", name, color, logo, words, inboxes: [...shown],
    home: item?.home ?? "", hosts: item?.hosts.join("\n") ?? "", languages: item?.languages.join(", ") ?? "",
  };
}

/** A colour is typed or chosen; both are the same field. */
function Colour({ value, onValue, submission }: { value: string; onValue: (value: string) => void; submission: Submission }): JSX.Element {
  const plain = /^#[0-9a-f]{6}$/i.test(value);
  return (
    <Field label={t("console-brand-color")} name="color" submission={submission} help={t("console-brand-color-help")}>
      {(wired) => (
        <div class="brand-color">
          <input type="color" aria-label={t("console-brand-color-choose")} value={plain ? value : COLOUR} onInput={(event) => onValue(event.currentTarget.value)} />
          <input {...wired} class="input" value={value} onInput={(event) => onValue(event.currentTarget.value)} spellcheck={false} />
        </div>
      )}
    </Field>
  );
}

function Logo({ value, onValue }: { value: string | null; onValue: (value: string | null) => void }): JSX.Element {
  const upload = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    try {
      onValue((await api.image<ArticleImage>(file)).id);
    } catch (error) {
      say(errorText(error), "bad");
    }
  };
  return (
    <div class="brand-logo">
      {value ? <img src={`/help/images/${value}`} alt={t("console-brand-logo")} /> : null}
      <label class="button button-plain button-medium">
        {t(value ? "console-brand-logo-other" : "console-brand-logo-add")}
        <input class="unseen" type="file" accept="image/png,image/jpeg,image/gif,image/webp" onChange={(event) => void upload(event.currentTarget.files?.[0])} />
      </label>
      {value ? <Button look="quiet" icon="trash" onClick={() => onValue(null)}>{t("console-brand-logo-remove")}</Button> : null}
    </div>
  );
}

export function BrandsPage(): JSX.Element {
  useEffect(() => { void inboxes.load(); void loadChoices(); }, []);
  useTold(ofKnowledge, () => void brands.load());
  const fields = (form: Form, set: (change: Partial<Form>) => void, submission: Submission, item: Brand | null): JSX.Element => {
    const tags = list(form.languages).length ? list(form.languages) : choices.value?.languages ?? ["en"];
    const word = (tag: string, name: string, value: string): void => set({ words: { ...form.words, [tag]: { ...form.words[tag], [name]: value } } });
    return (
      <>
        <div class="fields">
          <TextField label={t("console-name")} name="name" value={form.name} onValue={(name) => set({ name })} submission={submission} required autofocus={!item} />
          {item ? null : <TextField label={t("console-brand-id")} name="id" value={form.id} onValue={(id) => set({ id })} submission={submission} required spellcheck={false} help={t("console-brand-id-help")} />}
        </div>
        <Colour value={form.color} onValue={(color) => set({ color })} submission={submission} />
        <Logo value={form.logo} onValue={(logo) => set({ logo })} />
        <TextField label={t("console-brand-home")} name="home" value={form.home} onValue={(home) => set({ home })} submission={submission} placeholder="https://www.example.com" />
        <TextField label={t("console-brand-hosts")} name="hosts" lines={2} value={form.hosts} onValue={(hosts) => set({ hosts })} submission={submission} help={t("console-brand-hosts-help")} />
        <TextField label={t("console-brand-languages")} name="languages" value={form.languages} onValue={(languages) => set({ languages })} submission={submission} placeholder="en, zh" help={t("console-brand-languages-help")} />
        {tags.map((tag) => (
          <fieldset key={tag} class="category-words">
            <legend>{languageName(tag)}</legend>
            <TextField label={t("console-brand-front-title")} name={`words.${tag}.title`} value={form.words[tag]?.["title"] ?? ""} onValue={(value) => word(tag, "title", value)} submission={submission} />
            <TextField label={t("console-brand-front-lead")} name={`words.${tag}.lead`} value={form.words[tag]?.["lead"] ?? ""} onValue={(value) => word(tag, "lead", value)} submission={submission} />
          </fieldset>
        ))}
        <fieldset class="category-words">
          <legend>{t("console-brand-inboxes")}</legend>
          {inboxes.items.value.map((each) => (
            <CheckField key={each.id} label={each.name} checked={form.inboxes.includes(each.id)} onValue={(on) => set({ inboxes: on ? [...form.inboxes, each.id] : form.inboxes.filter((id) => id !== each.id) })} />
          ))}
        </fieldset>
      </>
    );
  };
  return (
    <Collection noun="brand" icon="spark" resource={brands} mayChange={may("publish")} nameOf={(item) => item.name} wide begin={begin} fields={fields}
      fieldNames={["name", "id", "color", "home", "hosts", "languages", "logo"]}
      body={(form) => ({ ...form, home: form.home.trim() || null, hosts: list(form.hosts), languages: list(form.languages) })}
      row={(item) => <><svg class="brand-dot" viewBox="0 0 10 10" aria-hidden="true"><circle cx="5" cy="5" r="5" fill={item.color} /></svg><strong class="thing-name">{item.name}</strong>{item.hosts.map((host) => <Chip key={host}>{host === "*" ? t("console-brand-everywhere") : host}</Chip>)}</>} />
  );
}
