/** Who the customer is: name, addresses, what they say of themselves, what else is known, and who may be the same. */
import type { JSX } from "preact";
import type { ContactClaim, ConversationDetail } from "../../../wire.ts";
import { contactName, pointText } from "../../data/contact.ts";
import { fullTime, languageName } from "../../data/format.ts";
import { hasText, locale, t } from "../../data/i18n.ts";
import { Avatar, Button, Chip } from "../../ui/basic.tsx";
import { Icon } from "../../ui/icons.tsx";
import { joining } from "./joining.ts";
import { Points, kindIcon } from "./points.tsx";
import { Suggestions } from "./suggestions.tsx";

function sourceText({ source, at }: ContactClaim): string {
  const key = `console-claim-${source}`;
  return t(hasText(key) ? key : "console-claim", { time: fullTime(new Date(at), locale()) });
}

/** Said by somebody and proven by nobody; an address that is a contact point already says so there. */
function Claims({ claims }: { claims: readonly ContactClaim[] }): JSX.Element | null {
  if (claims.length === 0) return null;
  return (
    <ul class="points claims" aria-label={t("console-claims")}>
      {claims.map((each) => (
        <li key={each.kind + each.value}><Icon name={kindIcon(each.kind)} size={15} /><span class="point-address" title={each.value} dir="auto">{pointText({ kind: each.kind, address: each.value })}</span>
          <Chip tone="warn" title={sourceText(each)}>{t("console-claimed")}<span class="unseen">: {sourceText(each)}</span></Chip></li>
      ))}
    </ul>
  );
}

export function Contact({ detail }: { detail: ConversationDetail }): JSX.Element {
  const { contact, summary } = detail;
  const name = contactName(contact);
  const facts = Object.entries(contact.attributes ?? {}).filter(([, value]) => value !== null && value !== "");
  const known = new Set(contact.points.map((point) => point.kind + point.address));
  // Of contacts that are one each may have said the same.
  const claims = [...new Map((contact.claims ?? []).map((each) => [each.kind + each.value, each])).entries()].flatMap(([key, each]) => (known.has(key) ? [] : [each]));
  return (
    <>
      <div class="contact">
        <div class="contact-who">
          <Avatar id={contact.id} name={name} size={44} />
          <div><h2>{name}</h2><Points points={contact.points} /><Claims claims={claims} /></div>
        </div>
        <dl class="facts">
          {contact.language || summary.language ? <div><dt>{t("console-language")}</dt><dd>{languageName(contact.language || summary.language, locale())}</dd></div> : null}
          <div><dt>{t("console-inbox")}</dt><dd>{summary.inbox.name}</dd></div>
          <div><dt>{t("console-began")}</dt><dd>{fullTime(new Date(summary.created_at), locale())}</dd></div>
          {facts.map(([key, value]) => <div key={key}><dt>{key.replaceAll("_", " ")}</dt><dd>{String(value)}</dd></div>)}
        </dl>
        <Button class="contact-join" size="small" look="quiet" icon="merge" onClick={() => (joining.value = { other: null })}>{t("console-join")}</Button>
      </div>
      <Suggestions contact={contact} />
    </>
  );
}
