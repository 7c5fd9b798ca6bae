"""What conversations have had of late, offered where a rule's conditions ask for it."""

from console.wire.base import Answer


class KnownValues(Answer, frozen=True):
    """``attributes`` of contacts and ``context`` that sites told, each with its values: none where they are too many
    to choose from. ``work`` are kinds of work.
    """

    languages: tuple[str, ...]
    intents: tuple[str, ...]
    reasons: tuple[str, ...]
    attributes: dict[str, tuple[str, ...]]
    context: dict[str, tuple[str, ...]]
    work: tuple[str, ...]
