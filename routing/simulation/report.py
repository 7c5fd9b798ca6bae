"""Results as one HTML page that needs nothing else: tables, charts, and what was simulated."""

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape

from routing.simulation import chart
from routing.simulation.laws import mean_of
from routing.simulation.measure import Counts, seconds_of
from routing.simulation.results import Policy, Results
from routing.simulation.scenario import Scenario
from routing.simulation.tables import (
    COLUMNS,
    PAIR_COLUMNS,
    Say,
    about,
    cells,
    cost,
    number,
    pair_cells,
    seconds,
    share,
)

_STYLE = """
:root{color-scheme:light dark;--page:#fff;--ink:#1c2430;--soft:#5b6675;--rule:#d7dde5;
--c0:#2463b4;--c1:#b4501e;--c2:#1f7a4d;--c3:#8a3ea8;--c4:#8a6d00;--c5:#b0305f}
@media(prefers-color-scheme:dark){:root{--page:#12161c;--ink:#e4e9f0;--soft:#9aa6b5;--rule:#303945;
--c0:#6ea8f0;--c1:#f09a68;--c2:#5cc48f;--c3:#cf93e8;--c4:#d8b93e;--c5:#f07fa8}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:70rem;padding:1rem;background:var(--page);color:var(--ink);
font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.5rem;margin:.5rem 0}h2{font-size:1.2rem;margin:2rem 0 .5rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;overflow-wrap:normal}
caption{text-align:start;font-weight:600;padding:.25rem 0}
th,td{padding:.25rem .75rem .25rem 0;text-align:end;border-bottom:1px solid var(--rule);white-space:nowrap}
th:first-child,td:first-child{text-align:start}
thead th{color:var(--soft);font-weight:600}
p,figcaption{max-width:45rem}.soft{color:var(--soft)}
.charts{display:flex;flex-wrap:wrap;gap:1rem 2rem}
figure{margin:0;flex:1 1 20rem;max-width:34rem}figcaption{font-weight:600;margin:.5rem 0}
svg{width:100%;height:auto;overflow:visible}svg text{font-size:11px;fill:var(--ink)}
.fill,.line{color:var(--ink)}
.c0{color:var(--c0)}.c1{color:var(--c1)}.c2{color:var(--c2)}.c3{color:var(--c3)}.c4{color:var(--c4)}.c5{color:var(--c5)}
.fill{fill:currentColor}.line{stroke:currentColor;stroke-width:2;fill:none}
.d1{stroke-dasharray:6 3}.d2{stroke-dasharray:2 2}
.span{stroke:var(--ink);stroke-width:1.5}.grid{stroke:var(--rule);fill:none}
"""


def page(results: Results, say: Say, language: str) -> str:
    """The whole document."""
    scenario = results.scenario
    title = scenario.name or say("simulated-unnamed")
    body = "".join(
        [
            f"<h1>{escape(say('simulated-title', name=title))}</h1>",
            f'<p class="soft">{escape(about(scenario, say))}</p>',
            _section(say("simulated-policies"), _summary(results, say) + _charts(results, say)),
            _section(say("simulated-pairs"), _pairs(results, say)) if results.pairs else "",
            *(_section(policy.name, _details(policy, say)) for policy in results.policies),
            _section(say("simulated-inputs"), _inputs(scenario, say)),
        ]
    )
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(say('simulated-title', name=title))}</title><style>{_STYLE}</style></head>"
        f"<body><main>{body}</main></body></html>\n"
    )


def _section(title: str, body: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{body}</section>"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    top = "".join(f'<th scope="col">{escape(each)}</th>' for each in head)
    lines = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(each)}</td>" for each in row[1:])}</tr>'
        for row in rows
    )
    return f'<div class="scroll" tabindex="0"><table><thead><tr>{top}</tr></thead><tbody>{lines}</tbody></table></div>'


def _columns(say: Say, keys: Sequence[str]) -> list[str]:
    return [say(key) for key in keys]


