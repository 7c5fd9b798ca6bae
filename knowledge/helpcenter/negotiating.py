"""Which language a reader gets: what the address says, else what their browser wishes for."""

from collections.abc import Sequence

_MOST_WISHES = 20
_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "ha", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi"})
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"arab", "hebr", "syrc", "thaa", "nkoo"})


def picked(languages: Sequence[str], accept: str) -> str:
    """Of these (at least one) the one that the header Accept-Language likes best; the first when it names none."""
    for wish in _wishes(accept):
        found = like(languages, wish)
        if found is not None:
            return found
    return languages[0]


def like(languages: Sequence[str], wish: str) -> str | None:
    """The one that is meant: exactly, else of the same first part (zh-CN: zh)."""
    lower = {each.lower(): each for each in languages}
    asked = wish.lower()
    if asked in lower:
        return lower[asked]
    stem = asked.partition("-")[0]
    return next((each for tag, each in lower.items() if tag.partition("-")[0] == stem), None)


def direction(language: str) -> str:
    parts = language.lower().split("-")
    scripts = _RIGHT_TO_LEFT_SCRIPTS.intersection(parts[1:])
    return "rtl" if parts[0] in _RIGHT_TO_LEFT or scripts else "ltr"


def _wishes(accept: str) -> list[str]:
    """In the order of their weight."""
    weighed: list[tuple[float, str]] = []
    for each in accept.split(",")[:_MOST_WISHES]:
        tag, _, rest = each.partition(";")
        name, _, value = rest.strip().partition("=")
        try:
            weight = float(value) if name.strip() == "q" else 1.0
        except ValueError:
            weight = 0.0
        if tag.strip() and tag.strip() != "*" and weight > 0:
            weighed.append((-weight, tag.strip()))
    return [tag for _, tag in sorted(weighed, key=lambda each: each[0])]
