"""Which language a reader gets."""

from knowledge.helpcenter.negotiating import direction, like, picked


def test_the_browser_s_favourite_that_there_is_wins() -> None:
    assert picked(("en", "zh"), "de, zh-CN;q=0.8, en;q=0.9") == "en"
    assert picked(("en", "zh"), "zh-TW,zh;q=0.9,en;q=0.1") == "zh"


def test_who_wishes_for_none_of_them_gets_the_first() -> None:
    assert picked(("zh", "en"), "") == "zh"
    assert picked(("zh", "en"), "fr;q=1, *;q=0.5, en;q=0") == "zh"
    assert picked(("zh", "en"), ";;q=,=,\x00;q=nan,en;q=oops") == "zh"


def test_a_region_means_its_language() -> None:
    assert like(("en", "pt-BR"), "pt") == "pt-BR"
    assert like(("en", "zh"), "zh-Hant-TW") == "zh"
    assert like(("en", "zh"), "fr") is None


def test_some_are_read_from_the_right() -> None:
    assert [direction(each) for each in ("ar", "ar-XB", "he", "az-Arab", "en", "zh")] == ["rtl"] * 4 + [
        "ltr"
    ] * 2
