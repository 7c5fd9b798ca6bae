"""What is exported comes back: byte for byte into an empty knowledge base, and twice changes nothing."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from core.agent import Permission
from core.answer import Audience
from core.ids import AgentId
from core.store.tx import Tx
from knowledge import library, store, synonyms
from knowledge.article import Content
from knowledge.editorial.archiving import Archive
from knowledge.editorial.settings import EditorialSettings
from knowledge.editorial.stages import Who
from knowledge.filing import keeping, refiling, slugs
from knowledge.filing.filed import filing_of
from knowledge.filing.keeping import Wanted
from knowledge.filing.refiling import Refiling
from knowledge.helpcenter import brands
from knowledge.helpcenter.brand import Brand
from knowledge.helpcenter.brands import Placed
from knowledge.library import Edit
from knowledge.rendering.values import Kind
from knowledge.transfer.apply import Given, store_import
from knowledge.transfer.collecting import collect, collect_into
from knowledge.transfer.export import files_of, write
from knowledge.transfer.reading import read_into
from knowledge.transfer.settings import Rules
from knowledge.transfer.spool import kept_bundle
from knowledge.writing import images, reusables
from knowledge.writing.picture import Picture, remade
from knowledge.writing.settings import ImageSettings, ReusableSettings
from tests.builders import World

pytestmark = pytest.mark.served

ADA, BOB = AgentId("ada"), AgentId("bob")
WHO = Who(ADA, frozenset(Permission))
OF_THE_KNOWLEDGE_BASE = (
    "review_step",
    "published",
    "publication",
    "edition",
    "working_copy",
    "revision",
    "article_tag",
    "article",
    "category",
    "redirect",
    "reusable",
    "synonym",
    "brand",
    "article_image",
)
ODD = """---
not: front matter
---

