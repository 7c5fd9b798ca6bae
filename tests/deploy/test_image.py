"""What the Dockerfile copies is enough: the server starts from that alone, and the commands of the containers work there."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.house.tree import ROOT
from tests.servers.parley import Server

pytestmark = pytest.mark.server

DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text()
(STAGE,) = re.findall(r"^FROM \S+ AS parley\n(.*?)(?=^FROM )", DOCKERFILE, re.MULTILINE | re.DOTALL)
COMPOSE = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())
IGNORED = shutil.ignore_patterns(
    *(
        line.removeprefix("**/").rpartition("/")[2]
        for line in (ROOT / "deploy" / "Dockerfile.dockerignore").read_text().splitlines()
        if (line and line[0] not in "#*!") or line.startswith("**/")
    ),
    ".git",
)


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """The folder /opt/parley of the image, but for its packages, which are those of this run."""
    tree = tmp_path / "image"
    for source, target in re.findall(
        r"^COPY (?:--from=web /opt/parley/)?([\w/]+) ([\w/]+)$", STAGE, re.MULTILINE
    ):
        copied = shutil.copytree if source == "web/dist" else _clean_copy
        copied(ROOT / source, tree / target)
    return tree


def _clean_copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target, ignore=IGNORED)


def test_a_server_starts_from_the_image_and_is_healthy_as_compose_asks(image: Path, tmp_path: Path) -> None:
    server = Server(tmp_path / "data", arguments=(), tree=image)
    assert server.call("migrate").returncode == 0
    server.start()
    try:
        asked = COMPOSE["services"]["parley"]["healthcheck"]["test"]
        command = asked[-1].replace("http://127.0.0.1:9100", server.internal)
        assert server.internal in command
        assert asked[:3] == ["CMD", "python", "-c"]
        subprocess.run([sys.executable, "-c", command], check=True, timeout=180)
        made = server.call("setup", "--email", "a@example.com", "--name", "Ada")
        assert made.returncode == 0, made.stderr
        assert "http" in made.stdout
    finally:
        assert server.stop() == 0
    assert not list(image.rglob("var")), "nothing is written beside the program"


def test_rasa_is_started_by_a_program_of_the_image(image: Path) -> None:
    rasa = COMPOSE["services"]["rasa"]
    python, program = rasa["entrypoint"]
    assert f"PARLEY_ENGINE_PYTHON={python}" in DOCKERFILE
    said = subprocess.run(
        [sys.executable, image / program, *rasa["command"], "--help"],
        capture_output=True,
        text=True,
        timeout=180,
        check=True,
    )
    assert "--host" in said.stdout
