"""Skills, queues, inboxes and canned replies as supervisors change them."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import UNSET
from sqlalchemy import select

from channels.contract import UNKNOWN, Channel, Channels
from console.changes.boxes import check_alone, check_through
from console.changes.rows import Noun, add, check_known, put, remove
from console.changes.secrets import completed
from console.wire import setup as wire
from console.wire.message import CannedAsk
from core.errors import Conflict, Invalid
from core.ids import InboxId
from core.inbox import BotMode, stored_bot
from core.store.conversations import get_inbox
from core.store.forms import StoredBotProfile
from core.store.tables.people import (
    agent_skill,
    canned_reply,
    inbox,
    queue,
    skill,
)
from core.store.tx import Tx
from routing.checking import checked_weight
from routing.forms import to_ladder
from routing.ladder import skills_of

SKILL = Noun("skill", skill, ("name",), (agent_skill.c.skill_id,))
INBOX = Noun("inbox", inbox, ())
CANNED = Noun("canned", canned_reply, ("shortcut", "language"))


def remove_skill(tx: Tx, id: str) -> None:
    """Raises Conflict ``in_use`` when an agent has it or a queue asks for it."""
    for name, requirements in tx.conn.execute(select(queue.c.name, queue.c.requirements)):
        if id in skills_of(to_ladder(requirements)):
            raise Conflict(f"the queue {name} still asks for this skill", code="in_use")
    remove(tx, SKILL, id)


def save_inbox(
    tx: Tx,
    id: str | None,
    ask: wire.InboxAsk,
    channels: Channels,
    engines: Sequence[str],
    languages: Sequence[str],
) -> str:
    """New for None; its kind stays what it was. Raises Invalid with the field of ``config`` that is wrong.

    ``languages``: those that the bot can speak.

    An enabled one must not clash with another enabled one, and what it leads to must work.
    """
    check_known(tx, queue, [ask.queue], "queue")
    channel = channels.get(ask.kind)
    if channel is None:
        raise Invalid("kind", f"one of {', '.join(sorted(channels))}")
    config = _checked(tx, id, whole_config(tx, id, ask.kind, ask.config, channel), channel)
    if ask.enabled:
        check_alone(tx, id, ask.kind, config, channel.clashes)
        check_through(tx, config, channel.through)
    values: dict[str, Any] = {
        "name": ask.name,
        "enabled": ask.enabled,
        "queue_id": ask.queue,
        **stored_bot(BotMode(ask.bot)),
        "config": config,
    }
    if ask.weight is not UNSET:
        values["weight"] = checked_weight(ask.weight)
    if ask.interruptible is not UNSET:
        values["interruptible"] = ask.interruptible
    if ask.profile is not UNSET:
        values["bot_profile"] = _profile(ask.profile, engines, languages)
    if id is None:
        can = channel.capabilities
        usual = {"weight": can.weight, "interruptible": can.interruptible}
        return add(tx, INBOX, {**usual, **values, "kind": ask.kind, "created_at": tx.now})
    return put(tx, INBOX, id, values)


def _checked(tx: Tx, id: str | None, config: dict[str, Any], channel: Channel) -> dict[str, Any]:
    """Without what another version kept there and no channel knows any more: who saves it unchanged did not write it."""
    stored = {} if id is None else get_inbox(tx, InboxId(id)).config
    while True:
        try:
            channel.check(config)
        except Invalid as error:
            name = error.field or ""
            if error.code != UNKNOWN or name not in stored or stored[name] != config.get(name):
                raise
            config = {each: value for each, value in config.items() if each != name}
        else:
            return config


def _profile(ask: wire.BotProfile, engines: Sequence[str], languages: Sequence[str]) -> StoredBotProfile:
    if ask.engine is not None and ask.engine not in engines:
        raise Invalid("profile.engine", f"null or one of {', '.join(engines)}")
    if len(set(ask.languages)) != len(ask.languages):
        raise Invalid("profile.languages", "each language once")
    if not set(ask.languages).issubset(languages):
        raise Invalid("profile.languages", f"any of {', '.join(languages)}")
    return StoredBotProfile(ask.engine, ask.persona.strip(), ask.languages, ask.caution)


def whole_config(
    tx: Tx, id: str | None, kind: str, config: Mapping[str, object], channel: Channel
) -> dict[str, Any]:
    """With the secrets that the inbox has, if there is one. Raises NotFound, Invalid on another ``kind`` or a secret."""
    if id is None:
        return completed(config, None, channel)
    stored = get_inbox(tx, InboxId(id))
    if stored.kind != kind:
        raise Invalid("kind", f"{stored.kind}: the kind of an inbox cannot change")
    return completed(config, stored.config, channel)


def save_canned(tx: Tx, id: str | None, ask: CannedAsk) -> str:
    """New for None."""
    values = {"shortcut": ask.shortcut, "language": ask.language, "title": ask.title, "text": ask.text}
    return add(tx, CANNED, values) if id is None else put(tx, CANNED, id, values)


def save_skill(tx: Tx, id: str | None, ask: wire.SkillAsk) -> str:
    """New for None."""
    return add(tx, SKILL, {"name": ask.name}) if id is None else put(tx, SKILL, id, {"name": ask.name})
