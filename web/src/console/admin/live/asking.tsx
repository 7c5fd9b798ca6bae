/** The editor of the questions that are asked before a chat. */
import type { JSX } from "preact";
import { LANGUAGES, t } from "../../data/i18n.ts";
import { Button, IconButton } from "../../ui/basic.tsx";
import { CheckField, SelectField, TextField, type Submission } from "../../ui/form.tsx";
import { MOST_QUESTIONS, QUESTION_KINDS, moved, newQuestion, type QuestionForm, type QuestionKind } from "./questions.ts";

interface Props { questions: QuestionForm[]; set: (questions: QuestionForm[]) => void; submission: Submission }
interface OneProps { question: QuestionForm; at: number; last: boolean; submission: Submission; change: (part: Partial<QuestionForm>) => void; move: (by: number) => void; remove: () => void }

function Question({ question, at, last, submission, change, move, remove }: OneProps): JSX.Element {
  const name = (field: string): string => `questions.${at}.${field}`;
  return (
    <li class="question">
      <header class="question-head">
        <strong>{t("console-question", { number: at + 1 })}</strong>
        <IconButton icon="chevron" class="question-up" size="small" label={t("console-question-up")} disabled={at === 0} onClick={() => move(-1)} />
        <IconButton icon="chevron" size="small" label={t("console-question-down")} disabled={last} onClick={() => move(1)} />
        <IconButton icon="trash" size="small" label={t("console-question-remove")} onClick={remove} />
      </header>
      <div class="fields">
        {LANGUAGES.map((each) => <TextField key={each.tag} label={t("console-question-label", { language: each.name })} name={name("label")} value={question.label[each.tag] ?? ""} onValue={(words) => change({ label: { ...question.label, [each.tag]: words } })} submission={submission} />)}
      </div>
      <div class="fields">
        <SelectField label={t("console-question-kind")} name={name("kind")} value={question.kind} onValue={(kind) => change({ kind: kind as QuestionKind })} submission={submission} help={question.kind === "email" ? t("console-question-email-help") : undefined}
          options={QUESTION_KINDS.map((value) => ({ value, text: t(`console-question-kind-${value}`) }))} />
        <TextField label={t("console-question-key")} name={name("key")} value={question.key} onValue={(key) => change({ key })} submission={submission} help={t("console-question-key-help")} spellcheck={false} required />
      </div>
      {question.kind === "choice" ? (
        <div class="fields">
          {LANGUAGES.map((each) => <TextField key={each.tag} label={t("console-question-options", { language: each.name })} name={name("options")} lines={3} value={question.options[each.tag] ?? ""} onValue={(words) => change({ options: { ...question.options, [each.tag]: words } })} submission={submission} help={t("console-question-options-help")} />)}
        </div>
      ) : null}
      <CheckField label={t("console-question-required")} checked={question.required} onValue={(required) => change({ required })} />
    </li>
  );
}

export function Asking({ questions, set, submission }: Props): JSX.Element {
  return (
    <div class="field">
      <span class="label">{t("console-questions")}</span>
      <p class="field-help">{t("console-questions-help")}</p>
      {questions.length ? (
        <ol class="questions">
          {questions.map((question, at) => (
            <Question key={at} question={question} at={at} last={at === questions.length - 1} submission={submission}
              change={(part) => set(questions.with(at, { ...question, ...part }))} move={(by) => set(moved(questions, at, by))} remove={() => set(questions.filter((_, other) => other !== at))} />
          ))}
        </ol>
      ) : null}
      <div><Button size="small" icon="plus" disabled={questions.length >= MOST_QUESTIONS} onClick={() => set([...questions, newQuestion(questions)])}>{t("console-question-add")}</Button></div>
    </div>
  );
}
