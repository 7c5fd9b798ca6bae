"""What became of an article's words in the reply that an agent sent, and whether they should be in it at all; pure."""

from collections import Counter
from collections.abc import Collection
from enum import StrEnum

from core.answer import Audience, Reader
from knowledge.text import tokens

_KEPT_SHARE = 0.3
"""So much of what was inserted is left, or it does not count as given."""


class Kept(StrEnum):
    """As it was put in, changed by the agent, or taken out again before it was sent."""

    AS_IT_WAS = "as_it_was"
    EDITED = "edited"
    DROPPED = "dropped"


class Caution(StrEnum):
    """Why an article is not for the customer of a conversation."""

    AGENTS = "agents"
    SIGNED_IN = "signed_in"
    BRAND = "brand"


def kept(inserted: str, sent: str) -> Kept:
    """By the words alone: spaces and line ends are nobody's edit."""
    if " ".join(inserted.split()) in " ".join(sent.split()):
        return Kept.AS_IT_WAS
    words = Counter(tokens(inserted))
    left = sum((words & Counter(tokens(sent))).values())
    return Kept.EDITED if words and left >= _KEPT_SHARE * words.total() else Kept.DROPPED


def caution(audience: Audience, brands: Collection[str], customer: Reader) -> Caution | None:
    """What an agent is told before an article goes to this customer; None where they may read it themselves."""
    if customer.may_read(audience, brands):
        return None
    if audience is Audience.AGENTS:
        return Caution.AGENTS
    readable = Reader(audience, customer.brand).may_read(audience, brands)
    return Caution.SIGNED_IN if readable else Caution.BRAND
