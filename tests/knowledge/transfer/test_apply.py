"""Storing imports on both databases: all or nothing, the same again changes nothing, what editors made stays."""

import io
from pathlib import Path

import pytest
from PIL import Image

from core.answer import Audience
from core.errors import Invalid
from core.events import KNOWLEDGE_TOPIC
from core.ids import AgentId
from core.store.messages import read_events
from core.store.tx import Tx
from knowledge import library, store
from knowledge.article import Article, Content
from knowledge.index.source import counted
from knowledge.index.source import moved as moved_since
from knowledge.library import Edit
from knowledge.transfer.apply import Given, Report, store_import, try_import
from knowledge.transfer.checking import checked_bundle
from knowledge.transfer.collecting import collect, collect_into
from knowledge.transfer.export import files_of, write_folder, write_zip
from knowledge.transfer.files import read_path
from knowledge.transfer.markdown_files import read_markdown
from knowledge.transfer.reading import Form, read
from knowledge.transfer.settings import Rules, TransferSettings
from knowledge.transfer.spool import kept_bundle
from tests.builders import World

ADA = Given(by=AgentId("ada"))
RULES = Rules()
FILES = {
    "en/returns.md": b"---\ntitle: Returns\ncategory: Returns\naudience: signed_in\ntags: [parcel]\n---\n30 days.\n",
    "zh/returns.md": "---\ntitle: 退货\ncategory: 退货\n---\n30 天。\n".encode(),
    "en/sizes.md": b"---\ntitle: Sizes\ndraft: true\n---\nLarge is large.\n",
}
NOTHING = {"parley.yaml": b"format: '1'\n"}


async def imported(world: World, files: dict[str, bytes] = FILES) -> Report:
    return await world.db.run(store_import, checked_bundle(read_markdown(files), RULES), ADA)


async def article(world: World, slug: str) -> Article:
    found = await world.db.read(store.find_by_slug, slug)
    assert found is not None
    return found


async def exported(world: World) -> dict[str, bytes]:
    return dict(files_of(await world.db.read(collect)))


async def test_articles_come_in_as_their_files_say(world: World) -> None:
    assert await imported(world) == Report(created=("returns", "sizes"), added=("category returns",))
    returns, sizes = await article(world, "returns"), await article(world, "sizes")
    assert (returns.audience, returns.tags, returns.category) == (
        Audience.SIGNED_IN,
        ("parcel",),
        {"en": "Returns", "zh": "退货"},
    )
    chinese = returns.editions["zh"].published
    assert chinese is not None
    assert (chinese.content, chinese.author) == (Content("退货", "30 天。"), "ada")
    assert sizes.editions["en"].published is None


async def test_the_same_import_again_changes_nothing(world: World) -> None:
    await imported(world)
    before = await exported(world)
    assert await imported(world) == Report(unchanged=("returns", "sizes"), kept=("category returns",))
    assert await exported(world) == before


async def test_what_editors_made_stays_and_another_text_becomes_a_draft(world: World) -> None:
    await imported(world)
    returns = await article(world, "returns")
    await world.db.run(library.edit, returns.id, "en", Edit(Content("Ours", "Our words."), 1))
    await world.db.run(library.publish, returns.id, "en", 2)
    assert (await imported(world)).unchanged == ("returns", "sizes")
    newer = {
        **FILES,
        "en/returns.md": FILES["en/returns.md"].replace(b"30", b"60"),
        "de/returns.md": b"# R\n\nx",
    }
    report = await imported(world, newer)
    assert (report.drafts_added, report.languages_added) == (("returns",), ("returns",))
    edition = (await article(world, "returns")).editions["en"]
    assert edition.published is not None
    assert edition.draft is not None
    assert (edition.published.number, edition.draft.content.body) == (2, "60 days.")


async def test_an_article_whose_address_changed_is_found_by_its_former_one(world: World) -> None:
    await imported(world)

    def moved(tx: Tx) -> None:
        tx.conn.exec_driver_sql("UPDATE article SET slug = 'give-back' WHERE slug = 'returns'")
        tx.conn.exec_driver_sql(
            "INSERT INTO redirect (slug, target, created_at) VALUES ('returns', 'give-back', '2026-01-01')"
        )

    await world.db.run(moved)
    assert (await imported(world)).unchanged == ("returns", "sizes")
    both = {f"en/{slug}.md": b"---\ntitle: Returns\n---\n60 days.\n" for slug in ("give-back", "returns")}
    report = await imported(world, both)
    assert (report.drafts_added, report.unchanged) == (("give-back",), ("returns",))
    assert (await article(world, "give-back")).editions["en"].newest == 2


async def test_a_trial_says_what_would_be_done_and_leaves_nothing(world: World) -> None:
    bundle = checked_bundle(read_markdown(FILES), RULES)
    assert (await world.db.run(try_import, bundle, ADA)).created == ("returns", "sizes")
    assert await exported(world) == NOTHING
    assert await world.db.read(read_events, KNOWLEDGE_TOPIC, 0, 10) == []


async def test_an_import_is_one_change_however_many_articles_it_brings(world: World) -> None:
    before = await world.db.read(counted)
    await imported(world, {f"en/a{number}.md": b"Text." for number in range(201)})
    after = await world.db.read(counted)
    assert (after.articles - before.articles, after.knowledge - before.knowledge) == (1, 1)
    assert len((await world.db.read(moved_since, before, 500)).ids or ()) == 201


