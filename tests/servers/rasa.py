"""A real Rasa for a whole run of tests: trained once for each state of the project, started once, with actions that a test can break."""

import json
import os
import secrets
import shutil
import subprocess
import threading
import time
import unicodedata
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal

from bot.rasa_files import RasaConfig, fingerprint
from deploy.setup.places import RASA_PYTHON, ROOT

LIMIT_S = 300
ACTION_LIMIT_S = 0.5
"""Shorter than in production, so that tests of slow actions are quick."""


class NoRasaError(Exception):
    """Rasa's environment is not installed, or Rasa did not train or start."""


@dataclass
class Actions:
    """An action server on a free port; `mode` says how it behaves, `calls` what it was asked.

    In the mode "elsewhere" the server at `elsewhere` answers: a test's own, such as ours.
    """

    mode: Literal["well", "broken", "slow", "nonsense", "silent", "elsewhere"] = "well"
    elsewhere: str = ""
    calls: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    def answer(self, call: dict[str, Any]) -> dict[str, Any]:
        """What a simple action server of ours would say."""
        tracker = call["tracker"]
        match call["next_action"]:
            case name if name.startswith("validate_"):
                return self._validated(tracker)
            case "action_order_status":
                number = tracker["slots"]["order_number"]
                # Rasa asks for it also when the form was left.
                return _said({"kind": "order", "number": number}, [_slot(None)]) if number else NOTHING
            case name:
                ends = name in ("action_hand_over", "action_complaint")
                turn = tracker["latest_message"]["metadata"].get("turn")
                return _said({"kind": name, "turn": turn}, [CLOSED] if ends else [])

    def _validated(self, tracker: dict[str, Any]) -> dict[str, Any]:
        """Takes a number that the customer wrote while an order is spoken of, and a no; all else is for the rules."""
        latest, asked = tracker["latest_message"], tracker["active_loop"].get("name")
        intent, written = latest["intent"]["name"], _number(latest["entities"])
        if intent == "deny" and asked:
            return _said({"kind": "say", "key": "bot-order-stopped"}, [_slot(None), CLOSED])
        if written is None or intent in ("ask_knowledge", "talk_to_person", "complaint"):
            return NOTHING
        plain = unicodedata.normalize("NFKC", written).upper().replace(" ", "-")
        good = len([sign for sign in plain if sign.isdigit()]) == 5
        event = _slot(plain if good else None)
        return {"events": [event], "responses": []} if good else _said({"kind": "wrong_number"}, [event])


CLOSED = {"event": "active_loop", "name": None}
NOTHING: dict[str, Any] = {"events": [], "responses": []}


def _slot(number: str | None) -> dict[str, Any]:
    return {"event": "slot", "name": "order_number", "value": number}


def _number(entities: list[dict[str, Any]]) -> str | None:
    return next((each["value"] for each in entities if each["entity"] == "order_number"), None)


def _said(custom: dict[str, Any], events: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return {"events": events or [], "responses": [{"custom": custom}]}


@contextmanager
def running_actions() -> Iterator[tuple[Actions, str]]:
    """The action server and its address."""
    actions = Actions()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            call = json.loads(body)
            actions.calls.append(call)
            actions.secrets.append(self.headers["X-Parley-Secret"])
            match actions.mode:
                case "slow":
                    actions.released.wait(ACTION_LIMIT_S * 4)
                    self._send(200, actions.answer(call))
                case "broken":
                    self._send(500, {"error": "broken"})
                case "nonsense":
                    self._send(200, ["not", "an", "answer"])
                case "silent":
                    self._send(200, {"events": [], "responses": []})
                case "well":
                    self._send(200, actions.answer(call))
                case "elsewhere":
                    headers = {"X-Parley-Secret": self.headers["X-Parley-Secret"]}
                    self._send(*_request("POST", actions.elsewhere, body, headers))

        def _send(self, status: int, document: object) -> None:
            body = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield actions, f"http://127.0.0.1:{server.server_address[1]}/webhook"
    finally:
        actions.released.set()
        server.shutdown()
        server.server_close()


@dataclass
class Answer:
    """What Rasa said to one message: our custom payloads, and the record that closes every answer."""

    said: list[dict[str, Any]]
    record: dict[str, Any]

    @property
    def kinds(self) -> list[str]:
        return [each["kind"] for each in self.said]

    @property
    def intent(self) -> str | None:
        return self.record["intent"]["name"] if self.record["intent"] else None


@dataclass
class RunningRasa:
    """A Rasa that answers, and its action server."""

    url: str
    secret: str
    model: Path
    actions: Actions
    action_secret: str
    pid: int

    def call(self, method: str, path: str, body: object = None, secret: str | None = None) -> tuple[int, Any]:
        """Status and JSON body of one request."""
        data = None if body is None else json.dumps(body).encode()
        headers = {
            "X-Parley-Secret": self.secret if secret is None else secret,
            "Content-Type": "application/json",
        }
        return _request(method, self.url + path, data, headers)

    def say(self, text: object, sender: str | None, **metadata: Any) -> Answer:
        """One turn."""
        body = {"sender": sender, "message": text, "metadata": metadata}
        status, items = self.call("POST", "/webhooks/rest/webhook", body)
        assert status == 200, items
        customs = [item["custom"] for item in items]
        assert customs[-1]["kind"] == "turn", items
        return Answer(customs[:-1], customs[-1])


def _request(method: str, url: str, data: bytes | None, headers: dict[str, str]) -> tuple[int, Any]:
    request = urllib.request.Request(url, data, headers, method=method)  # noqa: S310 - http only
    try:
        with urllib.request.urlopen(request, timeout=LIMIT_S) as answer:  # noqa: S310 - http only
            return answer.status, json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read() or b"null")


