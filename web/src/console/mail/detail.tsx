/** One mail that did not become a message: why, its headers, the start of its source, and what can be done with it. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { MailDetail } from "../../wire.ts";
import { ApiError, api } from "../data/api.ts";
import { bytes, fullTime } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { href } from "../data/router.ts";
import { Button, Notice, Spinner } from "../ui/basic.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { errorText } from "../ui/form.tsx";
import { Icon } from "../ui/icons.tsx";
import { attempt, say } from "../ui/toast.tsx";
import { reasonWords } from "./words.ts";

/** What is tried again and what is let in are the same to the server, not to a person. */
function deed(state: string): "replay" | "release" {
  return state === "held" || state === "set_aside" ? "release" : "replay";
}

function Facts({ mail }: { mail: MailDetail }): JSX.Element {
  return (
    <dl class="facts">
      <div><dt>{t("console-mail-from")}</dt><dd><bdi>{mail.from || t("console-mail-no-sender")}</bdi></dd></div>
      <div><dt>{t("console-inbox")}</dt><dd>{mail.inbox.name}</dd></div>
      <div><dt>{t("console-mail-received")}</dt><dd>{fullTime(new Date(mail.received_at), locale())}</dd></div>
      <div><dt>{t("console-mail-size")}</dt><dd>{bytes(mail.size, locale())}</dd></div>
    </dl>
  );
}

function Why({ mail }: { mail: MailDetail }): JSX.Element {
  const words = reasonWords(mail);
  return (
    <Notice tone={mail.state === "set_aside" ? "accent" : "warn"}>
      <strong>{words}</strong>
      {mail.reason && mail.reason !== words ? <p class="mail-reason" dir="auto">{mail.reason}</p> : null}
      <p>{t(`console-mail-${mail.state.replaceAll("_", "-")}-next`)}</p>
    </Notice>
  );
}

function Source({ mail }: { mail: MailDetail }): JSX.Element {
  return (
    <>
      {mail.headers.length ? (
        <section><h3 class="mail-part">{t("console-mail-headers")}</h3>
          <div class="mail-headers" tabIndex={0} role="region" aria-label={t("console-mail-headers")}><dl>{mail.headers.map((each, at) => <div key={at}><dt>{each.name}</dt><dd dir="ltr">{each.value}</dd></div>)}</dl></div></section>
      ) : null}
      {mail.source ? <section><h3 class="mail-part">{t(mail.complete ? "console-mail-source" : "console-mail-source-start")}</h3><pre class="mail-source" tabIndex={0} dir="ltr" aria-label={t("console-mail-source")}>{mail.source}</pre></section> : null}
    </>
  );
}

export function MailDialog({ id, onClose, onChanged }: { id: string; onClose: () => void; onChanged: () => void }): JSX.Element {
  const [mail, setMail] = useState<MailDetail | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => { api.get<MailDetail>(`/api/mail/${id}`).then(setMail, setError); }, [id]);
  const replay = async (): Promise<void> => {
    setBusy(true);
    const done = await attempt(() => api.post(`/api/mail/${id}/replay`));
    setBusy(false);
    if (!done) return;
    say(t("console-mail-replayed"));
    onChanged();
  };
  return (
    <Dialog title={mail ? mail.subject || t("console-mail-no-subject") : t("console-mail-title")} onClose={onClose} wide>
      {error ? <Notice tone="bad">{errorText(error)}</Notice> : !mail ? <Spinner /> : (
        <div class="form">
          <Why mail={mail} /><Facts mail={mail} /><Source mail={mail} />
          <footer class="dialog-foot">
            {mail.source ? <a class="button button-plain button-medium push" href={`/api/mail/${id}/raw`} download={`${id}.eml`}><Icon name="download" /><span class="button-text">{t("console-mail-download")}</span></a> : null}
            <Button onClick={onClose}>{t("console-close")}</Button>
            {mail.conversation ? <a class="button button-primary button-medium" href={href(`/inbox/all/${mail.conversation}`)}>{t("console-mail-open")}</a>
              : <Button look="primary" icon={deed(mail.state) === "release" ? "inbox" : "refresh"} busy={busy} onClick={() => void replay()}>{t(`console-mail-${deed(mail.state)}`)}</Button>}
          </footer>
        </div>
      )}
    </Dialog>
  );
}
