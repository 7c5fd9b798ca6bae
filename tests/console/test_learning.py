"""Misunderstood texts, labels, models and roll-outs over HTTP: who may do what, and what each answer says."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.improving import models, rollouts
from bot.improving.desk import Desk
from bot.improving.rollouts import Report
from bot.improving.sameness import key_of
from bot.improving.settings import ImprovingSettings
from tests.bot.fake_programs import FakePrograms
from tests.bot.improving.shop import TRAINING, a_shop, a_trainer, judging
from tests.bot.improving.test_rollouts import a_model
from tests.bot.improving.turns import misread
from tests.builders import World
from tests.console.conftest import Browser, Office, Serve

KEY = key_of("Engrave it?") or ""


def knows_prices(name: str, text: str) -> str:
    return "price" if "dear" in text else "greet"


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    shop = a_shop(tmp_path / "tree")
    programs = FakePrograms(train=[TRAINING], judge=[judging(knows_prices)])
    trainer = a_trainer(world, shop, programs)
    return Desk(world.db, shop, trainer, world.supervisor.start, lambda: None, ImprovingSettings())


@pytest.fixture
async def learning(serve: Serve, desk: Desk) -> Office:
    return await serve(improving=desk)


async def settled(browser: Browser, model: str) -> Any:
    async with asyncio.timeout(60):
        while True:
            found = await browser.get(f"/api/bot/models/{model}")
            if found["model"]["state"] != "training":
                return found


async def test_editors_see_what_was_misunderstood_and_label_it(learning: Office) -> None:
    eve = await learning.browser("eve")
    await misread(learning.world, "Engrave it?")
    page = await eve.get("/api/bot/turns")
    (item,) = page["items"]
    assert (item["text"], item["why"], item["times"], item["label"]) == ("Engrave it?", "unsure", 1, None)
    assert page["intents"] == ["greet", "thank", "price", "out_of_scope"]
    assert item["conversation"] is not None
    made = await eve.put(f"/api/bot/turns/{item['key']}/label", {"intent": "price"})
    assert (made["intent"], made["by"]) == ("price", "Eve")
    assert (await eve.get("/api/bot/turns"))["total"] == 0
    (again,) = (await eve.get("/api/bot/turns?kept=labelled"))["items"]
    assert again["label"] == made
    undone = await eve.post(f"/api/bot/labels/{made['id']}/undo", {}, status=200)
    assert undone == {"label": None}
    assert (await eve.get("/api/bot/turns"))["total"] == 1


async def test_who_labels_and_who_takes_it_back_is_written_down(
    learning: Office, caplog: pytest.LogCaptureFixture
) -> None:
    eve = await learning.browser("eve")
    await misread(learning.world, "Engrave it?")
    with caplog.at_level("INFO", logger="audit"):
        made = await eve.put(f"/api/bot/turns/{KEY}/label", {"intent": "price"})
        await eve.post(f"/api/bot/labels/{made['id']}/undo", {}, status=200)
    told = [record.getMessage() for record in caplog.records if record.name == "audit"]
    labelled, undone = told[-2:]
    assert labelled.startswith("bot text labelled by=")
    assert labelled.endswith(f"about={KEY}")
    assert undone.startswith("bot label taken back by=")
    assert undone.endswith(f"about={made['id']}")


async def test_a_label_is_an_intent_that_there_is(learning: Office) -> None:
    eve = await learning.browser("eve")
    await misread(learning.world, "Engrave it?")
    answer = await eve.call("PUT", f"/api/bot/turns/{KEY}/label", {"intent": "nlu_fallback"})
    assert answer.status == 422
    assert (await answer.json())["error"]["field"] == "intent"
    assert (await eve.call("PUT", "/api/bot/turns/nothing/label", {"intent": "greet"})).status == 404


@pytest.mark.parametrize(
    "query", ["kept=some", "why=because", "days=8", "offset=-1", "offset=x", "offset=999999999"]
)
async def test_a_narrowing_that_there_is_not_is_refused(learning: Office, query: str) -> None:
    eve = await learning.browser("eve")
    assert (await eve.call("GET", f"/api/bot/turns?{query}")).status == 422


async def test_agents_see_nothing_of_it_and_only_publishers_roll_out(learning: Office) -> None:
    ada = await learning.browser("ada")
    for path in ("/api/bot/turns", "/api/bot/models"):
        assert (await ada.call("GET", path)).status == 403
    assert (await ada.call("POST", "/api/bot/models/x/roll-out", {})).status == 403


async def test_a_model_is_trained_compared_and_rolled_out(learning: Office, desk: Desk) -> None:
    eve, world = await learning.browser("eve"), learning.world
    await misread(world, "Engrave it?")
    await eve.put(f"/api/bot/turns/{KEY}/label", {"intent": "price"})
    before = await eve.get("/api/bot/models")
    assert before["since"]["counts"] == [1, 0, 0]
    made = (await eve.post("/api/bot/models", {}, status=202))["model"]
    detail = await settled(eve, made)
    assert (detail["model"]["state"], detail["model"]["by"]) == ("trained", "Eve")
    assert detail["test"]["now"]["size"] == 2
    assert {each["intent"] for each in detail["test"]["intents"]} == {"greet", "price"}
    assert detail["labelled"]["now"]["size"] == 1
    assert [each["text"] for each in detail["since"]["added"]] == ["Engrave it?"]
    assert (await eve.get("/api/bot/models"))["since"]["counts"] == [0, 0, 0]
    begun = await eve.post(f"/api/bot/models/{made}/roll-out", {}, status=202)
    assert (begun["state"], begun["by"], begun["model"]) == ("rolling", "Eve", made)
    own = begun["before"]
    turn = await world.db.run(rollouts.step, Report("a", own, "f"), 20.0)
    assert turn is not None
    await world.db.run(rollouts.took, turn, Report("a", made, "f"))
    await world.db.run(rollouts.step, Report("a", made, "f"), 20.0)
    after = await eve.get("/api/bot/models")
    assert [each["id"] for each in after["items"] if each["in_use"]] == [made]
    assert after["rollouts"][0]["state"] == "done"
    assert [each["model"] for each in after["servers"]] == [made]


async def test_labels_of_intents_that_there_are_no_more_are_named(learning: Office, desk: Desk) -> None:
    eve, world = await learning.browser("eve"), learning.world
    await misread(world, "Engrave it?")
    await eve.put(f"/api/bot/turns/{KEY}/label", {"intent": "price"})
    assert (await eve.get("/api/bot/models"))["dropped"] == []
    (desk.workshop.config.project / "domain.yml").write_text("intents:\n- greet\n")
    found = await eve.get("/api/bot/models")
    assert found["dropped"] == [{"text": "Engrave it?", "intent": "price", "language": "en"}]


async def test_what_cannot_be_done_now_says_why(learning: Office, desk: Desk) -> None:
    eve, world = await learning.browser("eve"), learning.world
    model = await a_model(world)
    own = await world.db.run(models.own_model, desk.workshop.project())
    answer = await eve.call("POST", f"/api/bot/models/{own}/roll-out", {})
    assert (await answer.json())["error"]["code"] == "model_in_use"
    await eve.post(f"/api/bot/models/{model}/roll-out", {}, status=202)
    answer = await eve.call("POST", f"/api/bot/models/{model}/roll-out", {})
    assert (await answer.json())["error"]["code"] == "rolling_out"
    await world.db.run(models.begin, "p", [], "server:b", None)
    answer = await eve.call("POST", "/api/bot/models", {})
    assert (await answer.json())["error"]["code"] == "training"
    assert (await eve.call("GET", "/api/bot/models/nobody")).status == 404


async def test_where_rasa_is_not_installed_nothing_is_trained(serve: Serve, desk: Desk, world: World) -> None:
    trainer = a_trainer(world, desk.workshop, FakePrograms(), there=False)
    office = await serve(improving=replace(desk, trainer=trainer))
    eve = await office.browser("eve")
    assert (await eve.call("POST", "/api/bot/models", {})).status == 503
