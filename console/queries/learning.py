"""Misunderstood texts and models, as the console shows them."""

from collections.abc import Mapping

from bot.improving import contract
from console.wire import learning as wire
from core.errors import Invalid
from core.store.learning import StoredChange, StoredComparison, StoredEvaluation, StoredScore

_PAGE, _MOST_OFFSET = 50, 100_000
_DAYS = (7, 30, 90, 365)
_TOLD = 200
"""So many examples of each kind of change."""


def wanted_from(query: Mapping[str, str]) -> contract.Wanted:
    """``kept`` (open, labelled, all), ``why``, ``intent``, ``language``, ``days``, ``offset``. Raises Invalid."""
    kept, why = query.get("kept") or "open", query.get("why") or None
    if kept not in set(contract.Kept):
        raise Invalid("kept", ", ".join(contract.Kept))
    if why is not None and why not in set(contract.Why):
        raise Invalid("why", ", ".join(contract.Why))
    days, offset = _number(query, "days", 90), _number(query, "offset", 0)
    if days not in _DAYS:
        raise Invalid("days", ", ".join(map(str, _DAYS)))
    if not 0 <= offset <= _MOST_OFFSET:
        raise Invalid("offset", f"0 to {_MOST_OFFSET}")
    return contract.Wanted(
        kept=contract.Kept(kept),
        why=None if why is None else contract.Why(why),
        intent=query.get("intent") or None,
        language=query.get("language") or None,
        days=days,
        limit=_PAGE,
        offset=offset,
    )


def _number(query: Mapping[str, str], name: str, default: int) -> int:
    value = query.get(name, "")
    if value and not (value.isascii() and value.isdigit()):
        raise Invalid(name, "a whole number")
    return int(value[:7]) if value else default


def texts(page: contract.MisreadPage, intents: tuple[str, ...], *, whole: bool) -> wire.MisreadTexts:
    """``whole``: with the conversations."""
    items = tuple(_text(each, whole=whole) for each in page.items)
    return wire.MisreadTexts(items, page.total, intents, page.intents, page.languages)


def _text(one: contract.MisreadText, *, whole: bool) -> wire.MisreadText:
    return wire.MisreadText(
        key=one.key,
        text=one.text,
        language=one.language,
        times=one.times,
        intent=one.intent,
        confidence=one.confidence,
        ranking=tuple(wire.IntentGuess(each.intent, each.confidence) for each in one.ranking),
        why=one.why.value,
        outcome=one.outcome,
        conversation=one.conversation if whole else None,
        at=one.at,
        label=label(one.label),
    )


def label(one: contract.Label | None) -> wire.TextLabel | None:
    return None if one is None else wire.TextLabel(one.id, one.intent, one.by, one.at)


def models(found: contract.Models) -> wire.BotModels:
    return wire.BotModels(
        items=tuple(_model(each, found.project, found.in_use) for each in found.items),
        rollouts=tuple(map(rollout, found.rollouts)),
        servers=tuple(wire.BotServer(each.id, each.model, each.problem, each.seen) for each in found.servers),
        examples=found.examples,
        since=_change(found.since),
        clashes=tuple(map(_clash, found.clashes[:_TOLD])),
        dropped=tuple(map(_example, found.dropped[:_TOLD])),
    )


def detail(found: contract.ModelDetail, all_of: contract.Models) -> wire.BotModelDetail:
    evaluation = found.model.evaluation
    return wire.BotModelDetail(
        model=_model(found.model, all_of.project, all_of.in_use),
        test=None if evaluation is None else _comparison(evaluation.test),
        labelled=_labelled(evaluation),
        left_out=0 if evaluation is None else evaluation.left_out,
        against=None if evaluation is None else evaluation.against,
        since=_change(found.since),
    )


def rollout(one: contract.Rollout) -> wire.BotRollout:
    return wire.BotRollout(
        id=one.id,
        model=one.model,
        before=one.before,
        state=one.state.value,
        problem=one.problem,
        by=one.by,
        began=one.began,
        ended=one.ended,
    )


def _model(one: contract.Model, project: str, in_use: str | None) -> wire.BotModel:
    test = None if one.evaluation is None else one.evaluation.test
    before = None if test is None or test.before is None else test.before
    return wire.BotModel(
        id=one.id,
        fingerprint=one.fingerprint,
        state=one.state.value,
        step=one.step,
        done=one.done,
        problem=one.problem,
        examples=one.examples,
        shipped=one.shipped,
        outdated=one.of_project != project,
        in_use=one.id == in_use,
        by=one.by,
        began=one.began,
        ended=one.ended,
        test=None if test is None else _score(test.now),
        test_before=None if before is None else _score(before),
    )


def _labelled(evaluation: StoredEvaluation | None) -> wire.ModelComparison | None:
    if evaluation is None or evaluation.labelled is None:
        return None
    return _comparison(evaluation.labelled)


def _comparison(one: StoredComparison) -> wire.ModelComparison:
    before = {} if one.before is None else {each.intent: each.right for each in one.before.intents}
    return wire.ModelComparison(
        now=_score(one.now),
        before=None if one.before is None else _score(one.before),
        intents=tuple(
            wire.IntentScore(
                each.intent,
                each.size,
                each.right,
                None if one.before is None else before.get(each.intent, 0),
            )
            for each in one.now.intents
        ),
        confusion=tuple(
            wire.IntentsConfused(each.expected, each.got, each.count) for each in one.now.confusion
        ),
        better=tuple(wire.SentenceChange(*_change_of(each)) for each in one.better),
        worse=tuple(wire.SentenceChange(*_change_of(each)) for each in one.worse),
    )


def _change_of(one: StoredChange) -> tuple[str, str, str, str]:
    return one.text, one.expected, one.before, one.after


def _score(one: StoredScore) -> wire.ModelScore:
    return wire.ModelScore(one.size, one.right, one.in_scope, one.rejected, one.out_of_scope, one.caught)


def _change(one: contract.Difference) -> wire.ExamplesChange:
    return wire.ExamplesChange(
        added=tuple(map(_example, one.added[:_TOLD])),
        removed=tuple(map(_example, one.removed[:_TOLD])),
        changed=tuple(map(_clash, one.changed[:_TOLD])),
        counts=(len(one.added), len(one.removed), len(one.changed)),
    )


def _example(one: contract.Example) -> wire.LearnedExample:
    return wire.LearnedExample(one.text, one.intent, one.language)


def _clash(one: contract.Clash) -> wire.ExampleClash:
    return wire.ExampleClash(one.text, one.ours, one.theirs)
