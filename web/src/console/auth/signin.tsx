/** Sign in with e-mail and password. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../data/i18n.ts";
import { setTitle } from "../data/notify.ts";
import { ended, resume, signIn, unreachable } from "../data/session.ts";
import { Button, Notice } from "../ui/basic.tsx";
import { FormError, TextField, useSubmission } from "../ui/form.tsx";
import { AuthFrame } from "./frame.tsx";

export function SignInPage(): JSX.Element {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const submission = useSubmission();
  useEffect(() => setTitle(`${t("console-sign-in")} · Parley`));
  useEffect(() => document.querySelector<HTMLInputElement>("input[name=email]")?.focus(), []);
  const submit = (event: Event): void => {
    event.preventDefault();
    void submission.run(() => signIn(email.trim(), password));
  };
  return (
    <AuthFrame>
      <h1>{t("console-sign-in-title")}</h1>
      <p class="auth-lead">{t("console-sign-in-lead")}</p>
      {ended.value ? <Notice tone="accent">{t("console-session-ended")}</Notice> : null}
      {unreachable.value ? <Notice tone="warn" action={<Button size="small" onClick={() => void resume()}>{t("console-try-again")}</Button>}>{t("error-offline")}</Notice> : null}
      <form onSubmit={submit} class="form">
        <FormError submission={submission} fields={["email", "password"]} />
        <TextField label={t("console-email")} name="email" type="email" autoComplete="username" value={email} onValue={setEmail} submission={submission} required autofocus />
        <TextField label={t("console-password")} name="password" type="password" autoComplete="current-password" value={password} onValue={setPassword} submission={submission} required />
        <Button type="submit" look="primary" size="large" busy={submission.busy}>{t("console-sign-in")}</Button>
      </form>
      <p class="auth-hint">{t("console-forgotten")}</p>
    </AuthFrame>
  );
}
