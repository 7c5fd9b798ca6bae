"""What an author writes and what a reader gets."""

import time

import pytest

from core.errors import Invalid
from knowledge.markdown import plain
from knowledge.rendering import Context, Kind, Limits, Piece, ProblemKind, to_html
from knowledge.rendering.parsing import filled, linked_slugs, used_names

REUSABLES = {
    "phone": Piece(Kind.VARIABLE, "+1 555 *0100*"),
    "mail": Piece(Kind.VARIABLE, "help@example.org"),
    "hours": Piece(Kind.SNIPPET, "We are there **daily**.\n\n- Call {{phone}}"),
    "again": Piece(Kind.SNIPPET, "once {{again}}"),
    "here": Piece(Kind.SNIPPET, "there {{there}}"),
    "there": Piece(Kind.SNIPPET, "here {{here}}"),
}
ADDRESSES = {"returns": "/help/en/articles/returns-and-refunds"}


def shown(markdown: str, **given: object) -> str:
    return to_html(markdown, Context(REUSABLES, ADDRESSES, **given)).body  # type: ignore[arg-type]


def problems(markdown: str) -> list[tuple[ProblemKind, int, str]]:
    found = to_html(markdown, Context(REUSABLES, ADDRESSES)).problems
    return [(each.kind, each.line, each.what) for each in found]


def test_headings_have_ids_that_follow_from_their_words() -> None:
    html = to_html(
        "# Send it back\n\n## 退货 怎么办？\n\n## Send it back\n\n## Money {#refund}\n\n[up](#send-it-back)",
        Context(),
    )
    assert [(each.level, each.id, each.text) for each in html.headings] == [
        (2, "s-send-it-back", "Send it back"),
        (3, "s-退货-怎么办", "退货 怎么办？"),
        (3, "s-send-it-back-2", "Send it back"),
        (3, "s-refund", "Money"),
    ]
    assert '<h3 id="s-refund">Money</h3>' in html.body
    assert 'href="#s-send-it-back"' in html.body


def test_plain_text_has_neither_addresses_of_headings_nor_boxes_to_tick() -> None:
    assert plain("## Fees {#fees}\n\n- [x] paid\n- [ ] sent") == "Fees\n\n☑ paid\n☐ sent"
    assert shown("3. third\n4. fourth").startswith('<ol start="3">')


def test_a_callout_is_named_in_the_reader_s_language() -> None:
    html = shown("> [!CAUTION]\n> Hot", callouts={"warning": "警告"})
    assert html.startswith('<aside class="callout callout-warning" role="note">')
    assert '<p class="callout-title">警告</p>' in html
    assert plain("> [!WARNING]\n> Hot") == "Hot"


def test_steps_tasks_tables_and_code() -> None:
    assert shown("1. a\n2. b\n").startswith('<ol class="steps">')
    tasks = shown("- [x] a\n- [ ] b")
    assert '<li class="task task-done"><span class="task-mark">☑</span> a</li>' in tasks
    assert "<input" not in tasks
    table = shown("|a|b|\n|-|-:|\n|1|2|")
    assert '<div class="table" tabindex="0"><table>' in table
    assert '<td class="to-right">2</td>' in table
    assert '<code class="language-py">{{phone}}' in shown("```py\n{{phone}}\n```")


def test_a_link_to_an_article_leads_where_it_is_now() -> None:
    assert 'href="/help/en/articles/returns-and-refunds#s-fees"' in shown("[x](article:returns#fees)")
    assert "<a" not in shown("[x](article:gone)")
    assert linked_slugs(
        filled("[x](article:returns#a) {{to}}", {"to": Piece(Kind.SNIPPET, "[y](article:fees)")})
    ) == {
        "returns",
        "fees",
    }


def test_bare_addresses_and_chinese_emphasis_are_what_they_are_meant_to_be() -> None:
    assert (
        '<a href="https://example.org/a_(b)" rel="noopener noreferrer">https://example.org/a_(b)</a>。'
        in shown("见 https://example.org/a_(b)。")
    )
    assert "<strong>注意：</strong>后" in shown("**注意：**后")
    assert shown("[https://a.example](https://b.example)").count("<a") == 1


def test_images_are_ours_and_others_are_links() -> None:
    assert '<img src="/help/images/01J" alt="A box" loading="lazy">' in shown("![A box](image:01J)")
    assert '<img src="/help/images/01J" alt="A box"' in shown("![A box](/help/images/01J)")
    assert '<img src="https://h.example/help/images/01J"' in shown(
        "![A](image:01J)", images="https://h.example/help/images/"
    )
    assert "<img" not in shown("![A box](https://example.org/x.png)")