async def test_an_export_that_was_broken_off_is_done_again_in_the_same_place(
    world: World, tmp_path: Path
) -> None:
    await imported(world)
    for _attempt in range(2):
        await world.db.read(collect_into, tmp_path)
    assert dict(files_of(kept_bundle(tmp_path))) == await exported(world)


async def test_a_bad_entry_leaves_nothing_of_the_others(world: World) -> None:
    await imported(world)

    def taken(tx: Tx) -> None:
        tx.conn.exec_driver_sql(
            "INSERT INTO redirect (slug, target, created_at) VALUES ('taken', 'gone', '2026-01-01')"
        )

    await world.db.run(taken)
    before = await exported(world)
    with pytest.raises(Invalid, match=r"en/taken\.md: slug: expected one that is free"):
        await imported(world, {"en/new.md": b"New.", "en/taken.md": b"Taken."})
    assert await exported(world) == before


async def test_pictures_come_along_and_keep_their_ids_from_one_knowledge_base_to_the_next(
    world: World, tmp_path: Path
) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(drawn, "JPEG")
    folder = tmp_path / "articles" / "en"
    folder.mkdir(parents=True)
    (folder / "lamp.jpg").write_bytes(drawn.getvalue())
    (folder / "lamp.md").write_text("Look: ![a lamp](lamp.jpg)")
    await world.db.run(store_import, read(tmp_path / "articles", RULES), ADA)
    before = await exported(world)
    (picture,) = (name for name in before if name.startswith("images/"))
    body = before["en/lamp.md"].decode()
    assert f"![a lamp](image:{Path(picture).stem})" in body
    write_folder(tmp_path / "out", before.items())
    again = read(tmp_path / "out", RULES)
    assert (await world.db.run(store_import, again, ADA)).unchanged == ("lamp",)


def test_a_picture_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "lamp.png").write_bytes(b"<svg onload=alert(1)>")
    (tmp_path / "lamp.md").write_text("![a lamp](lamp.png)")
    with pytest.raises(Invalid, match=r"picture lamp\.png: expected a PNG, JPEG, GIF or WebP image"):
        tuple(read(tmp_path, RULES, language="en").images)


def test_archives_that_lie_are_refused(tmp_path: Path) -> None:
    packed = tmp_path / "a.zip"
    few = TransferSettings(file_bytes=100, bytes=150, files=2, packed_bytes=1000)
    with packed.open("wb") as into:
        write_zip(into, [("en/a.md", b"a" * 101)])
    with pytest.raises(Invalid, match=r"en/a\.md: expected at most 100 bytes"):
        dict(read_path(packed, few))
    with packed.open("wb") as into:
        write_zip(into, [("en/a.md", b"a" * 100), ("en/b.md", b"a" * 100)])
    with pytest.raises(Invalid, match=r"en/b\.md: expected at most 150 bytes in all"):
        dict(read_path(packed, few))
    with packed.open("wb") as into:
        write_zip(into, [(f"{count}.md", b"a") for count in range(3)])
    with pytest.raises(Invalid, match="import: expected at most 2 files, not 3"):
        read_path(packed, few)
    packed.write_bytes(b"PK\x03\x04" + bytes(1000))
    with pytest.raises(Invalid, match="expected at most 1000 bytes, not 1004"):
        read_path(packed, few)
    with pytest.raises(Invalid, match="expected a zip archive that can be read"):
        read_path(packed, TransferSettings())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../a.md", r"\.\./a\.md: expected a name inside the archive"),
        ("/etc/a.md", "/etc/a.md: expected a name inside the archive"),
        ("c:/a.md", "c:/a.md: expected a name inside the archive"),
        ("en\\..\\..\\a.md", "expected a name inside the archive"),
        ("en/" + "a" * 1000, "expected a name of at most 1000 characters"),
        ("en/\x1b[2Ja.md", "expected a name without control characters"),
    ],
)
def test_names_that_lead_outside_an_archive_are_refused(tmp_path: Path, name: str, said: str) -> None:
    packed = tmp_path / "a.zip"
    with packed.open("wb") as into:
        write_zip(into, [(name, b"a")])
    with pytest.raises(Invalid, match=said):
        read_path(packed, TransferSettings())


def test_two_files_of_one_name_in_an_archive_are_refused(tmp_path: Path) -> None:
    packed = tmp_path / "a.zip"
    with packed.open("wb") as into, pytest.warns(UserWarning, match="Duplicate name"):
        write_zip(into, [("en/a.md", b"a"), ("en/a.md", b"b")])
    with pytest.raises(Invalid, match=r"en/a\.md: expected a name that no other file"):
        read_path(packed, TransferSettings())


def test_a_folder_around_everything_in_an_archive_is_left_out(tmp_path: Path) -> None:
    packed = tmp_path / "a.zip"
    with packed.open("wb") as into:
        write_zip(into, [("our-articles/en/a.md", b"a"), ("our-articles/zh/a.md", b"b")])
    assert set(read_path(packed, TransferSettings())) == {"en/a.md", "zh/a.md"}
    assert next(iter(read(packed, RULES, Form.MARKDOWN).articles)).slug == "a"
