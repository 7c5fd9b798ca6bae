"""Whatever an article says, nothing of it runs, loads from elsewhere, or takes the place of something of ours."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.rendering import Context, Kind, Piece, to_html
from knowledge.rendering.harmless import harmless
from tests.knowledge.rendering.attacks import ATTACKS

EVIL = {
    "evil": Piece(
        Kind.SNIPPET, "<img src=x onerror=alert(1)>\n\n[y](javascript:alert(1))\n\n<svg onload=alert(1)>"
    ),
    "words": Piece(Kind.VARIABLE, '"><img src=x onerror=alert(1)><script>alert(1)</script>'),
    "scheme": Piece(Kind.VARIABLE, "javascript:"),
}
EVERYTHING = Context(EVIL, {"foo": "/help/en/articles/foo"}, editor=True)
SHOWN = set(
    "a abbr aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption"  # noqa: SIM905
    " figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup"
    " table tbody td tfoot th thead tr u ul var wbr".split()
)
KEPT = set(
    "class dir lang title href role span open tabindex id src alt width height loading value start colspan rowspan"  # noqa: SIM905
    " scope rel".split()
)


class Seen(HTMLParser):
    """Refuses every tag, attribute and address that is not on a list of its own."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in SHOWN, tag
        for name, value in attrs:
            assert name in KEPT, f"{tag} {name}={value}"
            match name:
                case "href":
                    assert re.match(r"(https?|mailto|tel|sms):|/(?![/\\])|#", value or ""), value
                case "src":
                    assert re.fullmatch(r"/help/images/[0-9A-Za-z]+", value or ""), value
                case "id":
                    assert (value or "").startswith("s-"), value
                case "class":
                    assert not (value or "").startswith("button"), value
                case _:
                    pass

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


def look(html: str) -> None:
    seen = Seen()
    seen.feed(html)
    seen.close()


@pytest.mark.parametrize("around", ["{}", "> - {}", "text {} text", "<div>{}", "<table><tr><td>{}", "*{}*"])
def test_nothing_in_an_article_runs_or_loads(around: str) -> None:
    for attack in ATTACKS:
        html = to_html(around.format(attack), EVERYTHING).body
        look(html)
        # Read once more by the same rules it is the same: no second reading finds what the first did not.
        assert harmless(html, "/help/images/") == html, attack


@pytest.mark.served
@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(ATTACKS)
        | st.sampled_from(["\n\n", "> ", "`", "<", "</", "<p", "'", '"', "](", "\n- "])
    )
)
def test_nor_do_any_of_these_together(texts: list[str]) -> None:
    look(to_html("".join(texts), EVERYTHING).body)


@pytest.mark.served
@settings(max_examples=60, deadline=None)
@given(st.text(st.characters() | st.sampled_from("<>\"'&[]()!`*_#|{}:-\n\x00\ud800"), max_size=80))
def test_no_text_makes_rendering_fail(text: str) -> None:
    look(to_html(text, EVERYTHING).body)
