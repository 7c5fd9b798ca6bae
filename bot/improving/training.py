"""Trains a model beside the one in use and judges both; one at a time across all processes, and never in anybody's way."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from bot.children import Children, StepError
from bot.improving import evaluating, models
from bot.improving.evaluating import BEFORE, FOLD, Exam, Known, set_exam
from bot.improving.example import Example
from bot.improving.labels import examples
from bot.improving.meanwhile import meanwhile
from bot.improving.models import Learned
from bot.improving.settings import ImprovingSettings
from bot.improving.training_data import spoken
from bot.improving.workshop import Workshop
from bot.program import Line
from bot.rasa_files import Choice
from core.errors import ParleyError
from core.ids import AgentId
from core.store.database import Database
from core.store.tx import Tx

log = logging.getLogger(__name__)

_BEAT_S = 1.0
_TRAINED = 0.45
"""So much of the whole is done when the model is there and is yet to be judged."""

Python = Callable[[], Awaitable[Path]]
"""Rasa's own; raises ``core.errors.Unavailable`` where it is not installed."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done: ``before`` is the model in use."""

    model: str
    examples: tuple[Example, ...]
    before: Learned


@dataclass(slots=True)
class _Far:
    """How far it is, as others see it at the next beat."""

    step: str = "preparing"
    done: float = 0.0


class _Question(msgspec.Struct, omit_defaults=True):
    """One part of a plan, as ``launcher/judge.py`` reads it."""

    name: str
    texts: list[str]
    model: str = ""
    project: str = ""


class Trainer:
    """``holder`` names this process, so that others see whether it still lives."""

    def __init__(
        self,
        db: Database,
        children: Children,
        workshop: Workshop,
        python: Python,
        settings: ImprovingSettings,
        holder: str,
    ) -> None:
        self._db = db
        self._children = children
        self._workshop = workshop
        self._python = python
        self._settings = settings
        self._holder = holder

    async def begin(self, by: AgentId | None) -> Task:
        """Raises Conflict while a model is trained anywhere, Unavailable where Rasa is not there."""
        await self._python()
        project = await asyncio.to_thread(self._workshop.project)
        await self._db.run(models.fail_gone, self._settings.gone_s)
        return await self._db.run(self._begun, project, by)

    def _begun(self, tx: Tx, project: str, by: AgentId | None) -> Task:
        before = models.learned(tx, models.in_use(tx, project))
        learned = examples(tx, self._settings.examples)
        return Task(models.begin(tx, project, learned, self._holder, by), tuple(learned), before)

    async def work(self, task: Task) -> None:
        """To its end, whatever that is: the state says it. Being cancelled is one, too."""
        far = _Far()
        try:
            async with meanwhile(self._beat(task.model, far)):
                await self._train(task, far)
        except asyncio.CancelledError:
            await asyncio.shield(self._db.run(models.fail, task.model, "it was stopped"))
            raise
        except (StepError, ParleyError, OSError, msgspec.MsgspecError) as problem:
            log.warning("the model %s could not be trained: %s", task.model, problem)
            await self._db.run(models.fail, task.model, str(problem))
        except Exception as problem:
            # Whatever it was: nobody else may wait for this training.
            log.exception("the model %s could not be trained", task.model)
            await self._db.run(models.fail, task.model, f"{type(problem).__name__}: {problem}")

    async def _beat(self, model: str, far: _Far) -> None:
        """Tells how far it is. Raises StepError when others took us for dead and went on."""
        while True:
            if not await self._db.run(models.beat, model, far.step, round(far.done, 3)):
                raise StepError("it was taken for dead")
            await asyncio.sleep(_BEAT_S)

    async def _train(self, task: Task, far: _Far) -> None:
        python, shop = await self._python(), self._workshop
        choice = await asyncio.to_thread(shop.prepare, task.examples)
        await self._db.run(models.name_it, task.model, choice.fingerprint)
        before = await asyncio.to_thread(shop.prepare, task.before.examples)
        tests = await asyncio.to_thread(shop.tests)
        own = frozenset(await asyncio.to_thread(shop.meanings))
        held_out = task.before.evaluation.held_out if task.before.evaluation else {}
        now, then = await asyncio.to_thread(
            lambda: (shop.kept(task.examples), shop.kept(task.before.examples))
        )
        known = Known(now, task.before.id, then, held_out, own)
        exam = set_exam(tests, known, self._settings.folds, self._settings.judged)
        await self._model(python, before, far)
        await self._model(python, choice, far)
        far.step, far.done = "judging", _TRAINED
        answers = await self._judge(python, exam, (choice, before), far)
        evaluation = evaluating.mark(exam, answers, self._settings.changes)
        await asyncio.to_thread(shop.tidy, self._settings.work_folders, {choice.project, before.project})
        await self._db.run(models.finish, task.model, evaluation)

    async def _model(self, python: Path, choice: Choice, far: _Far) -> Path:
        model = self._workshop.config.model(choice.fingerprint)
        if model.is_file():
            return model
        far.step = "training"

        def tell(line: Line) -> None:
            far.done = min(_TRAINED, far.done + _TRAINED / 6)

        command = self._workshop.config.train_command(python, model, choice.project, gently=True)
        last = await self._children.follow("learn", command, self._settings.train_s, tell)
        if last is None or last.state != "done" or not model.is_file():
            raise StepError(last.detail if last and last.detail else "training ended without a model")
        return model

    async def _judge(
        self, python: Path, exam: Exam, choices: tuple[Choice, Choice], far: _Far
    ) -> Mapping[str, Sequence[str | None]]:
        folder = self._workshop.config.records / "judging"
        plan, result = folder / "plan.json", folder / "answers.json"
        questions = await asyncio.to_thread(self._questions, exam, choices)
        folds = {Path(each.project) for each in questions if each.project} - {
            each.project for each in choices
        }

        def tell(line: Line) -> None:
            number, _, whole = line.detail.partition("/")
            if number.isdecimal() and whole.isdecimal():
                far.done = _TRAINED + (1 - _TRAINED) * (int(number) - 1) / max(1, int(whole))

        command = self._workshop.config.judge_command(python, plan, result)
        try:
            await asyncio.to_thread(_write, plan, questions)
            await self._children.follow("judge", command, self._settings.train_s, tell)
            raw = await asyncio.to_thread(result.read_bytes)
        finally:
            # Customers' texts, of use to nobody once they are judged.
            await asyncio.to_thread(plan.unlink, missing_ok=True)
            await asyncio.to_thread(self._workshop.clear, folds)
        return msgspec.json.decode(raw, type=dict[str, list[str | None]])

    def _questions(self, exam: Exam, choices: tuple[Choice, Choice]) -> list[_Question]:
        now, before = (str(self._workshop.config.model(each.fingerprint)) for each in choices)
        found = []
        for name, asked in exam.questions().items():
            texts = [spoken(each.text) for each in asked]
            if name.startswith(FOLD):
                share = {each.key for each in asked}
                rest = [each for each in exam.labelled if each.key not in share]
                found.append(_Question(name, texts, project=str(self._workshop.prepare(rest).project)))
            else:
                found.append(_Question(name, texts, model=before if name == BEFORE else now))
        return found


def _write(plan: Path, questions: list[_Question]) -> None:
    plan.parent.mkdir(parents=True, exist_ok=True)
    plan.write_bytes(msgspec.json.encode({"parts": questions}))
