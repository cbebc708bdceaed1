"""Formulas and differential equations: `python -m benchmarks.equations --help`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import product
from typing import Any

import click

from benchmarks.charts import make_panels, name_lines, put_legend
from benchmarks.equations.course import (
    COMPARISONS,
    FIRST_SEED,
    FULL,
    QUICK,
    Cell,
    comparisons_of,
    measure,
)
from benchmarks.equations.models import BASES, CANDIDATES, INITS
from benchmarks.equations.tasks import TASKS
from benchmarks.markdown import provenance, table
from benchmarks.options import SEED_COUNT, names
from benchmarks.runs import Runs, geometric_mean, group, prefer_full
from benchmarks.study import Choice, Figures, Job, Rows, Study
from edgewise.charts.style import BLUE, GREEN, ORANGE, PURPLE

KEY = ("form", "question", "task", "comparison", "model", "init", "kind", "number")
CELL = ("form", "question", "task", "model", "init")
ERROR = "relative_l2"
QUICK_TASKS = ("I.12.11", "II.6.15a", "Poisson", "Burgers")
QUICK_MODELS = (
    *("B-spline, variance", "B-spline, power"),
    *("Gaussian, variance", "Chebyshev, variance", "MLP tanh, torch"),
)
WEIGHTS = {"formula": 1.0, "equation": 5.0}
"""Of the time that a task takes, roughly."""
INIT_NAMES = {"variance": "default", "power": "power law", "torch": "torch's"}
SUBJECTS = {"formula": "Formulas", "equation": "Differential equations"}
TITLES = {"steps": "as many steps", "time": "as much training time"}
PUBLISHED_LOSS = {"variance": 9.8e-4, "power": 8.0e-7}
"""Geometric means of the median final loss on 20 Feynman formulas, large spline networks: the
baseline and the power law of S. Rigas et al., arXiv:2509.03417. Their default isn't ours."""
PUBLISHED_ERROR = {"Helmholtz": (0.0169, 0.0128), "Burgers": (0.070, 0.029),
                   "Allen-Cahn": (0.236, 0.036)}  # fmt: skip
"""Medians of the relative L2 error of spline networks there: the baseline, and the power law at its
best setting. Their Allen-Cahn has d = 0.0001, which is harder than ours."""
COLOURS = {"B-spline": BLUE, "Gaussian": GREEN, "Chebyshev": PURPLE}
MARKERS = {"variance": "o", "power": "D", "torch": "s"}


def plan(choice: Choice) -> Iterator[Job]:
    """A job for each network on each task, with a row for each comparison and seed."""
    form = QUICK if choice.quick else FULL
    seeds = choice.seeds or (1 if choice.quick else 3)
    known = group(choice.known, *CELL)
    for cell in (Cell(*pair) for pair in product(choice.tasks, choice.models)):
        common = {"form": form.name, **cell.columns}
        own = {
            (r["comparison"], r["kind"], int(r["number"])): r
            for r in known.get(tuple(common.values()), [])
        }
        cases = [
            common | {"comparison": comparison, "kind": "test", "number": FIRST_SEED + seed}
            for comparison, seed in product(comparisons_of(cell), range(seeds))
        ]
        work = WEIGHTS[TASKS[cell.task].question]
        yield Job(partial(measure, cell, form, seeds, own), cases, work)


def summarize(rows: Rows) -> list[Runs]:
    """The runs of each network, task and comparison, of the better form that a task has."""
    tests = prefer_full([r for r in rows if r["kind"] == "test" and not r["error"]], "task")
    found = []
    for own in group(tests, "task", "comparison", "model", "init").values():
        found.append(Runs(own))
        if own[0]["init"] != "torch":  # no KAN took more time than "time" gives the MLPs
            found.append(Runs([{**row, "comparison": "time"} for row in own]))
    return found


def select(summaries: Iterable[Runs], **columns: str) -> list[Runs]:
    """Those with these values."""
    return [s for s in summaries if all(s[k] == v for k, v in columns.items())]


