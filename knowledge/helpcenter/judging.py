"""Whether what the search found is worth showing: something is always nearest, even to what nobody wrote about."""

from knowledge.helpcenter.settings import HelpSettings
from knowledge.index.finding import Hit


def is_worth(hit: Hit, settings: HelpSettings) -> bool:
    """It answers, is near in meaning, or has what was asked for in so many words."""
    near, covered = hit.evidence.near or 0.0, hit.evidence.overlap.covered
    if hit.probability >= settings.likely or near >= settings.near or covered >= settings.covered:
        return True
    return any(piece.marked for piece in hit.snippet)
