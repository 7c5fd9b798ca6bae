"""From an article's Markdown to the HTML that everybody reads."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final
from urllib.parse import unquote

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from knowledge.loop.patterns import MARKS
from knowledge.rendering.harmless import ADDRESS, harmless
from knowledge.rendering.inline import plain_text, told
from knowledge.rendering.parsing import ARTICLE, MISSING, OWN_ID, PARSER, parse
from knowledge.rendering.values import Context, Heading, Html, Problem, ProblemKind

_ALIGNED: Final = re.compile(r"text-align:(left|right|center)")
_LEFT_OUT: Final = re.compile("|".join(map(re.escape, MARKS)))
_IMAGE: Final = "image:"
_IMAGES: Final = "/help/images/"
_ID_CHARACTERS = 60
_TOP = 2
_DEEPEST = 6
_DONE, _OPEN = "☑", "☐"


def to_html(markdown: str, context: Context) -> Html:
    """Harmless whatever is in it, and never refused but for its length: Invalid ``too_large``."""
    page = _Page(context)
    tokens = page.arranged(parse(markdown, context.reusables, context.limits))
    html = _Renderer(context).render(tokens, PARSER.options, {})
    problems = tuple(sorted(page.problems, key=lambda each: each.line))
    return Html(harmless(html, context.images), tuple(page.headings), problems)


class _Renderer(RendererHTML):
    """markdown-it's own, and what only we have."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context

    def missing(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any) -> str:
        name = tokens[idx].content
        return f'<mark class="missing">{{{{{name}}}}}</mark>' if self._context.editor else ""

    def task(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any) -> str:
        return f'<span class="task-mark">{tokens[idx].content}</span> '

    def list_item_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any) -> str:
        return self.renderToken(tokens, idx, options, env)

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any) -> str:
        return '<div class="table" tabindex="0">' + self.renderToken(tokens, idx, options, env)

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any) -> str:
        return self.renderToken(tokens, idx, options, env) + "</div>\n"

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any) -> str:
        return super().fence(tokens, idx, options, env).replace("<pre>", '<pre tabindex="0">', 1)

    def code_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any) -> str:
        return super().code_block(tokens, idx, options, env).replace("<pre>", '<pre tabindex="0">', 1)


