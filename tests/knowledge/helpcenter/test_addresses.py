"""Addresses of the help center."""

from knowledge.helpcenter import addresses


def test_an_article_has_one_address_in_each_language() -> None:
    assert addresses.article("en", "track-your-order") == "/help/en/articles/track-your-order"
    assert addresses.article("zh", "track-your-order") == "/help/zh/articles/track-your-order"


def test_what_is_put_into_an_address_stays_one_part_of_it() -> None:
    assert addresses.article("en", "../a?b#c") == "/help/en/articles/..%2Fa%3Fb%23c"
    assert (
        addresses.search("en", 'a&page=9 "退货"') == "/help/en/search?q=a%26page%3D9+%22%E9%80%80%E8%B4%A7%22"
    )


def test_the_first_page_of_a_search_is_not_numbered() -> None:
    assert addresses.search("en", "lamp") == "/help/en/search?q=lamp"
    assert addresses.search("en", "lamp", 2) == "/help/en/search?q=lamp&page=2"


def test_asking_a_person_carries_what_was_read_and_searched_for() -> None:
    assert addresses.contact("en", "returns", "send back") == "/help/en/contact?article=returns&q=send+back"
    assert addresses.contact("en") == "/help/en/contact"
