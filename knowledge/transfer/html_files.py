"""A folder of HTML pages as a bundle: one page an article, folders as categories; and one page's HTML as Markdown."""

import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from bs4 import BeautifulSoup, Tag
from markdownify import MarkdownConverter

from core.errors import Invalid
from knowledge.article import Content
from knowledge.transfer.bundle import Bundle, BundleArticle, BundleEdition, Version
from knowledge.transfer.files import Files
from knowledge.transfer.naming import categories_of, slug_for
from knowledge.transfer.pictures import Pictures
from knowledge.transfer.references import Seen, as_ours

_NEVER_TEXT = (
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "iframe",
    "object",
    "embed",
    "form",
    "svg",
    "math",
    "head",
)
_AROUND = ("header", "footer", "aside")
_MANY_LINES = re.compile(r"\n{3,}")
_DEEPEST = 300
_KEPT = "\ue000"
"""At the end of a line that stays as it is, also an empty one; a character that no text has."""
_TAG = re.compile(r"<(?=[a-zA-Z/!?])")
_ENTITY = re.compile(r"&(?=#?\w+;)")


class _Converter(MarkdownConverter):
    """Headings with #, ``-`` for lists, and code blocks with their language, each line of which ends in ``_KEPT``."""

    def __init__(self) -> None:
        super().__init__(heading_style="ATX", bullets="-", escape_misc=False)

    def convert_pre(self, el: Any, text: str, parent_tags: Any) -> str:
        if not text.strip():
            return ""
        code = text.removeprefix("\n").removesuffix("\n")
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", code)), default=0))
        lines = (f"{fence}{_code_language(el)}", *code.split("\n"), fence)
        return "\n\n" + "\n".join(f"{line}{_KEPT}" for line in lines) + "\n\n"

    def escape(self, text: str, parent_tags: Any) -> str:
        """A text that shows ``<b>`` still does, and is no tag."""
        escaped: str = MarkdownConverter.escape(self, text, parent_tags)  # type: ignore[attr-defined]
        return _TAG.sub(r"\\<", _ENTITY.sub("&amp;", escaped))


def _code_language(block: Any) -> str:
    classes = " ".join(block.get("class") or [] if isinstance(block, Tag) else [])
    found = re.search(r"(?:language|lang|highlight)-([\w+#-]+)", classes)
    return found.group(1) if found else ""


Addresses = Callable[[str, str], str | None]
"""What the address of a link (``a``) or a picture (``img``) is here; None: as it stands."""


def to_markdown(where: str, html: str, addresses: Addresses | None = None) -> str:
    """What a page's or an article's HTML says. Raises Invalid for what no person wrote."""
    soup = BeautifulSoup(html, "lxml")
    for each in soup.find_all(["a", "img"]) if addresses is not None else ():
        name = "href" if each.name == "a" else "src"
        said = each.get(name)
        if addresses is not None and isinstance(said, str) and (ours := addresses(each.name, said.strip())):
            each[name] = ours
    return _text_of(where, soup)


def _text_of(where: str, soup: BeautifulSoup | Tag) -> str:
    for each in soup.find_all(_NEVER_TEXT):
        each.decompose()
    if any(len(list(leaf.parents)) > _DEEPEST for leaf in soup.find_all(lambda tag: not tag.find(True))):
        raise Invalid(where, f"HTML at most {_DEEPEST} levels deep")
    for leaf in soup.find_all(string=re.compile(_KEPT)):
        leaf.replace_with(str(leaf).replace(_KEPT, ""))
    text = str(_Converter().convert_soup(soup))
    lines = (line.rstrip() if not line.endswith("  ") else line.rstrip() + "  " for line in text.split("\n"))
    return _MANY_LINES.sub("\n\n", "\n".join(lines)).strip().replace(_KEPT, "")


def read_html(files: Files, language: str | None = None) -> Bundle:
    """Raises Invalid, which names the file and what is wrong with it.

    The language is the one given, else what a page's ``lang`` says; the same file name below folders of two languages
    is one article.
    """
    seen = Seen(files)
    pages: dict[str, dict[str, tuple[str, Content, str | None]]] = defaultdict(dict)
    for name, data in files.items():
        if PurePosixPath(name).suffix.lower() in {".html", ".htm"}:
            slug, spoken, content, category = _page(name, data, language, seen)
            if spoken in pages[slug]:
                raise Invalid(
                    name, f"a name of its own; {pages[slug][spoken][0]} is {slug} in {spoken} already"
                )
            pages[slug][spoken] = (name, content, category)
    if not pages:
        raise Invalid("import", "at least one file that ends in .html")
    wheres = {slug: next(iter(found.values()))[0] for slug, found in pages.items()}
    named = {
        slug: {spoken: category for spoken, (_, _, category) in found.items() if category}
        for slug, found in pages.items()
    }
    categories, filed = categories_of(named, wheres)
    articles = [
        BundleArticle(
            wheres[slug],
            slug,
            {
                spoken: BundleEdition((Version(content, where=name),), 0)
                for spoken, (name, content, _) in found.items()
            },
            filed.get(slug),
        )
        for slug, found in pages.items()
    ]
    return Bundle(articles, categories, images=Pictures(files, seen.images))


def _page(name: str, data: bytes, given: str | None, seen: Seen) -> tuple[str, str, Content, str | None]:
    soup = BeautifulSoup(data, "lxml")
    path = PurePosixPath(name)
    spoken = given or _language(soup)
    if spoken is None:
        raise Invalid(f"{name}: language", "<html lang=…>, or a language for all files")
    title = _title(soup) or path.stem.replace("-", " ").replace("_", " ").strip()
    main = soup.find("main") or soup.find("article") or soup.find(None, {"role": "main"}) or soup.body or soup
    if not isinstance(main, Tag):
        raise Invalid(name, "an HTML page")
    for each in main.find_all(_AROUND):
        each.decompose()
    heading = main.find("h1")
    if isinstance(heading, Tag) and heading.get_text(" ", strip=True) == title:
        heading.decompose()
    folders = [part for part in path.parts[:-1] if part.casefold() != spoken.casefold()]
    category = folders[-1].replace("-", " ").replace("_", " ") if folders else None
    body = as_ours(_text_of(name, main), name, seen)
    return slug_for(path.stem), spoken, Content(title, body), category


def _language(soup: BeautifulSoup) -> str | None:
    root = soup.find("html")
    said = root.get("lang") if isinstance(root, Tag) else None
    if not isinstance(said, str) or not said.strip():
        return None
    first, _, rest = said.strip().replace("_", "-").partition("-")
    return f"{first.lower()}-{rest}" if rest else first.lower()


def _title(soup: BeautifulSoup) -> str | None:
    """The page's heading; its title often names the site, too."""
    headings = soup.find_all("h1")
    if len(headings) == 1 and headings[0].get_text(strip=True):
        return " ".join(headings[0].get_text(" ").split())
    return " ".join(soup.title.get_text(" ").split()) if soup.title else None
