"""Every limit of what agents have beside a conversation, by name."""

from dataclasses import dataclass, field

from core.limits import Rate


@dataclass(frozen=True, slots=True)
class BesideSettings:
    """What is looked for, and how long what was inserted is watched.

    The newest ``messages`` of a customer are read, ``message_characters`` of each, ``characters`` in all; ``articles``
    are suggested, none below ``probability``. ``looks``: how often one agent's pages may ask. What agents type finds
    nothing good when the best answers with less than ``good``.

    An article ``helped`` where the conversation was resolved after it and the customer did not come back within
    ``return_days``. ``use_days`` are drawn. A proposal shows ``similar`` articles that answer with ``similar_probability``
    or more, and has ``proposal_characters`` of an answer. A flag has ``flag_characters``; ``flags`` are listed at most. What became of an article is said of its newest
    ``insertions``. ``misses``: how often an agent's search that found nothing is kept.
    """

    messages: int = 4
    message_characters: int = 400
    characters: int = 800
    articles: int = 4
    probability: float = 0.2
    good: float = 0.25
    looks: Rate = field(default_factory=lambda: Rate(burst=30, per_s=2.0))
    return_days: int = 7
    use_days: int = 30
    similar: int = 3
    similar_probability: float = 0.3
    proposal_characters: int = 8_000
    flag_characters: int = 500
    flags: int = 200
    insertions: int = 500
    misses: Rate = field(default_factory=lambda: Rate(burst=10, per_s=1 / 120))
