"""Gives each message the vector of a sentence model, beside the counts of words and characters."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components import encoders

if TYPE_CHECKING:
    from collections.abc import Sequence

_AT_ONCE = 64


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """One vector for the whole text; zeros where the model does not read its language."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Has Rasa say what is missing where a pipeline has no tokenizer."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`model` is one of `encoders.PACKAGES`."""
        return {**DenseFeaturizer.get_default_config(), "model": "use"}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Leaves it to `create` to refuse a model that is none."""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """What a vector depends on beside this class: Rasa's cache sees nothing else."""
        source = hashlib.sha256(Path(encoders.__file__).read_bytes()).hexdigest()
        return f"{source} {encoders.versions(config.get('model', 'use'))}"

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        """Loads the model, so that no customer's message waits for that; nothing is stored with what was trained."""
        return cls(execution_context.node_name, {**cls.get_default_config(), **config})

    def __init__(self, name: str, config: dict[str, Any]) -> None:
        """Raises ValueError for a model that is none."""
        super().__init__(name, config)
        self._encoder = encoders.encoder(config["model"])

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the vector to each message that has a text."""
        with_text = [message for message in messages if message.get(TEXT)]
        for start in range(0, len(with_text), _AT_ONCE):
            some = with_text[start : start + _AT_ONCE]
            for message, row in zip(some, self._rows([message.get(TEXT) for message in some]), strict=True):
                message.add_features(Features(row[None, :], FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the vector to each example."""
        self.process(training_data.training_examples)
        return training_data

    def _rows(self, texts: Sequence[str]) -> np.ndarray[Any, np.dtype[np.float32]]:
        found = np.zeros((len(texts), self._encoder.dimensions), np.float32)
        places = [place for place, text in enumerate(texts) if self._encoder.reads(text)]
        if places:
            found[places] = self._encoder.encode([texts[place] for place in places])
        return np.nan_to_num(found)
