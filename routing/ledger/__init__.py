"""Reservations in the database: each change is "as expected, or refused", in one transaction with its events.

The unique index on open offers makes a second offer of one conversation impossible, the guarded update of the
agent's row an offer above capacity. Rows are locked in one order: conversation, reservation, agent. Whatever is
refused leaves no trace.
"""

from routing.ledger.by_hand import take, transfer_to_agent, transfer_to_queue
from routing.ledger.coming_back import come_back
from routing.ledger.leaving import give_back, hand_back
from routing.ledger.offers import Claim, accept, cancel_offer_of, decline, expire, reserve
from routing.ledger.override import override
from routing.ledger.presence import cancel_offers_to, note_idle, set_presence
from routing.ledger.wrap_up import complete, end_wrap_up

__all__ = [
    "Claim",
    "accept",
    "cancel_offer_of",
    "cancel_offers_to",
    "come_back",
    "complete",
    "decline",
    "end_wrap_up",
    "expire",
    "give_back",
    "hand_back",
    "note_idle",
    "override",
    "reserve",
    "set_presence",
    "take",
    "transfer_to_agent",
    "transfer_to_queue",
]
