"""Agents in front of a real server: they sign in, hear of offers on the live socket, accept and answer each once."""

from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.journeys.line import Line

GREETING = "Hello, this is a person. How can I help?"
_STILL_OURS = 409
_SERVER_FAULT = 500


class Failed(aiohttp.ClientError):
    """The server could not do it now; to be tried again as if it had not been reached."""


@dataclass
class Person:
    """One browser: its cookie, its CSRF token, and what it has been offered and not yet dealt with."""

    line: Line
    email: str
    session: dict[str, Any] = field(default_factory=dict)
    cookie: str = ""
    position: int = 0
    offers: list[str] = field(default_factory=list)
    greeted: list[str] = field(default_factory=list)
    _held: list[str] = field(default_factory=list)

    async def sign_in(self, password: str) -> "Person":
        body = {"email": self.email, "password": password}
        async with self.line.http.post(f"{self.line.server.address}/api/session", json=body) as response:
            assert response.status == 200, await response.text()
            self.session = await response.json()
            self.cookie = response.cookies["parley_session"].value
        self.position = self.session["position"]
        return self

    @property
    def roles(self) -> list[str]:
        roles: list[str] = self.session["agent"]["roles"]
        return roles

    async def call(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """The status and the JSON of one request. Raises Failed when the server says that it is its fault."""
        address = f"{self.line.server.address}{path}"
        async with self.line.http.request(method, address, json=body, headers=self._headers()) as response:
            text = await response.text()
            if response.status >= _SERVER_FAULT:
                raise Failed(f"{method} {path}: {response.status} {text}")
            return response.status, (await response.json() if text else None)

    async def live(self) -> aiohttp.ClientWebSocketResponse:
        """The console's socket, from where this browser is."""
        url = f"{self.line.server.address}/api/live?position={self.position}"
        return await self.line.connect(url, self._headers())

    async def ask(self, method: str, path: str, body: object = None) -> Any:
        """What comes of a request that must succeed."""
        status, answer = await self.call(method, path, body)
        assert status < 300, f"{method} {path}: {status} {answer}"
        return answer

    def _headers(self) -> dict[str, str]:
        return {**self.proof, "X-CSRF-Token": self.session["csrf"]}

    @property
    def proof(self) -> dict[str, str]:
        """What a browser sends by itself."""
        return {"Cookie": f"parley_session={self.cookie}"}

    async def work(self) -> None:
        """For ever: accept whatever is offered and greet the customer, over any number of kills."""
        while True:
            await self.line.insist(self._follow)

    async def _follow(self, _address: str) -> None:
        await self._deal()
        async with await self.live() as ws:
            async for message in ws:
                frame = message.json()
                if frame["type"] == "event" and frame["n"] > self.position:
                    assert frame["n"] == self.position + 1, (
                        f"{self.email}: {self.position}, then {frame['n']}"
                    )
                    self.position = frame["n"]
                    if frame["event"]["kind"] == "offer":
                        self.offers.append(frame["event"]["reservation"])
                assert frame["type"] not in {"reload", "error"}, f"{self.email} got {frame}"
                await self._deal()

    async def _deal(self) -> None:
        """What is begun stays on the list until the server has said that it is done."""
        while self.offers:
            status, answer = await self.call("POST", f"/api/reservations/{self.offers[0]}/accept")
            assert status in {200, _STILL_OURS}, answer
            if status == 200:
                self._held.append(answer["conversation"])
            self.offers.pop(0)
        while self._held:
            body = {"key": f"greeting-{self._held[0]}", "kind": "reply", "text": GREETING, "uploads": []}
            await self.ask("POST", f"/api/conversations/{self._held[0]}/messages", body)
            self.greeted.append(self._held.pop(0))


async def staff(line: Line, capacity: int) -> list[Person]:
    """Everybody of the sample company, signed in, available, and with room for ``capacity`` conversations."""
    people = []
    for email, password in line.server.sign_ins().items():
        person = Person(line, email)
        await person.sign_in(password)
        people.append(person)
    chief = next(person for person in people if "administrator" in person.roles)
    for person in people:
        await chief.ask("PATCH", f"/api/agents/{person.session['agent']['id']}", {"capacity": capacity})
        await person.ask("PUT", "/api/presence", {"state": "available", "reason": None})
    return people


async def settled(chief: Person) -> None:
    """Until the outbox is empty, as the status page says; nothing may have been given up."""
    while True:
        left = (await chief.ask("GET", "/api/status"))["outbox"]
        assert left["dead"] == [], left["dead"]
        if left["waiting"] == 0:
            return
