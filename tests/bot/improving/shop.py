"""A small project on disk, and programs that train and judge as a test says."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.children import Children
from bot.improving.settings import ImprovingSettings
from bot.improving.training import Trainer
from bot.improving.workshop import Workshop
from bot.program import Line
from bot.rasa_files import RasaConfig
from core.errors import Unavailable
from tests.bot.fake_programs import FakePrograms, Script, trained
from tests.builders import World

DOMAIN = "intents:\n- greet\n- thank\n- price\n- out_of_scope\n"
TALK = 'version: "3.1"\nnlu:\n- intent: greet\n  examples: |\n    - hi\n    - what does it cost\n'
TESTS = 'version: "3.1"\nnlu:\n- intent: greet\n  examples: |\n    - good day\n- intent: price\n  examples: |\n    - how dear is it\n'


def a_shop(folder: Path) -> Workshop:
    project = folder / "bot" / "project"
    for name, text in {
        "domain.yml": DOMAIN,
        "data/talk.en.yml": TALK,
        "tests/nlu.en.yml": TESTS,
        "components/tokenizer.py": "",
        **dict.fromkeys(("config.yml", "credentials.yml", "endpoints.yml", "requirements.txt"), ""),
    }.items():
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    config = RasaConfig(folder, folder / "var", "", "", "", Path("/rasa/bin/python"))
    return Workshop(config)


Understands = Callable[[str, str], str]
"""The intent that a model (its file's or folder's name) takes a text for."""


def judging(understands: Understands) -> Script:
    """A program that answers a plan."""

    def answer(command: Sequence[str]) -> None:
        plan = json.loads(Path(command[4]).read_text())
        answers = {
            part["name"]: [understands(part.get("model") or part["project"], text) for text in part["texts"]]
            for part in plan["parts"]
        }
        Path(command[-1]).write_text(json.dumps(answers))

    return Script([Line("judge", "start", detail="1/2"), Line("judge", "done")], before=answer)


TRAINING = Script([Line("train", "start"), Line("train", "done")], before=trained)


def a_trainer(world: World, shop: Workshop, programs: FakePrograms, *, there: bool = True) -> Trainer:
    async def python() -> Path:
        if not there:
            raise Unavailable("Rasa is not installed here")
        return Path("/rasa/bin/python")

    return Trainer(world.db, Children(shop.config, programs), shop, python, ImprovingSettings(), "server:a")
