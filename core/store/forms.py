"""The stored forms of values in JSON columns: tagged, versioned by their tags, unknown fields ignored."""

from datetime import datetime

import msgspec


class StoredText(msgspec.Struct, tag="text", tag_field="type", frozen=True):
    text: str


class StoredAttachment(msgspec.Struct, tag="attachment", tag_field="type", frozen=True):
    media: str
    name: str
    media_type: str
    size: int
    inline: bool = False


class StoredOption(msgspec.Struct, frozen=True):
    id: str
    label: str
    meaning: str


class StoredButtons(msgspec.Struct, tag="buttons", tag_field="type", frozen=True):
    options: tuple[StoredOption, ...]


class StoredChoice(msgspec.Struct, tag="choice", tag_field="type", frozen=True):
    message: str
    option: str
    label: str


class StoredArticleCard(msgspec.Struct, tag="article", tag_field="type", frozen=True):
    article: str
    language: str
    title: str
    excerpt: str


class StoredFolded(msgspec.Struct, tag="folded", tag_field="type", frozen=True):
    what: str
    text: str


class StoredFormatted(msgspec.Struct, tag="formatted", tag_field="type", frozen=True):
    media: str
    remote_images: int


class StoredQuoted(msgspec.Struct, tag="quoted", tag_field="type", frozen=True):
    text: str
    message: str | None = None


class StoredLocation(msgspec.Struct, tag="location", tag_field="type", frozen=True):
    latitude: float
    longitude: float
    name: str | None = None
    address: str | None = None


class StoredSharedContact(msgspec.Struct, tag="contact", tag_field="type", frozen=True):
    name: str
    phone: str | None = None


StoredPart = (
    StoredText
    | StoredAttachment
    | StoredButtons
    | StoredChoice
    | StoredArticleCard
    | StoredFolded
    | StoredFormatted
    | StoredQuoted
    | StoredLocation
    | StoredSharedContact
)


class StoredParts(msgspec.Struct, frozen=True):
    """A message's parts; ``v`` rises when a reader of an older version would misread them."""

    parts: tuple[StoredPart, ...]
    v: int = 1


class StoredParty(msgspec.Struct, frozen=True, array_like=True):
    address: str
    name: str | None = None


class StoredEvidence(msgspec.Struct, frozen=True, array_like=True):
    code: str
    weight: float


class StoredEnvelope(msgspec.Struct, frozen=True, omit_defaults=True):
    """See ``core.message.Envelope``."""

    subject: str
    sender: StoredParty
    to: tuple[StoredParty, ...] = ()
    copies: tuple[StoredParty, ...] = ()
    proof: str = "none"
    why: tuple[StoredEvidence, ...] = ()
    automatic: str | None = None
    problems: tuple[str, ...] = ()
    v: int = 1


class StoredHandoff(msgspec.Struct, frozen=True):
    """See ``core.answer.Handoff``; articles as pairs of id and title."""

    reason: str
    summary: str
    intent: str | None = None
    confidence: float | None = None
    slots: dict[str, str] = msgspec.field(default_factory=dict)
    tried: tuple[str, ...] = ()
    articles: tuple[tuple[str, str], ...] = ()
    language: str | None = None
    quotes: tuple[str, ...] = ()
    steps: tuple[tuple[str, str], ...] = ()
    matter: str | None = None
    mood: str | None = None
    tier: str | None = None
    topic: str | None = None
    back_at: datetime | None = None
    case: int | None = None
    v: int = 1


class StoredBotProfile(msgspec.Struct, frozen=True):
    """How the bot is in an inbox; ``caution`` as ``core.inbox.Caution`` calls it."""

    engine: str | None = None
    persona: str = ""
    languages: tuple[str, ...] = ()
    caution: str = "usual"


class StoredGivenArticle(msgspec.Struct, frozen=True):
    """An article that the bot showed or suggested, in the revision it had then.

    ``told`` characters of its text from ``origin`` on; ``left``: there is more; ``further``: it had been begun before.
    """

    article: str
    revision: int
    language: str
    title: str
    origin: int = 0
    told: int = 0
    left: bool = False
    further: bool = False


class StoredRequirement(msgspec.Struct, frozen=True):
    """A skill at a level at least; after ``drop_after_s`` seconds in the queue it no longer counts (None: never)."""

    skill: str
    level: int
    drop_after_s: int | None = None


