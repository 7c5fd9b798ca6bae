"""XML as all who read it take it: nothing in it that XML 1.0 has no place for."""

import re
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

_DECLARATION: Final = '<?xml version="1.0" encoding="utf-8"?>\n'
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def child(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    """A new element at the end of ``parent``."""
    new = SubElement(parent, tag, {name: _clean(value) for name, value in attributes.items()})
    new.text = None if text is None else _clean(text)
    return new


def written(root: Element) -> str:
    """The whole document."""
    return _DECLARATION + tostring(root, encoding="unicode")


def _clean(text: str) -> str:
    return _NO_XML.sub("", text)
