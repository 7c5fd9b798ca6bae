"""Who writes to a bot and where: people, groups, and what both look like in an update."""

from dataclasses import dataclass, field
from typing import Any, Literal

Refuses = Literal["blocked", "kicked", "deactivated", "never_started", "gone"]


@dataclass(slots=True)
class Person:
    """Somebody with Telegram."""

    id: int
    first_name: str = "Ada"
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = "en"
    is_bot: bool = False

    def shown(self) -> dict[str, Any]:
        """As a ``User``."""
        known = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        rest = {
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        return known | {name: value for name, value in rest.items() if value is not None}


@dataclass(slots=True)
class Chat:
    """``refuses``: why the bot may not write there. ``last_id``: of supergroups, which number messages themselves."""

    id: int
    type: Literal["private", "group", "supergroup", "channel"]
    title: str | None = None
    person: Person | None = None
    refuses: Refuses | None = None
    moved_to: int | None = None
    last_id: int = 0
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    sent_at: list[float] = field(default_factory=list)

    def shown(self) -> dict[str, Any]:
        """As a ``Chat``."""
        if self.person is not None:
            of = self.person.shown()
            named = ("first_name", "last_name", "username")
            names: dict[str, Any] = {key: of[key] for key in named if key in of}
            return {"id": self.id, "type": self.type, **names}
        return {"id": self.id, "type": self.type, "title": self.title or "A group"}
