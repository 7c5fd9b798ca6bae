"""An article's Markdown as safe HTML: what readers, the editor's preview and the agents' panel show."""

from knowledge.rendering.page import to_html
from knowledge.rendering.values import (
    NO_REUSABLES,
    Context,
    Heading,
    Html,
    Kind,
    Limits,
    Piece,
    Problem,
    ProblemKind,
    Reusables,
)

__all__ = [
    "NO_REUSABLES",
    "Context",
    "Heading",
    "Html",
    "Kind",
    "Limits",
    "Piece",
    "Problem",
    "ProblemKind",
    "Reusables",
    "to_html",
]
