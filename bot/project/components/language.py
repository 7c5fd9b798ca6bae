"""Tells English from Chinese by the script, as an entity that the slot `lang` follows."""

from __future__ import annotations

from typing import Any

import regex
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    EXTRACTOR,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class LanguageEntity(GraphComponent):
    """Adds the entity `lang`; a text without letters (a bare number) leaves the slot as it was."""

    HAN = regex.compile(r"\p{Han}")
    # An order number such as LL-10234 is not English.
    WORD = regex.compile(r"(?<![\w-])[A-Za-z]['’A-Za-z]*(?![\w-])")

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageEntity:
        """Builds the component; nothing is stored with the model."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Marks each message whose script tells its language."""
        for message in messages:
            language = self.language_of(message.get(TEXT) or "")
            if language is not None:
                self._mark(message, language)
        return messages

    @classmethod
    def language_of(cls, text: str) -> str | None:
        """Weighs Han characters against Latin words: "我要查 order" is Chinese."""
        han = len(cls.HAN.findall(text))
        words = len(cls.WORD.findall(text))
        if not han and not words:
            return None
        return "zh" if han >= words else "en"

    @staticmethod
    def _mark(message: Message, language: str) -> None:
        entity = {
            ENTITY_ATTRIBUTE_TYPE: "lang",
            ENTITY_ATTRIBUTE_VALUE: language,
            ENTITY_ATTRIBUTE_START: 0,
            ENTITY_ATTRIBUTE_END: len(message.get(TEXT)),
            EXTRACTOR: "LanguageEntity",
        }
        message.set(ENTITIES, [*message.get(ENTITIES, []), entity], add_to_output=True)