[relative](../en/returns.md#part), ![none](pics/a.png) and ![ours](image:pics/a.png)\\
`[code](returns.md)` \u2028 {{phone}}

    ---

| a | b |
"""


async def exported(world: World) -> dict[str, bytes]:
    return dict(files_of(await world.db.read(collect)))


def _emptied(tx: Tx) -> None:
    for table in OF_THE_KNOWLEDGE_BASE:
        tx.conn.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 (names of ours)


def _everything(tx: Tx) -> None:
    """By the use cases of editors, one of each."""
    tx.conn.exec_driver_sql("""UPDATE agent SET roles = '["author"]' WHERE id = 'bob'""")
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(drawn, "JPEG")
    image = images.keep(tx, remade(drawn.getvalue(), ImageSettings()), ADA)
    north = Brand("north", "North", "#123456", image.id, "https://north.example", ("help.north.example",))
    words = {"zh": {"lead": "你好"}, "en": {"title": "Help: #1", "lead": "no"}}
    brands.add(tx, Placed(replace(north, languages=("zh", "en"), words=words)), 10)
    brands.add(tx, Placed(Brand("south", "1.10")), 10)
    returns = keeping.add(tx, Wanted({"zh": "退货", "en": "Returns"}, {"en": "null"}), None, 10)
    keeping.add(tx, Wanted({"en": "FAQ"}, {}), returns.id, 10)
    orders = keeping.add(tx, Wanted({"en": "Orders"}, {}), None, 10)
    faq = keeping.add(tx, Wanted({"en": "FAQ"}, {}), orders.id, 10)
    limits = ReusableSettings()
    reusables.add(tx, "phone", Kind.VARIABLE, {"zh": "010", "en": "0x1F: #2"}, limits)
    snippet = {"en": "# Two\n\n  lines \n---\nof {{phone}}\u2028", "de": "- a\n- b"}
    reusables.add(tx, "hours", Kind.SNIPPET, snippet, limits)
    for _ in range(2):
        synonyms.save(tx, None, "en", ["lamp", "light", "no"])
    article = library.create(
        tx, "en", Content("Returns", ODD, ("yes", "2026-11-22", "~")), category=faq, author=BOB
    )
    library.publish(tx, article.id, "en", 1)
    text = Content("退货", f"看 ![灯](image:{image.id})")
    library.edit(tx, article.id, "zh", Edit(text, 0, note="null"), ADA)
    library.publish(tx, article.id, "zh", 1)
    library.edit(tx, article.id, "en", Edit(Content("Returns: how", "Two."), 1, note="- a: b"), BOB)
    library.edit(tx, article.id, "en", Edit(Content("Returns: how", "Three."), 2), ADA)
    article = library.publish(tx, article.id, "en", 2)
    wanted = replace(
        filing_of(article),
        tags=("no", "1.10", "退"),
        brands=("south", "north"),
        audience=Audience.SIGNED_IN,
        owner=BOB,
    )
    refiling.refile(tx, article, wanted, Refiling(article.version, publishes=True, tags=30))
    slugs.add_redirect(tx, "give-back", "returns", 10)
    old = library.create(tx, "zh", Content("旧", "文"), author=None)
    library.publish(tx, old.id, "zh", 1)
    Archive(EditorialSettings()).archive(tx, old.id, library.get(tx, old.id).version, WHO)
    library.create(tx, "en", Content("Only a draft", "x"), author=ADA)


async def carried(world: World, folder: Path) -> None:
    """Out into an archive and in again, as the console does it."""
    (folder / "out").mkdir(parents=True)
    (folder / "in").mkdir()
    await world.db.read(collect_into, folder / "out")
    write(folder / "out", folder / "all.zip")
    read_into(folder / "in", folder / "all.zip", Rules())


async def test_an_export_comes_back_byte_for_byte_into_an_empty_knowledge_base(
    world: World, tmp_path: Path
) -> None:
    await world.db.run(_everything)
    before = await exported(world)
    assert {
        "brands.yaml",
        "categories.yaml",
        "redirects.yaml",
        "reusables.yaml",
        "synonyms.yaml",
    } < before.keys()
    assert before["history/en/returns/0001.md"].endswith(f"\n\n{ODD.strip()}\n".encode())
    await carried(world, tmp_path)
    await world.db.run(_emptied)
    assert set(await exported(world)) == {"parley.yaml"}
    report = await world.db.run(store_import, kept_bundle(tmp_path / "in"), Given(ADA))
    assert (len(report.created), report.kept, report.left_out, report.as_drafts) == (3, (), (), ())
    assert await exported(world) == before
    again = await world.db.run(store_import, kept_bundle(tmp_path / "in"), Given(ADA))
    assert (again.created, again.added, len(again.unchanged)) == ((), (), 3)
    assert await exported(world) == before


async def test_two_archives_of_the_same_are_the_same(world: World, tmp_path: Path) -> None:
    await world.db.run(_everything)
    await carried(world, tmp_path / "one")
    await world.db.run(_emptied)
    await world.db.run(store_import, kept_bundle(tmp_path / "one" / "in"), Given(BOB))
    await carried(world, tmp_path / "two")
    one, two = ((tmp_path / each / "all.zip").read_bytes() for each in ("one", "two"))
    assert one == two


async def test_what_is_here_stays_when_an_export_comes_again(world: World, tmp_path: Path) -> None:
    await world.db.run(_everything)
    await carried(world, tmp_path)
    phone = await world.db.read(
        lambda tx: next(each for each in reusables.list_all(tx) if each.name == "phone")
    )
    await world.db.run(reusables.change, "phone", {"en": "ours"}, phone.version, ReusableSettings())
    before = await exported(world)
    report = await world.db.run(store_import, kept_bundle(tmp_path / "in"), Given(ADA))
    assert {"variable phone", "brand north", "redirect give-back", "category faq-2"} <= set(report.kept)
    assert report.added == ()
    assert await exported(world) == before
    assert await world.db.read(store.find_by_slug, "returns") is not None


async def test_a_picture_that_is_here_under_another_id_is_meant_by_all_that_show_it(
    world: World, tmp_path: Path
) -> None:
    await world.db.run(_everything)
    await carried(world, tmp_path)
    (name,) = (name for name in await exported(world) if name.startswith("images/"))
    picture = remade((await exported(world))[name], ImageSettings())
    await world.db.run(_emptied)
    drawn = await world.db.run(lambda tx: images.keep(tx, _same_as(tmp_path, picture), None))
    assert drawn.id != Path(name).stem
    await world.db.run(store_import, kept_bundle(tmp_path / "in"), Given(ADA))
    north = next(each for each in await world.db.read(brands.list_brands) if each.id == "north")
    assert north.logo == drawn.id
    assert f"(image:{drawn.id})".encode() in (await exported(world))["zh/returns.md"]


def _same_as(folder: Path, picture: Picture) -> Picture:
    """To the byte what the import brings."""
    (brought,) = kept_bundle(folder / "in").images
    return replace(picture, data=brought.data, digest=brought.digest)


async def test_groups_of_the_same_words_are_as_many_as_in_the_import(world: World, tmp_path: Path) -> None:
    await world.db.run(_everything)
    await carried(world, tmp_path)
    one, _ = await world.db.read(synonyms.list_groups)
    await world.db.run(synonyms.remove, one.id)
    report = await world.db.run(store_import, kept_bundle(tmp_path / "in"), Given(ADA))
    assert report.added == ("synonyms lamp, light, no",)
    assert len(await world.db.read(synonyms.list_groups)) == 2
