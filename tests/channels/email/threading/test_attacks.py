"""Nobody reads another customer's conversation, nor is sent a word of it, whatever they write into a mail.

Ann has a conversation with an agent who told her a secret; Eve has one of her own. Each attack is one mail of Eve's (or
in somebody's name) that claims Ann's conversation. What is asserted is what Eve could read: who would get the next
reply of each conversation, and whose words stand in it.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from core.ids import ConversationId
from tests.channels.email.threading.company import (
    SERVER,
    SUPPORT,
    Company,
    Letter,
    Sent,
    Taken,
    a_company,
    config,
)

pytestmark = pytest.mark.served

ANN, EVE, BEN = "ann@customer.example", "eve@evil.example", "ben@customer.example"
SECRET, OWN = "Your code is 8842", "My kettle leaks"
SALES, FORMS = "sales@shop.example", "forms@shop.example"


@dataclass(frozen=True)
class Scene:
    """What Eve may know in the worst case: everything in Ann's mails but what only Ann and the shop can make."""

    company: Company
    conversation: ConversationId
    ann: Taken
    sent: Sent
    eve: Taken
    eve_sent: Sent


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with a_company(tmp_path, config(forms=(FORMS,)), config(SALES)) as company:
        ann = await company.receive(Letter(ANN, text=OWN, message_id="ann.1@customer.example", result="pass"))
        sent = await company.answer(ann.conversation, SECRET)
        eve = await company.receive(Letter(EVE, "My own matter", text="I am Eve", result="pass"))
        eve_sent = await company.answer(eve.conversation, "Hello Eve")
        assert ann.conversation is not None
        yield Scene(company, ann.conversation, ann, sent, eve, eve_sent)


async def leaks(scene: Scene) -> list[str]:
    """Conversations whose next reply goes to somebody else and that hold words of Ann's or for her, or are in her name."""
    found = []
    for id in await scene.company.conversations():
        readers, texts = await scene.company.readers(id), await scene.company.texts(id)
        theirs = any(word in text for text in texts for word in (SECRET, OWN))
        if theirs and readers - {ANN, BEN}:
            found.append(f"{sorted(readers)} read {texts}")
        if await scene.company.requester(id) == ANN and any("evil" in reader for reader in readers):
            found.append(f"{sorted(readers)} read what is said to Ann: {texts}")
    return found


def forged(**values: object) -> Letter:
    """In Ann's name."""
    return replace(Letter(ANN, "Re: Broken kettle"), **values)  # type: ignore[arg-type]


def eves(**values: object) -> Letter:
    """In Eve's own name, rightly sent."""
    return replace(Letter(EVE, "Re: Broken kettle", result="pass"), **values)  # type: ignore[arg-type]


def tampered(token: str, at: int = -14) -> str:
    local, _, domain = token.partition("@")
    return f"{local[:at]}{'1' if local[at] != '1' else '2'}{local[at + 1 :]}@{domain}"


