"""Imports keep to the rules of editors' own changes; what is wrong is named, and then nothing is stored."""

import pytest

from core.agent import Permission
from core.errors import Invalid
from core.ids import AgentId
from core.store.tx import Tx
from knowledge import library, store
from knowledge.article import Content
from knowledge.editorial.archiving import Archive
from knowledge.editorial.settings import EditorialSettings
from knowledge.editorial.stages import Who
from knowledge.filing.settings import FilingSettings
from knowledge.helpcenter import brands
from knowledge.helpcenter.brand import Brand
from knowledge.helpcenter.brands import Placed
from knowledge.rendering.values import Kind
from knowledge.transfer.apply import Given, Report, store_import
from knowledge.transfer.checking import checked_bundle
from knowledge.transfer.collecting import collect
from knowledge.transfer.export import files_of
from knowledge.transfer.markdown_files import read_markdown
from knowledge.transfer.settings import Rules, TransferSettings
from knowledge.writing import reusables
from knowledge.writing.settings import ReusableSettings
from tests.builders import World

ADA = AgentId("ada")
RULES = Rules(
    TransferSettings(number=1000, revisions=3, redirects=3, reusable_characters=200),
    FilingSettings(categories=2, tags=2),
    ReusableSettings(count=2, snippet_characters=100, variable_characters=10),
    brands=2,
)
CIRCLE = b"- {name: one, kind: snippet, texts: {en: 'a {{two}}'}}\n- {name: two, kind: snippet, texts: {en: '{{one}}'}}"


def front(lines: str) -> dict[str, bytes]:
    return {"en/a.md": f"---\n{lines}\n---\nText.\n".encode()}


