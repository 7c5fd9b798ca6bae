"""Cuts what Telegram answered into transactions, and not through an album; pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any


def batches(
    news: Sequence[Mapping[str, Any]], most: int, limit: int
) -> Iterator[Sequence[Mapping[str, Any]]]:
    """About ``most`` updates each. The album at the end of an answer of ``limit`` may go on: it is left for the next one."""
    albums = [_album(each) for each in news]
    last = {album: at for at, album in enumerate(albums) if album is not None}
    end = len(news)
    if end >= limit and albums[-1] is not None:
        end = albums.index(albums[-1])
        while begun := [
            albums.index(each) for each in albums[:end] if each is not None and last[each] >= end
        ]:
            end = min(begun)
        end = end or len(news)
    start = open_until = 0
    for at, album in enumerate(albums[:end], start=1):
        if album is not None:
            open_until = max(open_until, last[album] + 1)
        if at == end or (at - start >= most and at >= open_until):
            yield news[start:at]
            start = at


def _album(raw: Mapping[str, Any]) -> str | None:
    """A name for the album of a chat that it belongs to; whatever else there is in it."""
    try:
        message = raw["message"]
        return f"{message['chat']['id']} {message['media_group_id']}"
    except (KeyError, TypeError):
        return None
