"""Mends how Rasa calls our action server: a failure is a failure, and the call is cheap."""

from __future__ import annotations

import copy
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import rasa.core.actions.action as rasa_action
from jsonschema.validators import validator_for

if TYPE_CHECKING:
    from rasa.core.actions.action import RemoteAction


ASKS: ContextVar[str | None] = ContextVar("ASKS", default=None)
"""Where the Parley process that asked for the turn under way answers actions; None: where the endpoints file says."""


class ActionFailed(BaseException):
    """Our action server did not answer, or not in its form.

    No `Exception`, because Rasa catches those, forgets the action and answers the customer with nothing.
    """


def mend(timeout_s: float) -> None:
    """Puts the mended calls into Rasa."""
    rasa_action.DEFAULT_REQUEST_TIMEOUT = timeout_s
    run = rasa_action.RemoteAction.run
    schema = rasa_action.RemoteAction.action_response_format_spec()
    # Rasa checks this constant schema itself anew at each call: 22 ms.
    validator = validator_for(schema)(schema)

    async def run_or_fail(self: RemoteAction, *args: Any, **kwargs: Any) -> list[Any]:
        url = ASKS.get()
        if url is not None:
            self.action_endpoint = copy.copy(self.action_endpoint)
            self.action_endpoint.url = url
        try:
            return await run(self, *args, **kwargs)
        except rasa_action.ActionExecutionRejection:
            raise
        except Exception as error:
            detail = f"{self.name()}: {type(error).__name__}: {error}"
            raise ActionFailed(detail) from error

    def check(self: RemoteAction, result: Any) -> bool:
        validator.validate(result)
        return True

    rasa_action.RemoteAction.run = run_or_fail
    rasa_action.RemoteAction._validate_action_result = check
