"""Whose names are taken out: all that is known, and of long conversations no more than a transaction has time for."""

import pytest

from core.ids import ConversationId
from core.receive import receive_message
from core.store.tx import Tx
from knowledge.loop import naming, redacting
from knowledge.loop.naming import CHARACTERS_HERE, NAMES_HERE, names_here, names_in
from tests.builders import World, an_inbound

LONG = 1_900


def _talk(tx: Tx) -> ConversationId:
    """The oldest message says who writes; as many long ones follow as are looked at, and one more."""
    here = receive_message(tx, an_inbound("My name is Ann Smith.", key="m0")).conversation
    for at in range(CHARACTERS_HERE // LONG + 1):
        said = f"My name is Bob{'x' * at}, " + "a" * LONG
        receive_message(tx, an_inbound(said, key=f"n{at}"))
    return here


async def test_within_a_transaction_only_the_newest_words_are_looked_at(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = await world.db.run(_talk)
    read: list[int] = []
    known = redacting.announced

    def counted(text: str) -> list[str]:
        read.append(len(text))
        return known(text)

    monkeypatch.setattr(naming, "announced", counted)
    quick = await world.db.read(names_here, here)
    assert sum(read) <= CHARACTERS_HERE
    assert f"Bob{'x' * (CHARACTERS_HERE // LONG)}" in quick
    assert "Ann Smith" not in quick
    assert "Ann Smith" in (await world.db.large.read(names_in, [here]))[here]


async def test_as_many_names_are_given_as_there_is_time_for(world: World) -> None:
    def said(tx: Tx, at: int) -> ConversationId:
        names = (f"my name is A{'bcdefghijk'[at * 2 + each % 2]}{'x' * each}," for each in range(30))
        return receive_message(tx, an_inbound(" ".join(names), key=f"m{at}")).conversation

    def talk(tx: Tx) -> ConversationId:
        return [said(tx, at) for at in range(5)][-1]

    here = await world.db.run(talk)
    assert len(await world.db.read(names_here, here)) == NAMES_HERE
    assert len((await world.db.large.read(names_in, [here]))[here]) > NAMES_HERE
