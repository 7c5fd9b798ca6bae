"""HTML of strangers made harmless: what gives a mail its look stays, what acts, hides or calls elsewhere goes."""

import re
from typing import Final
from urllib.parse import unquote

import nh3


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_TAGS: Final = _names(
    "a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details"
    " dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p"
    " pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr"
    " tt u ul var wbr"
)
_GONE: Final = _names(
    "script style title head noscript template iframe frame frameset object embed applet svg math canvas audio video"
    " select textarea option xml xmp noembed noframes plaintext"
)
_SIZES: Final = {"align", "valign", "width", "height", "bgcolor", "background"}
_ATTRIBUTES: Final = {
    "*": {"style", "dir", "lang", "title", "align"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "border", "hspace", "vspace"},
    "table": {*_SIZES, "border", "cellpadding", "cellspacing", "bordercolor", "rules", "frame", "summary"},
    "tr": _SIZES,
    "td": {*_SIZES, "colspan", "rowspan", "nowrap", "headers", "scope"},
    "th": {*_SIZES, "colspan", "rowspan", "nowrap", "headers", "scope"},
    "tbody": _SIZES,
    "thead": _SIZES,
    "tfoot": _SIZES,
    "col": {"span", "width", "align", "valign"},
    "colgroup": {"span", "width", "align", "valign"},
    "div": _SIZES,
    "font": {"color", "face", "size"},
    "hr": {"size", "width", "color", "noshade"},
    "ol": {"start", "type"},
    "ul": {"type"},
    "li": {"type", "value"},
    "blockquote": {"type"},
    "time": {"datetime"},
}
_PROPERTY: Final = re.compile(
    r"(?:background-color|color|opacity|direction|unicode-bidi|clear|float|display|width|height|(?:min|max)-(?:width|height)"
    r"|font(?:-family|-size|-style|-weight|-variant)?|line-height|letter-spacing|word-spacing|white-space|word-break"
    r"|word-wrap|overflow-wrap|text-(?:align|decoration|indent|transform|overflow)|vertical-align|background"
    r"|margin(?:-(?:top|right|bottom|left))?|padding(?:-(?:top|right|bottom|left))?"
    r"|border(?:-(?:top|right|bottom|left))?(?:-(?:color|style|width|radius))?|border-(?:collapse|spacing)"
    r"|border-(?:top|bottom)-(?:left|right)-radius|box-sizing|list-style(?:-type|-position)?|table-layout|caption-side"
    r"|empty-cells|overflow|visibility|mso-hide)"
)
_VALUE: Final = re.compile(r"[^\\<>{}@&;:/]*(?:/[^\\<>{}@&;:/*]+)?")
_FUNCTION: Final = re.compile(r"([\w-]*)\(")
_FUNCTIONS: Final = frozenset({"rgb", "rgba", "hsl", "hsla", "calc"})
_LINK: Final = re.compile(r"(?:https?|mailto|tel|sms):", re.IGNORECASE)
_OPENING: Final = re.compile(r'<[a-z][a-z0-9]*((?: [^\s=">]+="[^"]*")+)>')
_IMAGE: Final = re.compile(r' (?:src|background)="https?:', re.IGNORECASE)
_PICTURE: Final = re.compile(r"(?:https?|cid):|data:image/(?:png|gif|jpe?g|webp|bmp)[;,]", re.IGNORECASE)
_IGNORED: Final = re.compile(r"[\x00-\x1f\x7f]+|^\s+|\s+$")
_STRAY: Final = re.compile(r"&(?!#?\w{1,31};)")
_MANY = 5_000
_BODY: Final = re.compile(r"<(/?)body(?=[\s>/])", re.IGNORECASE)
_STYLE = 4_000
"""Characters of one style attribute."""


def _attribute(tag: str, name: str, value: str) -> str | None:
    """The attribute's value as it may stay, or None."""
    if name == "style":
        return _style(value) or None
    if name in {"href", "src", "background"}:
        # Browsers pass over these within an address too.
        value = _IGNORED.sub("", value)
        if value[:4].lower() == "cid:":
            # Programs escape what the Content-ID itself has unescaped.
            value = "cid:" + unquote(value[4:]).strip("<>")
        return value if (_LINK if name == "href" else _PICTURE).match(value) else None
    return value


def _style(value: str) -> str:
    """Declarations of known properties, with plain values: no addresses, no escapes, nothing that is computed."""
    kept = []
    for declaration in value[:_STYLE].split(";"):
        name, _, setting = declaration.partition(":")
        name, setting = name.strip().lower(), setting.strip()
        if _PROPERTY.fullmatch(name) is None or _VALUE.fullmatch(setting) is None:
            continue
        if all(function.lower() in _FUNCTIONS for function in _FUNCTION.findall(setting)):
            kept.append(f"{name}:{setting}")
    return ";".join(kept)


_CLEANER: Final = nh3.Cleaner(
    tags=set(_TAGS),
    clean_content_tags=set(_GONE),
    attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
    attribute_filter=_attribute,
    url_schemes={"http", "https", "mailto", "tel", "sms", "cid", "data"},
    url_relative="deny",
    link_rel="noopener noreferrer nofollow",
    set_tag_attribute_values={"a": {"target": "_blank"}},
    strip_comments=True,
)


def sanitized(html: str) -> tuple[str, int]:
    """The harmless HTML, without html and body tags, and how many of its images lie on other machines."""
    if html.count("&") > _MANY:
        # The parser below takes time by the square of those that begin no entity.
        html = _STRAY.sub("&amp;", html)[: len(html)]
    clean = _CLEANER.clean(_BODY.sub(r"<\1div", html, count=2)).strip()
    return clean, remote_images(clean)


def remote_images(clean: str) -> int:
    """Counted in what was sanitised: its attributes are in double quotes."""
    return sum(len(_IMAGE.findall(attributes)) for attributes in _OPENING.findall(clean))