Attack = Callable[[Scene], Letter]
OUTSIDE: dict[str, Attack] = {
    "a ticket number in the subject": lambda s: eves(subject=f"Re: [#{s.conversation}] Broken kettle"),
    "the bare id of the conversation": lambda s: eves(subject=f"[{s.conversation}]", answers=s.conversation),
    "the very subject": lambda s: eves(),
    "the very subject, unproven": lambda s: eves(result=None),
    "the subject, with Ann in copy": lambda s: eves(cc=[ANN]),
    "the subject, to Ann and us": lambda s: eves(to=[SUPPORT, ANN]),
    "Ann's own Message-ID as In-Reply-To": lambda s: eves(answers=s.ann.message_id),
    "Ann's own Message-ID among the references": lambda s: eves(references=["a@b", s.ann.message_id]),
    "our signed Message-ID from a mail that Ann forwarded": lambda s: eves(answers=s.sent.message_id),
    "the same, unproven": lambda s: eves(answers=s.sent.message_id, result=None),
    "our signed address from a mail that Ann forwarded": lambda s: eves(to=[s.sent.reply_to]),
    "the signed address in copy": lambda s: eves(cc=[s.sent.reply_to]),
    "the signed address in Delivered-To": lambda s: eves(headers=[("Delivered-To", s.sent.reply_to)]),
    "everything that a forwarded mail shows": lambda s: eves(
        subject="Re: Fwd: Re: Broken kettle",
        to=[s.sent.reply_to],
        answers=s.sent.message_id,
        references=[s.ann.message_id, s.sent.message_id],
        cc=[ANN],
    ),
    "a made-up signed address": lambda s: eves(to=[f"support+c-{s.conversation}0123456789abc@shop.example"]),
    "Eve's own signed address with Ann's conversation in it": lambda s: eves(
        to=[s.eve_sent.reply_to.replace(str(s.eve.conversation), s.conversation)]
    ),
    "Eve's own signed Message-ID with Ann's conversation in it": lambda s: eves(
        answers=s.eve_sent.message_id.replace(str(s.eve.conversation), s.conversation)
    ),
    "a signed address with one character changed": lambda s: eves(to=[tampered(s.sent.reply_to)]),
    "a signed Message-ID with one character changed": lambda s: eves(answers=tampered(s.sent.message_id)),
    "a signed Message-ID in capitals": lambda s: eves(answers=s.sent.message_id.upper()),
    "two hundred guessed Message-IDs with the right one among them": lambda s: eves(
        references=[*(f"{n}@customer.example" for n in range(200)), s.ann.message_id]
    ),
    "the token replayed in another inbox": lambda s: eves(
        to=[s.sent.reply_to.replace("support", "sales")], answers=s.sent.message_id, inbox="post2"
    ),
    "a delivery report that claims the conversation": lambda s: eves(
        sender="MAILER-DAEMON@evil.example",
        subject="Undeliverable: Broken kettle",
        answers=s.ann.message_id,
        headers=[("Auto-Submitted", "auto-replied")],
    ),
    "an out-of-office reply that claims it": lambda s: eves(
        answers=s.sent.message_id, headers=[("Auto-Submitted", "auto-replied")]
    ),
    "a mailing list that echoes Ann's mail": lambda s: eves(
        sender="list@evil.example",
        answers=s.ann.message_id,
        text="quoted",
        headers=[("List-Id", "<list.evil.example>"), ("Precedence", "list")],
    ),
    "Ann's name before Eve's address": lambda s: eves(sender=f'"{ANN}" <{EVE}>', answers=s.sent.message_id),
    "Ann's address as a quoted local part": lambda s: eves(
        sender=f'"{ANN}"@evil.example', answers=s.sent.message_id
    ),
    "Ann's address with a plus tag": lambda s: eves(
        sender="ann+x@customer.example", answers=s.sent.message_id
    ),
    "Ann's address with a dot": lambda s: eves(sender="a.nn@customer.example", answers=s.sent.message_id),
    "Ann's address with a Cyrillic letter": lambda s: eves(
        sender="\u0430nn@customer.example", answers=s.sent.message_id, result=None
    ),
    "Ann's domain with a Cyrillic letter": lambda s: eves(
        sender="ann@custom\u0435r.example", answers=s.sent.message_id, result=None
    ),
    "Ann's domain below Eve's": lambda s: eves(
        sender="ann@customer.example.evil.example", answers=s.sent.message_id
    ),
    "a domain below Ann's": lambda s: eves(sender="ann@evil.customer.example", answers=s.sent.message_id),
    "Eve in From, Ann in Sender": lambda s: eves(headers=[("Sender", ANN)], answers=s.sent.message_id),
    "two addresses in From, Eve's first": lambda s: eves(
        sender=f"{EVE}, {ANN}",
        answers=s.ann.message_id,
        result=f"{SERVER}; dmarc=pass header.from=evil.example",
    ),
}
"""Mails that must not come into Ann's conversation at all."""

FAILED: dict[str, Attack] = {
    "Ann forged, and DMARC found out": lambda s: forged(result="fail", answers=s.ann.message_id),
    "Ann forged with the token of a forwarded mail, and DMARC found out": lambda s: forged(
        result="fail", to=[s.sent.reply_to], answers=s.sent.message_id, cc=[EVE]
    ),
    "Ann forged, SPF failed and nobody signed": lambda s: forged(
        result=f"{SERVER}; spf=fail smtp.mailfrom=customer.example; dkim=none", answers=s.ann.message_id
    ),
    "Ann forged, and a pass of our server's forged below the real fail": lambda s: forged(
        result="fail",
        answers=s.sent.message_id,
        headers=[("Authentication-Results", f"{SERVER}; dmarc=pass header.from=customer.example")],
        cc=[EVE],
    ),
    "Ann forged with only her subject": lambda s: forged(),
    "Ann forged with only her subject, and a new copy": lambda s: forged(cc=[EVE]),
    "Ann forged with her subject, proven for Eve's domain": lambda s: forged(
        result=f"{SERVER}; dmarc=pass header.from=evil.example; spf=pass smtp.mailfrom=evil.example", cc=[EVE]
    ),
    "Ann forged with her subject, and a pass by some other server": lambda s: forged(
        result="mx.evil.example; dmarc=pass header.from=customer.example", cc=[EVE]
    ),
    "Ann forged with her subject, and a pass hidden in a comment": lambda s: forged(
        result=f"{SERVER}; spf=none (; dmarc=pass header.from=customer.example)", cc=[EVE]
    ),
    "Ann forged with a guessed ticket number": lambda s: forged(
        subject=f"Re: [#{s.conversation}] Broken kettle", cc=[EVE]
    ),
    "Ann forged with Eve's own token and Ann's subject": lambda s: forged(
        to=[s.eve_sent.reply_to], answers=s.eve_sent.message_id, cc=[EVE]
    ),
    "two addresses in From, Ann's first, with her subject": lambda s: forged(
        sender=f"{ANN}, {EVE}", result=f"{SERVER}; dmarc=pass header.from=customer.example", cc=[EVE]
    ),
    "a contact form forged that names Ann as its writer": lambda s: Letter(
        FORMS, "Re: Broken kettle", reply_to=ANN, result="fail", answers=s.ann.message_id
    ),
}
"""Mails in Ann's name that must not come into her conversation either."""

