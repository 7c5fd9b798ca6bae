"""The kinds of cases that the generated mails are made of, what is right in each, and what would be a leak."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bench.mail_clients import Before, answer
from bench.mail_generated import TOLD, Came, Story
from core import lifecycle

Case = Callable[[Story], Awaitable[bool]]


def _stays(story: Story, came: Came) -> bool:
    return came.conversation == story.began.conversation


def _apart(story: Story, came: Came, link: str | None) -> bool:
    """In a conversation of its own, linked in this way to the first one (None: to nothing)."""
    expected = frozenset() if link is None else frozenset({(link, str(story.began.conversation))})
    return came.conversation is not None and not _stays(story, came) and came.links == expected


async def an_answer(story: Story) -> bool:
    """To our mail, as the client writes it."""
    return _stays(story, await story.take(story.reply()))


async def an_answer_that_nobody_vouches_for(story: Story) -> bool:
    """The server says nothing of its sender: what names our mail decides, words alone only suspect."""
    came = await story.take(story.reply(result=None))
    return _stays(story, came) if story.names_ours else _apart(story, came, "suspected")


async def two_matters_of_one_name(story: Story) -> bool:
    """The customer wrote again under the same subject, and answers our mail in the older conversation."""
    again = story.reply(subject=story.first.subject, in_reply_to=None, references=(), to=story.first.to)
    await story.take(again)
    return _stays(story, await story.take(story.reply()))


async def a_long_exchange(story: Story) -> bool:
    """Three more rounds: References grow, prefixes pile up."""
    for _ in range(3):
        mail = story.reply()
        came = await story.take(mail)
        if not _stays(story, came):
            return False
        story = replace(story, sent=await story.shop.answer(came, mail, plus=story.plus))
    return True


async def a_month_later(story: Story) -> bool:
    """The customer was away."""
    story.shop.later(days=30)
    return _stays(story, await story.take(story.reply()))


async def an_afterthought(story: Story) -> bool:
    """The customer answers their own mail."""
    before = story.first.as_before(story.first.to)
    at = story.shop.later(minutes=5)
    return _stays(
        story, await story.take(answer(story.client, before, f"{story.shop.name()}@m", story.ann, at))
    )


async def a_gateways_warning(story: Story) -> bool:
    """The company's gateway writes before the subject."""
    mail = story.reply()
    return _stays(story, await story.take(replace(mail, subject=f"[EXTERNAL] {mail.subject}")))


async def a_cut_subject(story: Story) -> bool:
    """A phone cuts long subjects; short ones stay."""
    mail = story.reply()
    return _stays(story, await story.take(replace(mail, subject=mail.subject[:60])))


async def rewritten_ids(story: Story) -> bool:
    """Our mail left through a service that replaces its Message-ID (Amazon SES: docs.aws.amazon.com, header fields)."""
    sent = replace(
        story.sent, message_id=f"{story.shop.name()}-000000@email.amazonses.example", references=()
    )
    return _stays(story, await story.take(replace(story, sent=sent).reply()))


async def a_colleague_in_copy(story: Story) -> bool:
    """Who was in copy of the customer's proven mail answers all."""
    ben = f"ben{story.shop.name()}@customer.example"
    mail = story.reply(cc=(ben,))
    if not _stays(story, came := await story.take(mail)):
        return False
    sent = await story.shop.answer(came, mail, plus=story.plus)
    return _stays(story, await story.take(replace(story, sent=sent, ann=ben).reply(cc=(story.ann,))))


async def resolved(story: Story) -> bool:
    """The inbox reopens."""
    await story.shop.end(story.began, lifecycle.resolve)
    return _stays(story, await story.take(story.reply()))


async def closed(story: Story) -> bool:
    """The first answer begins a follow-up, the next one goes there."""
    await story.shop.end(story.began, lifecycle.close)
    came = await story.take(story.reply())
    again = await story.take(story.reply())
    return _apart(story, came, "follow_up") and again.conversation == came.conversation


async def a_new_subject(story: Story) -> bool:
    """Our mail is answered under another subject; linked where anything names our mail."""
    came = await story.take(story.reply(subject="A different matter altogether"))
    return _apart(story, came, "new_subject" if story.names_ours else None)


async def the_same_subject_anew(story: Story) -> bool:
    """A fresh mail of the same customer under the same words: no answer, so a matter of its own."""
    story.shop.later(days=2)
    mail = story.reply(subject=story.first.subject, in_reply_to=None, references=(), to=story.first.to)
    return _apart(story, await story.take(mail), None)


async def a_forwarded_mail(story: Story) -> bool:
    """The customer forwarded our mail, and its new reader answers it: a stranger, so suspected at most."""
    mail = replace(story, ann=story.eve).reply()
    came = await story.take(mail)
    return _apart(story, came, "suspected" if story.names_ours else None) and await _no_leak(story, came)


async def a_forgery_found_out(story: Story) -> bool:
    """In the customer's name with everything of our mail; DMARC failed."""
    came = await story.take(story.reply(result="fail", cc=(story.eve,)))
    return _apart(story, came, "suspected") and await _no_leak(story, came)


async def a_forgery_of_the_subject(story: Story) -> bool:
    """In the customer's name with the subject alone, unproven, Eve in copy."""
    mail = story.reply(result=None, in_reply_to=None, references=(), to=story.first.to, cc=(story.eve,))
    came = await story.take(mail)
    return _apart(story, came, "suspected") and await _no_leak(story, came)


async def a_stranger_with_the_subject(story: Story) -> bool:
    """Eve, proven to be Eve, under the customer's subject."""
    mail = replace(story, ann=story.eve).reply(in_reply_to=None, references=(), to=story.first.to)
    came = await story.take(mail)
    return not _stays(story, came) and await _no_leak(story, came)


async def a_stranger_with_her_own_token(story: Story) -> bool:
    """Eve answers a mail of ours to her, under the customer's subject and with the customer's Message-ID."""
    hers = Before("1@evil.example", (story.first.message_id,), story.first.subject, story.sent.answers_to)
    mail = replace(story, ann=story.eve, sent=hers).reply(in_reply_to=story.first.message_id)
    came = await story.take(mail)
    return not _stays(story, came) and await _no_leak(story, came)


async def _no_leak(story: Story, came: Came) -> bool:
    return await leaks(story) == 0 and came.conversation is not None and await _leaks_in(story, came) == 0


async def leaks(story: Story) -> int:
    """Whether anybody but the customer and who they brought along would get the next reply of their conversation."""
    return await _leaks_in(story, story.began)


async def _leaks_in(story: Story, came: Came) -> int:
    assert came.conversation is not None
    readers, texts = await story.shop.readers(came.conversation)
    theirs = any(TOLD in text for text in texts) or story.ann in readers
    return int(theirs and story.eve in readers)


CASES: tuple[Case, ...] = (
    an_answer,
    an_answer_that_nobody_vouches_for,
    two_matters_of_one_name,
    a_long_exchange,
    a_month_later,
    an_afterthought,
    a_gateways_warning,
    a_cut_subject,
    rewritten_ids,
    a_colleague_in_copy,
    resolved,
    closed,
    a_new_subject,
    the_same_subject_anew,
    a_forwarded_mail,
    a_forgery_found_out,
    a_forgery_of_the_subject,
    a_stranger_with_the_subject,
    a_stranger_with_her_own_token,
)
