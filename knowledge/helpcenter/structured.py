"""What a page says of itself for machines: JSON-LD in the words of schema.org, safe to stand in HTML."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from markupsafe import Markup

_CONTEXT = "https://schema.org"
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def block(data: Mapping[str, Any]) -> Markup:
    """Nothing in it ends the element that it stands in."""
    text = msgspec.json.encode({"@context": _CONTEXT, **data}).decode()
    for character, escaped in _UNSAFE.items():
        text = text.replace(character, escaped)
    return Markup(text)  # noqa: S704 (no character of markup is left in it)


def trail(steps: Sequence[tuple[str, str]]) -> Markup:
    """Breadcrumbs: name and whole address of each, the outermost first."""
    items = [
        {"@type": "ListItem", "position": at, "name": name, "item": address}
        for at, (name, address) in enumerate(steps, start=1)
    ]
    return block({"@type": "BreadcrumbList", "itemListElement": items})


def question(title: str, text: str, address: str, language: str, published_at: datetime) -> Markup:
    """An article as a question with its answer."""
    answer = {"@type": "Answer", "text": text, "url": address, "datePublished": published_at.isoformat()}
    asked = {"@type": "Question", "name": title, "text": title, "answerCount": 1, "acceptedAnswer": answer}
    return block({"@type": "QAPage", "inLanguage": language, "mainEntity": asked})


def search_box(name: str, address: str, search: str) -> Markup:
    """The front page: how to search here; ``search`` has ``{q}`` where the words go."""
    action = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": search},
        "query-input": "required name=q",
    }
    return block({"@type": "WebSite", "name": name, "url": address, "potentialAction": action})
