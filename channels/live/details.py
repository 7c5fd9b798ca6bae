"""What a visitor's message carries beside its words: answers to what the inbox asks, and the page they are on."""

from collections.abc import Sequence

from sqlalchemy import select

from channels.live.config import LiveConfig, live_config
from channels.live.protocol import Say
from channels.live.questions import addresses, answered, check_complete
from core.inbox import Inbox
from core.store.tables.conversation import conversation
from core.store.tx import Tx

NAME = "name"
"""Who answers the question of this name is called so, while nothing better is known."""


def checked_answers(tx: Tx, inbox: Inbox, visitor: str, said: Say) -> dict[str, str]:
    """For the conversation's context. Raises Invalid ``details``: an answer that is none, or one that is missing.

    What is required is so for who writes here for the first time: nobody is asked twice.
    """
    config = _asking(inbox)
    if config is None:
        return {}
    known = answered(config.questions, said.details, config.languages)
    if any(asked.required for asked in config.questions) and not _has_written(tx, inbox, visitor):
        check_complete(config.questions, known)
    return known


def given_addresses(inbox: Inbox, said: Say) -> Sequence[str]:
    """The e-mail addresses in a message's answers, which were found good."""
    config = _asking(inbox) if said.details else None
    if config is None:
        return ()
    return addresses(config.questions, answered(config.questions, said.details, config.languages))


def _asking(inbox: Inbox) -> LiveConfig | None:
    """What is configured, where anything is asked: most inboxes ask nothing, and every message comes through here."""
    return live_config(inbox.config) if inbox.config.get("questions") else None


def _has_written(tx: Tx, inbox: Inbox, visitor: str) -> bool:
    theirs = (conversation.c.inbox_id == inbox.id, conversation.c.thread_key == visitor)
    return tx.conn.execute(select(conversation.c.id).where(*theirs).limit(1)).first() is not None
