"""Made-up knowledge bases of any size, and what customers ask them: the same for the same numbers.

Words are as common as in natural language (Zipf), half of them the function words that real questions are full of.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from knowledge.article import Content
from knowledge.words import ENGLISH_WORDS

WORDS = 30_000
_SYLLABLES = [consonant + vowel for consonant in "bcdfghklmnprstv" for vowel in "aeio"]
_QUESTIONS = 4
_PARAGRAPHS = 4
_SENTENCE = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the number of the article it was made from."""

    text: str
    article: int


class Company:
    """``contents`` are the articles; ``asked`` are paraphrases: words left out, others put in, a slip in every tenth."""

    def __init__(self, articles: int, seed: int = 1) -> None:
        self._random = random.Random(seed)
        self._common = sorted(ENGLISH_WORDS)
        self._rare = [_word(number) for number in range(WORDS)]
        self._shares = list(accumulate(1 / (rank + 10) for rank in range(WORDS)))
        self.contents = [self._content(number) for number in range(articles)]

    def asked(self, count: int) -> Iterator[Asked]:
        for number in range(count):
            article = self._random.randrange(len(self.contents))
            content = self.contents[article]
            words = self._random.choice((content.title, *content.questions)).split()
            kept = [word for word in words if self._random.random() > 0.25] or words
            kept.insert(self._random.randrange(len(kept) + 1), self._random.choice(self._common))
            if number % 10 == 0:
                kept[-1] = _slip(kept[-1])
            yield Asked(" ".join(kept), article)

    def _content(self, number: int) -> Content:
        topic = [*self._draw(3), _word(WORDS + number // 3)]
        asked = tuple(self._phrase(topic) for _ in range(1 + _QUESTIONS))
        paragraphs = (self._paragraph(topic) for _ in range(_PARAGRAPHS))
        return Content(asked[0], "\n\n".join(paragraphs), asked[1:])

    def _phrase(self, topic: Sequence[str]) -> str:
        words = [*self._random.sample(topic, 3), *self._random.choices(self._common, k=5)]
        self._random.shuffle(words)
        return " ".join(words)

    def _paragraph(self, topic: Sequence[str]) -> str:
        words = [*self._random.choices(self._common, k=_SENTENCE // 2), *self._draw(_SENTENCE // 2 - 3)]
        words += self._random.sample(topic, 3)
        self._random.shuffle(words)
        return " ".join(words)

    def _draw(self, count: int) -> list[str]:
        return self._random.choices(self._rare, cum_weights=self._shares, k=count)


def _word(number: int) -> str:
    word = ""
    number += len(_SYLLABLES) ** 2
    while number:
        number, syllable = divmod(number, len(_SYLLABLES))
        word += _SYLLABLES[syllable]
    return word


def _slip(word: str) -> str:
    middle = len(word) // 2
    return word[:middle] + word[middle + 1 :] if len(word) > 4 else word
