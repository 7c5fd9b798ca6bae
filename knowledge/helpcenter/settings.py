"""Every limit of the help center, by name."""

from dataclasses import dataclass, field

from core.limits import Rate
from knowledge.helpcenter.room import RoomSettings


@dataclass(frozen=True, slots=True)
class HelpSettings:
    """``languages`` of a help center whose brand names none, the first one for who wishes for none of them.

    A search takes at most ``query_characters`` and shows ``results`` on each of ``result_pages``; ``suggestions`` come
    as one types. What is found is shown if it has a word that was asked for, or ``covered`` of the question, is as ``near``
    to it in meaning, or answers with the probability ``likely``: whatever is nearest to nonsense is no answer. A search
    whose best article answers with less probability than ``good`` is kept as a gap.
    ``related`` articles stand below one (what the search finds like it is waited for ``alike_s``), ``most_read`` ones of
    the last ``most_read_days`` on the front page, and ``listed`` at most in a category. A page of the sitemap has
    ``sitemap_urls``, a feed ``feed_entries``.

    Browsers and proxies may show a public page for ``fresh_s`` without asking again. What changed in another process is
    seen after ``poll_s``; ``cache_pages`` finished ones are kept in memory, of ``cache_bytes`` together, none
    for over ``kept_s``. Views are written every ``flush_s``, or when there are ``views_kept`` different ones. Who comes
    with a token of their site is signed in for ``signed_in_s``. What readers said of an article is shown to agents by
    ``comments`` at once.

    Each address of the network may do so much of ``searches``, ``suggests``, ``votes``, ``sign_ins``, and have so many
    ``pages`` made that are not in memory; of one article it may give so many ``article_votes``, and of its searches
    so many are kept as ``gaps``, ``together`` times as many of all addresses. ``making`` and ``searching`` bound what is
    worked on at once, whoever asks.
    """

    languages: tuple[str, ...] = ("en", "zh")
    query_characters: int = 300
    results: int = 10
    result_pages: int = 5
    suggestions: int = 6
    good: float = 0.25
    likely: float = 0.1
    near: float = 0.32
    covered: float = 0.34
    related: int = 4
    alike_s: float = 1.0
    most_read: int = 6
    most_read_days: int = 30
    listed: int = 500
    sitemap_urls: int = 5_000
    feed_entries: int = 50
    fresh_s: int = 30
    poll_s: float = 1.0
    cache_bytes: int = 33_554_432
    kept_s: float = 300.0
    cache_pages: int = 5_000
    flush_s: float = 10.0
    views_kept: int = 5_000
    comment_characters: int = 1_000
    comments: int = 10
    form_bytes: int = 16_384
    brands: int = 100
    signed_in_s: float = 3600.0
    together: int = 10
    making: RoomSettings = field(default_factory=RoomSettings)
    searching: RoomSettings = field(default_factory=RoomSettings)
    pages: Rate = field(default_factory=lambda: Rate(burst=60, per_s=3.0))
    searches: Rate = field(default_factory=lambda: Rate(burst=30, per_s=1.0))
    suggests: Rate = field(default_factory=lambda: Rate(burst=60, per_s=5.0))
    votes: Rate = field(default_factory=lambda: Rate(burst=20, per_s=1 / 30))
    article_votes: Rate = field(default_factory=lambda: Rate(burst=10, per_s=1 / 3600))
    gaps: Rate = field(default_factory=lambda: Rate(burst=20, per_s=1 / 60))
    sign_ins: Rate = field(default_factory=lambda: Rate(burst=20, per_s=0.2))