def rasa_python() -> Path:
    """Rasa's own Python, of this tree or named by PARLEY_TEST_RASA_PYTHON."""
    python = Path(os.environ.get("PARLEY_TEST_RASA_PYTHON", str(RASA_PYTHON)))
    if not python.exists():
        raise NoRasaError(f"{python} is not there: `python3 -m deploy.setup rasa` makes Rasa's environment.")
    return python


def trained_model(config: RasaConfig) -> Path:
    """The model of the project as it is; trained when `config.folder` does not hold it yet."""
    model = config.model(fingerprint(config.project))
    if not model.is_file():
        command = config.train_command(rasa_python(), model)
        environment = config.child_environment(os.getpid())
        # Standard input stays open for as long as we live, as the launcher expects.
        done = subprocess.run(
            command,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=LIMIT_S,
            stdin=_held_open(),
        )
        if done.returncode:
            raise NoRasaError(f"training ended with {done.returncode}: {done.stdout}{done.stderr[-3000:]}")
    return model


def _held_open() -> int:
    reading, _writing = os.pipe()
    return reading


def config_for(folder: Path, action_url: str, root: Path = ROOT) -> RasaConfig:
    """Models, trackers and records in `folder`; everything a child gets."""
    environment = {
        name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ
    }
    return RasaConfig(
        root=root,
        folder=folder,
        action_url=action_url,
        action_secret=secrets.token_hex(8),
        secret=secrets.token_hex(8),
        environment=environment,
    )


@contextmanager
def running_rasa(models: Path, work: Path) -> Iterator[RunningRasa]:
    """Starts one with a model from `models` (trained when needed); trackers go to `work`."""
    with running_actions() as (actions, action_url):
        config = config_for(work, action_url)
        kept = trained_model(config_for(models, action_url))
        model = config.model(fingerprint(config.project))
        model.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(kept, model)
        environment = {
            **config.child_environment(os.getpid()),
            "PARLEY_ACTION_TIMEOUT": str(ACTION_LIMIT_S),
        }
        command = config.serve_command(rasa_python(), model)
        with _started(command, environment, work / "rasa.log") as process:
            port = _port(process, work / "rasa.log")
            yield RunningRasa(
                f"http://127.0.0.1:{port}", config.secret, model, actions, config.action_secret, process.pid
            )


@dataclass
class OwnServer:
    """A Rasa that nobody but its operator started: it has no model until it is told where to fetch one."""

    url: str
    process: subprocess.Popen[str]


@contextmanager
def own_servers(count: int, secret: str, work: Path, trackers: str) -> Iterator[list[OwnServer]]:
    """They start at the same time; all that they are told is the secret, and the Redis that they share."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    config = config_for(work, "")
    command = [str(rasa_python()), str(config.project / "launch.py"), "serve", "--host", "127.0.0.1"]
    with ExitStack() as stack:
        logs = [work / f"rasa{number}.log" for number in range(count)]
        environment = kept | {"PARLEY_RASA_SECRET": secret, "PARLEY_TRACKERS": trackers}
        processes = [stack.enter_context(_started(command, environment, log)) for log in logs]
        yield [
            OwnServer(f"http://127.0.0.1:{_port(process, log)}", process)
            for process, log in zip(processes, logs, strict=True)
        ]


@contextmanager
def _started(command: list[str], environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[str]]:
    with log.open("w") as written:
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=written, text=True
        )
        try:
            yield process
        finally:
            process.kill()
            process.communicate()


def _port(process: subprocess.Popen[str], log: Path) -> int:
    ends = time.monotonic() + LIMIT_S
    while process.stdout is not None and time.monotonic() < ends:
        line = process.stdout.readline()
        if not line:
            break
        told = json.loads(line)
        if told["step"] == "serve" and told["state"] == "done":
            return int(told["port"])
    raise NoRasaError(f"Rasa did not start: {log.read_text()[-3000:]}")
