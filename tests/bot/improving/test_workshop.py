"""Work folders are plain Rasa projects: the installed one, which stays as it is, with what people labelled."""

import os
from pathlib import Path

import pytest
import yaml

from bot.improving.workshop import Workshop, domain_intents
from bot.rasa_files import fingerprint
from core.errors import Invalid
from tests.bot.improving.shop import TALK, a_shop
from tests.bot.improving.test_examples import an_example


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    return a_shop(tmp_path)


def test_without_examples_it_is_the_project_itself(shop: Workshop) -> None:
    choice = shop.prepare([])
    assert choice.project == shop.config.project
    assert choice.fingerprint == fingerprint(shop.config.project)
    assert not shop.folder.exists()


def test_examples_are_added_in_a_folder_of_their_own_and_the_project_stays(shop: Workshop) -> None:
    before = fingerprint(shop.config.project)
    choice = shop.prepare([an_example("yo"), an_example("谢谢", "thank", "zh")], "m1")
    assert choice.release == "m1"
    assert choice.project.is_relative_to(shop.config.folder)
    made = {path.name: yaml.safe_load(path.read_text()) for path in (choice.project / "data").glob("*.yml")}
    assert set(made) == {"talk.en.yml", "labelled.en.yml", "labelled.zh.yml"}
    assert made["labelled.zh.yml"]["nlu"] == [{"intent": "thank", "examples": "- 谢谢\n"}]
    assert (choice.project / "domain.yml").is_file()
    assert fingerprint(shop.config.project) == before


def test_what_people_said_counts_more_than_the_project(shop: Workshop) -> None:
    examples = [an_example("What does it cost?", "price")]
    (clash,) = shop.clashes(examples)
    assert (clash.ours, clash.theirs) == ("price", "greet")
    text = (shop.prepare(examples).project / "data" / "talk.en.yml").read_text()
    assert text == TALK.replace("    - what does it cost\n", "")


def test_labels_of_an_intent_that_a_later_project_has_no_more_are_named_and_left_out(shop: Workshop) -> None:
    old, new = an_example("yo"), an_example("Engrave it?", "price")
    whole = shop.prepare([old, new])
    (shop.config.project / "domain.yml").write_text("intents:\n- greet\n- thank\n")
    assert shop.dropped([old, new]) == [new]
    assert shop.kept([old, new]) == (old,)
    made = shop.prepare([old, new])
    assert made.fingerprint != whole.fingerprint
    assert made == shop.prepare([old])
    labelled = yaml.safe_load((made.project / "data" / "labelled.en.yml").read_text())
    assert [each["intent"] for each in labelled["nlu"]] == ["greet"]
    assert shop.prepare([new]).project == shop.config.project


def test_the_same_examples_make_the_same_model_and_others_another(shop: Workshop) -> None:
    one, two = an_example("yo"), an_example("hey")
    assert shop.prepare([one, two]).fingerprint == shop.prepare([two, one]).fingerprint
    names = {shop.prepare(each).fingerprint for each in ([], [one], [an_example("yo", "thank")])}
    assert len(names) == 3
    before = shop.prepare([one]).fingerprint
    (shop.config.project / "domain.yml").write_text("intents:\n- greet\n")
    assert shop.prepare([one]).fingerprint != before


def test_only_the_newest_work_folders_are_kept(shop: Workshop) -> None:
    made = [shop.prepare([an_example(text)]).project for text in ("a1", "b2", "c3")]
    for age, path in enumerate(made):
        os.utime(path, (1_000_000 - age, 1_000_000 - age))
    shop.tidy(1, ())
    assert list(shop.folder.iterdir()) == made[:1]


def test_a_work_folder_that_is_needed_stays_however_old(shop: Workshop) -> None:
    made = shop.prepare([an_example("a1")]).project
    shop.tidy(0, {made})
    assert made.is_dir()


def test_the_project_itself_is_never_cleared_away(shop: Workshop) -> None:
    made = shop.prepare([an_example("a1")]).project
    shop.clear({made, shop.config.project})
    assert (made.exists(), shop.config.project.exists()) == (False, True)


def test_the_kept_set_is_read_from_the_project(shop: Workshop) -> None:
    assert [(each.text, each.intent, each.language) for each in shop.tests()] == [
        ("good day", "greet", "en"),
        ("how dear is it", "price", "en"),
    ]


def test_labels_are_the_domains_intents_but_what_is_not_understood() -> None:
    domain = "intents:\n- greet\n- price:\n    use_entities: []\n- nlu_fallback\n"
    assert domain_intents(domain) == ("greet", "price")
    with pytest.raises(Invalid):
        domain_intents("intents:\n- 1\n")
