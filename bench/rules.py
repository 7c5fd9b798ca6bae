"""Routing rules: asking a hundred of them about one conversation, the trace of it, and looking for rules that do nothing.

No rule but the last holds, so that all are asked; in each five rules one looks at the words, 400 characters of them.
"""

import gc
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from random import Random

from bench.harness import Aim, Options, Result, percentile
from core.ids import QueueId, RuleId
from routing.rulebook.asking import Rulebook
from routing.rulebook.conditions import ChannelIs, Condition, ContactHas, Group, LanguageIs, TextSays, TimeIs
from routing.rulebook.facts import Facts
from routing.rulebook.reach import unreachable
from routing.rulebook.rule import Gives, Rule
from routing.rulebook.tracing import trace

RULES = (10, 100, 500)
CONVERSATIONS = 4_000
MOST_US = 200.0
_LANGUAGES = ("de", "fr", "es", "it", "pl", "nl")
_CHANNELS = ("email", "chat", "telegram", "widget")
_AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_SAID = "Hello, I ordered a lamp three weeks ago and it has not come yet. Where is it? " * 5


def measure(options: Options) -> Result:
    """Microseconds; the median and the worst of a hundred, each conversation's facts made before the clock runs."""
    count = CONVERSATIONS // 8 if options.quick else CONVERSATIONS
    figures = {str(rules): _figures(rules, count) for rules in RULES}
    asked = Aim.at_most(figures["100"]["ask_p50_us"], MOST_US, " µs")
    return Result({"rules": RULES, "conversations": count}, figures, {"a hundred rules asked, p50": asked})


def _figures(rules: int, count: int) -> dict[str, float]:
    book = Rulebook(_rules(rules), {})

    def traced(facts: Facts) -> object:
        return trace(book, facts, book.ask(facts))

    asked, looked = _each(book.ask, _facts(count)), _each(traced, _facts(count // 8))
    began = time.perf_counter()
    found = unreachable(book.rules)
    return {
        "ask_p50_us": round(percentile(asked, 0.5), 1),
        "ask_p99_us": round(percentile(asked, 0.99), 1),
        "trace_p50_us": round(percentile(looked, 0.5), 1),
        "unreachable_s": round(time.perf_counter() - began, 3),
        "unreachable": len(found),
    }


def _each(work: Callable[[Facts], object], facts: Sequence[Facts]) -> list[float]:
    gc.collect()
    taken: list[float] = []
    for each in facts:
        began = time.perf_counter()
        work(each)
        taken.append((time.perf_counter() - began) * 1e6)
    return taken


def _facts(count: int) -> list[Facts]:
    random = Random(1)
    return [
        Facts(
            home=QueueId("home"),
            at=_AT,
            channel=random.choice(_CHANNELS),
            inbox="web",
            reason="no_bot",
            language=random.choice(_LANGUAGES),
            contact={"tier": "standard"},
            said=_SAID,
        )
        for _ in range(count)
    ]


def _rules(count: int) -> list[Rule]:
    random = Random(2)
    rules = [_rule(str(at), *_conditions(at, random)) for at in range(count - 1)]
    return [*rules, _rule("last")]


def _conditions(at: int, random: Random) -> list[Condition]:
    """Two or three, as people write them."""
    chosen: list[Condition] = [
        ChannelIs((random.choice(_CHANNELS),)),
        LanguageIs((random.choice(_LANGUAGES),)),
        ContactHas("tier", (f"tier {at}",)),
    ]
    if at % 5 == 0:
        chosen[2] = TextSays((f"refund {at}", f"complaint {at}", "lawyer"))
    elif at % 5 == 1:
        chosen.append(TimeIs("Europe/Berlin", (0, 1, 2, 3, 4), "18:00", "23:00"))
    return chosen


def _rule(name: str, *of: Condition) -> Rule:
    return Rule(RuleId(name), name, Group("all", of), Gives(queue=QueueId("vip")))
