"""What PostgreSQL breaks off so that another transaction can go on."""

_STATES = frozenset({"40001", "40P01"})
"""Serialization failure, deadlock."""


class Interrupted(BaseException):
    """The transaction is repeated as a whole: whoever caught what a part of it raises would go on with its locks, in the way again."""


def interrupted(error: BaseException) -> Interrupted | None:
    """``error`` is the driver's, of one statement."""
    return Interrupted(str(error)) if getattr(error, "sqlstate", None) in _STATES else None