BESIDE: dict[str, Attack] = {
    "Ann forged with her Message-ID and Eve in copy": lambda s: forged(answers=s.ann.message_id, cc=[EVE]),
    "the same, with Eve among the recipients": lambda s: forged(answers=s.ann.message_id, to=[SUPPORT, EVE]),
    "the same, with answers wanted by Eve": lambda s: forged(answers=s.ann.message_id, reply_to=EVE),
    "the same, with Eve's own token for proof": lambda s: forged(
        answers=s.ann.message_id, references=[s.eve_sent.message_id], to=[s.eve_sent.reply_to], cc=[EVE]
    ),
    "the same, unproven beside a forged header": lambda s: forged(
        answers=s.ann.message_id,
        result=f"{SERVER}; none",
        headers=[("Authentication-Results", f"{SERVER}; dmarc=pass header.from=customer.example")],
        cc=[EVE],
    ),
    "Eve in Resent-To and Errors-To": lambda s: forged(
        answers=s.ann.message_id, headers=[("Resent-To", EVE), ("Errors-To", EVE), ("Return-Path", EVE)]
    ),
    "a reading receipt for Eve": lambda s: forged(
        answers=s.ann.message_id, headers=[("Disposition-Notification-To", EVE)]
    ),
}
"""Mails in Ann's name with a Message-ID of hers, which nobody but a server could tell from hers: they may come in, but
bring nobody along."""


@pytest.mark.parametrize("sentence", OUTSIDE)
async def test_a_stranger_reaches_nothing_with(sentence: str, scene: Scene) -> None:
    before = await scene.company.texts(scene.conversation)
    await scene.company.receive(OUTSIDE[sentence](scene))
    assert await leaks(scene) == []
    assert await scene.company.texts(scene.conversation) == before


@pytest.mark.parametrize("sentence", FAILED)
async def test_what_is_not_proven_stays_outside_with(sentence: str, tmp_path: Path, scene: Scene) -> None:
    before = await scene.company.texts(scene.conversation)
    await scene.company.receive(FAILED[sentence](scene))
    assert await leaks(scene) == []
    assert await scene.company.texts(scene.conversation) == before


@pytest.mark.parametrize("sentence", BESIDE)
async def test_nobody_is_brought_along_with(sentence: str, scene: Scene) -> None:
    await scene.company.receive(BESIDE[sentence](scene))
    assert await leaks(scene) == []
    assert await scene.company.readers(scene.conversation) == {ANN}


async def test_a_stranger_who_goes_on_stays_outside(scene: Scene) -> None:
    """Eve answers our answer to her suspected mail, with Ann's ids kept among the references."""
    first = await scene.company.receive(eves(answers=scene.sent.message_id))
    sent = await scene.company.answer(first.conversation, "Who are you?")
    again = await scene.company.receive(
        eves(
            answers=sent.message_id, references=[scene.ann.message_id, scene.sent.message_id, sent.message_id]
        )
    )
    assert again.conversation == first.conversation
    assert await leaks(scene) == []


async def test_a_participant_who_was_removed_is_a_stranger_again(scene: Scene) -> None:
    company = scene.company
    await company.receive(forged(result="pass", answers=scene.ann.message_id, cc=[EVE]))
    assert await company.readers(scene.conversation) == {ANN, EVE}
    await company.remove(scene.conversation, EVE)
    before = await company.texts(scene.conversation)
    await company.receive(eves(to=[scene.sent.reply_to], answers=scene.sent.message_id))
    assert await company.texts(scene.conversation) == before
    assert await leaks(scene) == []


