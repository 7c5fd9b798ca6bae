"""What is kept on disk is whole or is not taken: the old or the new, never half."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from core.answer import AGENT_READER
from knowledge.index.finding import Finder
from knowledge.index.holding import Holding
from knowledge.index.keeping import IndexStore
from tests.knowledge.index.builders import article

pytestmark = pytest.mark.served

MARK = "test"
LAMP = article("lamp", "Lamp", "A lamp.")
SOFA = article("sofa", "Sofa", "A sofa.")
CHINESE = article("deng", "灯", "一盏灯。", language="zh")


def filled(holding: Holding, *articles: object) -> Holding:
    holding.add(articles)  # type: ignore[arg-type]
    holding.commit()
    return holding


def articles_in(holding: Holding) -> set[str]:
    finder = Finder(holding.snapshot())
    return {
        hit.document.article
        for question, language in (("lamp sofa", "en"), ("灯", "zh"))
        for hit in finder.find(question, language, 5, AGENT_READER).hits
    }


def kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("kept-*"))


def a_kept_index(folder: Path) -> Path:
    keeper = IndexStore(folder, MARK)
    keeper.keep(filled(keeper.open(), LAMP, CHINESE))
    keeper.close()
    (made,) = kept(folder)
    return made


def test_a_start_takes_what_was_kept(tmp_path: Path) -> None:
    a_kept_index(tmp_path)
    taken = IndexStore(tmp_path, MARK).open()
    assert articles_in(taken) == {"lamp", "deng"}
    assert taken.held["en.public"] == {LAMP.place: LAMP.state}


def test_what_is_changed_and_not_kept_is_not_taken(tmp_path: Path) -> None:
    a_kept_index(tmp_path)
    first = IndexStore(tmp_path, MARK).open()
    filled(first, SOFA)
    assert articles_in(first) == {"lamp", "sofa", "deng"}
    assert articles_in(IndexStore(tmp_path, MARK).open()) == {"lamp", "deng"}


def test_the_newest_takes_the_place_of_what_was_kept_before(tmp_path: Path) -> None:
    a_kept_index(tmp_path)
    keeper = IndexStore(tmp_path, MARK)
    holding = filled(keeper.open(), SOFA)
    holding.delete("en.public", [LAMP.place])
    holding.commit()
    keeper.keep(holding)
    assert len(kept(tmp_path)) == 1
    assert articles_in(IndexStore(tmp_path, MARK).open()) == {"sofa", "deng"}


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def _grow(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")


@pytest.mark.parametrize("damage", [_cut, _flip, _grow, Path.unlink])
def test_damage_to_any_file_is_noticed_and_told(
    tmp_path: Path, damage: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    whole = a_kept_index(tmp_path / "whole")
    names = [path.relative_to(whole) for path in whole.rglob("*") if path.is_file()]
    assert len(names) > 5
    for number, name in enumerate(names):
        folder = tmp_path / str(number)
        copy = folder / whole.name
        shutil.copytree(whole, copy)
        damage(copy / name)
        caplog.clear()
        taken = IndexStore(folder, MARK).open()
        if name.name == "manifest.json" and damage is _grow:
            continue
        assert articles_in(taken) == set(), name
        assert "damaged" in caplog.text
        assert not copy.exists()


def test_an_older_whole_one_is_taken_when_the_newest_is_damaged(tmp_path: Path) -> None:
    older = a_kept_index(tmp_path)
    spare = tmp_path / "spare"
    shutil.copytree(older, spare)
    keeper = IndexStore(tmp_path, MARK)
    keeper.keep(filled(keeper.open(), SOFA))
    (newer,) = kept(tmp_path)
    spare.rename(older)
    _cut(newer / "held")
    assert articles_in(IndexStore(tmp_path, MARK).open()) == {"lamp", "deng"}


def test_what_another_version_kept_is_removed(tmp_path: Path) -> None:
    made = a_kept_index(tmp_path)
    assert articles_in(IndexStore(tmp_path, "other").open()) == set()
    assert not made.exists()


def test_what_dead_processes_left_is_removed_and_the_living_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "work-dead").mkdir()
    (tmp_path / "work-dead" / "something").write_text("left")
    living = IndexStore(tmp_path, MARK)
    holding = filled(living.open(), LAMP)
    assert not (tmp_path / "work-dead").exists()
    other = IndexStore(tmp_path, MARK)
    other.open()
    living.keep(filled(holding, SOFA))
    assert other.has_newer()
    assert articles_in(other.open()) == {"lamp", "sofa"}


def test_one_process_builds_at_a_time(tmp_path: Path) -> None:
    one, other = IndexStore(tmp_path, MARK), IndexStore(tmp_path, MARK)
    one.open()
    other.open()
    assert not one.others_build()
    assert other.others_build()
    one.built()
    assert not other.others_build()


def test_two_processes_that_keep_at_once_both_leave_something_whole(tmp_path: Path) -> None:
    one, other = IndexStore(tmp_path, MARK), IndexStore(tmp_path, MARK)
    first, second = filled(one.open(), LAMP), filled(other.open(), SOFA)
    one.keep(first)
    other.keep(second)
    assert articles_in(IndexStore(tmp_path, MARK).open()) == {"sofa"}
