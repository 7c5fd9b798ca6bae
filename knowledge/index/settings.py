"""The limits of searching in the knowledge base."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """What one search may cost, and how the index is kept.

    Of a question ``query_characters`` and then ``query_tokens`` are read. ``entries`` are looked at of each kind (titles
    and questions, whole articles, passages), and the best ``ranked`` articles are compared closely. Of a question's words
    those that stand almost everywhere are not looked up once the others have ``postings`` places.
    ``completions``: with how many words a word only begun is tried; ``spellings``: how many words a misspelt one is
    compared with; words shorter than ``corrected_characters`` are never corrected.

    The database is looked at every ``poll_s`` for what changed since, and as a whole every ``compare_s`` and when more
    than ``compare_from`` articles did. The index on disk is written anew after ``keep_after`` changes; from ``build_alone`` on one process
    of a machine builds it, and the others take what it has kept.
    """

    query_characters: int = 500
    query_tokens: int = 64
    entries: int = 30
    ranked: int = 20
    postings: int = 100_000
    completions: int = 16
    spellings: int = 5_000
    corrected_characters: int = 4
    poll_s: float = 0.5
    compare_s: float = 300.0
    compare_from: int = 2_000
    keep_after: int = 500
    build_alone: int = 2_000
