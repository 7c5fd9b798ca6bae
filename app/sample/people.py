"""Who works at the sample company, what they can do, and which lines customers wait in."""

from dataclasses import dataclass

DOMAIN = "lumenandleaf.example"
SKILLS = ("English", "Chinese", "Orders", "Technical", "Billing")


@dataclass(frozen=True, slots=True)
class Person:
    """``skills`` by name with their levels, 1 to 5; ``capacity``: how many conversations at once."""

    name: str
    roles: tuple[str, ...]
    language: str
    capacity: int
    skills: tuple[tuple[str, int], ...]

    @property
    def email(self) -> str:
        first, _, _ = self.name.partition(" ")
        return f"{first.lower()}@{DOMAIN}"


@dataclass(frozen=True, slots=True)
class Line:
    """A queue; ``needs``: skill, level, and after how many seconds of waiting it no longer counts (None: never)."""

    name: str
    priority: int
    languages: tuple[str, ...]
    needs: tuple[tuple[str, int, int | None], ...]
    members: tuple[str, ...]


PEOPLE = (
    Person(
        "Anna Weber",
        ("agent", "administrator"),
        "en",
        2,
        (("English", 5), ("Orders", 3), ("Technical", 2), ("Billing", 3)),
    ),
    Person(
        "Leah Okafor",
        ("agent", "supervisor"),
        "en",
        2,
        (("English", 5), ("Orders", 4), ("Billing", 5)),
    ),
    Person(
        "Mei Lin",
        ("agent", "publisher"),
        "zh",
        4,
        (("Chinese", 5), ("English", 4), ("Orders", 4), ("Billing", 3)),
    ),
    Person("Jun Zhao", ("agent",), "zh", 4, (("Chinese", 5), ("English", 3), ("Technical", 4))),
    Person("Tom Becker", ("agent",), "en", 3, (("English", 4), ("Technical", 5), ("Orders", 2))),
    Person("Sara Novak", ("agent",), "en", 4, (("English", 5), ("Orders", 5), ("Billing", 4))),
)

GENERAL = "General"
EVERYBODY = tuple(person.name for person in PEOPLE)
LINES = (
    Line(GENERAL, 0, ("en",), (("English", 3, None),), EVERYBODY),
    Line("Chinese · 中文", 0, ("zh",), (("Chinese", 3, None),), ("Mei Lin", "Jun Zhao")),
    Line("Orders", 1, (), (("Orders", 3, 300),), ("Anna Weber", "Leah Okafor", "Mei Lin", "Sara Novak")),
    Line("Technical", 0, (), (("Technical", 3, 600),), ("Anna Weber", "Jun Zhao", "Tom Becker")),
)
