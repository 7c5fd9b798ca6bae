"""Every form that articles come in, read into one: and what is wrong with a file is said with its name."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.answer import Audience
from core.errors import Invalid
from knowledge.article import Content
from knowledge.rendering import Context, to_html
from knowledge.transfer.bundle import (
    Bundle,
    BundleArticle,
    BundleCategory,
    BundleEdition,
    BundleImage,
    BundleReusable,
    BundleSynonyms,
    Version,
)
from knowledge.transfer.checking import checked_bundle
from knowledge.transfer.export import files_of
from knowledge.transfer.front_matter import joined, split
from knowledge.transfer.html_files import read_html, to_markdown
from knowledge.transfer.markdown_files import markdown_parts, read_markdown
from knowledge.transfer.plain_yaml import dump, load
from knowledge.transfer.references import text_with_images
from knowledge.transfer.settings import Rules, TransferSettings

RULES = Rules(TransferSettings(articles=3))


def test_a_folder_for_each_language_makes_one_article_of_files_of_one_name() -> None:
    bundle = read_markdown(
        {
            "en/return_it.md": b"---\ntitle: Return it\ncategory: Returns\nquestions:\n  - How?\n---\nSend it.\n",
            "zh/return_it.md": "---\ntitle: 退货\ncategory: 退货\n---\n寄回来。\n".encode(),
        }
    )
    (article,) = bundle.articles
    assert article.slug == "return-it"
    assert article.editions["en"].versions[0].content == Content("Return it", "Send it.", ("How?",))
    assert article.editions["en"].published == 0
    (category,) = bundle.categories
    assert (article.category, category.names) == ("returns", {"en": "Returns", "zh": "退货"})


def test_where_a_language_is_given_folders_are_categories_and_a_heading_is_the_title() -> None:
    files = {
        "Orders and payment/late.md": b"# It is late\n\nSee [this](../more/other.md#when), ![box](pics/a.png).",
        "more/other.md": b"x",
        "Orders and payment/pics/a.png": b"png",
    }
    bundle = read_markdown(files, "en")
    late = next(each for each in bundle.articles if each.slug == "late")
    body = "See [this](article:other#when), ![box](image:picture-1)."
    assert late.editions["en"].versions[0].content == Content("It is late", body)
    assert [each.names for each in bundle.categories] == [{"en": "Orders and payment"}, {"en": "more"}]
    assert tuple(bundle.images) == (BundleImage("picture-1", b"png"),)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("returns.md", b"x", "returns.md: expected a folder for its language"),
        ("en/a.md", b"---\ntitle: x\n", "en/a.md: expected front matter between two lines of ---"),
        ("en/a.md", b"---\ntitel: x\n---\nx", "en/a.md: titel: expected one of archived, at, audience,"),
        ("en/a.md", b"---\ntitle: [x\n---\nx", "en/a.md, line 2: expected YAML"),
        ("en/a.md", b"---\na: &a [x]\nb: [*a, *a]\n---\nx", "en/a.md, line 3: expected YAML (references"),
        (
            "en/a.md",
            b"---\naudience: all\n---\nx",
            "en/a.md: audience: expected one of public, signed_in, agents",
        ),
        ("en/a.md", b"---\nreview_by: soon\n---\nx", "en/a.md: review_by: expected a day since 1970 such as"),
        ("en/a.md", b"---\ntags: yes\n---\nx", "en/a.md: tags: expected a list of lines"),
        ("en/a.md", b"\xff", "en/a.md: expected UTF-8 text, not the byte 0xff at 0"),
        ("en/a.md", b"---\ntitle: x\n---\n", "en/a.md: body: expected the article's text"),
        ("en/a.md", b"---\ntitle: x\n---\na\x00b", "en/a.md: body: expected text without control characters"),
        ("en-/a.md", b"x", "en-/a.md: language: expected a language tag"),
    ],
)
def test_a_bad_file_is_named_with_what_was_expected(name: str, text: bytes, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        checked_bundle(read_markdown({name: text, "en/good.md": b"Good."}), RULES)
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nA break above.\n\n---\n\nAnd below.",
        "---\nA break above.\n---\nAnd below.",
        "---\nNote: a break above, and no end.",
        "----\ntitle: x\n----",
        "* * *\n\ntext",
    ],
)
def test_a_break_at_the_top_of_a_text_is_no_front_matter(text: str) -> None:
    (article,) = checked_bundle(read_markdown({"en/a.md": text.encode()}), RULES).articles
    assert article.editions["en"].versions[0].content == Content("A", text)


def test_front_matter_says_what_stands_there() -> None:
    """No, 1.10, dates and ~ are words like any other, unless a day or a number is asked for."""
    text = b"---\r\n# a comment\r\ntitle: 1.10\r\ntags: [no, 2026-11-22, ~, 'on']\r\nowner:\r\nquestions: []\r\n---\r\nx"
    (article,) = read_markdown({"en/a.md": text}).articles
    assert article.editions["en"].versions[0].content.title == "1.10"
    assert (article.tags, article.owner) == (("no", "2026-11-22", "~", "on"), None)


def test_two_files_for_one_text_are_refused() -> None:
    with pytest.raises(Invalid, match=r"b/a\.md: expected a name of its own; a/A\.md is a in en already"):
        read_markdown({"a/A.md": b"one", "b/a.md": b"two"}, "en")


def test_links_are_found_however_they_are_written() -> None:
    text = (
        "![a](pics/a%20(1).png) ![b](<pics/a (1).png> 'title') [c](<b.md#x>) ![d][d] [e](e.md) [f](https://x.example/b.md)"
        "\n\n[d]: pics/caf%C3%A9.png\n[b]: b.md"
    )
    files = {"a.md": text.encode(), "b.md": b"x", "pics/a (1).png": b"1", "pics/caf\u00e9.png": b"2"}
    bundle = read_markdown(files, "en")
    (own,) = (each for each in bundle.articles if each.slug == "a")
    assert own.editions["en"].versions[0].content.body == (
        "![a](image:picture-1) ![b](image:picture-1 'title') [c](article:b#x) ![d][d] [e](e.md) [f](https://x.example/b.md)"
        "\n\n[d]: image:picture-2\n[b]: article:b"
    )
    kept = text_with_images(
        "![a](image:picture-1)\n[d]: image:picture-2", {"picture-1": "1a", "picture-2": "2b"}
    )
    assert kept == "![a](image:1a)\n[d]: image:2b"
    assert [each.name for each in bundle.images] == ["picture-1", "picture-2"]


def test_files_are_read_an_article_at_a_time() -> None:
    class Counting(dict[str, bytes]):
        read = 0

        def __getitem__(self, name: str) -> bytes:
            self.read += 1
            return super().__getitem__(name)

    files = Counting({f"{language}/{slug}.md": b"x" for language in ("en", "zh") for slug in "abc"})
    parts = markdown_parts(files)
    assert next(parts).editions.keys() == {"en", "zh"}
    assert files.read == 2
    next(parts)
    assert files.read == 4


def test_too_many_articles_are_refused() -> None:
    files = {f"en/{count}.md": b"x" for count in range(4)}
    with pytest.raises(Invalid, match="articles: expected at most 3 in one import"):
        checked_bundle(read_markdown(files), RULES)


def test_html_becomes_markdown_without_what_runs() -> None:
    html = (
        "<h2>How</h2><p>Do <b>this</b><script>alert(1)</script><iframe src=x></iframe></p><ol><li>one</li>"
        "<li>two</li></ol><table><tr><th>a</th></tr><tr><td>1</td></tr></table>"
        "<pre class='language-py'><code>x = 1\n</code></pre><svg onload=alert(1)><text>no</text></svg>"
    )
    expected = "## How\n\nDo **this**\n\n1. one\n2. two\n\n| a |\n| --- |\n| 1 |\n\n```py\nx = 1\n```"
    assert to_markdown("x", html) == expected


def test_lines_of_code_stay_as_they_are() -> None:
    code = "one\n\n\n\n  two  \n```\n<b>&amp;lt;"
    assert to_markdown("x", f"<p>a</p>\n<pre>\n{code}\n</pre>\n\n<p>b</p>") == (
        "a\n\n````\none\n\n\n\n  two  \n```\n&lt;\n````\n\nb"
    )


def test_a_text_that_shows_a_tag_or_an_entity_still_does() -> None:
    shown = to_markdown("x", "<p>Press &lt;Enter&gt;, a &lt; b, &amp;lt; and R&amp;D</p>")
    assert shown == r"Press \<Enter>, a < b, &amp;lt; and R&D"
    assert "Press &lt;Enter&gt;, a &lt; b, &amp;lt; and R&amp;D" in to_html(shown, Context()).body


def test_a_page_is_read_without_what_stands_around_its_text() -> None:
    page = (
        b"<html lang=en-GB><title>Shop | Sizes</title><nav>menu</nav><main><header>top</header><h1>Sizes</h1>"
        b"<p>Large is <i>large</i>.</p></main><footer>imprint</footer>"
    )
    (article,) = read_html({"our_products/sizes.html": page}).articles
    assert article.editions["en-GB"].versions[0].content == Content("Sizes", "Large is *large*.")
    assert article.category == "our-products"
    with pytest.raises(Invalid, match=r"a.html: language: expected <html lang"):
        read_html({"a.html": b"<p>x"})
    with pytest.raises(Invalid, match=r"a.html: expected HTML at most 300 levels deep"):
        read_html({"a.html": b"<div>" * 1000 + b"x"}, "en")


def test_what_is_exported_is_read_back_the_same() -> None:
    at = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
    odd = 'yes: "no" # - \u2028 é'
    first = Version(
        Content(odd, "---\nnot front matter\n---", ("- a", "b: c")),
        "first: try",
        1,
        None,
        "ada@x.example",
        at,
    )
    versions = (
        first,
        Version(Content("Two", "text"), "", 3),
        Version(Content("Three", "text\n\n  - x"), "", 4, 2),
    )
    articles = [
        BundleArticle(
            "en/a.md",
            "a",
            {
                "en": BundleEdition(versions, 1),
                "zh": BundleEdition((Version(Content("草稿", "文"), number=1),), None),
            },
            "returns",
            Audience.AGENTS,
            ("north", "south"),
            ("2026", "no", "很好"),
            "ada@x.example",
            date(2027, 1, 1),
            "en",
            archived=True,
        ),
    ]
    bundle = Bundle(
        articles,
        (
            BundleCategory("help", {"en": "Help"}),
            BundleCategory("returns", {"en": "Returns", "zh": "退货"}, {}, "help"),
        ),
        {"old": "a"},
        (BundleReusable("phone", "variable", {"en": "123", "zh": "456"}),),
        (BundleSynonyms("en", ("lamp", "light")),),
        (),
    )
    files = dict(files_of(bundle))
    again = read_markdown(files)
    assert dict(files_of(again)) == files
    assert next(iter(again.articles)).editions == articles[0].editions
    assert (again.categories, again.redirects) == (bundle.categories, bundle.redirects)
    assert (again.reusables, again.synonyms) == (bundle.reusables, bundle.synonyms)


WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\t #:-'\"|>&*!%@`{}[],?~")
)


@pytest.mark.served
@given(WORDS, WORDS, st.lists(WORDS, max_size=3))
def test_whatever_words_are_written_as_yaml_are_read_the_same(name: str, text: str, lines: list[str]) -> None:
    value = {name: text, f"{name}.": {"x": lines or "none"}}
    assert load("x", dump(value)) == value


@pytest.mark.served
@given(WORDS, WORDS)
def test_whatever_a_text_begins_with_stays_below_its_front_matter(title: str, body: str) -> None:
    fields, read = split("x", joined({"title": title}, body.strip()), ())
    assert (fields, read) == ({"title": title}, body.strip())