def _summary(results: Results, say: Say) -> str:
    head = [say("simulated-policy"), *_columns(say, (*COLUMNS, "simulated-column-cost"))]
    rows = [[policy.name, *cells(policy.total), cost(policy.cost)] for policy in results.policies]
    return _table(head, rows) + f'<p class="soft">{escape(say("simulated-cost-note"))}</p>'


def _charts(results: Results, say: Say) -> str:
    policies = results.policies
    promised = any(kind.target_s is not None for kind in results.scenario.kinds)
    drawn = [
        chart.bars(
            say("simulated-column-wait"),
            [chart.Bar(each.name, each.total.wait_s, seconds(each.total.wait_s)) for each in policies],
        )
    ]
    if promised:
        drawn.append(
            chart.bars(
                say("simulated-column-cost"),
                [chart.Bar(each.name, each.cost, cost(each.cost)) for each in policies],
            )
        )
        drawn.append(
            chart.bars(
                say("simulated-column-attainment"),
                [
                    chart.Bar(each.name, each.total.attainment, share(each.total.attainment))
                    for each in policies
                ],
                most=1.0,
            )
        )
    curves = [
        chart.Curve(policy.name, _survival(runs))
        for policy, runs in zip(policies, results.counts, strict=True)
    ]
    drawn.append(
        chart.survival(
            say("simulated-waits"), say("simulated-axis-wait"), say("simulated-axis-longer"), curves
        )
    )
    return f'<div class="charts">{"".join(drawn)}</div>'


def _survival(runs: Sequence[Counts]) -> list[tuple[float, float]]:
    """Seconds, and the share of all that waited longer."""
    waits = sum((each for run in runs for each in run.waits), Counter[int]())
    left = whole = waits.total()
    points = []
    for place in sorted(waits):
        left -= waits[place]
        if left:
            points.append((seconds_of(place), left / whole))
    return points


def _pairs(results: Results, say: Say) -> str:
    head = [say("simulated-pair"), *_columns(say, PAIR_COLUMNS)]
    rows = [[f"{pair.first} - {pair.second}", *pair_cells(pair)] for pair in results.pairs]
    return _table(head, rows) + f'<p class="soft">{escape(say("simulated-pairs-note"))}</p>'


def _details(policy: Policy, say: Say) -> str:
    head = [say("simulated-type"), *_columns(say, COLUMNS)]
    rows = [[name, *cells(row)] for name, row in policy.kinds.items()]
    kinds = list(policy.kinds)
    teams = [
        [name, f"{team.occupancy:.1%}", *(str(team.answered[kind]) for kind in kinds)]
        for name, team in policy.teams.items()
    ]
    return _table(head, rows) + _table([say("simulated-agents"), say("simulated-occupancy"), *kinds], teams)


def _inputs(scenario: Scenario, say: Say) -> str:
    kinds = _table(
        [
            say("simulated-type"),
            *_columns(
                say,
                (
                    "simulated-column-rate",
                    "simulated-column-handle",
                    "simulated-column-target",
                    "simulated-column-worth",
                ),
            ),
        ],
        list(_kinds(scenario)),
    )
    teams = [
        [
            team.name,
            str(team.count),
            ", ".join(f"{skill} {level}" for skill, level in team.skills.items()) or "-",
            number(team.speed),
            str(team.capacity),
        ]
        for team in scenario.teams
    ]
    head = [
        say("simulated-agents"),
        *_columns(
            say,
            (
                "simulated-column-count",
                "simulated-column-skills",
                "simulated-column-speed",
                "simulated-column-capacity",
            ),
        ),
    ]
    return kinds + _table(head, teams)


def _kinds(scenario: Scenario) -> Iterator[list[str]]:
    for kind in scenario.kinds:
        target = "-" if kind.target_s is None else f"{kind.target_s:g} s"
        yield [kind.name, f"{kind.rate:g}", f"{mean_of(kind.handle):.4g} s", target, f"{kind.worth:g}"]
