"""Authentication-Results headers (RFC 8601) read into values, whatever is in them.

Our own reader, because the one library there is (authres 1.2) refuses what large providers write (`smtp.mailfrom=<>`,
Exchange's headers without a server's name, addresses in UTF-8), takes the next property for the value of an empty one,
drops the rest of a header without a word, and recurses once for each bracket.
"""

from collections.abc import Iterator
from dataclasses import dataclass

_MOST_CHARACTERS = 16_384
_MOST_RESULTS = 100


@dataclass(frozen=True, slots=True)
class Result:
    """``dkim=pass header.d=example.com``: names in lower case, values as written; a name may come more than once."""

    method: str
    result: str
    properties: tuple[tuple[str, str], ...]

    def value(self, name: str) -> str | None:
        """None where it is missing, and where two values contradict each other."""
        found = {value for key, value in self.properties if key == name}
        return found.pop() if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Results:
    """What one server says; ``server`` is its authserv-id in lower case, empty where it wrote none."""

    server: str
    results: tuple[Result, ...]


def read_results(header: str) -> Results | None:
    """None for what is too long or says nothing; a result that cannot be read is left out, the others stay."""
    if len(header) > _MOST_CHARACTERS:
        return None
    segments = _segments(header)
    if not segments:
        return None
    first = segments[0]
    server = "" if not first or first[0][1] is not None else _plain(first[0][0]).lower()
    results = segments[1:] if server else segments
    read = tuple(each for segment in results[:_MOST_RESULTS] if (each := _result(segment)) is not None)
    return Results(server, read)


_Pair = tuple[str, str | None]
"""A word, and what follows its equals sign if it has one."""


def _result(pairs: list[_Pair]) -> Result | None:
    if not pairs or pairs[0][1] is None:
        return None
    method, result = pairs[0][0].partition("/")[0].lower(), _plain(pairs[0][1]).lower()
    properties = tuple((name.lower(), _plain(value)) for name, value in pairs[1:] if value is not None)
    return Result(method, result, properties)


def _segments(header: str) -> list[list[_Pair]]:
    segments: list[list[_Pair]] = [[]]
    words: list[str] = []
    for word in _words(header):
        if word == ";":
            segments[-1] = _pairs(words)
            segments.append([])
            words = []
        else:
            words.append(word)
    segments[-1] = _pairs(words)
    return segments


def _words(header: str) -> Iterator[str]:
    """Words, and semicolons by themselves; comments left out, quoted strings whole. What never ends is left out too."""
    word = ""
    depth, quoted, escaped = 0, False, False
    for character in header:
        if escaped:
            escaped = False
            word += "" if depth else character
        elif character == "\\" and (depth or quoted):
            escaped = True
            word += "" if depth else character
        elif depth:
            depth += {"(": 1, ")": -1}.get(character, 0)
        elif quoted or character == '"':
            quoted ^= character == '"'
            word += character
        elif character in "(; \t\r\n":
            if word:
                yield word
            word = ""
            depth += character == "("
            if character == ";":
                yield ";"
        else:
            word += character
    if word and not depth and not quoted:
        yield word


def _pairs(words: list[str]) -> list[_Pair]:
    """Equals signs may stand apart from name and value; a name that another pair follows has an empty value."""
    pairs: list[_Pair] = []
    for word in words:
        name, equals, value = _split(word)
        open_end = bool(pairs) and pairs[-1][1] == ""
        if equals and not name and pairs and pairs[-1][1] is None:
            pairs[-1] = (pairs[-1][0], value)
        elif open_end and not equals:
            pairs[-1] = (pairs[-1][0], word)
        else:
            pairs.append((name, value if equals else None))
    return pairs


def _split(word: str) -> tuple[str, bool, str]:
    """At the first equals sign outside quotes."""
    if word.startswith('"'):
        return word, False, ""
    name, equals, value = word.partition("=")
    return name, bool(equals), value


def _plain(value: str) -> str:
    """Without its quotes and backslashes."""
    if '"' not in value:
        return value
    plain, escaped = "", False
    for character in value:
        if escaped or character not in '"\\':
            plain += character
        escaped = character == "\\" and not escaped
    return plain
