"""The files an operator copies name settings that exist, are what their programs take, and hold no secret."""

import re
import subprocess
import sys
from collections.abc import Iterator
from ipaddress import ip_address, ip_network
from pathlib import Path
from shutil import copytree, which
from typing import Any

import pytest
import yaml
from redis import AuthenticationError, Redis

from app.environment import read, variables
from app.roles import ProcessRole
from app.settings import Settings
from channels.media.settings import Folder, MediaSettings, place_of
from deploy.setup.places import VENV
from tests.house.tree import ROOT
from tests.servers.programs import end, free_ports, wait_for_ports
from tests.servers.valkey import find_program

DEPLOY = ROOT / "deploy"
UNITS = sorted(path.name for path in DEPLOY.glob("*.service"))
NAME = re.compile(r"\bPARLEY_[A-Z0-9_]+\b")
ASSIGNED = re.compile(r"^#?(PARLEY_[A-Z0-9_]+)=(.*)$", re.MULTILINE)
ASKED = re.compile(r"(?<!\$)\$\{([A-Z_]+)(?:(:[-?])([^}]*))?\}")
OF_DOCKER = {"PARLEY_IMAGE", "PARLEY_RASA_IMAGE", "PARLEY_SITE", "PARLEY_UPSTREAMS"}
"""Settings of these files' own."""


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return loaded


def texts(value: object) -> Iterator[str]:
    match value:
        case dict():
            for each in value.values():
                yield from texts(each)
        case list():
            for each in value:
                yield from texts(each)
        case str():
            yield value
        case _:
            # Numbers and yes and no say nothing here.
            return


def called(*command: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*command], capture_output=True, text=True, timeout=120, check=False, stdin=subprocess.DEVNULL, **more
    )


@pytest.mark.parametrize(
    "name", ["env.example", "compose.env.example", "compose.yaml", "Caddyfile", "Dockerfile", *UNITS]
)
def test_every_setting_that_is_named_exists(name: str) -> None:
    known = {variable.name for variable in variables(Settings)} | OF_DOCKER
    named = set(NAME.findall((DEPLOY / name).read_text()))
    assert named, name
    assert named <= known, name


def test_every_line_of_the_example_is_taken_when_its_mark_is_removed() -> None:
    assigned = ASSIGNED.findall((DEPLOY / "env.example").read_text())
    assert len(assigned) >= 10
    for name, value in assigned:
        read(Settings, {name: value})


def test_compose_asks_for_nothing_that_its_example_does_not_show() -> None:
    asked = {name for text in texts(compose()) for name, _, _ in ASKED.findall(text)}
    shown = set(re.findall(r"^#?([A-Z_]+)=", (DEPLOY / "compose.env.example").read_text(), re.MULTILINE))
    assert asked == shown


def test_compose_holds_no_secret() -> None:
    for text in texts(compose()):
        for name, how, given in ASKED.findall(text):
            if re.search("PASSWORD|SECRET|KEY", name):
                assert how == ":?", f"{name} has the value {given}"
        for word in re.findall(r"(?:://[^$/@]*:(?=\S*@)|requirepass )(\S+)", text):
            assert word.startswith("${"), text


def test_nothing_in_compose_runs_with_more_rights_than_it_needs() -> None:
    for name, service in compose()["services"].items():
        assert service["cap_drop"] == ["ALL"], name
        assert "no-new-privileges:true" in service["security_opt"], name
        assert "mem_limit" in service, name
        assert "ports" not in service or name == "proxy"
        assert "privileged" not in service
        assert not any("docker.sock" in text for text in texts(service)), name


def test_three_servers_wait_for_one_migration() -> None:
    services = compose()["services"]
    assert services["parley"]["deploy"]["replicas"] == 3
    assert services["parley"]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert services["migrate"]["command"] == ["migrate"]


def test_the_proxy_alone_is_believed() -> None:
    services = compose()["services"]
    address = services["proxy"]["networks"]["front"]["ipv4_address"]
    trusted = services["parley"]["environment"]["PARLEY_TRUSTED_PROXIES"].split(",")
    assert set(trusted) - {"127.0.0.0/8", "::1/128"} == {f"{address}/32"}


def test_no_other_container_ever_gets_the_address_of_the_proxy() -> None:
    loaded = compose()
    address = ip_address(loaded["services"]["proxy"]["networks"]["front"]["ipv4_address"])
    [pool] = loaded["networks"]["front"]["ipam"]["config"]
    subnet, others = ip_network(pool["subnet"]), ip_network(pool["ip_range"])
    assert address in subnet
    assert address not in others
    assert set(others) < set(subnet)
    assert address != ip_address(pool["gateway"])
    # Room for as many servers as one machine has.
    assert others.num_addresses > 100


