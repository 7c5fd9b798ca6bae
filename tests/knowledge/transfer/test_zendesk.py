"""A Zendesk Help Center's export: what is kept of it, what leads here, and what is wrong named by its entry."""

from typing import Any

import msgspec
import pytest

from core.answer import Audience
from core.errors import Invalid
from knowledge.article import Content
from knowledge.transfer import zendesk
from knowledge.transfer.bundle import BundleImage
from knowledge.transfer.checking import checked_bundle
from knowledge.transfer.html_files import to_markdown
from knowledge.transfer.settings import Rules
from knowledge.transfer.zendesk import read_zendesk

RULES = Rules()

ZENDESK = {
    "categories": [{"id": 1, "name": "Help", "locale": "en-us"}],
    "sections": [{"id": 2, "name": "Returns", "locale": "en-us", "category_id": 1}],
    "user_segments": [{"id": 7, "user_type": "signed_in_users"}, {"id": 8, "user_type": "staff"}],
    "articles": [
        {
            "id": 10,
            "title": "Return it",
            "body": "<p>Send it <b>back</b>.</p>",
            "locale": "en-us",
            "source_locale": "en-us",
            "section_id": 2,
            "label_names": ["parcel"],
            "html_url": "https://shop.example/hc/en-us/articles/10-Old-Title",
        },
        {"id": 11, "title": "Members", "body": "<p>a</p>", "locale": "en-us", "user_segment_id": 7},
        {
            "id": 12,
            "title": "Staff",
            "body": "<p>b</p>",
            "locale": "en-us",
            "user_segment_id": 8,
            "draft": True,
        },
        {"id": 13, "title": "Odd", "body": "<p>c</p>", "locale": "en-us", "user_segment_id": 9},
    ],
    "translations": [
        {
            "id": 20,
            "source_id": 10,
            "source_type": "Article",
            "locale": "zh-cn",
            "title": "退货",
            "body": "寄回。",
        }
    ],
}


def test_a_zendesk_export_keeps_translations_labels_sections_segments_drafts_and_addresses() -> None:
    bundle = read_zendesk({"articles.json": msgspec.json.encode(ZENDESK)})
    by_slug = {article.slug: article for article in bundle.articles}
    returns = by_slug["return-it"]
    texts = {language: edition.versions[0].content for language, edition in returns.editions.items()}
    assert texts == {"en": Content("Return it", "Send it **back**."), "zh": Content("退货", "寄回。")}
    assert (returns.tags, returns.category, returns.source_language) == (("parcel",), "returns", "en")
    assert [(each.slug, each.parent) for each in bundle.categories] == [("help", None), ("returns", "help")]
    assert bundle.redirects == {"10-old-title": "return-it"}
    assert [by_slug[slug].audience for slug in ("members", "staff", "odd")] == [
        Audience.SIGNED_IN,
        Audience.AGENTS,
        Audience.AGENTS,
    ]
    assert by_slug["staff"].editions["en"].published is None


def test_a_zendesk_text_without_a_word_is_left_out_and_named() -> None:
    """Drafts are often empty; nothing of the others waits for them."""
    export = {
        "articles": [
            {"id": 1, "title": "Begun", "locale": "en-us", "body": "<p> </p>", "draft": True},
            {"id": 2, "title": "None", "locale": "en-us", "body": None},
            {
                "id": 3,
                "title": "Full",
                "locale": "en-us",
                "body": "<p>Text, <a href='/hc/articles/1'>see</a>.</p>",
            },
        ],
        "translations": [
            {"id": 9, "source_id": 3, "source_type": "Article", "locale": "zh-cn", "title": "空", "body": ""}
        ],
    }
    bundle = checked_bundle(read_zendesk({"a.json": msgspec.json.encode(export)}), RULES)
    (full,) = bundle.articles
    assert full.editions.keys() == {"en"}
    assert full.editions["en"].versions[0].content.body == "Text, [see](/hc/articles/1)."
    assert bundle.left_out == [
        "a.json, articles[0] (id 1): Begun (en-us) has no text",
        "a.json, articles[1] (id 2): None (en-us) has no text",
        "a.json, translations[0] (id 9): 空 (zh-cn) has no text",
    ]


