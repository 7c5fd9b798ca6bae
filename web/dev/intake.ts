/** Made-up mail that did not become a message, and a made-up test of a mailbox's connection. */
import type { MailCounts, MailDetail, MailItem, MailState, ProbeStep } from "../src/wire.ts";
import { ago } from "./data.ts";

const post = { id: "post", name: "Support mail", kind: "email" };
const lying = (id: string, state: MailState, from: string, subject: string, size: number, minutes: number, reason_code: string | null, reason: string | null): MailItem => ({ id, inbox: post, from, subject, received_at: ago(minutes), size, state, reason_code, reason });

export const lyingMails: MailItem[] = [
  lying("l1", "quarantined", "news@bulk.example", "Our offers of the week", 412_000, 35, "time", "parsing it took longer than 10 seconds"),
  lying("l2", "quarantined", "", "", 980, 2000, "no_headers", "it begins with no header, so it is no mail"),
  lying("l3", "held", "monitor@machines.example", "[ALERT] disk 91 % full on a very long machine name that does not end soon", 2_310, 8, "too_many", "Its sender sent more than 30 mails within an hour, the most that this inbox takes."),
  lying("l4", "held", "monitor@machines.example", "[ALERT] disk 92 % full", 2_290, 7, "too_many", "Its sender sent more than 30 mails within an hour, the most that this inbox takes."),
  lying("l5", "set_aside", "mailer-daemon@mail.example", "Undelivered Mail Returned to Sender", 5_100, 300, "report", "A delivery report about a mail that is not one of ours."),
  lying("l6", "set_aside", "ben.okoye@studio.example", "自动回复：我正在休假", 1_800, 500, "auto_reply", "A program answered by itself, and to no conversation here."),
  lying("l7", "too_large", "amelia.hartmann@mail.example", "Photos of the broken lamp", 48_200_000, 90, "too_large", "48.2 MB; at most 25 MB are fetched"),
];

export function lyingCounts(): MailCounts {
  const of = (state: MailState): number => lyingMails.filter((each) => each.state === state).length;
  return { quarantined: of("quarantined"), held: of("held"), set_aside: of("set_aside"), too_large: of("too_large") };
}

export function lyingDetail(item: MailItem): MailDetail {
  const headers = [{ name: "Return-Path", value: `<${item.from}>` }, { name: "Received", value: "from mx.machines.example (mx.machines.example [203.0.113.7]) by mx.example.com with ESMTPS id 4bQz1 for <support@lumenandleaf.example>; Mon, 2 Mar 2026 10:12:44 +0000" }, { name: "From", value: item.from }, { name: "To", value: "support@lumenandleaf.example" }, { name: "Subject", value: item.subject }];
  const source = `${headers.map((each) => `${each.name}: ${each.value}`).join("\n")}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b1"\n\n--b1\nContent-Type: text/plain; charset=utf-8\n\nDisk /dev/sda1 is 91 % full.\n--b1--\n`;
  return { ...item, headers, source: item.state === "too_large" ? "" : source, complete: item.size < 3000, conversation: null };
}

const STEPS = ["imap.name", "imap.port", "imap.tls", "imap.password", "imap.folder", "smtp.name", "smtp.port", "smtp.tls", "smtp.password"];
/** Works, unless the password is `wrong` or the server's name has `nowhere` in it. */
export function probed(config: { password?: string; imap: { host: string } }): ProbeStep[] {
  const fails = config.imap.host.includes("nowhere") ? "imap.name" : config.password === "wrong" ? "imap.password" : null;
  const words = fails === "imap.name" ? "Name or service not known" : "[AUTHENTICATIONFAILED] Invalid credentials (Failure)";
  return STEPS.map((name, at): ProbeStep => {
    if (name === fails) return { name, state: "failed", code: name.endsWith("name") ? "name_unknown" : "password_refused", detail: words };
    const skipped = fails?.startsWith("imap") && name.startsWith("imap") && at > STEPS.indexOf(fails);
    return { name, state: skipped ? "not_tried" : "ok", code: "", detail: "" };
  });
}
