"""With the real models in a running server: a paraphrase finds its article in the help center and gets it from the bot."""

import asyncio
import re
from collections.abc import Iterator

import aiohttp
import pytest

from tests.journeys.line import Line
from tests.journeys.visits import Visit
from tests.servers.parley import Server, running_parley

pytestmark = pytest.mark.server

ASKED = {
    "en": ("what time do you close on Saturday", "opening-hours", "delivery-time"),
    "zh": ("星期六几点关门，营业到什么时候", "opening-hours", "delivery-time"),
}
"""By language: a question, what answers it, and what shares more words with it."""
SAYS = {"en": "Tuesday to Saturday, 10:00 to 19:00", "zh": "周二至周六 10:00 至 19:00"}
LOOKED_FOR_OFTEN = {
    "PARLEY_KNOWLEDGE_HELP_SEARCHES_BURST": "100000",
    "PARLEY_KNOWLEDGE_HELP_SEARCHES_PER_S": "1000",
}
READY_S = 100
"""How long the models may take to load and to read all articles where many tests share a machine."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    models = {"PARLEY_KNOWLEDGE_EMBEDDING_ENGLISH": "minilm", "PARLEY_KNOWLEDGE_EMBEDDING_OTHER": "use"}
    with running_parley(tmp_path_factory.mktemp("meaning"), **models, **LOOKED_FOR_OFTEN) as running:
        yield running


async def found(http: aiohttp.ClientSession, server: Server, language: str, q: str) -> list[str]:
    """The articles on the page of results, the best first."""
    async with http.get(f"{server.address}/help/{language}/search", params={"q": q}) as response:
        assert response.status == 200
        page = await response.text()
    return list(dict.fromkeys(re.findall(rf'href="[^"]*/help/{language}/articles/([a-z-]+)', page)))


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_a_paraphrase_finds_its_article_and_gets_it_from_the_bot(
    server: Server, http: aiohttp.ClientSession, language: str
) -> None:
    question, right, by_words = ASKED[language]
    async with asyncio.timeout(READY_S):
        # By words alone until the models have read all articles.
        while (places := await found(http, server, language, question))[:1] != [right]:
            assert places[0] == by_words
    visit = Visit(Line(server, http), "paraphrase", language, [[question]])
    visit.line.up.set()
    await visit.run()
    said = [each["message"] for each in visit.events if each["kind"] == "message"]
    answers = [each["parts"][0]["text"] for each in said if each["author"]["kind"] == "bot"]
    assert SAYS[language] in answers[0]
