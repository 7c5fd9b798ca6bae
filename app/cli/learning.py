"""`parley bot train|models|roll-out|examples`: models trained, compared and rolled out, and examples as files."""

import argparse
import asyncio
from pathlib import Path

from app.improving import COMMAND, desk_of
from app.rasa import config_here
from app.runtime import Runtime, opened
from app.settings import Settings
from bot.children import Children, StepError
from bot.improving import models
from bot.improving.contract import Model, ModelState
from bot.improving.desk import Desk
from bot.improving.example import Clash
from bot.improving.exchange import LARGEST, bring_in, exported, read
from bot.improving.labels import examples
from bot.improving.workshop import Workshop
from bot.program import ChildPrograms
from core.errors import Invalid, Unavailable
from core.store.learning import StoredComparison
from knowledge.loop.redacting import redact

_SHOWN = 20
_LOOK_S = 0.5


def add_parsers(what: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """What follows `parley bot`."""
    what.add_parser(
        "train", help="train a model with the labelled examples and compare it with the one in use"
    )
    what.add_parser("models", help="list the models, the newest first")
    out = what.add_parser("roll-out", help="let the running servers take a model, one after the other")
    out.add_argument("model", help="its id, as `parley bot models` lists it; any earlier one rolls back")
    kept = what.add_parser("examples", help="labelled examples as Rasa's training data")
    way = kept.add_subparsers(dest="way", required=True)
    way.add_parser("export", help="all of them").add_argument("path", type=Path, help="a new file, *.yml")
    brought = way.add_parser("import", help="those whose texts mean nothing else here; 1 when some do")
    brought.add_argument("path", type=Path)
    brought.add_argument("--try", dest="trial", action="store_true", help="only say what would be done")


async def learn(settings: Settings, options: argparse.Namespace) -> int:
    """Works beside running servers."""
    async with opened(settings, migrating=False) as runtime:
        desk = _desk(runtime, settings)
        match options.what:
            case "train":
                return await _train(runtime, desk)
            case "models":
                return await _models(desk)
            case "roll-out":
                return await _roll_out(desk, options.model)
            case _ if options.way == "export":
                return await _export(runtime, options.path)
            case _:
                return await _import(runtime, desk, options.path, trial=options.trial)


def _desk(runtime: Runtime, settings: Settings) -> Desk:
    shop = Workshop(config_here(settings))
    children = Children(shop.config, ChildPrograms(runtime.supervisor))

    async def python() -> Path:
        if shop.config.python is not None:
            return shop.config.python
        command, limit = shop.config.install_command(), settings.rasa.install_s
        try:
            last = await children.follow("install", command, limit, lambda line: None)
        except StepError as error:
            raise Unavailable(f"Rasa could not be installed: {error}") from error
        if last is None or last.state != "done" or not last.detail:
            raise Unavailable("Rasa could not be installed")
        return Path(last.detail)

    return desk_of(runtime, shop, python, f"{COMMAND}{runtime.ids.new()}")


async def _train(runtime: Runtime, desk: Desk) -> int:
    task = await desk.trainer.begin(None)
    working = runtime.supervisor.start("train the bot", desk.trainer.work(task))
    said = ""
    while not working.done():
        await asyncio.wait({working}, timeout=_LOOK_S)
        (now,) = [each for each in await runtime.db.read(models.history, _SHOWN) if each.id == task.model]
        line = f"{now.step} {now.done:.0%}"
        if line != said and now.state is ModelState.TRAINING:
            said = line
            print(line, flush=True)
    (ended,) = [each for each in await runtime.db.read(models.history, _SHOWN) if each.id == task.model]
    if ended.state is not ModelState.TRAINED:
        raise Unavailable(f"the model was not trained: {ended.problem}")
    _tell(ended)
    print(f"Roll it out with: parley bot roll-out {ended.id}")
    return 0


def _tell(model: Model) -> None:
    found = model.evaluation
    if found is None:
        return
    print(f"Model {model.id}, {model.examples} labelled examples")
    print(f"  kept set: {_figures(found.test)}")
    if found.labelled is not None:
        print(f"  what customers wrote: {_figures(found.labelled)}")
    for word, changed in (("better", found.test.better), ("worse", found.test.worse)):
        for each in changed[:_SHOWN]:
            print(f"  {word}: {each.text!r} means {each.expected}: {each.before} -> {each.after}")


def _figures(found: StoredComparison) -> str:
    now, before = found.now, found.before
    was = "" if before is None else f" (in use: {before.right} right, {before.caught} caught)"
    outside = f"{now.caught} of {now.out_of_scope} out of scope caught, {now.rejected} of {now.in_scope} others turned away"
    return f"{now.right} of {now.size} right; {outside}{was}"


async def _models(desk: Desk) -> int:
    found = await desk.models()
    for each in found.items:
        used = "in use" if each.id == found.in_use else each.state.value
        test = "" if each.evaluation is None else f", {_figures(each.evaluation.test)}"
        print(f"{each.id}  {each.began:%Y-%m-%d %H:%M}Z  {used:<8}  {each.examples} examples{test}")
    if found.dropped:
        intents = ", ".join(dict.fromkeys(each.intent for each in found.dropped))
        print(
            f"{len(found.dropped)} labels are of intents that the project has no more, and nothing is learned from them: {intents}"
        )
    return 0


async def _roll_out(desk: Desk, model: str) -> int:
    begun = await desk.roll_out(model, None)
    print(f"The servers take {begun.model} one after the other; `parley bot models` says when it is in use.")
    return 0


async def _export(runtime: Runtime, path: Path) -> int:
    if await asyncio.to_thread(path.exists):
        raise Invalid("path", f"a name that is free; {path} exists")
    found = await runtime.db.read(examples, runtime.settings.bot.improving.examples)
    await asyncio.to_thread(path.write_text, exported(found), encoding="utf-8")
    print(f"Wrote {len(found)} examples to {path}.")
    return 0


async def _import(runtime: Runtime, desk: Desk, path: Path, *, trial: bool) -> int:
    text = await asyncio.to_thread(_text, path)
    settings = runtime.settings.bot.improving

    def clean(line: str) -> str:
        return redact(line, (), settings.characters, mail_addresses=settings.redact_mail_addresses)

    found = read(text, await desk.intents(), clean)
    done = await runtime.db.run(bring_in, found, trial=trial)
    project = await asyncio.to_thread(desk.workshop.clashes, found)
    print(f"{'Would bring' if trial else 'Brought'} in {done.new} examples; {done.known} were here already.")
    _name("mean something else here or twice in the file, and were left alone", done.clashes)
    _name("contradict the project's own sentences, which give way", tuple(project))
    return 1 if done.clashes else 0


def _text(path: Path) -> str:
    if not path.is_file() or path.stat().st_size > LARGEST:
        raise Invalid("path", f"a file of at most {LARGEST} bytes, not {path}")
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Invalid("path", f"a file in UTF-8, not {path}") from None


def _name(words: str, found: tuple[Clash, ...]) -> None:
    if found:
        print(f"{len(found)} {words}:")
    for each in found[:_SHOWN]:
        print(f"  {each.text!r}: {each.ours} or {each.theirs}")
    if len(found) > _SHOWN:
        print(f"  and {len(found) - _SHOWN} more")
