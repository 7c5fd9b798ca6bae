"""What to look for beside a conversation: questions made of what the customer said lately; pure."""

from collections.abc import Sequence

from core.answer import Answer
from knowledge.text import language_of, tokens

_LEAST_WORDS = 4
"""A message of fewer words leans on the one before it: "and abroad?"."""

_SMALL_TALK = frozenset(
    token
    for words in (
        "hi hello hey dear good morning afternoon evening day thanks thank you very much many so a lot cheers ok okay",
        "yes yeah no nope please bye goodbye great perfect fine sure alright got it i see hmm there is anybody anyone",
        "您好 你好 早上好 下午好 晚上好 谢谢 多谢 非常感谢 好的 好吧 是的 不是 嗯 可以 没有 再见 请问 在吗 有人吗 麻烦 知道了 明白了",
    )
    for token in tokens(words)
)


def questions(said: Sequence[str], *, message_characters: int, characters: int) -> tuple[str, ...]:
    """What to look for, the newest message first and then all of them together; ``said`` is the oldest first.

    Greetings and thanks ask nothing and are left out; a message that says little alone is asked with those before it
    only. Empty where nobody asked anything.
    """
    telling = [text for text in (_line(each, message_characters) for each in said) if asks(text)]
    if not telling:
        return ()
    newest, together = telling[-1], ""
    for text in reversed(telling):
        longer = f"{together} {text}".strip()
        if len(longer) > characters:
            break
        together = longer
    if together in {"", newest}:
        return (newest,)
    return (together,) if _is_short(newest) else (newest, together)


def asks(text: str) -> bool:
    """Whether there is a word in it that is no greeting and no thanks."""
    return any(token not in _SMALL_TALK for token in tokens(text))


def spoken(said: Sequence[str], language: str | None) -> str | None:
    """What they speak: by their newest message that shows it, else by what is known of their conversation.

    ``language`` (zh-CN) stays as it is where it is the one they write (zh). ``said`` is the oldest first.
    """
    shown = next((found for each in reversed(said) if asks(each) and (found := language_of(each))), None)
    if shown is None or (language and language.partition("-")[0].lower() == shown):
        return language
    return shown


def merged(found: Sequence[Sequence[Answer]], *, most: int, least: float) -> tuple[Answer, ...]:
    """The answers to several questions as one list, each article once and by its best question, the likeliest first."""
    best: dict[tuple[str, str], Answer] = {}
    for answers in found:
        for each in answers:
            key = (each.article, each.language)
            if key not in best or each.probability > best[key].probability:
                best[key] = each
    likely = sorted(best.values(), key=lambda each: (-each.probability, each.title))
    return tuple(each for each in likely if each.probability >= least)[:most]


def _line(text: str, most: int) -> str:
    return " ".join(text.split())[:most].rstrip()


def _is_short(text: str) -> bool:
    """Of Chinese the pairs of neighbours count as tokens, too: twice as many."""
    found = tokens(text)
    return len([each for each in found if len(each) > 1 or each.isascii()]) < _LEAST_WORDS