def test_links_and_pictures_of_a_zendesk_export_lead_here_where_it_holds_them() -> None:
    site = "https://shop.zendesk.com"
    body = (
        f"<p><a href='{site}/hc/en-us/articles/22-Other#h_1'>other</a> <a href='/hc/en-us/articles/22'>it</a>"
        f" <a href='{site}/hc/en-us/articles/999'>gone</a> <a href='https://else.example/hc/articles/22'>else</a>"
        f" <a href='https://help.shop.example/hc/articles/22'>own</a> <a href='{site}/hc/articles/{9:0>5000}'>x</a>"
        f"<img src='{site}/hc/article_attachments/7001/box.png' alt='a box'>"
        f"<img src='/hc/en-us/article_attachments/7002' alt='named'>"
        f"<img src='{site}/hc/article_attachments/7003/gone.png' alt='gone'></p>"
    )
    url = "https://help.shop.example/hc/en-us/articles/21"
    export = {
        "articles": [
            {"id": 21, "title": "One", "locale": "en-us", "body": body, "html_url": url},
            {"id": 22, "title": "Two", "locale": "en-us", "body": "<p>Two.</p>"},
        ],
        "article_attachments": [{"id": 7002, "file_name": "lamp.png"}],
    }
    files = {
        "articles.json": msgspec.json.encode(export),
        "article_attachments/7001/box.png": b"box",
        "files/lamp.png": b"lamp",
    }
    bundle = read_zendesk(files)
    one, _ = bundle.articles
    assert one.editions["en"].versions[0].content.body == (
        "[other](article:two) [it](article:two)"
        f" [gone]({site}/hc/en-us/articles/999) [else](https://else.example/hc/articles/22)"
        f" [own](article:two) [x]({site}/hc/articles/{9:0>5000})"
        "![a box](image:attachment-7001)![named](image:attachment-7002)"
        f"![gone]({site}/hc/article_attachments/7003/gone.png)"
    )
    assert tuple(bundle.images) == (
        BundleImage("attachment-7001", b"box"),
        BundleImage("attachment-7002", b"lamp"),
    )


def test_each_text_of_a_zendesk_export_is_converted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    converted: list[str] = []

    def counting(where: str, html: str, *given: Any) -> str:
        converted.append(where)
        return to_markdown(where, html, *given)

    monkeypatch.setattr(zendesk, "to_markdown", counting)
    tuple(read_zendesk({"articles.json": msgspec.json.encode(ZENDESK)}).articles)
    assert len(converted) == len(set(converted)) == 5


def test_many_zendesk_articles_of_one_title_have_slugs_of_their_own() -> None:
    entries = [
        {"id": count, "title": "a " * 35 + "end of it", "locale": "en", "body": "x"} for count in range(1, 4)
    ]
    bundle = checked_bundle(read_zendesk({"a.json": msgspec.json.encode({"articles": entries})}), RULES)
    stem = "a-" * 34 + "a"
    assert [each.slug for each in bundle.articles] == [f"{stem}-end-of-it", f"{stem}-2", f"{stem}-3"]


def test_a_bad_entry_of_an_export_is_named() -> None:
    bad = {"articles": [{"id": 1, "title": "a", "locale": "en", "body": "x"}, {"id": 2, "locale": "en"}]}
    with pytest.raises(
        Invalid, match=r"a.json, articles\[1\] \(id 2\): expected Object missing required field `title`"
    ):
        read_zendesk({"a.json": msgspec.json.encode(bad)})
    with pytest.raises(Invalid, match=r"a.json: expected JSON"):
        read_zendesk({"a.json": b'{"articles": ['})
