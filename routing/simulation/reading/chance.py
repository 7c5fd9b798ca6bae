"""Laws of chance from their form in JSON."""

from msgspec import UNSET, UnsetType

from core.errors import Invalid
from routing.simulation import laws
from routing.simulation.reading import wire

_USUAL_CV = 2.0


def law(form: float | wire.LawForm, field: str) -> laws.Law:
    """A number is the mean of an exponential time. Raises Invalid."""
    match form:
        case wire.Deterministic(mean):
            return laws.Fixed(mean)
        case wire.Exponential(mean):
            return _exponential(mean)
        case wire.Lognormal(mean, cv):
            return laws.LogNormal(mean, cv)
        case wire.Erlang(mean, phases):
            return laws.Erlang(mean, phases)
        case wire.Hyperexponential():
            return _mixture(form, field)
        case wire.Empirical(values):
            return laws.Empirical(tuple(values))
        case _:
            return _exponential(form)


def _exponential(mean: float) -> laws.Law:
    return laws.Exponential(mean) if mean else laws.Fixed(0.0)


def _mixture(form: wire.Hyperexponential, field: str) -> laws.Law:
    shares, means = form.shares, form.means
    if isinstance(shares, list) and isinstance(means, list) and form.mean is UNSET and form.cv is UNSET:
        if len(shares) != len(means) or not shares:
            raise Invalid(f"{field}.shares", f"as many as there are means, {len(means)}, not {len(shares)}")
        return laws.Mixture(tuple(shares), tuple(means))
    if shares is UNSET and means is UNSET and not isinstance(form.mean, UnsetType):
        return laws.balanced(form.mean, _USUAL_CV if isinstance(form.cv, UnsetType) else form.cv)
    raise Invalid(field, 'either "mean" and "cv", or "shares" and "means"')