class StoredTerm(msgspec.Struct, frozen=True, array_like=True):
    """That skill at ``level`` at least."""

    skill: str
    level: int


class StoredStep(msgspec.Struct, frozen=True, omit_defaults=True):
    """See ``routing.ladder.Step``."""

    any_of: tuple[tuple[StoredTerm, ...], ...] = ((),)
    agents: tuple[str, ...] = ()
    until_s: int | None = None


class StoredLadder(msgspec.Struct, frozen=True):
    """See ``routing.ladder.Ladder``."""

    required: tuple[StoredTerm, ...] = ()
    steps: tuple[StoredStep, ...] = (StoredStep(),)
    v: int = 1


class StoredQueueRouting(msgspec.Struct, frozen=True, omit_defaults=True):
    """See ``routing.queue.QueueRouting``."""

    policy: str = "index"
    parameters: dict[str, float] = msgspec.field(default_factory=dict)
    choice: str = "least_cost"
    guard: float | None = 6.0
    reserve: int = 0
    previous_agent_s: int = 0
    wrap_up_s: int = 0


class StoredPause(msgspec.Struct, frozen=True):
    """From when to when a clock of a promised time stood still; ``end`` None while it still does."""

    start: datetime
    end: datetime | None = None


class StoredHoliday(msgspec.Struct, frozen=True, omit_defaults=True):
    """A local date (ISO 8601) on which nobody works; ``names`` in other languages, by their tags."""

    date: str
    name: str
    names: dict[str, str] = msgspec.field(default_factory=dict)


class StoredOwnDay(msgspec.Struct, frozen=True, omit_defaults=True):
    """See ``routing.holidays.OwnDay``."""

    date: str
    name: str
    yearly: bool = False


class StoredHolidayPlan(msgspec.Struct, frozen=True, omit_defaults=True):
    """See ``routing.holidays.HolidayPlan``; ``basis`` says of which data and years the holidays in effect were made."""

    country: str | None = None
    subdivision: str | None = None
    struck: tuple[str, ...] = ()
    own: tuple[StoredOwnDay, ...] = ()
    basis: str = ""
    v: int = 1


class StoredWeek(msgspec.Struct, frozen=True):
    """Local working hours: for each day, Monday first, intervals as pairs of ``HH:MM``."""

    days: tuple[tuple[tuple[str, str], ...], ...]
    v: int = 1


class StoredMoved(msgspec.Struct, frozen=True, array_like=True):
    """A message that was moved, and the number (and key, where it had to give it up) that it had where it was."""

    message: str
    n: int
    key: str | None = None


class StoredPerson(msgspec.Struct, frozen=True, array_like=True):
    """Who came in with the messages; ``joined`` is what they were there before: None for nobody."""

    point: str
    joined: bool | None = None


class StoredState(msgspec.Struct, frozen=True):
    """How a conversation stood: the words of its status and handler, and what belongs to them."""

    status: str
    handler: str
    queue: str
    agent: str | None = None
    until: datetime | None = None


class StoredUndo(msgspec.Struct, frozen=True):
    """What a split, a merge or a move changed, so that it can be taken back.

    ``at`` is the number of its event in the target: what stands behind it came later. ``source`` is how the source
    stood before a merge closed it; ``reopened``: the target was resolved before.
    """

    moved: tuple[StoredMoved, ...]
    people: tuple[StoredPerson, ...] = ()
    at: int = 0
    source: StoredState | None = None
    reopened: bool = False
    v: int = 1


class StoredDraft(msgspec.Struct, frozen=True):
    """What somebody has typed of an article, finished or not."""

    title: str = ""
    body: str = ""
    questions: tuple[str, ...] = ()
    note: str = ""
    source: int | None = None


class StoredLook(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a brand looks: colors as #rrggbb; ``logo`` is the id of an article image."""

    color: str = "#0f766e"
    logo: str | None = None
    home: str | None = None
    languages: tuple[str, ...] = ()
    texts: dict[str, dict[str, str]] = {}


class StoredOrderItem(msgspec.Struct, frozen=True):
    """``price`` of one piece, in minor units."""

    name: str
    quantity: int
    price: int


class StoredOrderResult(msgspec.Struct, frozen=True, omit_defaults=True):
    """``kind``: done, awaits or refused, then with its reason."""

    kind: str
    reason: str | None = None
