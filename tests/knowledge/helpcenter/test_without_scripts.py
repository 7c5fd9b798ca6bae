"""The help center by its links and forms alone: whatever a script adds, nothing needs it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin

import pytest

from core.store.tables.loop import article_vote
from knowledge.helpcenter.contract import Ways
from tests.knowledge.helpcenter.conftest import Site, rows, translated

pytestmark = pytest.mark.served


@dataclass
class Form:
    """``buttons``: what pressing each sends along; ``choices``: what may be chosen, by name."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)


class Paper(HTMLParser):
    """A page as a browser without scripts has it."""

    def __init__(self, at: str, page: str) -> None:
        super().__init__()
        self.at = at
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(given["href"])
        elif tag == "form":
            self.forms.append(Form(given["action"], given["method"]))
        elif tag in {"input", "textarea"} and given.get("type") == "radio":
            self.forms[-1].choices.setdefault(given["name"], []).append(given["value"])
        elif tag in {"input", "textarea"}:
            self.forms[-1].fields[given["name"]] = given.get("value", "")
        elif tag == "button" and "name" in given:
            self.forms[-1].buttons.append((given["name"], given["value"]))

    def form(self, ends: str) -> Form:
        return next(each for each in self.forms if each.action.endswith(ends))

    def link(self, has: str) -> str:
        return next(each for each in self.links if has in each)


async def read(site: Site, at: str) -> Paper:
    return Paper(at, await site.get(at.partition("#")[0]))


async def send(site: Site, paper: Paper, form: Form, **filled: str) -> Paper:
    """As a browser does it: to the form's address, and on to where that leads."""
    values = {**form.fields, **filled}
    if form.method == "get":
        return await read(site, f"{form.action}?{urlencode(values)}")
    response = await site.post(
        urljoin(paper.at, form.action),
        values,
        Origin=str(site.client.make_url("/"))[:-1],
        Sec_Fetch_Site="same-origin",
    )
    assert response.status == 303
    return await read(site, response.headers["Location"])


@pytest.mark.parametrize(("language", "asked"), [("en", "send it back"), ("zh", "退货")])
async def test_one_searches_reads_says_what_is_missing_and_asks_a_person(
    site: Site, language: str, asked: str
) -> None:
    made = await site.write("Send it back", "You may send it back.", slug="returns", category="Returns")
    await site.world.db.run(translated, made, "zh", "退货")
    await site.search.refresh()
    site.ways[None] = Ways("/talk.js", "web", "/talk/web", "help@example.org")
    front = await read(site, f"/help/{language}")
    found = await send(site, front, front.form("/search"), q=asked)
    article = await read(site, found.link("/articles/returns"))
    form = article.form("/votes")
    assert form.buttons == [("helpful", "yes"), ("helpful", "no")]
    why = await send(site, article, form, helpful="no")
    form = why.form("/votes")
    reasons = form.choices["reason"]
    thanks = await send(site, why, form, reason=reasons[1], comment="How long does it take?")
    assert not [each for each in thanks.forms if each.action.endswith("/votes")]
    (kept,) = await site.world.db.read(rows, article_vote)
    assert (kept["helpful"], kept["reason"], kept["comment"]) == (False, reasons[1], "How long does it take?")
    contact = await read(site, article.link("/contact"))
    assert contact.link("/talk/web?").endswith(urlencode({"q": asked}))
    assert contact.link("mailto:help@example.org")


async def test_one_walks_by_subjects_languages_and_related_articles(site: Site) -> None:
    made = await site.write("Send it back", slug="returns", category="Returns")
    await site.write("Refunds", slug="refunds", category="Returns")
    await site.world.db.run(translated, made, "zh", "退货")
    subject = await read(site, (await read(site, "/help/en")).link("/categories/"))
    article = await read(site, subject.link("/articles/returns"))
    await read(site, article.link("/articles/refunds"))
    assert "退货" in await site.get(article.link("/help/zh/"))
