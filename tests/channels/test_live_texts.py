"""The words of the page that shows the chat come from the server, in the visitor's language."""

from pathlib import Path

import pytest

from channels.live.texts import WidgetTexts
from core.texts import Texts
from tests.channels.shop import TEXTS, Shop

WORDS = WidgetTexts(TEXTS)


@pytest.mark.parametrize(
    ("wishes", "language"),
    [
        ("zh-Hans-CN,en", "zh"),
        ("ZH_cn", "zh"),
        ("xx,zh", "zh"),
        ("ar-XB", "ar-XB"),
        ("", "en"),
        ("klingon,,;q=1", "en"),
        (",".join(["xx"] * 500 + ["zh"]), "en"),
    ],
)
def test_the_first_language_that_there_are_words_for_is_taken(wishes: str, language: str) -> None:
    assert WORDS.pick(wishes) == language


@pytest.mark.parametrize("language", TEXTS.languages)
def test_every_text_is_words_and_variables_only(language: str) -> None:
    words = WORDS.words(language).words
    assert words["joined"].count("{name}") == 1
    assert words.keys() == WORDS.words("en").words.keys()


def test_the_made_up_language_is_written_from_right_to_left() -> None:
    assert WORDS.words("ar-XB").direction == "rtl"
    assert WORDS.words("zh").direction == "ltr"


def test_a_gap_is_filled_in_english(tmp_path: Path) -> None:
    (tmp_path / "en.ftl").write_text('widget-send = Send\nwidget-close = Close { "{" }{ $name }\nother = x\n')
    (tmp_path / "fr.ftl").write_text("widget-send = Envoyer\n")
    words = WidgetTexts(Texts(tmp_path)).words("fr").words
    assert words == {"send": "Envoyer", "close": "Close {{name}"}


def test_a_text_with_a_choice_in_it_is_refused_by_its_key(tmp_path: Path) -> None:
    (tmp_path / "en.ftl").write_text("widget-many = { $count ->\n   [one] one\n  *[other] more\n }\n")
    with pytest.raises(ValueError, match="widget-many"):
        WidgetTexts(Texts(tmp_path)).words("en")


async def test_they_come_with_the_look_of_the_inbox(shop: Shop) -> None:
    answer = await shop.client.get("/live/web/config?language=zh-CN,en")
    texts = (await answer.json())["texts"]
    assert (texts["language"], texts["direction"], texts["words"]["send"]) == ("zh", "ltr", "发送")


async def test_where_a_bot_answers_it_says_so_to_who_opens_the_chat(shop: Shop) -> None:
    visitor = await shop.visit(language="zh-CN")
    assert "自动助手" in visitor.welcome["inbox"]["greeting"]
    await shop.bot_off()
    visitor = await shop.visit(language="zh-CN")
    assert visitor.welcome["inbox"]["greeting"] == ""
