"""What settings have to be beside a number: with any other value something would break, hang or never be done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.environment import Variable, values, variables
from core.errors import Invalid
from core.limits import Rate


@dataclass(frozen=True, slots=True)
class Bound:
    """``expected``: the same in words."""

    expected: str
    holds: Callable[[float], bool]


_MOST_KEYS = 10_000
"""Each is a parameter of one statement, and PostgreSQL takes 32,767 of them."""
_DAYS = 36_500
_SECONDS = _DAYS * 86_400

_FROM_0 = Bound("a whole number from 0", lambda value: value >= 0)
_FROM_1 = Bound("a whole number from 1", lambda value: value >= 1)
_KEYS = Bound(f"a whole number from 1 to {_MOST_KEYS}", lambda value: 1 <= value <= _MOST_KEYS)
_ABOVE_0 = Bound("a number above 0", lambda value: 0 < value <= _SECONDS)
_WAIT = Bound("a number from 0", lambda value: 0 <= value <= _SECONDS)
_WHOLE_DAYS = Bound(f"a whole number from 0 to {_DAYS}", lambda value: 0 <= value <= _DAYS)
_SOME_DAYS = Bound(f"a number above 0, at most {_DAYS}", lambda value: 0 < value <= _DAYS)
_SHARE = Bound("a number from 0 to 1", lambda value: 0 <= value <= 1)
_SOME_SHARE = Bound("a number above 0, at most 1", lambda value: 0 < value <= 1)
_PART = Bound("a whole number from 5242880", lambda value: value >= 5 * 1024 * 1024)
"""S3 takes no smaller parts, but for the last."""
_WITHIN = Bound("a number between 0 and 1, neither of them", lambda value: 0 < value < 1)


def _all(prefix: str, bound: Bound, *names: str) -> Mapping[str, Bound]:
    return {f"PARLEY_{prefix}{name}": bound for name in names}


BOUNDS: Mapping[str, Bound] = {
    **_all("ROUTING_", _FROM_1, "BATCH"),
    **_all("ROUTING_", _ABOVE_0, "LEASE_S", "RENEW_S", "REBUILD_S"),
    **_all("LIVE_", _WAIT, "HELD_BACK_S"),
    **_all("POSTGRES_", _ABOVE_0, "LARGE_ANSWER_S"),
    **_all("", _FROM_1, "WORKERS", "BACKGROUND_WORKERS"),
    **_all("CONSOLE_WRITING_IMAGES_", _FROM_0, "KEPT_BYTES"),
    **_all("KNOWLEDGE_EMBEDDING_SERVICE_", _ABOVE_0, "LIMIT_S", "QUESTION_S"),
    **_all("KNOWLEDGE_HELP_", _SHARE, "LIKELY", "NEAR", "COVERED"),
    **_all("KNOWLEDGE_HELP_", _WAIT, "ALIKE_S", "KEPT_S"),
    **_all("KNOWLEDGE_HELP_", _FROM_0, "CACHE_PAGES"),
    **_all("KNOWLEDGE_HELP_", _FROM_1, "SITEMAP_URLS", "COMMENTS", "TOGETHER"),
    **_all("KNOWLEDGE_HELP_MAKING_", _FROM_1, "PLACES", "EACH", "WAITING"),
    **_all("KNOWLEDGE_HELP_MAKING_", _WAIT, "WAIT_S", "RETRY_S"),
    **_all("KNOWLEDGE_HELP_SEARCHING_", _FROM_1, "PLACES", "EACH", "WAITING"),
    **_all("KNOWLEDGE_HELP_SEARCHING_", _WAIT, "WAIT_S", "RETRY_S"),
    **_all("KNOWLEDGE_SEARCH_", _FROM_0, "COMPARE_FROM"),
    **_all("BOT_DEFLECTION_", _WAIT, "WINDOW_S", "REST_S"),
    **_all("BOT_DEFLECTION_", _ABOVE_0, "EVERY_S"),
    **_all("BOT_DEFLECTION_", _KEYS, "AT_ONCE"),
    **_all("BOT_DEFLECTION_", _FROM_1, "OTHERS"),
    **_all("BOT_IMPROVING_", _SHARE, "UNSURE_BELOW"),
    **_all("BOT_IMPROVING_", _WHOLE_DAYS, "KEEP_DAYS"),
    **_all("BOT_IMPROVING_", _KEYS, "FORGET_AT_ONCE"),
    **_all(
        "BOT_IMPROVING_", _FROM_1, "CHARACTERS", "EXAMPLES", "FOLDS", "JUDGED", "WORK_FOLDERS", "MODELS_SHOWN"
    ),
    **_all("BOT_IMPROVING_", _FROM_0, "CHANGES"),
    **_all("BOT_IMPROVING_", _ABOVE_0, "TRAIN_S", "SWAP_S", "GONE_S", "BEAT_S", "STEP_S"),
    **_all("KNOWLEDGE_LOOP_", _WHOLE_DAYS, "KEEP_DAYS", "CLOSED_DAYS"),
    **_all("KNOWLEDGE_LOOP_", _KEYS, "FORGET_AT_ONCE"),
    **_all("KNOWLEDGE_LOOP_", _ABOVE_0, "CLUSTER_EVERY_S", "COMPARE_EVERY_S"),
    **_all("KNOWLEDGE_LOOP_", _WAIT, "WINDOW_S", "Z"),
    **_all(
        "KNOWLEDGE_LOOP_", _FROM_1, "CHARACTERS", "AT_ONCE", "COMPARED", "OF_CLUSTER", "NEAREST", "ENOUGH"
    ),
    **_all("KNOWLEDGE_LOOP_", _FROM_1, "COMPARED_ARTICLES"),
    **_all("KNOWLEDGE_LOOP_", _SHARE, "WORDS", "SAME_AT"),
    **_all("KNOWLEDGE_LOOP_", _SOME_SHARE, "JOIN_AT", "WORDS_JOIN_AT", "MISTAKEN"),
    **_all("KNOWLEDGE_LOOP_", _WITHIN, "WORKS_BELOW"),
    **_all(
        "KNOWLEDGE_TRANSFER_",
        _FROM_1,
        "ARTICLES",
        "FILES",
        "FILE_BYTES",
        "BYTES",
        "PACKED_BYTES",
        "REVISIONS",
    ),
    **_all("KNOWLEDGE_TRANSFER_", _FROM_1, "NUMBER", "SECONDS", "MEMORY_BYTES"),
    **_all("KNOWLEDGE_TRANSFER_", _FROM_0, "REDIRECTS", "REUSABLE_CHARACTERS", "TOLD"),
    **_all("KNOWLEDGE_KEEPING_", _SOME_DAYS, "COPIES_DAYS", "VECTORS_DAYS"),
    **_all("KNOWLEDGE_KEEPING_", _KEYS, "AT_ONCE"),
    **_all("RASA_", _ABOVE_0, "LEASE_S", "HEALTH_EVERY_S", "HEALTH_S"),
    **_all("RASA_", _FROM_1, "HEALTH_FAILURES"),
    **_all("BOT_RASA_", _ABOVE_0, "TURN_S", "FIRST_S"),
    **_all("REDIS_", _FROM_1, "CONNECTIONS", "WAITING"),
    **_all("REDIS_", _ABOVE_0, "CONNECT_S", "ANSWER_S", "HEALTH_EVERY_S", "FIRST_RETRY_S", "LONGEST_RETRY_S"),
    **_all("MEDIA_S3_", _ABOVE_0, "CONNECT_S", "READ_S", "WHOLE_S", "RETRY_S"),
    **_all("MEDIA_S3_", _FROM_0, "RETRIES"),
    **_all("MEDIA_S3_", _FROM_1, "AT_ONCE"),
    **_all("MEDIA_S3_", _PART, "PART_BYTES"),
    **_all("REDIS_", _ABOVE_0, "SILENCE_S", "AWAY_SWEEP_S", "WELL_SWEEP_S", "HERE_EVERY_S"),
    **_all("REDIS_", _WAIT, "GATHER_S", "READY_EVERY_S", "SWEEP_BACK_S"),
    **_all("PRUNING_", _WHOLE_DAYS, "EVENT_DAYS", "OFFER_DAYS", "SESSION_DAYS"),
    **_all("PRUNING_", _KEYS, "ROWS"),
    **_all("PRUNING_", _WAIT, "PAUSE_S"),
    **_all("PRUNING_", _ABOVE_0, "EVERY_S"),
    **_all("PROCESS_", _ABOVE_0, "ANNOUNCE_S", "GONE_S", "FORGET_S", "SKEW_S"),
    **_all("POSTGRES_", _FROM_1, "POOL_SIZE", "LARGE_POOL_SIZE"),
    **_all("POSTGRES_", _FROM_0, "PREPARED_STATEMENTS"),
    **_all("RELAY_", _FROM_1, "HEADS", "AT_ONCE"),
    **_all("RELAY_", _ABOVE_0, "WITHIN_S", "POLL_S", "CLAIM_S"),
    **_all("POSTGRES_", _ABOVE_0, "POOL_S", "CONNECT_S", "STATEMENT_S", "IDLE_S", "LARGE_S", "LARGE_IDLE_S"),
    **_all("POSTGRES_", _ABOVE_0, "GONE_S", "SILENCE_S", "LARGE_SILENCE_S"),
}


def bound_of(variable: Variable) -> Bound | None:
    """Of a rate, too: what is never given back is waited for without end."""
    if variable.section is Rate:
        return _ABOVE_0 if variable.name.endswith("_PER_S") else _FROM_0
    return BOUNDS.get(variable.name)


def check(settings: Any) -> None:
    """Raises Invalid with the name of the first variable that is out of its bounds."""
    given = dict(values(settings))
    for variable in variables(type(settings)):
        bound = bound_of(variable)
        if bound is not None and not bound.holds(given[variable.name]):
            raise Invalid(variable.name, f"{bound.expected}, not {given[variable.name]:.10g}")
