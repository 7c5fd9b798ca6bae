"""In which language an article stands beside a conversation and goes into a reply: one and the same; pure."""

from collections.abc import Mapping, Sequence

from core.answer import Answer
from knowledge.helpcenter.negotiating import like


def chosen(languages: Sequence[str], *wishes: str | None) -> str:
    """Of these (at least one) the one that the first wish means which can be met (zh-CN: zh); else the first."""
    for wish in wishes:
        found = like(languages, wish) if wish else None
        if found is not None:
            return found
    return languages[0]


def foreign(
    answers: Sequence[Answer], languages: Mapping[str, Sequence[str]], customers: str | None
) -> dict[str, str]:
    """Articles that were found in another language than the customer's and have that, too: article -> that language."""
    wanted: dict[str, str] = {}
    for each in answers:
        has = languages.get(each.article)
        language = chosen(has, customers, each.language) if has else each.language
        if language != each.language:
            wanted[each.article] = language
    return wanted


def once(answers: Sequence[Answer]) -> list[Answer]:
    """Each article where it stands first: what was found in two languages is shown in one."""
    first: dict[str, Answer] = {}
    for each in answers:
        first.setdefault(each.article, each)
    return list(first.values())