def test_all_parts_of_a_machine_keep_attachments_in_one_folder_that_each_may_write() -> None:
    unit = (DEPLOY / "parley@.service").read_text()
    given = dict(
        each.split("=", 1)
        for line in re.findall(r"^Environment=(.*)$", unit, re.MULTILINE)
        for each in line.split()
    )
    written = re.findall(r"^StateDirectory=(.*)$", unit, re.MULTILINE)[0].split()
    assert "%i" in given["PARLEY_FOLDER"]
    place = place_of(MediaSettings(given["PARLEY_MEDIA_URL"]), Path(given["PARLEY_FOLDER"]) / "media")
    assert isinstance(place, Folder)
    assert "%i" not in str(place.path)
    assert place.path in {Path("/var/lib") / each for each in written}
    # Where a whole installation in one process has kept them, and where commands look.
    assert place.path == Settings(folder=Path("/var/lib/parley")).media_folder


def test_whoever_is_told_to_stop_has_the_time_for_it() -> None:
    """Also where neither the database nor Redis answers any more."""
    told = Settings()
    # What is being sent, and to give back what was not; requests; the background, and who is left of it.
    steps_s = 4 * told.stop_s + 2
    away_s = told.redis.answer_s + told.redis.connect_s + told.postgres.connect_s
    services = compose()["services"]
    given = [services[each]["stop_grace_period"] for each in ("parley", "bot")]
    for unit in ("parley.service", "parley@.service"):
        given += re.findall(r"^TimeoutStopSec=(.*)$", (DEPLOY / unit).read_text(), re.MULTILINE)
    assert len(given) == 4
    assert all(float(each.removesuffix("s")) > steps_s + away_s for each in given)


def test_the_image_runs_as_nobody_special() -> None:
    stages = (DEPLOY / "Dockerfile").read_text().split("\nFROM ")
    for stage in stages[-2:]:
        assert re.findall(r"^USER (.*)$", stage, re.MULTILINE)[-1] == "10001:10001"
        assert not re.search(r"apt-get|curl|wget|^ADD ", stage, re.MULTILINE)


def test_every_role_is_served_by_somebody() -> None:
    services = compose()["services"].values()
    served = [each["environment"]["PARLEY_ROLES"] for each in services if each.get("command") == ["serve"]]
    assert set(",".join(served).split(",")) == set(ProcessRole)


@pytest.mark.served
class TestPrograms:
    """The programs that will read these files say that they understand them."""

    def test_the_dockerfile(self) -> None:
        looked = called(VENV / "bin" / "hadolint", DEPLOY / "Dockerfile")
        assert looked.returncode == 0, looked.stdout + looked.stderr

    def test_compose(self) -> None:
        program = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
        looked = called(*program, str(DEPLOY / "compose.yaml"))
        assert looked.returncode == 0, looked.stdout + looked.stderr

    def test_the_proxys_file(self, tmp_path: Path) -> None:
        homes = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
        file = str(DEPLOY / "Caddyfile")
        looked = called(VENV / "bin" / "caddy", "validate", "--config", file, env=homes)
        assert looked.returncode == 0, looked.stdout + looked.stderr
        assert called(VENV / "bin" / "caddy", "fmt", file, env=homes).stdout == Path(file).read_text()

    @pytest.mark.parametrize("name", UNITS)
    def test_the_units(self, name: str, tmp_path: Path) -> None:
        program = which("systemd-analyze")
        if program is None:
            # A machine without systemd has nothing that could tell.
            return
        # Commands of a unit have to be there: they are, where this tree stands in for the one that is installed.
        copytree(
            DEPLOY, tmp_path, dirs_exist_ok=True, ignore=lambda _, names: [n for n in names if n not in UNITS]
        )
        for each in UNITS:
            unit = tmp_path / each
            unit.write_text(
                re.sub(r"/opt/parley/\.venv(-rasa)?/bin/python", sys.executable, unit.read_text())
            )
        looked = called(program, "verify", "--man=no", tmp_path / name.replace("@.", "@web."))
        assert (looked.returncode, looked.stdout + looked.stderr) == (0, "")


@pytest.mark.server
def test_redis_starts_with_what_compose_gives_it(tmp_path: Path) -> None:
    (port,) = free_ports(1)
    content = compose()["configs"]["redis"]["content"]
    content = ASKED.sub("hush", content).replace("dir /data", f"dir {tmp_path}")
    file, log = tmp_path / "redis.conf", tmp_path / "log"
    file.write_text(f"{content}\nport {port}\nbind 127.0.0.1\nlogfile {log}\n")
    process = subprocess.Popen([find_program(), file], stdin=subprocess.DEVNULL, process_group=0)
    try:
        wait_for_ports(process, [port], log)
        with Redis(host="127.0.0.1", port=port, password="hush") as client:
            assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
            assert client.config_get("appendonly") == {"appendonly": "yes"}
        with Redis(host="127.0.0.1", port=port) as nobody, pytest.raises(AuthenticationError):
            nobody.ping()
    finally:
        end(process)
