"""An article as the index keeps it: its text, its tokens, and where it is filed; the slow part of indexing."""

import hashlib
from collections.abc import Iterable

import msgspec

from core.answer import Audience
from core.ids import ArticleId
from knowledge.article import Content
from knowledge.index.shelf import Shelf
from knowledge.markdown import paragraphs
from knowledge.rendering.values import NO_REUSABLES, Reusables
from knowledge.store import Key
from knowledge.text import tokens, words

PASSAGE_CHARACTERS = 600
GIST_CHARACTERS = 300
WORD_CHARACTERS = 40


class Filed(msgspec.Struct, frozen=True, array_like=True):
    """What about an article but its text a search must know; ``resting`` tells apart what the reusables in it say."""

    slug: str = ""
    audience: Audience = Audience.PUBLIC
    brands: tuple[str, ...] = ()
    resting: str = ""


PUBLIC = Filed()


class Prepared(msgspec.Struct, frozen=True, array_like=True):
    """``asked`` are the title and the questions; tokens are apart by spaces, as Tantivy's tokenizer reads them."""

    article: str
    language: str
    number: int
    filed: Filed
    asked: tuple[str, ...]
    text: str
    passages: tuple[str, ...]
    asked_tokens: tuple[str, ...]
    passage_tokens: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def key(self) -> Key:
        return Key(ArticleId(self.article), self.language, self.number)

    @property
    def title(self) -> str:
        return self.asked[0]

    @property
    def meant(self) -> tuple[str, ...]:
        """What its vectors are of: the title and the questions, and its gist, which is the title and how the text begins."""
        beginning = self.text[:GIST_CHARACTERS]
        return (*self.asked, f"{self.title}\n{beginning}" if beginning else self.title)

    @property
    def shelf(self) -> Shelf:
        return Shelf(self.language, self.filed.audience, tuple(sorted(self.filed.brands)))

    @property
    def place(self) -> int:
        return place_of(self.article, self.language)

    @property
    def state(self) -> int:
        return state_of(self.key, self.filed)

    @property
    def compared(self) -> "Compared":
        every = dict.fromkeys(
            token for part in (*self.asked_tokens, *self.passage_tokens) for token in part.split()
        )
        return Compared(self.place, self.asked_tokens, " ".join(every))


class Compared(msgspec.Struct, frozen=True, array_like=True):
    """As much of an article as it takes to compare it closely with a question; ``every`` has each of its tokens once."""

    place: int
    asked_tokens: tuple[str, ...]
    every: str

    @property
    def tokens(self) -> frozenset[str]:
        return frozenset(self.every.split())


def place_of(article: str, language: str) -> int:
    """The number under which the index has this article in this language: 64 bits of a hash."""
    return _hash(article, language)


def state_of(key: Key, filed: Filed) -> int:
    """A number that is another when anything about the entry is."""
    resting = (f"{{{{{filed.resting}}}}}",) if filed.resting else ()
    return _hash(str(key.number), filed.slug, filed.audience, *sorted(filed.brands), *resting)


def _hash(*parts: str) -> int:
    digest = hashlib.blake2b("\0".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def prepare(
    key: Key, content: Content, filed: Filed = PUBLIC, reusables: Reusables = NO_REUSABLES
) -> Prepared:
    blocks = paragraphs(content.body, reusables)
    passages = tuple(_passages(blocks))
    asked = (content.title, *content.questions)
    written = dict.fromkeys(words("\n".join((*asked, *blocks))))
    return Prepared(
        article=key.article,
        language=key.language,
        number=key.number,
        filed=filed,
        asked=asked,
        text="\n\n".join(blocks),
        passages=passages,
        asked_tokens=tuple(" ".join(tokens(text)) for text in asked),
        passage_tokens=tuple(" ".join(tokens(passage)) for passage in passages),
        words=tuple(word for word in written if len(word) <= WORD_CHARACTERS),
    )


def _passages(blocks: Iterable[str]) -> Iterable[str]:
    """Blocks of text; a short one (a heading, a lead-in) goes with what follows."""
    waiting = ""
    for block in blocks:
        joined = f"{waiting}\n{block}" if waiting else block
        if len(joined) < PASSAGE_CHARACTERS // 4:
            waiting = joined
        else:
            yield joined[:PASSAGE_CHARACTERS]
            waiting = ""
    if waiting:
        yield waiting
