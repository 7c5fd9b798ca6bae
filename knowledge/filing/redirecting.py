"""Redirects between slugs: where one leads, what goes round in a circle, and what a new one makes of the others. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from core.errors import Invalid

_SHOWN = 10


def end_of(redirects: Mapping[str, str], slug: str) -> str:
    """Where somebody who asks for ``slug`` comes to; of a circle, its first part that was met again."""
    seen = {slug}
    while slug in redirects:
        slug = redirects[slug]
        if slug in seen:
            break
        seen.add(slug)
    return slug


def circle(redirects: Mapping[str, str], slug: str, target: str) -> tuple[str, ...]:
    """The way round, from ``slug`` back to it, if ``slug`` led to ``target``; empty when there is none."""
    way = [slug, target]
    while way[-1] != slug:
        if way[-1] not in redirects or way[-1] in way[:-1]:
            return ()
        way.append(redirects[way[-1]])
    return tuple(way)


def ends_of(redirects: Mapping[str, str], starts: Iterable[str]) -> dict[str, str]:
    """Where each of ``starts`` leads in the end, however many there are.

    Raises Invalid ``redirect_cycle``, which names the way round.
    """
    ends: dict[str, str] = {}
    for start in starts:
        way: dict[str, None] = {}
        at = start
        while at in redirects and at not in ends:
            if at in way:
                raise _round([*list(way)[list(way).index(at) :], at])
            way[at] = None
            at = redirects[at]
        ends |= dict.fromkeys(way, ends.get(at, at))
    return ends


def with_redirect(redirects: Mapping[str, str], slug: str, target: str) -> dict[str, str]:
    """What is new or another once ``slug`` leads to ``target``: every redirect given leads straight to its end.

    Raises Invalid ``redirect_cycle``, which names the way round.
    """
    way = circle(redirects, slug, target)
    if way:
        raise _round(way)
    after = {**redirects, slug: target}
    ends = {each: end_of(after, each) for each in after}
    return {each: end for each, end in ends.items() if redirects.get(each) != end}


def _round(way: Sequence[str]) -> Invalid:
    shown = " → ".join(way if len(way) <= _SHOWN else (*way[: _SHOWN - 2], "…", way[-1]))
    expected = f"an address that does not lead back: {shown} goes round in a circle"
    return Invalid("target", expected, code="redirect_cycle")
