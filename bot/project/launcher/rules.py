"""Mends what Rasa does when no rule applies: fall back once, not ten times over, and never out of an open form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rasa.core.actions.action import ActionExecutionRejection
from rasa.core.actions.forms import FormAction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.constants import ACTION_LISTEN_NAME

if TYPE_CHECKING:
    from rasa.core.policies.policy import PolicyPrediction
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.trackers import DialogueStateTracker


def mend() -> None:
    """Puts the mended prediction into Rasa."""
    predict = RulePolicy.predict_action_probabilities

    def predict_once(
        self: RulePolicy, tracker: DialogueStateTracker, domain: Domain, *args: Any, **kwargs: Any
    ) -> PolicyPrediction:
        prediction = predict(self, tracker, domain, *args, **kwargs)
        if not _fell_back(self, prediction, domain):
            return prediction
        if tracker.is_active_loop_rejected:
            return _predicted(self, tracker.active_loop_name, tracker, domain)
        if tracker.latest_action_name != ACTION_LISTEN_NAME:
            return _predicted(self, ACTION_LISTEN_NAME, tracker, domain)
        return prediction

    RulePolicy.predict_action_probabilities = predict_once
    validate = FormAction.validate

    async def validate_or_ask(self: FormAction, tracker: DialogueStateTracker, *args: Any) -> list[Any]:
        try:
            return await validate(self, tracker, *args)
        except ActionExecutionRejection:
            if not _asks_for_the_form(tracker):
                raise
            return []

    FormAction.validate = validate_or_ask


def _asks_for_the_form(tracker: DialogueStateTracker) -> bool:
    """Whether the customer says once more what opened the form; it then asks again, though the message holds no value.

    A rule cannot say that: what a form refuses, rules may answer with anything but this form.
    """
    trigger, latest = (
        tracker.active_loop.trigger_message if tracker.active_loop else None,
        tracker.latest_message,
    )
    return bool(trigger and latest and trigger["intent"].get("name") == latest.intent.get("name") is not None)


def _fell_back(policy: RulePolicy, prediction: PolicyPrediction, domain: Domain) -> bool:
    fallback = domain.index_for_action(policy.config["core_fallback_action_name"])
    no_rule = prediction.max_confidence == policy.config["core_fallback_threshold"]
    return no_rule and prediction.max_confidence_index == fallback


def _predicted(
    policy: RulePolicy, action: str, tracker: DialogueStateTracker, domain: Domain
) -> PolicyPrediction:
    """For a form: as after an interruption, so that it asks again without looking for a value in this message."""
    probabilities = policy._prediction_result(action, tracker, domain)
    form = action != ACTION_LISTEN_NAME
    return policy._rule_prediction(probabilities, f"no rule: {action}", returning_from_unhappy_path=form)
