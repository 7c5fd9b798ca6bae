"""Tells the intent of a message with a confidence that can be relied on, and whether the bot is for it at all."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components import learning, likeness, understanding
from components.understanding import Found, Options, Understanding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.likeness import Block

log = logging.getLogger(__name__)

SCOPE = "scope"
"""What a message carries beside its intent: `score`, `share`, `in_scope`; see `Found`."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentsInScope(IntentClassifier, GraphComponent):
    """Learns from all featurizers before it; what is out of scope gets that intent, first in the ranking."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Has Rasa say what is missing where a pipeline has no featurizer."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Those of `Options`; `ranking_length` intents are told."""
        defaults = Options()
        return {"ranking_length": 10, **{each.name: getattr(defaults, each.name) for each in fields(Options)}}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Leaves it to `Options`, which knows no other names."""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """What a trained one depends on beside this class: Rasa's cache sees nothing else."""
        whole = hashlib.sha256()
        for module in (learning, likeness, understanding):
            whole.update(Path(str(module.__file__)).read_bytes())
        return whole.hexdigest()

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        learned: Understanding | None = None,
    ) -> None:
        """Knows nothing until it is trained or loaded."""
        self._config = {**self.get_default_config(), **config}
        self._model_storage = model_storage
        self._resource = resource
        self._learned = learned

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentsInScope:
        """Makes one that has learned nothing."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentsInScope:
        """Reads what was learned; one without examples learned nothing and wrote nothing."""
        empty = cls(config, model_storage, resource)
        try:
            with model_storage.read_from(resource) as folder:
                return cls(config, model_storage, resource, Understanding.load(folder, empty.options))
        except ValueError:
            log.debug("nothing was stored by %s", resource.name)
            return empty

    @property
    def options(self) -> Options:
        """The configuration without Rasa's own names in it."""
        return Options(**{each.name: self._config[each.name] for each in fields(Options)})

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from all examples that have a text and an intent."""
        examples = [each for each in training_data.intent_examples if each.get(TEXT) and each.get(INTENT)]
        if examples:
            raw = features(examples)
            self._learned = Understanding.learn(raw, [each.get(INTENT) for each in examples], self.options)
            with self._model_storage.write_to(self._resource) as folder:
                self._learned.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leaves the examples as they are: nothing that is trained reads what was understood of them."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets intent, ranking and scope of each message; an empty text has no intent."""
        with_text = [each for each in messages if each.get(TEXT)]
        found = self._learned.of(features(with_text), len(with_text)) if self._learned else []
        for message, each in zip(with_text, found, strict=False):
            self._tell(message, each)
        for message in messages:
            if not message.get(INTENT_RANKING_KEY):
                message.set(INTENT, {"name": None, "confidence": 0.0}, add_to_output=True)
                message.set(INTENT_RANKING_KEY, [], add_to_output=True)
        return messages

    def _tell(self, message: Message, found: Found) -> None:
        ranking = [{"name": name, "confidence": confidence} for name, confidence in found.ranking]
        if found.strange:
            ranking.insert(0, {"name": self.options.strange, "confidence": 1 - found.in_scope})
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking[: self._config["ranking_length"]], add_to_output=True)
        scope = {"score": found.score, "share": found.share, "in_scope": found.in_scope}
        message.set(SCOPE, scope, add_to_output=True)


def features(messages: Sequence[Message]) -> dict[str, Block]:
    """Gives what each featurizer says of each whole text, by its alias."""
    rows = [
        {
            str(each.origin): each.features
            for each in message.features
            if each.attribute == TEXT and each.type == FEATURE_TYPE_SENTENCE
        }
        for message in messages
    ]
    return likeness.stack(rows)
