"""The last step of rendering: whatever HTML a text had in it, only this list of tags, attributes and addresses stays."""

import re
from functools import lru_cache
from typing import Final

import nh3

ADDRESS: Final = re.compile(r"(?:https?:|mailto:|tel:|sms:|/(?![/\\])|#)", re.IGNORECASE)
"""How a link may begin: a page of ours or of others, a person; nothing that runs and no data."""

_TAGS: Final = frozenset(
    "a abbr aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure"  # noqa: SIM905
    " h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup table tbody td"
    " tfoot th thead tr u ul var wbr".split()
)
_GONE: Final = frozenset(
    "script style title head noscript template iframe frame frameset object embed applet svg math canvas audio video"  # noqa: SIM905
    " select textarea option xml xmp noembed noframes plaintext".split()
)
_ATTRIBUTES: Final = {
    "*": {"class", "dir", "lang", "title"},
    "a": {"href"},
    "abbr": {"title"},
    "aside": {"role"},
    "col": {"span"},
    "colgroup": {"span"},
    "details": {"open"},
    "div": {"tabindex"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
    "img": {"src", "alt", "width", "height", "loading"},
    "li": {"value"},
    "ol": {"start"},
    "pre": {"tabindex"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_CLASS: Final = re.compile(
    r"callout(?:-(?:note|tip|important|warning|title))?|steps|tasks|task|task-done|task-mark|table|to-(?:left|right|center)"
    r"|missing|language-[\w+#.-]{1,30}"
)
_ID: Final = re.compile(r"s-\S{1,120}")
_IGNORED: Final = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
_IMAGE: Final = re.compile(r'<img(?: [^\s="]+="[^"]*")*>')
_NUMBER: Final = re.compile(r"\d{1,4}")
_IMAGE_ID: Final = r"[0-9A-Za-z]{1,40}"


@lru_cache(maxsize=16)
def _cleaner(images: str) -> nh3.Cleaner:
    picture = re.compile(re.escape(images) + _IMAGE_ID)

    def attribute(tag: str, name: str, value: str) -> str | None:
        match name:
            case "href":
                return value if ADDRESS.match(_IGNORED.sub("", value)) else None
            case "src":
                return value if picture.fullmatch(value) else None
            case "class":
                return " ".join(each for each in value.split() if _CLASS.fullmatch(each)) or None
            case "id":
                return value if _ID.fullmatch(value) else None
            case "tabindex":
                return value if value == "0" else None
            case "role":
                return value if value == "note" else None
            case "width" | "height" | "colspan" | "rowspan" | "span" | "start" | "value":
                return value if _NUMBER.fullmatch(value) else None
            case _:
                return value

    return nh3.Cleaner(
        tags=set(_TAGS),
        clean_content_tags=set(_GONE),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=attribute,
        url_schemes={"http", "https", "mailto", "tel", "sms"},
        url_relative="pass_through",
        link_rel="noopener noreferrer",
        strip_comments=True,
    )


def harmless(html: str, images: str) -> str:
    """``images``: what an image's address must begin with; its id is the rest."""
    return _IMAGE.sub(_shown, _cleaner(images).clean(html))


def _shown(image: re.Match[str]) -> str:
    """An image that has lost its address is nothing but a broken frame."""
    return image[0] if ' src="' in image[0] else ""