async def imported(world: World, files: dict[str, bytes]) -> Report:
    bundle = checked_bundle(read_markdown({"en/good.md": b"Good.", **files}), RULES)
    return await world.db.run(store_import, bundle, Given(ADA, RULES))


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (front(f"note: {'x' * 301}"), "en/a.md: note: expected at most 300 characters, not 301"),
        (front(f"tags: [{'x' * 41}]"), "en/a.md: tags: expected at most 40 characters"),
        (front("tags: ['a,b']"), "en/a.md: tags: expected tags without commas, not a,b"),
        (front("tags: [a, b, c]"), "en/a.md: tags: expected at most 2 tags, not 3"),
        (front(f"category: {'x' * 81}"), "en/a.md: category: names.en: expected at most 80 characters"),
        (front("number: 1001"), "en/a.md: number: expected a whole number from 1 to 1000"),
        (front("number: 99999999999999999999"), "en/a.md: number: expected a whole number above 0"),
        (front("number: 0"), "en/a.md: number: expected a whole number above 0"),
        (front("source_number: 4"), "en/a.md: source_number: expected a revision of the language"),
        (front("source_language: zh"), "en/a.md: source_language: expected one of en, not zh"),
        (front("at: 0001-01-01T00:00:00+23:59"), "en/a.md: at: expected a time since 1970"),
        (front("at: 1969-12-31T23:59:59Z"), "en/a.md: at: expected a time since 1970"),
        (front("review_by: 0001-01-01"), "en/a.md: review_by: expected a day since 1970"),
        (
            {f"history/en/good/{n}.md": f"---\nnumber: {n}\n---\nx".encode() for n in range(1, 4)},
            "en/good.md: expected at most 3 revisions of an article, not 4",
        ),
        (front("at: 9999-12-31T23:59:59-23:59"), "en/a.md: at: expected a time since 1970"),
        (front('title: "a\\0b"'), "en/a.md: title: expected text without control characters, not U+0000"),
        (front('note: "a\\x1bb"'), "en/a.md: note: expected text without control characters, not U+001B"),
        (front('tags: ["a\\x07b"]'), "en/a.md: tags: expected text without control characters"),
        (front("a: {b: {c: {d: {e: {f: {g: {h: {i: x}}}}}}}}"), "en/a.md, line 2: expected YAML at most 8"),
        (front("title: a\ntitle: b"), "en/a.md, line 3: expected title once"),
        ({"categories.yaml": b"- {slug: A, names: {en: x}}"}, "categories.yaml, entry 1: slug: expected at"),
        (
            {"categories.yaml": b"- {slug: a, names: {en: ' '}}"},
            "categories.yaml, entry 1: names: expected a",
        ),
        ({"categories.yaml": b"- {slug: a, names: {e: x}}"}, "categories.yaml, entry 1: names.e: expected"),
        (
            {"categories.yaml": b"- {slug: a, names: {en: a}}\n- {slug: a, names: {en: b}}"},
            "categories.yaml, entry 2: slug: expected one of its own; categories.yaml, entry 1 has it",
        ),
        ({"redirects.yaml": b"A b: good"}, "redirect A b: slug: expected at most 80 lower-case letters"),
        ({"redirects.yaml": b"a: 'G\xc3\xb6'"}, "redirect a: target: slug: expected at most 80"),
        (
            {"redirects.yaml": b"a: b\nb: c\nc: a"},
            "redirects: target: expected an address that does not lead",
        ),
        (
            {"redirects.yaml": b"a: a"},
            "redirects: target: expected an address that does not lead back: a → a",
        ),
        ({"redirects.yaml": b"good: good2"}, "redirect good: expected an address that no article has"),
        ({"redirects.yaml": b"a: good\nb: good\nc: good\nd: good"}, "redirects: expected at most 3, not 4"),
        (
            {"reusables.yaml": b"- {name: A, kind: snippet, texts: {en: x}}"},
            "reusables.yaml, entry 1: name: expected a lower-case letter",
        ),
        (
            {"reusables.yaml": b"- {name: a, kind: macro, texts: {en: x}}"},
            "reusables.yaml, entry 1: kind: expected one of snippet, variable, not macro",
        ),
        (
            {"reusables.yaml": b"- {name: a, kind: variable, texts: {en: 12345678901}}"},
            "reusables.yaml, entry 1: texts.en: expected at most 10 characters, not 11",
        ),
        (
            {"reusables.yaml": b'- {name: a, kind: snippet, texts: {en: "a\\0b"}}'},
            "reusables.yaml, entry 1: texts.en: expected text without control characters",
        ),
        (
            {"reusables.yaml": b"- {name: a, kind: snippet, texts: {english: x}}"},
            "reusables.yaml, entry 1: language: expected a language tag",
        ),
        (
            {"reusables.yaml": CIRCLE},
            "reusables.yaml, entry 1: texts: expected a snippet that does not contain",
        ),
        (
            {
                "reusables.yaml": b"\n".join(
                    b"- {name: r%d, kind: snippet, texts: {en: %s}}" % (n, b"x" * 90) for n in range(3)
                )
            },
            "reusables.yaml, entry 3: texts: expected at most 200 characters in all",
        ),
        (
            {"synonyms.yaml": b"- {language: en, words: [one]}"},
            "synonyms.yaml, entry 1: words: expected 2 to 20 words",
        ),
        (
            {"synonyms.yaml": b"- {language: e, words: [a, b]}"},
            "synonyms.yaml, entry 1: language: expected a",
        ),
        (
            {"synonyms.yaml": b'- {language: en, words: [a, "b\\0"]}'},
            "synonyms.yaml, entry 1: words: expected text without control characters",
        ),
        ({"brands.yaml": b'- {id: "a\\tb", name: x}'}, "brands.yaml, entry 1: id: expected at most 40"),
        (
            {"brands.yaml": b"- {id: a, name: x, hosts: ['<x>']}"},
            "brands.yaml, entry 1: hosts: expected names",
        ),
        (
            {"brands.yaml": b"- {id: a, name: x, hosts: [h]}\n- {id: b, name: x, hosts: [h]}"},
            "brands.yaml, entry 2: hosts: expected hosts of no other brand",
        ),
        (
            {"brands.yaml": b"- {id: a, name: x, home: 'javascript:alert(1)'}"},
            "brands.yaml, entry 1: home: expected an address",
        ),
        ({"brands.yaml": b"- {id: a, name: x, secret: x}"}, "brands.yaml, entry 1: secret: expected one of"),
        ({"parley.yaml": b"format: 2"}, "parley.yaml: format: expected 1, which is what this version reads"),
    ],
)
def test_what_no_editor_could_have_made_is_refused_by_name(files: dict[str, bytes], said: str) -> None:
    with pytest.raises(Invalid) as refused:
        checked_bundle(read_markdown({"en/good.md": b"Good.", **files}), RULES)
    assert str(refused.value).startswith(said)


