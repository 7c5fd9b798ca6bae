/** The form of a mailbox and the configuration that it stands for; what providers usually want. Pure. */
import { lines, list, record } from "../values.ts";

export type Security = "tls" | "starttls" | "none";
export interface Imap { host: string; port: number; security: Security; user: string; folder: string; mark: "nothing" | "seen" | "flagged"; take: "new" | "all" }
export interface Smtp { host: string; port: number; security: Security; user: string; per_minute: number }
export interface OAuth { token_url: string; client_id: string; client_secret: string; refresh_token: string; scope: string }
export interface MailForm {
  preset: PresetName; address: string; display: string; aliases: string; imap: Imap; smtp: Smtp; smtp_signs: boolean; sign: "password" | "oauth"; password: string; smtp_password: string; oauth: OAuth;
  plus_addresses: boolean; agent_names: boolean; quote: boolean; trusted: string; signature: Record<string, string>; language: string; resolved: "reopen" | "link"; lists: "queue" | "set_aside"; forms: string; per_sender_hour: number;
  /** Which secrets the server has already: by their dotted names. */
  known: readonly string[];
}

export type PresetName = "gmail" | "microsoft" | "qq" | "163" | "other";
interface Preset { name: PresetName; domains: RegExp; imap: Partial<Imap>; smtp: Partial<Smtp>; more?: Partial<MailForm>; oauth?: Partial<OAuth> }

const host = (name: string, port: number, security: Security = "tls") => ({ host: name, port, security });
export const PRESETS: readonly Preset[] = [
  { name: "gmail", domains: /@(gmail|googlemail)\.com$/, imap: host("imap.gmail.com", 993), smtp: host("smtp.gmail.com", 465), more: { plus_addresses: true, trusted: "mx.google.com" }, oauth: { token_url: "https://oauth2.googleapis.com/token", scope: "https://mail.google.com/" } },
  { name: "microsoft", domains: /@(outlook|hotmail|live)\.com$|\.onmicrosoft\.com$/, imap: host("outlook.office365.com", 993), smtp: host("smtp.office365.com", 587, "starttls"), more: { plus_addresses: true, trusted: "", sign: "oauth" }, oauth: { token_url: "https://login.microsoftonline.com/organizations/oauth2/v2.0/token", scope: "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access" } },
  { name: "qq", domains: /@((vip\.)?qq|foxmail)\.com$/, imap: host("imap.qq.com", 993), smtp: host("smtp.qq.com", 465), more: { plus_addresses: false, trusted: "", sign: "password" } },
  { name: "163", domains: /@163\.com$/, imap: host("imap.163.com", 993), smtp: host("smtp.163.com", 465), more: { plus_addresses: false, trusted: "", sign: "password" } },
  { name: "other", domains: /(?!)/, imap: {}, smtp: {} },
];

export function presetFor(address: string): PresetName | null {
  return PRESETS.find((each) => each.domains.test(address.trim().toLowerCase()))?.name ?? null;
}

/** The form with what this provider usually wants filled in. */
export function withPreset(form: MailForm, name: PresetName): MailForm {
  const found = PRESETS.find((each) => each.name === name)!;
  return { ...form, ...found.more, preset: name, imap: { ...form.imap, ...found.imap }, smtp: { ...form.smtp, ...found.smtp }, oauth: { ...form.oauth, ...found.oauth } };
}

const ports: Record<Security, [number, number]> = { tls: [993, 465], starttls: [143, 587], none: [143, 25] };

/** The usual port for an encryption, on the side that fetches or the one that sends. */
export function usualPort(side: "imap" | "smtp", security: Security): number {
  return ports[security][side === "imap" ? 0 : 1];
}

const SECRETS = ["password", "smtp_password", "oauth.client_secret", "oauth.refresh_token"];

/** Strings of the stored configuration over the defaults; a secret comes as `true` and stays empty here. */
function over<T extends object>(defaults: T, stored: Record<string, unknown>): T {
  return Object.fromEntries(Object.entries(defaults).map(([key, usual]) => [key, typeof stored[key] === typeof usual ? stored[key] : usual])) as T;
}

export function beginMail(config: Record<string, unknown>): MailForm {
  const [imap, smtp, oauth] = [record(config["imap"]), record(config["smtp"]), record(config["oauth"])];
  const known = SECRETS.filter((name) => (name.startsWith("oauth.") ? oauth[name.slice(6)] : config[name]) === true);
  const text = (name: string, usual = ""): string => (typeof config[name] === "string" ? (config[name] as string) : usual);
  const preset = PRESETS.find((each) => each.imap.host && each.imap.host === imap["host"])?.name ?? "other";
  return {
    preset, address: text("address"), display: text("name"), aliases: lines(config["aliases"]), password: "", smtp_password: "", known,
    imap: over<Imap>({ host: "", port: 993, security: "tls", user: "", folder: "INBOX", mark: "nothing", take: "new" }, imap),
    smtp: over<Smtp>({ host: "", port: 465, security: "tls", user: "", per_minute: 60 }, smtp), smtp_signs: typeof smtp["user"] === "string" || !smtp["host"],
    sign: config["oauth"] ? "oauth" : "password",
    oauth: over<OAuth>({ token_url: "", client_id: "", client_secret: "", refresh_token: "", scope: "" }, oauth),
    plus_addresses: config["plus_addresses"] === true, agent_names: config["agent_names"] !== false, quote: config["quote"] !== false, trusted: text("trusted"), signature: over({ en: "", zh: "" }, record(config["signature"])), language: text("language", "en"),
    resolved: config["resolved"] === "link" ? "link" : "reopen", lists: config["lists"] === "set_aside" ? "set_aside" : "queue", forms: lines(config["forms"]),
    per_sender_hour: typeof config["per_sender_hour"] === "number" ? config["per_sender_hour"] : 30,
  };
}

/** Without what is empty: a secret that is left out stays as it is. */
function filled<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== "")) as Partial<T>;
}

export function mailConfig(form: MailForm): Record<string, unknown> {
  const { imap, smtp, oauth } = form;
  const password = form.sign === "password";
  return {
    address: form.address.trim(), name: form.display.trim(), aliases: list(form.aliases),
    imap: { ...imap, host: imap.host.trim(), user: imap.user.trim() || form.address.trim() },
    smtp: { ...smtp, host: smtp.host.trim(), user: form.smtp_signs ? smtp.user.trim() || imap.user.trim() || form.address.trim() : null },
    ...(password ? filled({ password: form.password, smtp_password: form.smtp_password }) : { oauth: filled(oauth) }),
    plus_addresses: form.plus_addresses, agent_names: form.agent_names, quote: form.quote, trusted: form.trusted.trim() || null,
    signature: filled(form.signature), language: form.language, resolved: form.resolved, lists: form.lists, forms: list(form.forms), per_sender_hour: form.per_sender_hour,
  };
}
