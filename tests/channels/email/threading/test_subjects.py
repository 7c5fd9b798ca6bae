"""Two subjects on one matter have one key, whatever was put before, behind and around it on the way."""

import pytest

from channels.email.threading.subjects import equal_subjects, read_subject, same_matter

PLAIN = read_subject("Broken kettle")
CHINESE = read_subject("订单问题")


@pytest.mark.parametrize(
    "subject",
    [
        "Re: Broken kettle",
        "RE: broken  kettle",
        "Re:Broken kettle",
        "RE : Broken kettle",
        "AW: Broken kettle",
        "Antw: Re: Broken kettle",
        "SV: VS: Broken kettle",
        "Re[2]: Broken kettle",
        "Re(3): Broken kettle",
        "Re^2: Broken kettle",
        "Re: [shop-users] Re: Broken kettle",
        "[shop-users] Re: Broken kettle",
        "R: I: Broken kettle",
        "回复：Broken kettle",
        "回复: 答复： Broken kettle",
        "Ответ: Broken kettle",
        "Odp: Broken kettle.",
        "RE: [EXTERNAL] Broken kettle",
        "EXTERNAL: Re: Broken kettle",
        "Re: 【外部邮件】Broken kettle",
        "Re: Broken kettle [#4711]",
        "Re: [Ticket#4711] Broken kettle",
        "[ABC-4711] Broken kettle",
        "Re: ##4711## Broken kettle",
        "Automatic reply: Broken kettle",
        "***SPAM*** Re: Broken kettle",
        "Ｒｅ：　Broken kettle",
        "Re: Broken\r\n kettle",
    ],
)
def test_what_is_put_around_a_subject_does_not_change_its_key(subject: str) -> None:
    read = read_subject(subject)
    assert equal_subjects(read, PLAIN), read
    assert same_matter(read, PLAIN)


@pytest.mark.parametrize(
    "subject", ["回复：订单问题", "答复: 回复：订单问题", "回覆：订单问题", "Re: 订单 问题", "转发：订单问题"]
)
def test_chinese_prefixes_are_known(subject: str) -> None:
    assert equal_subjects(read_subject(subject), CHINESE)


@pytest.mark.parametrize(
    "subject", ["Re: a", "AW: a", "回复：a", "Re[4]: a", "[list] Re: a", "Ynt: a", "Vá: a", "Re:"]
)
def test_an_answer_says_so(subject: str) -> None:
    assert read_subject(subject).reply


@pytest.mark.parametrize(
    "subject", ["a", "Fwd: a", "转发：a", "[list] a", "Regarding: a", "Reading glasses", "Order: a"]
)
def test_what_is_no_answer_does_not(subject: str) -> None:
    assert not read_subject(subject).reply


@pytest.mark.parametrize(
    "subject", ["Fwd: Broken kettle", "[Fwd: Broken kettle]", "WG: Broken kettle", "FW: RE: Broken kettle"]
)
def test_forwarding_keeps_the_key(subject: str) -> None:
    assert read_subject(subject).key == PLAIN.key


@pytest.mark.parametrize("subject", ["Lost parcel", "Kettle", "Re: Invoice 12", "Broken toaster"])
def test_another_matter_is_another_key(subject: str) -> None:
    assert not equal_subjects(read_subject(subject), PLAIN)
    assert not same_matter(read_subject(subject), PLAIN)


@pytest.mark.parametrize("subject", ["", "Re:", "Re: ", "????? ??", "\ufffd\ufffd\ufffd", "…", " "])
def test_a_subject_that_cannot_be_read_contradicts_nothing_and_equals_nothing(subject: str) -> None:
    assert same_matter(read_subject(subject), PLAIN)
    assert not equal_subjects(read_subject(subject), read_subject(subject))


def test_tags_of_two_tickets_keep_their_subjects_apart() -> None:
    one, other = read_subject("[Ticket#4711] Problem"), read_subject("Re: [Ticket#4712] Problem")
    assert one.key == other.key
    assert not equal_subjects(one, other)
    assert not same_matter(one, other)
    assert equal_subjects(one, read_subject("Re: Problem"))


def test_a_changed_subject_names_its_former_one() -> None:
    read = read_subject("Kettles in general (was: Re: Broken kettle)")
    assert read.was == PLAIN.key
    assert not same_matter(read, PLAIN)


def test_a_long_subject_may_come_back_cut() -> None:
    long = "A question about the kettle that I ordered in the spring of last year"
    assert same_matter(read_subject("Re: " + long[:40]), read_subject(long))


def test_a_subject_that_is_only_a_tag_is_its_own_key() -> None:
    assert read_subject("[shop-users]").key == "[shop-users]"


@pytest.mark.parametrize(
    "subject", ["Re: " * 5_000, "[" * 5_000, "(was " * 900, "#" * 5_000, "[a-1" * 900, " " * 5_000]
)
def test_endless_subjects_are_read_at_once(subject: str) -> None:
    read_subject(subject)
