"""Serves a model over HTTP on 127.0.0.1 to whoever knows the secret."""

from __future__ import annotations

import hmac
import os
import socket
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


def serve(model: Path, port: int, lines: Report) -> int:
    """Serves until the process is told to stop; gives the exit code."""
    missing = [name for name in _NEEDED if not os.environ.get(name)]
    if missing or not model.is_file():
        detail = f"not set: {', '.join(missing)}" if missing else f"no model at {model}"
        lines.say("serve", "failed", detail=detail)
        return 1
    os.environ.setdefault("PARLEY_TRACKER_EVENTS", "120")
    rules.mend()
    actions.mend(float(os.environ.get("PARLEY_ACTION_TIMEOUT", "2")))
    turns.mend(int(os.environ.get("PARLEY_TEXT_LIMIT", "500")))
    listener = _listen(port)
    app = _application(model, os.environ["PARLEY_RASA_SECRET"])
    address = listener.getsockname()
    app.register_listener(partial(_announce, lines, address[1], model), "after_server_start")
    lines.say("load", "start")
    app.run(sock=listener, access_log=False)
    return 0


def _listen(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    return listener


def _application(model: Path, secret: str) -> Sanic:
    endpoints = AvailableEndpoints.read_endpoints("endpoints.yml")
    channels = create_http_input_channels(None, "credentials.yml")
    app = configure_app(channels, response_timeout=_LONGEST_ANSWER_S, endpoints=endpoints)
    app.register_middleware(partial(_admit, secret.encode()), "request")
    app.register_listener(partial(load_agent_on_start, str(model), endpoints, None), "before_server_start")
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


def _announce(lines: Report, port: int, model: Path, app: Any, _loop: Any) -> None:
    if app.ctx.agent.is_ready():
        lines.say("serve", "done", port=port, model=str(model))
        return
    lines.say("serve", "failed", detail=f"{model} could not be loaded")
    app.stop()
