"""How an installation reviews its articles, and how much may be said about one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EditorialSettings:
    """``review_required``: nothing is published that nobody approved; ``own_approval``: one may approve one's own.

    Both are off: publishing is a role of its own, so that an author's text passes a publisher's eyes in any case, and
    whoever installs Parley alone can publish at once. A team that wants four eyes on everything turns the first on.

    An edition has at most so many ``comments``, of so many ``comment_characters``; ``note_characters`` go with a step;
    a schedule reaches ``days_ahead`` at most; ``listed``: so many lines in each list of what waits for somebody.
    """

    review_required: bool = False
    own_approval: bool = False
    comments: int = 500
    comment_characters: int = 5000
    note_characters: int = 500
    days_ahead: int = 730
    listed: int = 100
