"""A tokenizer for texts that mix scripts: words by white space, and each Han character alone."""

from __future__ import annotations

from typing import Any

import regex
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class MixedTokenizer(Tokenizer):
    """Cuts "我的 order LL-10234" into 我, 的, order, LL-10234; punctuation is dropped."""

    # Inside the class: Rasa decides by the class's source whether a cached result still holds.
    PATTERN = regex.compile(r"\p{Han}|[^\W\p{Han}]+(?:['’\-_.@][^\W\p{Han}]+)*")

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Gives the keys that Rasa's base class reads."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MixedTokenizer:
        """Builds the component; nothing is stored with the model."""
        return cls(config)

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Gives at least one token: a text of signs only is its own token."""
        text = message.get(attribute)
        found = [Token(match.group(), match.start()) for match in self.PATTERN.finditer(text)]
        return self._apply_token_pattern(found or [Token(text, 0)])
