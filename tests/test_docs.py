"""The documents and the catalogues of texts say what the code does: nothing is missing, nothing is left over."""

import ast
import re
from functools import cache
from types import SimpleNamespace
from typing import Any, get_args

from app.cli.admin import settings_page
from app.subscriptions import Listeners, subscriptions
from bot.handing.doing import Around
from bot.handing.promising import Promises
from bot.handing.returning import Errands
from bot.handing.settings import HandingSettings
from bot.handlers import AnswerMessages
from bot.improving.hearing import Misreads
from bot.improving.settings import ImprovingSettings
from bot.suggest import SuggestAnswers
from channels.continuation.service import Continuations
from channels.continuation.settings import ContinuationSettings
from channels.dispatcher import Dispatcher, DispatchSettings
from channels.telegram.receiving.settings import ReceiveSettings
from channels.telegram.receiving.working import Working
from channels.verification.service import Verifications
from channels.verification.settings import ProofSettings
from core import events
from core.upkeep import Upkeep, UpkeepSettings
from knowledge.settings import KnowledgeSettings
from routing.settings import RoutingSettings
from tests.house import routes, texts
from tests.house.tree import ROOT, files, module_name, nodes, package_files, text

READERS = frozenset({"app.sample.company", "app.sample.inboxes", "app.sample.routing"})
"""Modules that make events for the sample company only."""
WITH_EXAMPLES = frozenset({"docs/adding-a-channel.md"})
"""They name files that their reader is about to write."""
ACTORS = {
    "bot.answer": "the bot",
    "bot.suggest": "`bot.suggest`",
    "bot.errand": "asked for in vain",
    "bot.promise": "what they may expect",
    "dispatcher": "the dispatcher",
    "continuation": "going on by mail",
    "continuation.participants": "where it goes on",
    "verification": "the mail with the code",
    "telegram": "what fetches files",
    "routing": "routing",
    "handle_times": "how long work takes",
    "routing.serving": "what nobody can serve",
    "routing.unserved": "looking through the whole line",
    "sla": "SLA timers",
    "knowledge.schedule": "what time does to scheduled articles",
    "loop.bot": "what found nothing good",
    "knowledge.use": "how articles are used",
    "bot.deflection": "what became of",
    "bot.misread": "which turns were misunderstood",
    "loop.published": "clusters of questions that wait for it",
    "lifecycle.resolved": "the time to close",
    "lifecycle.timers": "waking and closing",
}
"""Handler -> its words in docs/events.md."""
UNMAPPED = frozenset({".ci", "LICENSE", "README.md"})


def _events_listed() -> dict[str, list[str]]:
    """Event -> the other columns: topic, emitted by, seen by the customer, who acts on it."""
    document = (ROOT / "docs" / "events.md").read_text()
    rows = re.findall(r"^\| *`(\w+)` *\|(.*)\|$", document, re.MULTILINE)
    assert len(rows) == len(dict(rows))
    return {event: [cell.strip() for cell in cells.split("|")] for event, cells in rows}


def test_each_event_is_in_the_list_of_events() -> None:
    assert set(_events_listed()) == {event.__name__ for event in get_args(events.Event)}


def test_the_list_of_events_says_who_emits_each() -> None:
    makers = {
        event: {module_name(name) for name in package_files() if event in _called(name)}
        for event in _events_listed()
    }
    listed = {event: set(re.findall(r"`([\w.]+)`", cells[1])) for event, cells in _events_listed().items()}
    assert listed == {
        event: {each for each in found if each not in READERS} for event, found in makers.items()
    }


@cache
def _called(name: str) -> set[str]:
    calls = [node.func for node in nodes(name) if isinstance(node, ast.Call)]
    return {call.id for call in calls if isinstance(call, ast.Name)}


def test_the_list_of_events_says_who_acts_on_each() -> None:
    """With the words of ACTORS for each handler that listens, and with no handler's words otherwise."""
    nothing: Any = None
    going_on: Any = SimpleNamespace(settings=ContinuationSettings())
    proving: Any = SimpleNamespace(settings=ProofSettings(), secret=nothing)
    receiving: Any = SimpleNamespace(settings=ReceiveSettings())
    channels: Any = SimpleNamespace(
        handlers=[
            Dispatcher(nothing, {}, DispatchSettings(), media_url=nothing).handler(),
            *Continuations(going_on).handlers(),
            *Verifications(proving).handlers(),
            Working(receiving).handler(),
        ]
    )
    table = subscriptions(
        Listeners(
            AnswerMessages(nothing, nothing, nothing, nothing),
            SuggestAnswers(nothing, nothing, nothing),
            Errands(nothing, nothing, nothing, nothing),
            Promises(Around(), nothing, HandingSettings()),
            channels,
            Misreads(nothing, ImprovingSettings()),
            Upkeep(UpkeepSettings()),
            RoutingSettings(),
            KnowledgeSettings(),
            nothing,
        )
    )
    assert {handler.name for handler in table} == set(ACTORS)
    for event, cells in _events_listed().items():
        acting = {handler.name for handler in table if event in {kind.__name__ for kind in handler.on}}
        assert {name for name, words in ACTORS.items() if words in cells[3]} == acting, event


def test_each_path_that_a_document_names_exists() -> None:
    tops = {name.partition("/")[0] for name in files() if "/" in name}
    missing = {
        f"{document}: {path}"
        for document in files()
        if document.endswith(".md") and document not in WITH_EXAMPLES
        for path in re.findall(r"`([\w.-]+/[\w./-]*)`", text(document))
        if path.partition("/")[0] in tops and not (ROOT / path).exists()
    }
    assert missing == set()


def test_each_link_in_a_document_leads_to_a_file() -> None:
    missing = {
        f"{document}: {link}"
        for document in files()
        if document.endswith(".md")
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text(document))
        if not ((ROOT / document).parent / link).exists()
    }
    assert missing == set()


def test_each_test_that_the_code_names_exists() -> None:
    named = {path for name in package_files() for path in re.findall(r"\btests/[\w/]+\.py", text(name))}
    assert named
    assert [path for path in sorted(named) if not (ROOT / path).is_file()] == []


def test_the_page_of_settings_is_the_one_the_program_prints() -> None:
    """`python -m app settings > docs/settings.md` makes it again."""
    assert (ROOT / "docs" / "settings.md").read_text() == settings_page()


def test_each_route_is_in_the_list_of_routes_with_its_permission() -> None:
    document = (ROOT / "docs" / "http-api.md").read_text()
    rows = re.findall(r"^\| `(\w+) (/\S*)` \| (\w+) \|", document, re.MULTILINE)
    assert set(rows) == routes.served()
    assert len(rows) == len(set(rows))


def test_the_map_in_the_readme_names_each_folder() -> None:
    readme = (ROOT / "README.md").read_text()
    folders = {name.partition("/")[0] for name in files() if "/" in name} - UNMAPPED
    assert [folder for folder in sorted(folders) if f"{folder}/" not in readme] == []


def test_each_text_exists_in_english_and_in_chinese() -> None:
    assert texts.catalogue("en") == texts.catalogue("zh")


def test_no_text_is_unused() -> None:
    used = texts.named()
    assert [key for key in sorted(texts.catalogue("en")) if not used.covers(key)] == []


def test_no_text_is_missing() -> None:
    there, needed = texts.catalogue("en"), texts.certainly_named()
    assert sorted(needed.keys - there) == []
    assert [
        start for start in sorted(needed.beginnings) if not any(key.startswith(start) for key in there)
    ] == []