def test_reusables_are_put_in_everywhere_but_in_code() -> None:
    assert "Call +1 555 *0100* or" in shown("Call {{ phone }} or `{{phone}}`")
    assert "<code>{{phone}}</code>" in shown("Call {{ phone }} or `{{phone}}`")
    assert 'href="mailto:help@example.org"' in shown("[x](mailto:{{mail}})")
    assert shown("{{hours}}") == shown("We are there **daily**.\n\n- Call +1 555 \\*0100\\*")
    assert "1. +1 555" in plain("1. {{phone}}", REUSABLES)
    assert plain("{{hours}}", REUSABLES) == "We are there daily.\n\n• Call +1 555 *0100*"
    assert used_names(
        "{{phone}} `{{no}}` ![{{a}}](image:1) [x](mailto:{{mail}})\n\n    {{code}}\n\n{{hours}}"
    ) == {
        "phone",
        "mail",
        "a",
        "hours",
    }


def test_an_unknown_name_is_seen_by_editors_and_by_nobody_else() -> None:
    assert shown("Call {{fax}} now") == "<p>Call  now</p>\n"
    assert '<mark class="missing">{{fax}}</mark>' in shown("Call {{fax}} now", editor=True)
    assert plain("Call {{fax}} now") == "Call  now"


@pytest.mark.served
def test_snippets_that_contain_themselves_end() -> None:
    assert shown("{{again}}") == "<p>once </p>\n"
    assert shown("{{here}}") == "<p>there here </p>\n"
    doubling = {f"s{n}": Piece(Kind.SNIPPET, f"{{{{s{n + 1}}}}} {{{{s{n + 1}}}}}" * 10) for n in range(20)}
    begun = time.process_time()
    to_html("{{s0}}", Context(doubling))
    assert time.process_time() - begun < 8


def test_an_author_is_told_what_to_look_at_and_where() -> None:
    text = "## A\n\n![](image:01J)\n[x](article:gone)\n\n#### B\n\n{{fax}}\n\n![y](https://e.example/x.png) [z](ftp://e.example)"
    assert problems(text) == [
        (ProblemKind.MISSING_ALT, 3, "image:01J"),
        (ProblemKind.BROKEN_LINK, 3, "gone"),
        (ProblemKind.HEADING_JUMP, 6, "B"),
        (ProblemKind.UNKNOWN_REUSABLE, 8, "fax"),
        (ProblemKind.IMAGE_ELSEWHERE, 10, "https://e.example/x.png"),
        (ProblemKind.UNSAFE_LINK, 10, "ftp://e.example"),
    ]
    assert problems("## A\n\n### B\n\n![a](image:01J) [x](article:returns) {{phone}}") == []


def test_an_author_is_told_where_a_draft_made_of_answers_leaves_something_out() -> None:
    text = "Dear […], write to [✉] or call **[#]**.\n\nSee [↗] and [a list](article:returns) […]."
    assert problems(text) == [
        (ProblemKind.LEFT_OUT, 1, "[…]"),
        (ProblemKind.LEFT_OUT, 1, "[✉]"),
        (ProblemKind.LEFT_OUT, 1, "[#]"),
        (ProblemKind.LEFT_OUT, 3, "[↗]"),
        (ProblemKind.LEFT_OUT, 3, "[…]"),
    ]
    assert problems("One may [pick] … or # and [x](article:returns)") == []


def test_a_text_that_is_too_long_is_refused_before_it_is_read() -> None:
    begun = time.process_time()
    with pytest.raises(Invalid, match="at most 50000 characters, not 10000000") as refused:
        to_html("[" * 10_000_000, Context())
    assert refused.value.field == "body"
    assert time.process_time() - begun < 0.5
    with pytest.raises(Invalid):
        to_html("abcd", Context(limits=Limits(characters=3)))


SLOW = {
    "brackets": "[" * 50_000,
    "images": "![" * 25_000,
    "quotes": "> " * 25_000,
    "lists": "- " * 25_000,
    "nested lists": "\n".join("  " * depth + "- a" for depth in range(220)),
    "tags": "<b>" * 16_000,
    "blocks": "<div>\n" * 8_000,
    "stars": "**a _b " * 7_000,
    "wide table": "|a" * 6_000 + "\n" + "|-" * 6_000 + "\n" + "|b" * 6_000,
    "long table": "|a" * 100 + "\n" + "|-" * 100 + "\n" + "|\n" * 20_000,
    "declarations": "a <![CDATA[" * 4_500,
    "ampersands": "&" * 50_000,
    "names": "{{hours}}" * 5_500,
    "addresses": "https://a" * 5_500,
    "strong": "**a" * 16_000,
    "unclosed": "**" + "a**" * 3 + "a " * 20_000,
}


@pytest.mark.served
@pytest.mark.parametrize("name", SLOW)
def test_the_worst_texts_take_a_bounded_time(name: str) -> None:
    begun = time.process_time()
    to_html(SLOW[name][:50_000], Context(REUSABLES))
    assert time.process_time() - begun < 8
