"""A model behind HTTP: what it answers is checked, and one that fails is left alone for a while."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
import pytest

from core.errors import Invalid, Unavailable
from knowledge.embedding.service import Request, Service
from knowledge.embedding.settings import ServiceSettings
from tests.builders import ManualClock

URL = "https://vectors.example.com/v1/embeddings"
SETTINGS = ServiceSettings(url=URL, model="m", key="secret", question="query: ")


class Remote:
    """Answers each text with its length; or with what is put into ``says``."""

    def __init__(self) -> None:
        self.says: bytes | None = None
        self.fails = False
        self.asked: list[tuple[Mapping[str, str], Any]] = []
        self.waited: list[float] = []
        self.meanwhile: Callable[[], object] = lambda: None

    def __call__(self, request: Request) -> bytes:
        assert request.url == URL
        self.asked.append((request.headers, msgspec.json.decode(request.body)))
        self.waited.append(request.limit_s)
        meanwhile, self.meanwhile = self.meanwhile, lambda: None
        meanwhile()
        if self.fails:
            raise Unavailable("no")
        return self.says or answer([[float(len(text)), 1.0] for text in self.asked[-1][1]["input"]])


def answer(rows: Sequence[Sequence[float]], places: Sequence[int] | None = None) -> bytes:
    numbered = places or range(len(rows))
    data = [{"embedding": row, "index": place} for row, place in zip(rows, numbered, strict=True)]
    return msgspec.json.encode({"data": data})


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def remote() -> Remote:
    return Remote()


@pytest.fixture
def service(remote: Remote, clock: ManualClock) -> Service:
    made = Service(SETTINGS, remote, clock)
    made.ready()
    return made


def test_texts_become_unit_vectors_in_their_order(service: Service, remote: Remote) -> None:
    remote.says = answer([[0.0, 2.0], [3.0, 0.0]], places=[1, 0])
    assert service.questions(["a", "b"]).tolist() == [[1.0, 0.0], [0.0, 1.0]]
    assert service.dimensions == 2


def test_the_key_and_the_words_before_a_question_go_along(service: Service, remote: Remote) -> None:
    service.questions(["where is it?"])
    headers, body = remote.asked[-1]
    assert headers["Authorization"] == "Bearer secret"
    assert body == {"model": "m", "input": ["query: where is it?"]}
    service.passages(["there"])
    assert remote.asked[-1][1]["input"] == ["there"]


@pytest.mark.parametrize(
    "says",
    [
        b"<html>",
        b"{}",
        answer([]),
        answer([[1.0, 2.0], [1.0, 2.0]]),
        answer([[1.0, 2.0, 3.0]]),
        answer([[]]),
        answer([[1.0, 2.0]], places=[7]),
    ],
)
def test_an_odd_answer_is_no_vector(service: Service, remote: Remote, says: bytes) -> None:
    remote.says = says
    with pytest.raises(Unavailable):
        service.questions(["a"])


def test_numbers_that_are_none_are_near_to_nothing(service: Service, remote: Remote) -> None:
    remote.says = answer([[0.0, 0.0]])
    assert np.array_equal(service.questions(["a"]), np.zeros((1, 2)))


def test_after_a_failure_it_is_left_alone_and_no_question_finds_out_whether_it_is_back(
    service: Service, remote: Remote, clock: ManualClock
) -> None:
    remote.fails = True
    with pytest.raises(Unavailable):
        service.questions(["a"])
    remote.fails = False
    asked = len(remote.asked)
    for pause_s in (0, SETTINGS.pause_s + 1):
        clock.forward(pause_s)
        with pytest.raises(Unavailable):
            service.questions(["a"])
    assert len(remote.asked) == asked
    service.ready()
    assert service.questions(["a"]).shape == (1, 2)
    assert service.trouble is None


def test_it_is_asked_whether_it_is_back_once_a_pause(
    service: Service, remote: Remote, clock: ManualClock
) -> None:
    remote.fails = True
    with pytest.raises(Unavailable):
        service.questions(["a"])
    since, asked = clock.now(), len(remote.asked)
    for _ in range(3):
        clock.forward(SETTINGS.pause_s)
        for _ in range(3):
            with pytest.raises(Unavailable):
                service.ready()
    assert len(remote.asked) == asked + 3
    assert service.trouble is not None
    assert service.trouble.since == since


def test_while_one_asks_whether_it_is_back_the_others_do_not_wait(
    service: Service, remote: Remote, clock: ManualClock
) -> None:
    remote.fails = True
    with pytest.raises(Unavailable):
        service.questions(["a"])
    clock.forward(SETTINGS.pause_s)
    others: list[type[Exception]] = []

    def meanwhile() -> None:
        for ask in (service.ready, lambda: service.questions(["b"])):
            try:
                ask()
            except Unavailable as error:
                others.append(type(error))

    remote.fails, remote.meanwhile = False, meanwhile
    asked = len(remote.asked)
    service.ready()
    assert others == [Unavailable, Unavailable]
    assert len(remote.asked) == asked + 1


def test_a_question_that_somebody_waits_for_is_given_less_time(service: Service, remote: Remote) -> None:
    service.questions(["a"])
    service.questions(["a", "b"])
    assert remote.waited == [SETTINGS.question_s, SETTINGS.question_s, SETTINGS.limit_s]


def test_another_model_has_another_fingerprint(service: Service, remote: Remote, clock: ManualClock) -> None:
    other, same = (
        Service(ServiceSettings(url=URL, model="n"), remote, clock),
        Service(SETTINGS, remote, clock),
    )
    other.ready()
    same.ready()
    assert other.fingerprint != service.fingerprint
    assert same.fingerprint == service.fingerprint


def test_an_address_is_needed(remote: Remote, clock: ManualClock) -> None:
    with pytest.raises(Invalid, match="SERVICE_URL"):
        Service(ServiceSettings(url="ftp://x"), remote, clock)
