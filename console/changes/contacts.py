"""What an agent decides of who somebody is: the same as somebody else, not the same, or not the same after all."""

from core.claims import dismiss, suggestions
from core.errors import NotFound
from core.ids import AgentId, ContactId, ContactMergeId
from core.merging import merge, part
from core.store.contacts import members, stands_for
from core.store.tx import Tx


def merge_contacts(tx: Tx, agent: AgentId, into: ContactId, source: ContactId, most: int) -> ContactMergeId:
    """With what was suggested for it, if it was. Raises NotFound, Conflict ``same`` or ``two_users``."""
    other = stands_for(tx, source)
    found = next((each for each in suggestions(tx, members(tx, into), most) if each.other == other), None)
    matches = () if found is None else found.matches
    evidence = tuple(f"{_weaker(each.here, each.there)}:{each.kind}" for each in matches)
    return merge(tx, source, into, by=agent, evidence=evidence)


def dismiss_suggestion(tx: Tx, agent: AgentId, contact: ContactId, other: ContactId) -> None:
    """Raises NotFound also for somebody who is the same contact."""
    if stands_for(tx, contact) == stands_for(tx, other):
        raise NotFound(f"{other} is the same contact")
    dismiss(tx, contact, other, by=agent)


def undo_merge(tx: Tx, agent: AgentId, merge_id: ContactMergeId) -> tuple[ContactId, ContactId]:
    """The source and whom it was merged into. Raises NotFound, Conflict ``undone``."""
    return part(tx, merge_id, by=agent)


def _weaker(here: str, there: str) -> str:
    standings = ("claimed", "unproven", "proven")
    return min(here, there, key=standings.index)