def best(summaries: Iterable[Runs], *, mlp: bool) -> Runs | None:
    """The most accurate of the MLPs, or of the KANs."""
    own = [s for s in summaries if (s["init"] == "torch") == mlp]
    return min(own, key=lambda s: s.median(ERROR)) if own else None


def describe(rows: Rows) -> str:
    """The findings, a table for each question, and what others published."""
    summaries = summarize(rows)
    if not summaries:
        return ""
    parts = [provenance(rows), "\n".join(f"- {finding}" for finding in findings(rows))]
    for question, tell in (("formula", tell_formulas), ("equation", tell_equations)):
        own = select(summaries, question=question)
        if own:
            parts.append(tell(own))
    return "\n\n".join([*parts, "Quoted, not measured here:", quoted()])


def findings(rows: Rows) -> list[str]:
    """Sentences that the numbers make."""
    summaries = summarize(rows)
    return [
        *(s for q in ("formula", "equation") for s in _compare_with_mlp(summaries, q)),
        *_compare_inits(select(summaries, question="formula")),
    ]


def _compare_inits(summaries: Sequence[Runs]) -> list[str]:
    sentences = []
    for basis in BASES:
        by_init = [
            {
                s["task"]: s.median("loss")
                for s in select(summaries, comparison="steps", model=basis, init=init)
            }
            for init in INITS
        ]
        both = [task for task in by_init[0] if task in by_init[1]]
        if both:
            usual, power = (geometric_mean(losses[t] for t in both) for losses in by_init)
            better = sum(by_init[1][t] < by_init[0][t] for t in both)
            sentences.append(
                f"{basis}, formulas ({len(both)}): the geometric mean of the final loss is "
                f"{usual:.1e} by the default initialisation and {power:.1e} by the power law, "
                f"which is the better one on {better} of them."
            )
    return sentences


def _compare_with_mlp(summaries: Sequence[Runs], question: str) -> list[str]:
    sentences = []
    for comparison in reversed(COMPARISONS):
        own = select(summaries, question=question, comparison=comparison)
        pairs = [
            (kan, mlp)
            for task in dict.fromkeys(s["task"] for s in own)
            if (kan := best(select(own, task=task), mlp=False))
            and (mlp := best(select(own, task=task), mlp=True))
        ]
        if pairs:
            ahead = sum(kan.median(ERROR) < mlp.median(ERROR) for kan, mlp in pairs)
            ratio = geometric_mean(mlp.median(ERROR) / kan.median(ERROR) for kan, mlp in pairs)
            word = f"{ratio:.1f} times" if ratio >= 1 else f"only {ratio:.2f} times"
            sentences.append(
                f"{SUBJECTS[question]}, with as many parameters and {TITLES[comparison]}: the best "
                f"KAN is ahead of the best MLP on {ahead} of {len(pairs)}; the MLP's error is "
                f"{word} as large, in the geometric mean."
            )
    return sentences


def tell_formulas(summaries: Sequence[Runs]) -> str:
    """A line a network and comparison: geometric means over the formulas."""
    head = ["network", "initialisation", "comparison", "formulas", "parameters", "steps"]
    lines = []
    for comparison in COMPARISONS:
        for model, init in dict.fromkeys((s["model"], s["init"]) for s in summaries):
            own = select(summaries, comparison=comparison, model=model, init=init)
            if own:
                lines.append(
                    [
                        *(model, INIT_NAMES[init], TITLES[comparison], str(len(own))),
                        f"{_middle(own, 'parameters'):,}",
                        f"{_middle(own, 'steps'):,}",
                        f"{geometric_mean(s.median('loss') for s in own):.1e}",
                        f"{geometric_mean(s.median(ERROR) for s in own):.1e}",
                        f"{geometric_mean(s.median('seconds') for s in own):.1f}",
                    ]
                )  # fmt: skip
    title = "Feynman formulas, geometric means over them of the medians over seeds:"
    return f"{title}\n\n{table([*head, 'final loss', 'relative L2', 'seconds'], lines)}"


