"""Serves a model over HTTP to whoever knows the secret: one that is here, or one that Parley has it fetch."""

from __future__ import annotations

import hmac
import os
import socket
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rasa.core.run import configure_app, create_http_input_channels, load_agent_on_start
from rasa.core.utils import AvailableEndpoints
from sanic.response import json

from launcher import actions, rules, turns

if TYPE_CHECKING:
    from sanic import Sanic
    from sanic.request import Request
    from sanic.response import HTTPResponse

    from launcher.report import Report

# Never seen by a customer: our own time limit for a whole turn is the client's.
_LONGEST_ANSWER_S = 60
_TURN_PATH = "/webhooks/rest/webhook"
_NEEDED = ("PARLEY_RASA_SECRET", "PARLEY_ACTION_URL", "PARLEY_ACTION_SECRET", "PARLEY_TRACKERS")
_SHARED = ("redis://", "rediss://")
_NOWHERE = "http://127.0.0.1:9/nowhere"


def serve(model: Path | None, place: tuple[str, int], lines: Report) -> int:
    """Serves until the process is told to stop; gives the exit code."""
    if model is None:
        _complete()
    missing = [name for name in _NEEDED if not os.environ.get(name)]
    if missing or (model is not None and not model.is_file()):
        detail = f"not set: {', '.join(missing)}" if missing else f"no model at {model}"
        lines.say("serve", "failed", detail=detail)
        return 1
    os.environ.setdefault("PARLEY_TRACKER_EVENTS", "120")
    rules.mend()
    actions.mend(float(os.environ.get("PARLEY_ACTION_TIMEOUT", "2")))
    turns.mend(int(os.environ.get("PARLEY_TEXT_LIMIT", "500")))
    listener = _listen(place)
    app = _application(model, os.environ["PARLEY_RASA_SECRET"])
    address = listener.getsockname()
    app.register_listener(partial(_announce, lines, address[1], model), "after_server_start")
    lines.say("load", "start")
    app.run(sock=listener, access_log=False)
    return 0


def _complete() -> None:
    """Gives a server that somebody runs beside Parley what it need not be told: one secret is enough."""
    os.environ.setdefault("PARLEY_ACTION_SECRET", os.environ.get("PARLEY_RASA_SECRET", ""))
    # Each turn brings the address of the process that asks.
    os.environ.setdefault("PARLEY_ACTION_URL", _NOWHERE)
    if not os.environ.get("PARLEY_TRACKERS"):
        os.environ["PARLEY_TRACKERS"] = tempfile.mkdtemp(prefix="parley-rasa-")


def _listen(place: tuple[str, int]) -> socket.socket:
    found = socket.getaddrinfo(*place, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, kind, protocol, _, address = found[0]
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(address)
    return listener


def _application(model: Path | None, secret: str) -> Sanic:
    shared = os.environ["PARLEY_TRACKERS"].startswith(_SHARED)
    endpoints = AvailableEndpoints.read_endpoints("endpoints.shared.yml" if shared else "endpoints.yml")
    channels = create_http_input_channels(None, "credentials.yml")
    app = configure_app(channels, response_timeout=_LONGEST_ANSWER_S, endpoints=endpoints)
    app.register_middleware(partial(_admit, secret.encode()), "request")
    app.register_listener(
        partial(load_agent_on_start, None if model is None else str(model), endpoints, None),
        "before_server_start",
    )
    return app


def _admit(secret: bytes, request: Request) -> HTTPResponse | None:
    """Refuses whoever does not know the secret: Rasa's own token does not cover the REST channel."""
    given = request.headers.get("x-parley-secret", "").encode()
    if request.path != "/" and not hmac.compare_digest(given, secret):
        return json({"error": "the header X-Parley-Secret is missing or wrong"}, status=401)
    if request.path == _TURN_PATH and request.method == "POST":
        return _check(request)
    return None


def _check(request: Request) -> HTTPResponse | None:
    """Refuses what is no turn; Rasa would answer it with nothing, or for a conversation that all share."""
    body = request.json
    if not isinstance(body, dict):
        return json({"error": "expected a JSON object"}, status=400)
    if not isinstance(body.get("sender"), str) or not body["sender"]:
        return json({"error": "sender: expected a text that is not empty"}, status=400)
    if not isinstance(body.get("message"), str):
        return json({"error": "message: expected a text"}, status=400)
    if not isinstance(body.get("metadata", {}), dict):
        return json({"error": "metadata: expected an object"}, status=400)
    if request.args:
        return json({"error": "no parameters are taken in the address"}, status=400)
    return None


def _announce(lines: Report, port: int, model: Path | None, app: Any, _loop: Any) -> None:
    if model is None or app.ctx.agent.is_ready():
        lines.say("serve", "done", port=port, model=str(model or ""))
        return
    lines.say("serve", "failed", detail=f"{model} could not be loaded")
    app.stop()
