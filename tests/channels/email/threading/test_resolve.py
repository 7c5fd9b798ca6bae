"""Where mails of honest people come to stand: with what they answer, in a conversation of their own, or linked to one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from core import rearrange
from core.contact import Sender
from core.participants import join, participants_of
from core.store.tables.conversation import conversation
from core.undoing import undo
from tests.channels.email.threading.company import ADA, SUPPORT, Company, Letter, a_company, config

ANN, BEN = "ann@customer.example", "ben@customer.example"
HELLO = Letter(ANN, text="It leaks", result="pass")


@pytest.fixture
async def company(tmp_path: Path) -> AsyncIterator[Company]:
    async with a_company(tmp_path) as made:
        yield made


async def test_a_first_mail_begins_a_conversation(company: Company) -> None:
    taken = await company.receive(HELLO)
    assert (taken.state, taken.why) == ("done", ())
    assert await company.links() == set()


async def test_an_answer_to_our_mail_is_threaded_by_what_we_signed_and_says_why(company: Company) -> None:
    first = await company.receive(HELLO)
    sent = await company.answer(first.conversation)
    reply = await company.receive(
        Letter(
            ANN,
            "Re: Broken kettle",
            to=[sent.reply_to],
            answers=sent.message_id,
            references=[sent.message_id],
        )
    )
    assert reply.conversation == first.conversation
    assert reply.proof == "reply_address"
    assert [each.code for each in reply.why][:3] == ["in_reply_to", "reply_address", "signed_id"]


@pytest.mark.parametrize("kept", ["address", "in_reply_to", "references"])
async def test_each_thing_that_we_signed_is_enough_alone(company: Company, kept: str) -> None:
    first = await company.receive(HELLO)
    sent = await company.answer(first.conversation)
    letter = {
        "address": Letter(ANN, "回复：Broken kettle", to=[sent.reply_to]),
        "in_reply_to": Letter(ANN, "AW: Broken kettle", answers=sent.message_id.upper()),
        "references": Letter(ANN, "Broken kettle", references=["x@y", sent.message_id]),
    }[kept]
    assert (await company.receive(letter)).conversation == first.conversation


async def test_a_customer_who_goes_on_with_their_own_mail_stays_in_it(company: Company) -> None:
    first = await company.receive(HELLO)
    second = await company.receive(Letter(ANN, "Re: Broken kettle", answers=first.message_id))
    assert second.conversation == first.conversation


async def test_an_answer_without_any_header_is_threaded_by_its_words_when_its_sender_is_proven(
    company: Company,
) -> None:
    first = await company.receive(HELLO)
    await company.answer(first.conversation)
    assert (
        await company.receive(Letter(ANN, "Re: Broken kettle", result="pass"))
    ).conversation == first.conversation
    unproven = await company.receive(Letter(ANN, "Re: Broken kettle"))
    assert unproven.conversation != first.conversation
    assert await company.links() == {(unproven.conversation, "suspected", first.conversation)}


async def test_a_new_mail_with_an_old_subject_is_a_new_matter(company: Company) -> None:
    first = await company.receive(HELLO)
    second = await company.receive(Letter(ANN, "Broken kettle", text="Another one", result="pass"))
    assert second.conversation != first.conversation
    assert await company.links() == set()


async def test_a_mail_that_comes_before_the_one_it_answers_brings_both_together(company: Company) -> None:
    later = await company.receive(Letter(ANN, "Re: Broken kettle", answers="first@x", result="pass"))
    earlier = await company.receive(Letter(ANN, "Broken kettle", message_id="first@x", result="pass"))
    assert earlier.conversation == later.conversation
    assert earlier.why[0].code == "mentioned"


async def test_a_reply_with_a_new_subject_begins_a_linked_conversation_that_goes_on(company: Company) -> None:
    first = await company.receive(HELLO)
    sent = await company.answer(first.conversation)
    other = await company.receive(Letter(ANN, "My invoice", to=[sent.reply_to], answers=sent.message_id))
    assert other.conversation != first.conversation
    assert await company.links() == {(other.conversation, "new_subject", first.conversation)}
    again = await company.receive(
        Letter(ANN, "My invoice", answers=other.message_id, references=[sent.message_id, other.message_id])
    )
    assert again.conversation == other.conversation
    back = await company.receive(Letter(ANN, "Re: Broken kettle", answers=sent.message_id))
    assert back.conversation == first.conversation


async def test_two_replies_with_one_new_subject_share_the_new_conversation(company: Company) -> None:
    first = await company.receive(HELLO)
    sent = await company.answer(first.conversation)
    one = await company.receive(Letter(ANN, "My invoice", answers=sent.message_id, result="pass"))
    two = await company.receive(Letter(ANN, "My invoice", answers=sent.message_id, result="pass"))
    assert one.conversation == two.conversation != first.conversation


async def test_a_renamed_conversation_is_known_by_the_subject_of_the_mail_that_was_answered(
    company: Company,
) -> None:
    first = await company.receive(HELLO)
    await company.rename(first.conversation, "Kettle 4711, leaking, warranty")
    again = await company.receive(Letter(ANN, "Re: Broken kettle", answers=first.message_id))
    assert again.conversation == first.conversation


async def test_a_resolved_conversation_opens_again(company: Company) -> None:
    first = await company.receive(HELLO)
    sent = await company.answer(first.conversation)
    await company.resolve(first.conversation)
    reply = await company.receive(Letter(ANN, "Re: Broken kettle", answers=sent.message_id))
    assert reply.conversation == first.conversation
    status = await company.office.world.db.read(
        lambda tx: tx.conn.execute(select(conversation.c.status)).scalar_one()
    )
    assert status == "open"


async def test_by_policy_a_reply_to_a_resolved_conversation_begins_a_linked_one_and_goes_on_there(
    tmp_path: Path,
) -> None:
    async with a_company(tmp_path, config(resolved="link")) as company:
        first = await company.receive(HELLO)
        sent = await company.answer(first.conversation)
        await company.resolve(first.conversation)
        reply = await company.receive(Letter(ANN, "Re: Broken kettle", answers=sent.message_id))
        assert await company.links() == {(reply.conversation, "follow_up", first.conversation)}
        another = await company.receive(Letter(ANN, "Re: Broken kettle", answers=sent.message_id))
        assert another.conversation == reply.conversation


async def test_a_reply_to_a_closed_conversation_follows_up_and_the_next_one_goes_there_too(
    company: Company,
) -> None:
    first = await company.receive(HELLO)
    sent = await company.answer(first.conversation)
    await company.close(first.conversation)
    reply = await company.receive(Letter(ANN, "Re: Broken kettle", to=[sent.reply_to]))
    assert await company.links() == {(reply.conversation, "follow_up", first.conversation)}
    another = await company.receive(Letter(ANN, "Re: Broken kettle", answers=sent.message_id))
    assert another.conversation == reply.conversation
    await company.close(reply.conversation)
    third = await company.receive(Letter(ANN, "Re: Broken kettle", answers=sent.message_id))
    assert (third.conversation, "follow_up", reply.conversation) in await company.links()


async def test_somebody_who_was_let_in_is_threaded_and_somebody_who_was_not_is_only_suspected(
    company: Company,
) -> None:
    first = await company.receive(HELLO)
    sent = await company.answer(first.conversation)
    before = await company.receive(Letter(BEN, "Re: Broken kettle", answers=sent.message_id, result="pass"))
    assert await company.links() == {(before.conversation, "suspected", first.conversation)}
    assert before.conversation is not None
    await company.office.world.db.run(
        lambda tx: join(tx, first.conversation, Sender("email", BEN, verified=False), ADA)  # type: ignore[arg-type]
    )
    after = await company.receive(Letter(BEN, "Re: Broken kettle", answers=sent.message_id, result="pass"))
    assert after.conversation == first.conversation


async def test_copies_join_by_proven_mail_and_may_answer(company: Company) -> None:
    first = await company.receive(Letter(ANN, cc=[BEN], result="pass"))
    assert first.conversation is not None
    assert await company.readers(first.conversation) == {ANN, BEN}
    reply = await company.receive(Letter(BEN, "Re: Broken kettle", answers=first.message_id))
    assert reply.conversation == first.conversation


async def test_what_was_merged_is_followed(company: Company) -> None:
    one = await company.receive(HELLO)
    sent = await company.answer(one.conversation)
    two = await company.receive(Letter(ANN, "Kettle again", result="pass"))
    assert one.conversation is not None
    assert two.conversation is not None
    await company.office.world.db.run(
        rearrange.merge, one.conversation, two.conversation, keep_people=True, by=ADA, most=100
    )
    for letter in (
        Letter(ANN, "Re: Broken kettle", to=[sent.reply_to]),
        Letter(ANN, "Re: Broken kettle", answers=sent.message_id),
        Letter(ANN, "Re: Broken kettle", answers=one.message_id),
    ):
        assert (await company.receive(letter)).conversation == two.conversation


async def test_undoing_a_merge_brings_the_answers_back(company: Company) -> None:
    one = await company.receive(HELLO)
    sent = await company.answer(one.conversation)
    two = await company.receive(Letter(ANN, "Kettle again", result="pass"))
    assert one.conversation is not None
    assert two.conversation is not None
    run = company.office.world.db.run
    merged = await run(
        rearrange.merge, one.conversation, two.conversation, keep_people=True, by=ADA, most=100
    )
    await run(undo, merged.rearrangement, by=ADA)
    reply = await company.receive(
        Letter(ANN, "Re: Broken kettle", to=[sent.reply_to], answers=sent.message_id)
    )
    assert reply.conversation == one.conversation


async def test_an_undone_merge_is_not_followed_when_the_conversation_is_closed_later(
    company: Company,
) -> None:
    one = await company.receive(HELLO)
    two = await company.receive(Letter(ANN, "Kettle again", result="pass"))
    assert one.conversation is not None
    assert two.conversation is not None
    run = company.office.world.db.run
    merged = await run(
        rearrange.merge, one.conversation, two.conversation, keep_people=True, by=ADA, most=100
    )
    await run(undo, merged.rearrangement, by=ADA)
    await company.close(one.conversation)
    reply = await company.receive(Letter(ANN, "Re: Broken kettle", answers=one.message_id))
    assert (reply.conversation, "follow_up", one.conversation) in await company.links()


async def test_who_does_not_take_part_in_what_follows_begins_a_follow_up_of_their_own(
    company: Company,
) -> None:
    first = await company.receive(Letter(ANN, cc=[BEN], result="pass"))
    sent = await company.answer(first.conversation)
    await company.close(first.conversation)
    bens = await company.receive(Letter(BEN, "Re: Broken kettle", answers=sent.message_id))
    anns = await company.receive(Letter(ANN, "Re: Broken kettle", answers=sent.message_id))
    assert anns.conversation != bens.conversation
    assert (anns.conversation, "follow_up", first.conversation) in await company.links()


async def test_two_people_who_answer_one_newsletter_have_nothing_to_do_with_each_other(
    company: Company,
) -> None:
    news = "newsletter@shop.example"
    one = await company.receive(Letter(ANN, "Re: News", answers=news, result="pass"))
    other = await company.receive(Letter(BEN, "Re: News", answers=news, result="pass"))
    assert one.conversation != other.conversation
    assert await company.links() == set()
    again = await company.receive(Letter(ANN, "Re: News", answers=news, result="pass"))
    assert again.conversation == one.conversation


async def test_a_mail_that_was_split_off_takes_the_answers_to_it_along(company: Company) -> None:
    first = await company.receive(HELLO)
    sent = await company.answer(first.conversation)
    second = await company.receive(
        Letter(
            ANN,
            "Re: Broken kettle",
            text="And my invoice?",
            answers=sent.message_id,
            references=[sent.message_id],
        )
    )
    assert first.conversation is not None
    assert second.message is not None
    done = await company.office.world.db.run(
        rearrange.split, first.conversation, [second.message], subject="Invoice", by=ADA
    )
    follows = await company.receive(
        Letter(
            ANN,
            "Re: Broken kettle",
            answers=second.message_id,
            references=[sent.message_id, second.message_id],
        )
    )
    assert follows.conversation == done.conversation
    stays = await company.receive(Letter(ANN, "Re: Broken kettle", answers=sent.message_id))
    assert stays.conversation == first.conversation


async def test_an_automatic_reply_is_kept_where_it_belongs_whatever_its_subject(company: Company) -> None:
    first = await company.receive(HELLO)
    sent = await company.answer(first.conversation)
    machine = [("Auto-Submitted", "auto-replied")]
    away = await company.receive(Letter(ANN, "I am away", answers=sent.message_id, headers=machine))
    assert away.conversation == first.conversation
    nowhere = await company.receive(Letter(ANN, "I am away", headers=machine))
    assert (nowhere.state, nowhere.conversation) == ("set_aside", None)


async def test_one_mail_to_two_inboxes_is_a_conversation_in_each_and_answers_stay_apart(
    tmp_path: Path,
) -> None:
    sales = "sales@shop.example"
    async with a_company(tmp_path, config(), config(sales)) as company:
        both = Letter(ANN, to=[SUPPORT, sales], message_id="both@x", result="pass")
        one = await company.receive(both)
        other = await company.receive(Letter(**{**both.__dict__, "inbox": "post2"}))
        assert one.conversation != other.conversation
        sent = await company.answer(one.conversation)
        wrong = await company.receive(
            Letter(ANN, "Re: Broken kettle", answers=sent.message_id, inbox="post2")
        )
        assert wrong.conversation != one.conversation
        right = await company.receive(Letter(ANN, "Re: Broken kettle", answers=sent.message_id))
        assert right.conversation == one.conversation


async def test_taking_the_same_mail_again_changes_nothing(company: Company) -> None:
    letter = Letter(
        ANN, message_id="same@x", result="pass", headers=[("Date", "Mon, 02 Mar 2026 08:00:00 +0000")]
    )
    first = await company.receive(letter)
    await company.receive(Letter(**{**letter.__dict__, "headers": [*letter.headers, ("X-Trace", "2")]}))
    assert first.conversation is not None
    assert len(await company.conversations()) <= 2


async def test_people_noted_by_an_unproven_mail_read_nothing(company: Company) -> None:
    first = await company.receive(Letter(ANN, cc=[BEN]))
    assert first.conversation is not None
    assert await company.readers(first.conversation) == {ANN}
    noted = await company.office.world.db.read(participants_of, first.conversation)
    assert [each.address for each in noted] == [BEN]