async def test_who_was_let_into_one_conversation_reaches_no_other_one_of_the_same_customer(
    scene: Scene,
) -> None:
    """Eve joined one conversation of Ann's, and uses its token in Ann's name on the other one."""
    company = scene.company
    other = await company.receive(Letter(ANN, "Another matter", text="with Eve", cc=[EVE], result="pass"))
    shared = await company.answer(other.conversation, "to both")
    assert EVE in shared.recipients
    await company.receive(
        forged(to=[shared.reply_to], answers=scene.ann.message_id, references=[shared.message_id], cc=[EVE])
    )
    await company.receive(forged(to=[shared.reply_to], answers=shared.message_id, cc=[EVE]))
    assert await company.readers(scene.conversation) == {ANN}


async def test_a_token_brings_nobody_into_a_conversation_that_it_was_not_made_for(scene: Scene) -> None:
    """A new conversation in Ann's name, begun with the token of a forwarded mail, has no reader but Ann."""
    taken = await scene.company.receive(
        forged(
            subject="What is my address?", to=[scene.sent.reply_to], answers=scene.sent.message_id, cc=[EVE]
        )
    )
    assert taken.conversation not in {None, scene.conversation}
    assert await leaks(scene) == []


async def test_after_a_merge_the_old_token_opens_nothing_to_who_did_not_come_along(scene: Scene) -> None:
    """An agent merged Eve's conversation into Ann's without its people; Eve's token leads there, and she may not in."""
    company = scene.company
    await company.merge(scene.eve.conversation, scene.conversation)
    before = await company.texts(scene.conversation)
    await company.receive(eves(subject="Re: My own matter", to=[scene.eve_sent.reply_to]))
    await company.receive(eves(subject="Re: My own matter", answers=scene.eve_sent.message_id))
    assert await company.texts(scene.conversation) == before
    assert await company.readers(scene.conversation) == {ANN}


async def test_a_message_moved_into_a_conversation_brings_its_writer_nowhere(scene: Scene) -> None:
    """An agent moved a mail of Eve's to Ann's conversation; Eve answers her own mail."""
    company = scene.company
    more = await company.receive(
        eves(subject="Re: My own matter", answers=scene.eve_sent.message_id, text="more")
    )
    await company.move(more.message, scene.conversation)
    before = await company.texts(scene.conversation)
    await company.receive(eves(subject="Re: My own matter", answers=more.message_id))
    assert await company.texts(scene.conversation) == before
    assert await company.readers(scene.conversation) == {ANN}


async def test_an_agent_who_answers_a_suspected_mail_answers_its_sender_and_nobody_else(scene: Scene) -> None:
    taken = await scene.company.receive(eves(answers=scene.sent.message_id, cc=[ANN, BEN]))
    sent = await scene.company.answer(taken.conversation, "Please write from your own address")
    assert SECRET not in await scene.company.texts(taken.conversation or scene.conversation)
    assert sent.recipients >= {EVE}
    assert await scene.company.readers(scene.conversation) == {ANN}


async def test_an_inbox_that_trusts_no_server_joins_nobody_on_an_unproven_mail(tmp_path: Path) -> None:
    async with a_company(tmp_path, config(trusted=None)) as company:
        ann = await company.receive(Letter(ANN, text=OWN, result="pass", cc=[BEN]))
        sent = await company.answer(ann.conversation, SECRET)
        assert sent.recipients == {ANN}
        await company.receive(Letter(ANN, "Re: Broken kettle", result="pass", cc=[EVE]))
        await company.receive(Letter(ANN, "Re: Broken kettle", answers=ann.message_id, cc=[EVE]))
        for id in await company.conversations():
            assert await company.readers(id) == {ANN}


async def test_forty_mails_in_a_row_find_no_way_in(scene: Scene) -> None:
    """Guessing what we sign, one mail after the other."""
    before = await scene.company.texts(scene.conversation)
    for n in range(40):
        guess = f"{scene.conversation}.{n:08d}.{n:020d}@shop.example"
        await scene.company.receive(
            eves(answers=guess, to=[f"support+c-{scene.conversation}{n:013d}@shop.example"])
        )
    assert await scene.company.texts(scene.conversation) == before
    assert await leaks(scene) == []


def test_there_are_enough_attacks() -> None:
    assert len(OUTSIDE) + len(FAILED) + len(BESIDE) >= 50
