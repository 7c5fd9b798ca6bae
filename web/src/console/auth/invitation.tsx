/** Where an invitation or a reset link leads: choose a name and a password, and be signed in. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Invitation } from "../../wire.ts";
import { ApiError, api } from "../data/api.ts";
import { t } from "../data/i18n.ts";
import { setTitle } from "../data/notify.ts";
import { go, href } from "../data/router.ts";
import { acceptInvitation } from "../data/session.ts";
import { Button, Empty, Spinner } from "../ui/basic.tsx";
import { FormError, TextField, errorText, useSubmission } from "../ui/form.tsx";
import { AuthFrame } from "./frame.tsx";

const SHORTEST = 10;

function Accept({ token, invitation }: { token: string; invitation: Invitation }): JSX.Element {
  const [name, setName] = useState(invitation.name);
  const [password, setPassword] = useState("");
  const submission = useSubmission();
  const reset = invitation.kind === "reset";
  const submit = (event: Event): void => {
    event.preventDefault();
    void submission.run(async () => {
      await acceptInvitation(token, name.trim(), password);
      go(href("/"), true);
    });
  };
  return (
    <>
      <h1>{t(reset ? "console-reset-title" : "console-invite-title")}</h1>
      <p class="auth-lead">{t(reset ? "console-reset-lead" : "console-invite-lead", { email: invitation.email })}</p>
      <form onSubmit={submit} class="form">
        <FormError submission={submission} fields={["name", "password"]} />
        <input type="email" class="unseen" autoComplete="username" value={invitation.email} readOnly tabIndex={-1} aria-hidden="true" />
        {reset ? null : <TextField label={t("console-name")} name="name" autoComplete="name" value={name} onValue={setName} submission={submission} required autofocus />}
        <TextField label={t("console-password-new")} name="password" type="password" autoComplete="new-password" minLength={SHORTEST} value={password} onValue={setPassword}
          submission={submission} required help={t("console-password-help", { count: SHORTEST })} />
        <Button type="submit" look="primary" size="large" busy={submission.busy}>{t(reset ? "console-reset-do" : "console-invite-do")}</Button>
      </form>
    </>
  );
}

export function InvitationPage({ token }: { token: string }): JSX.Element {
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  useEffect(() => {
    setTitle("Parley");
    api.get<Invitation>(`/api/invitations/${encodeURIComponent(token)}`).then(setInvitation, setError);
  }, [token]);
  return (
    <AuthFrame>
      {invitation ? <Accept token={token} invitation={invitation} />
        : error ? (
          <Empty icon="link" title={t("console-link-gone")} action={<a class="button button-plain button-medium" href={href("/")}>{t("console-sign-in")}</a>}>
            {error.status === 404 || error.status === 410 ? t("console-link-gone-help") : errorText(error)}
          </Empty>
        ) : <Spinner />}
    </AuthFrame>
  );
}
