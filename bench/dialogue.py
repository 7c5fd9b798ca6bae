"""200 scripted conversations, English and Chinese, with the running system through the widget's socket.

They were written from how customers write, not from what the bot was trained with. Each has its goal; `--quick` takes one
in five and the scripted engine. Conversations that failed are printed on standard error.
"""

import asyncio
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from bench.dialogue_cases import LANGUAGES, Dialogue, dialogues
from bench.dialogue_customer import Customer, words
from bench.dialogue_judge import Seen, Verdict, judge
from bench.harness import Aim, Options, Result
from bench.parley import Server, parley
from deploy.setup.places import RASA_PYTHON

WRONG_SHARE = 0.02
_QUICK_EVERY = 5
_AT_ONCE = 2
_TRAINED_S = 600.0
_LOOK_EVERY_S = 1.0


@dataclass(frozen=True, slots=True)
class Held:
    """A conversation that was held, and what is thought of it."""

    dialogue: Dialogue
    seen: Seen
    verdict: Verdict


def measure(options: Options) -> Result:
    chosen = dialogues(every=_QUICK_EVERY if options.quick else 1)
    engine = {"PARLEY_ENGINE_KIND": "scripted"} if options.quick else _rasa()
    with TemporaryDirectory() as folder, parley(Path(folder), **engine) as server:
        held = asyncio.run(_hold(server, chosen, scripted=options.quick))
    for each in held:
        if not each.verdict.good:
            print(_shown(each), file=sys.stderr)
    return _result(held, engine["PARLEY_ENGINE_KIND"])


def _rasa() -> dict[str, str]:
    """Real Rasa, from this tree or named by PARLEY_TEST_RASA_PYTHON. Raises RuntimeError when it is not there."""
    python = Path(os.environ.get("PARLEY_TEST_RASA_PYTHON", str(RASA_PYTHON)))
    if not python.exists():
        raise RuntimeError(f"{python} is not there: `python3 -m deploy.setup rasa` makes it")
    return {"PARLEY_ENGINE_KIND": "rasa", "PARLEY_ENGINE_PYTHON": str(python)}


async def _hold(server: Server, chosen: Sequence[Dialogue], *, scripted: bool) -> list[Held]:
    known = words()
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        if not scripted:
            await _ready(session, server)
        turns = asyncio.Semaphore(_AT_ONCE)

        async def hold(dialogue: Dialogue) -> Held:
            async with turns, session.ws_connect(f"{server.address}/live/web/socket") as ws:
                seen = await Customer(ws, known).talk(dialogue)
            return Held(dialogue, seen, judge(dialogue, seen))

        return list(await asyncio.gather(*map(hold, chosen)))


async def _ready(session: aiohttp.ClientSession, server: Server) -> None:
    """Until Rasa answers. Raises RuntimeError when it does not come so far."""
    email, password = next(iter(server.sign_ins.items()))
    async with session.post(
        f"{server.address}/api/session", json={"email": email, "password": password}
    ) as answer:
        answer.raise_for_status()
    last = None
    try:
        async with asyncio.timeout(_TRAINED_S):
            while last != "ready":
                await asyncio.sleep(_LOOK_EVERY_S)
                async with session.get(f"{server.address}/api/status") as answer:
                    answer.raise_for_status()
                    last = (await answer.json())["bot"]["state"]
                if last == "failed":
                    raise RuntimeError("Rasa failed to start")
    except TimeoutError as error:
        raise RuntimeError(f"Rasa is still {last}") from error


def _result(held: Sequence[Held], engine: str) -> Result:
    figures = {
        language: _figures([each for each in held if each.dialogue.language == language])
        for language in LANGUAGES
    }
    both = _figures(held)
    missed = sum(each.verdict.missed_handover for each in held)
    aims = {
        "wrong_answers_share": Aim.at_most(both["wrong_answers_share"], WRONG_SHARE),
        "needed_handovers_missed": Aim.at_most(missed, 0),
    }
    return Result({"conversations": len(held), "engine": engine}, {"all": both, **figures}, aims)


def _figures(held: Sequence[Held]) -> dict[str, float]:
    verdicts = [each.verdict for each in held]
    answers, wrong = sum(each.answers for each in verdicts), sum(len(each.wrong) for each in verdicts)
    return {
        "conversations": len(held),
        "goal_reached_share": round(sum(not each.missed_goals for each in verdicts) / max(1, len(held)), 3),
        "turns": round(sum(each.seen.messages for each in held) / max(1, len(held)), 2),
        "answers": answers,
        "wrong_answers": wrong,
        "wrong_answers_share": round(wrong / max(1, answers), 4),
        "needless_handovers": sum(each.needless_handover for each in verdicts),
        "needed_handovers": sum(each.dialogue.needs_person for each in held),
        "needed_handovers_missed": sum(each.missed_handover for each in verdicts),
        "unanswered_messages": sum(each.silent for each in verdicts),
    }


def _shown(held: Held) -> str:
    """A failed conversation, to be read."""
    said = [" / ".join(texts) for texts in held.dialogue.say]
    verdict = held.verdict
    lines = [f"{held.dialogue.id}: {' | '.join(said)}"]
    lines += [
        f"  missed {goal.kind} {'|'.join(goal.names)} {goal.state}".rstrip() for goal in verdict.missed_goals
    ]
    lines += [f"  wrong {each[:80]}" for each in verdict.wrong]
    if verdict.needless_handover or verdict.missed_handover or verdict.silent:
        handover = (
            "needless" if verdict.needless_handover else "missed" if verdict.missed_handover else "right"
        )
        lines.append(f"  handover {handover}, {verdict.silent} messages without an answer")
    for reply in held.seen.replies:
        what = ",".join(reply.shown) or "?" + ",".join(reply.suggested)
        lines.append(f"    < [{what}] {' '.join(reply.text.split())[:90]}")
    return "\n".join(lines)