@pytest.mark.served
@pytest.mark.parametrize(
    ("files", "said"),
    [
        (front("brands: [nowhere]"), "en/a.md: brands: expected brands that exist: nowhere does not"),
        (front('brands: ["a\\tb"]'), "en/a.md: brands: expected brands that exist: a\tb does not"),
        (front("at: 2999-01-01T00:00:00Z"), "en/a.md: at: expected a time that is over, not 2999"),
        (
            {"categories.yaml": b"- {slug: a, names: {en: x}}\n- {slug: b, names: {en: X}}"},
            "categories.yaml, entry 2: names.en: expected another name",
        ),
        (
            {"categories.yaml": b"\n".join(b"- {slug: c%d, names: {en: c%d}}" % (n, n) for n in range(3))},
            "categories.yaml, entry 3: names: expected no more than 2 categories",
        ),
        ({"redirects.yaml": b"a: gone"}, "redirect: a: target: expected an article's address: nothing"),
        (
            {
                "reusables.yaml": b"\n".join(
                    b"- {name: r%d, kind: snippet, texts: {en: x}}" % n for n in range(3)
                )
            },
            "reusables: name: expected at most 2 reusables",
        ),
        ({"brands.yaml": b"- {id: a, name: x, logo: gone}"}, "brands.yaml, entry 1: logo: expected an image"),
    ],
)
async def test_what_does_not_fit_what_is_here_is_refused_by_name_and_nothing_is_stored(
    world: World, files: dict[str, bytes], said: str
) -> None:
    before = dict(files_of(await world.db.read(collect)))
    with pytest.raises(Invalid) as refused:
        await imported(world, files)
    assert str(refused.value).startswith(said)
    assert dict(files_of(await world.db.read(collect))) == before


@pytest.mark.served
async def test_what_is_new_must_fit_what_is_here(world: World) -> None:
    def prepared(tx: Tx) -> None:
        reusables.add(tx, "one", Kind.SNIPPET, {"en": "a {{two}}"}, RULES.reusables)
        brands.add(tx, Placed(Brand("north", "North", hosts=("h",))), 2)

    await world.db.run(prepared)
    circle = {"reusables.yaml": b"- {name: two, kind: snippet, texts: {en: '{{one}}'}}"}
    with pytest.raises(Invalid, match=r"contain itself \(two → one → two\)"):
        await imported(world, circle)
    with pytest.raises(Invalid, match=r"brands\.yaml, entry 1: hosts: expected hosts of no other brand"):
        await imported(world, {"brands.yaml": b"- {id: a, name: x, hosts: [h]}"})
    found = await imported(world, front("brands: [north]"))
    assert found.created == ("good", "a")


@pytest.mark.served
async def test_texts_and_tags_become_as_editors_would_have_saved_them(world: World) -> None:
    await imported(world, front("title: '  Send   it '\ntags: [B, ' b ', a]\nquestions: ['', How?, How?]"))
    article = await world.db.read(store.find_by_slug, "a")
    assert article is not None
    shown = article.editions["en"].published
    assert shown is not None
    assert (shown.content, article.tags) == (Content("Send it", "Text.", ("How?",)), ("a", "b"))


@pytest.mark.served
async def test_nothing_of_an_archived_article_is_published_by_an_import(world: World) -> None:
    def archived(tx: Tx) -> None:
        article = library.create(tx, "en", Content("A", "Old."), slug="a")
        who = Who(ADA, frozenset(Permission))
        Archive(EditorialSettings()).archive(tx, article.id, article.version, who)

    await world.db.run(archived)
    report = await imported(world, {"en/a.md": b"New.", "zh/a.md": "新".encode()})
    assert (report.created, report.as_drafts) == (("good",), ("a",))
    assert (report.languages_added, report.drafts_added) == (("a",), ("a",))
    article = await world.db.read(store.find_by_slug, "a")
    assert article is not None
    assert article.archived_at is not None
    assert [edition.published for edition in article.editions.values()] == [None, None]
    assert [edition.draft and edition.draft.content.body for edition in article.editions.values()] == [
        "New.",
        "新",
    ]


@pytest.mark.served
async def test_an_article_that_comes_archived_has_nothing_published(world: World) -> None:
    report = await imported(world, front("archived: true"))
    assert report.as_drafts == ("a",)
    article = await world.db.read(store.find_by_slug, "a")
    assert article is not None
    assert (article.archived_at is None, article.editions["en"].published) == (False, None)


@pytest.mark.served
async def test_a_translation_follows_what_readers_see_of_its_source(world: World) -> None:
    await imported(world, {"en/a.md": b"One.", "zh/a.md": "一".encode()})
    article = await world.db.read(store.find_by_slug, "a")
    assert article is not None
    shown = article.editions["zh"].published
    assert shown is not None
    assert shown.source_number == 1


@pytest.mark.served
async def test_who_is_nobody_here_is_told(world: World) -> None:
    report = await imported(world, front("owner: eve@x.example\nauthor: ADA@example.org\nnumber: 1"))
    assert report.left_out == ("eve@x.example: nobody here",)
    article = await world.db.read(store.find_by_slug, "a")
    assert article is not None
    shown = article.editions["en"].published
    assert shown is not None
    assert (article.owner, shown.author) == (None, "ada")
