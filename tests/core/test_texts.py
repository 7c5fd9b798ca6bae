"""What the catalogue of texts says, in which language."""

from pathlib import Path

import pytest

from core.texts import Texts

EN = """\
# What comes first.
hello = Hello, { $name }!
    How are you?

# Not a key = of ours
mails = { $count ->
    [one] One mail
   *[other] { $count } mails
}
bye-now = Bye
tongue = Key { $key } in { $language }
"""


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    (tmp_path / "en.ftl").write_text(EN, encoding="utf-8")
    (tmp_path / "zh.ftl").write_text("hello = { $name }，你好！\n", encoding="utf-8")
    return Texts(tmp_path)


def test_a_text_has_its_values_and_all_its_lines(texts: Texts) -> None:
    assert texts.say("hello", "en", name="Ann") == "Hello, Ann!\nHow are you?"
    assert [texts.say("mails", "en", count=count) for count in (1, 2)] == ["One mail", "2 mails"]


def test_the_nearest_language_is_spoken_and_english_where_it_has_a_gap(texts: Texts) -> None:
    assert texts.say("hello", "zh-CN", name="安") == "安，你好！"
    assert texts.say("bye-now", "zh", name="") == "Bye"
    assert texts.say("bye-now", None) == "Bye"


def test_a_value_may_have_any_name(texts: Texts) -> None:
    assert texts.say("tongue", "en", key="A", language="zh") == "Key A in zh"


@pytest.mark.parametrize("key", ["nothing", "bye", "hell", "other"])
def test_an_unknown_key_is_an_error(texts: Texts, key: str) -> None:
    with pytest.raises(KeyError):
        texts.say(key, "en")


def test_a_value_that_is_left_out_is_an_error(texts: Texts) -> None:
    with pytest.raises(KeyError, match="hello"):
        texts.say("hello", "en")


def test_without_english_there_is_no_catalogue(tmp_path: Path) -> None:
    (tmp_path / "zh.ftl").write_text("hello = 你好\n", encoding="utf-8")
    with pytest.raises(FileNotFoundError, match=r"en\.ftl"):
        Texts(tmp_path)
