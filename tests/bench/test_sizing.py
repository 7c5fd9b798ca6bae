"""The sizing table in docs/operations.md is calculated from what docs/benchmarks.md says was measured."""

from bench.sizing import sized
from tests.house.tree import text


def rows(document: str, section: str) -> list[list[float]]:
    """The numbers of the section's table."""
    inside = text(document).partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    lines = [line.strip("|").split("|") for line in inside.splitlines() if line.startswith("|")]
    return [[float(cell) for cell in line] for line in lines[2:]]


def test_the_sizing_table_follows_from_the_last_line_that_was_measured() -> None:
    *_, ours, postgresql, redis = rows("docs/benchmarks.md", "`bench scale`")[-1]
    expected = [
        [row.messages_per_s, row.agents, row.processes, row.postgresql_cores, row.redis_cores]
        for row in sized({"ours": ours, "postgresql": postgresql, "redis": redis})
    ]
    assert rows("docs/operations.md", "Sizing") == expected


def test_a_load_that_fills_one_process_is_given_two_and_one_to_spare() -> None:
    (row,) = (
        each for each in sized({"ours": 6.1, "postgresql": 3, "redis": 0}) if each.messages_per_s == 100
    )
    assert (row.processes, row.postgresql_cores) == (3, 0.5)