def _middle(summaries: Sequence[Runs], column: str) -> int:
    return sorted(int(s[column]) for s in summaries)[len(summaries) // 2]


def tell_equations(summaries: Sequence[Runs]) -> str:
    """A line a network and comparison, with a column of errors for each equation."""
    tasks = list(dict.fromkeys(s["task"] for s in summaries))
    lines = []
    for comparison in COMPARISONS:
        for model, init in dict.fromkeys((s["model"], s["init"]) for s in summaries):
            own = {
                s["task"]: s
                for s in select(summaries, comparison=comparison, model=model, init=init)
            }
            if own:
                cells = [f"{own[t].median(ERROR):.2g}" if t in own else "" for t in tasks]
                lines.append([model, INIT_NAMES[init], TITLES[comparison], *cells])
    title = "Differential equations, median relative L2 error of the solution:"
    return f"{title}\n\n{table(['network', 'initialisation', 'comparison', *tasks], lines)}"


def quoted() -> str:
    """What others published, as a table."""
    lines = [
        [
            "20 Feynman formulas, geometric mean of the final loss",
            *(f"{PUBLISHED_LOSS[init]:.1e}" for init in INITS),
        ],
        *(
            [f"{name}, median relative L2", *map(str, both)]
            for name, both in PUBLISHED_ERROR.items()
        ),
    ]
    return table(["arXiv:2509.03417, spline networks", "baseline", "power law"], lines)


def charts(rows: Rows) -> Figures:
    """Figures by name: the errors on the formulas, and on the equations."""
    summaries = summarize(rows)
    return {
        f"equations_{question}s": _draw_errors(own, label)
        for question, label in (("formula", "formulas"), ("equation", "differential equations"))
        if (own := select(summaries, question=question))
    }


def _draw_errors(summaries: Sequence[Runs], label: str) -> Any:
    """A panel a comparison, a line a task, a mark a network."""
    tasks = list(dict.fromkeys(s["task"] for s in summaries))
    figure, panels = make_panels(
        1.9 + 0.3 * len(tasks), len(COMPARISONS), width=5, letters=8.5, sharey=True, sharex=True
    )
    for axes, comparison in zip(panels, COMPARISONS, strict=True):
        for model, init in dict.fromkeys((s["model"], s["init"]) for s in summaries):
            own = select(summaries, comparison=comparison, model=model, init=init)
            colour = COLOURS.get(model, ORANGE)
            hollow = init == "power" or model == "MLP silu"
            x, y = [s.median(ERROR) for s in own], [tasks.index(s["task"]) for s in own]
            label = f"{model}, power law" if init == "power" else model
            face = "none" if hollow else colour
            axes.plot(x, y, MARKERS[init], color=colour, markersize=5, markerfacecolor=face,
                      label=label)  # fmt: skip
        axes.set_xscale("log")
        axes.set_title(TITLES[comparison], size=9.5)
    name_lines(panels[0], tasks)
    figure.supxlabel(f"relative L2 error, {label}", size=10)
    put_legend(figure, panels)
    return figure


STUDY = Study(
    "equations",
    key=KEY,
    columns=(*KEY, "parameters", "steps", "seconds", "loss", "judged", ERROR, "error"),
    help="""Twenty Feynman formulas and four differential equations, into equations.csv.

    KANs of three bases, by two initialisations, beside MLPs with as many parameters, for as many
    steps of L-BFGS and for as much time. A row a seed. A run that was stopped goes on.
    """,
    plan=plan,
    describe=describe,
    findings=findings,
    charts=charts,
    options=(
        names("--tasks", TASKS),
        click.option("--models", multiple=True, type=click.Choice(list(CANDIDATES)),
                     default=list(CANDIDATES), help="[default: all; five for --quick]"),
        SEED_COUNT,
    ),
    quick={"tasks": QUICK_TASKS, "models": QUICK_MODELS},
    side_by_side=True,
    said=ERROR,
    title="Do they fit formulas and solve equations better?",
    about="Twenty formulas of Feynman's lectures, and four differential equations whose residual "
    "is minimised through second derivatives, beside MLPs with as many parameters, for as many "
    "steps and for as much time.",
    listed=("form", "question", "task", "comparison", "model", "init", "number", "parameters",
            "steps", "seconds", "loss", ERROR),
    keeps=lambda row: row["kind"] == "test",
)  # fmt: skip
main = STUDY.command