class _Page:
    """Gives tokens what our pages need, and notes what an author should look at."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.headings: list[Heading] = []
        self.problems: list[Problem] = []
        self._ids: set[str] = set()
        self._line = 1

    def arranged(self, tokens: list[Token]) -> list[Token]:
        lowest = min((int(each.tag[1]) for each in tokens if each.type == "heading_open"), default=_TOP)
        down = max(0, _TOP - lowest)
        for at, token in enumerate(tokens):
            if token.map:
                self._line = token.map[0] + 1
            self._block(tokens, at, token, down)
        self._own_anchors(tokens)
        return tokens

    def _block(self, tokens: list[Token], at: int, token: Token, down: int) -> None:
        match token.type:
            case "heading_open":
                self._heading(tokens, at, down)
            case "heading_close":
                token.tag = f"h{min(_DEEPEST, int(token.tag[1]) + down)}"
            case "inline":
                token.children = list(self._inline(told(token.children or [])))
            case "ordered_list_open" if token.level == 0 and token.attrs.get("start", 1) == 1:
                token.attrJoin("class", "steps")
            case "bullet_list_open":
                if token.attrs.pop("class", ""):
                    token.attrs["class"] = "tasks"
            case "list_item_open":
                _task(tokens, at)
            case "th_open" | "td_open":
                if found := _ALIGNED.search(str(token.attrs.pop("style", ""))):
                    token.attrs["class"] = f"to-{found[1]}"
            case "alert_open":
                self._callout(tokens, at)
            case "alert_close":
                token.tag = "aside"
            case _:
                pass

    def _callout(self, tokens: list[Token], at: int) -> None:
        kind = str(tokens[at].meta["kind"]).lower()
        kind = "warning" if kind == "caution" else kind
        tokens[at].tag = "aside"
        tokens[at].attrs = {"class": f"callout callout-{kind}", "role": "note"}
        title, words = tokens[at + 1 : at + 3]
        title.attrs = {"class": "callout-title"}
        words.content = self._context.callouts.get(kind, kind.capitalize())
        words.children = [Token("text", "", 0, content=words.content)]

    def _heading(self, tokens: list[Token], at: int, down: int) -> None:
        level = min(_DEEPEST, int(tokens[at].tag[1]) + down)
        children = tokens[at + 1].children or []
        text = plain_text(children)
        before = self.headings[-1].level if self.headings else _TOP - 1
        if level > before + 1:
            self._note(ProblemKind.HEADING_JUMP, text)
        anchor = self._anchor(str(tokens[at].meta.get(OWN_ID) or text))
        tokens[at].tag = f"h{level}"
        tokens[at].attrs["id"] = anchor
        self.headings.append(Heading(level, anchor, text))

    def _anchor(self, text: str) -> str:
        """Follows from the words alone; the second of the same words has a number behind it."""
        plain = unicodedata.normalize("NFKC", text).casefold()
        slug = "-".join(re.findall(r"[^\W_]+", plain))[:_ID_CHARACTERS].strip("-") or "section"
        anchor, count = f"s-{slug}", 1
        while anchor in self._ids:
            count += 1
            anchor = f"s-{slug}-{count}"
        self._ids.add(anchor)
        return anchor

    def _inline(self, children: Iterable[Token]) -> Iterator[Token]:
        """Links and images with the addresses they have here; a link that leads nowhere is left as its words."""
        kept: list[bool] = []
        for child in children:
            match child.type:
                case "link_open":
                    kept.append(self._link(child))
                    if kept[-1]:
                        yield child
                case "link_close":
                    if kept.pop():
                        yield child
                case "image":
                    yield from self._image(child)
                case "text":
                    for mark in _LEFT_OUT.findall(child.content):
                        self._note(ProblemKind.LEFT_OUT, mark)
                    yield child
                case _:
                    if child.type == MISSING:
                        self._note(ProblemKind.UNKNOWN_REUSABLE, child.content)
                    yield child

    def _link(self, token: Token) -> bool:
        href = str(token.attrs.get("href", ""))
        if href.startswith(ARTICLE):
            slug, _, anchor = href.removeprefix(ARTICLE).partition("#")
            address = self._context.articles.get(slug)
            if address is None:
                self._note(ProblemKind.BROKEN_LINK, slug)
                return False
            token.attrs["href"] = f"{address}#{_marked(anchor)}" if anchor else address
            return True
        if not ADDRESS.match(href):
            self._note(ProblemKind.UNSAFE_LINK, href)
            return False
        return True

    def _image(self, token: Token) -> Iterator[Token]:
        """An image of ours; one that lies elsewhere is a link to it, since showing it tells others who reads."""
        source = str(token.attrs.get("src", ""))
        alt = plain_text(token.children or [])
        if not alt.strip():
            self._note(ProblemKind.MISSING_ALT, source)
        if source.startswith((_IMAGE, _IMAGES)):
            id = source.removeprefix(_IMAGE).removeprefix(_IMAGES)
            token.attrs = {"src": self._context.images + id, "alt": "", "loading": "lazy", **_titled(token)}
            yield token
            return
        self._note(ProblemKind.IMAGE_ELSEWHERE, source)
        words = [Token("text", "", 0, content=alt or source)]
        if source.lower().startswith(("http://", "https://")):
            words = [Token("link_open", "a", 1, attrs={"href": source}), *words, Token("link_close", "a", -1)]
        yield from words

    def _own_anchors(self, tokens: list[Token]) -> None:
        """``#words`` of a heading here leads to that heading; ours begin with ``s-``, so that they meet no other id."""
        for token in tokens:
            for child in token.children or ():
                href = child.attrs.get("href") if child.type == "link_open" else None
                if isinstance(href, str) and href.startswith("#") and _marked(href[1:]) in self._ids:
                    child.attrs["href"] = f"#{_marked(href[1:])}"

    def _note(self, kind: ProblemKind, what: str) -> None:
        self.problems.append(Problem(kind, self._line, what))


def _titled(token: Token) -> dict[str, str | int | float]:
    return {"title": token.attrs["title"]} if "title" in token.attrs else {}


def _marked(anchor: str) -> str:
    words = unquote(anchor)
    return words if words.startswith("s-") else f"s-{words}"


def _task(tokens: list[Token], at: int) -> None:
    """A box before the words; one that can be ticked would not remember it."""
    item = tokens[at]
    if "checked" not in item.meta:
        return
    done = bool(item.meta["checked"])
    item.attrs = {"class": "task task-done" if done else "task"}
    words = next((each for each in tokens[at + 1 : at + 3] if each.type == "inline"), None)
    if words is not None:
        mark = Token("task", "", 0, content=_DONE if done else _OPEN)
        words.children = [mark, *(words.children or [])]
