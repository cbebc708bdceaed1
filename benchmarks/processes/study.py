"""Equations of fields, found again in noise: `python -m benchmarks.processes --help`."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from itertools import product
from statistics import median

import click

from benchmarks.charts import make_panels, name_lines, put_legend
from benchmarks.markdown import provenance, table
from benchmarks.processes.cases import CASES, Truth
from benchmarks.records import Row
from benchmarks.runs import group
from benchmarks.study import Choice, Figures, Job, Rows, Study, one_row
from edgewise.charts.style import PALETTE
from edgewise.ode import PdeDiscovery, discover_pde

FIRST_SEED = 1000
"""Seeds below were looked at while the method was made."""
NOISE = (0.0, 0.01, 0.1)
BY_NAME = {case.__name__: case for case in CASES}


def plan(choice: Choice) -> Iterator[Job]:
    """A job for each solution and level of noise."""
    seeds = range(FIRST_SEED, FIRST_SEED + (1 if choice.quick else choice.seeds))
    for case, noise, seed in product(BY_NAME, NOISE, seeds):
        yield one_row(measure, {"case": case, "noise": noise, "number": seed})


def measure(case: str, noise: float, number: int) -> Row:
    """Search one solution's equations, and compare them with the true ones."""
    clean = BY_NAME[case](number)
    data = clean.noisy(noise, number)
    began = time.process_time()
    options: dict[str, str] = dict(data.options)
    source = options.get("source")
    found = discover_pde(data.t, data.fields, data.space, inputs=data.inputs or None, source=source)
    right, worst = compare(found, data.truth)
    return {
        "right": int(right),
        "verdict": found.verdict.kind,
        "worst": worst,
        "seconds": time.process_time() - began,
        "reason": "" if found.found else found.reason,
    }


def compare(found: PdeDiscovery, truth: Truth) -> tuple[bool, float]:
    """Whether all terms are right, and the largest relative error of a factor."""
    worst = 0.0
    for one, factors in zip(found.equations, truth.values(), strict=True):
        left = dict(factors)
        for term, value in zip(one.terms, one.values, strict=True):
            # A Laplacian stands for the second derivatives that it is made of.
            for part in [term] if term in left else term.split(" + "):
                if part not in left:
                    return False, float("nan")
                true = left.pop(part)
                worst = max(worst, abs(float(value) / true - 1))
        if left:
            return False, float("nan")
    return True, worst


def describe(rows: Rows) -> str:
    """A row for each equation and level of noise."""
    lines = []
    for own in group(rows, "case", "noise").values():
        right = [r for r in own if r["right"] == "1"]
        wrong = [r for r in own if r["right"] == "0" and r["verdict"] != "approximation"]
        claimed = [r for r in right if r["verdict"] != "approximation"]
        errors = sorted(100 * float(r["worst"]) for r in right)
        lines.append([
            own[0]["case"].replace("_", " "),
            f"{100 * float(own[0]['noise']):g} %",
            f"{len(right)} of {len(own)}",
            f"{len(claimed)}",
            f"{len(wrong)}",
            f"{median(errors):.2g} %" if errors else "–",
            f"{errors[-1]:.2g} %" if errors else "–",
            f"{median(float(r['seconds']) for r in own):.1f}",
        ])  # fmt: skip
    head = ["equation", "noise", "right terms", "claimed", "wrongly claimed"]
    head += ["largest error of a factor, median", "maximum", "seconds"]
    return "\n\n".join([provenance(rows), table(head, lines)])


def findings(rows: Rows) -> Sequence[str]:
    """One sentence for each level of noise."""
    made = []
    for noise, own in group(rows, "noise").items():
        right = [r for r in own if r["right"] == "1"]
        near = [r for r in right if float(r["worst"]) <= 0.01]
        made.append(
            f"Equations of fields with {100 * float(noise[0]):g} % of noise: the right terms in "
            f"{len(right)} of {len(own)}, every factor within 1 % in {len(near)}."
        )
    return made


def draw(rows: Rows) -> Figures:
    """The largest error of a factor in each run, by equation and level of noise."""
    cases = list(dict.fromkeys(r["case"] for r in rows))
    figure, (axes,) = make_panels(1.1 + 0.42 * len(cases))
    levels = sorted({float(r["noise"]) for r in rows} - {0.0})
    for k, level in enumerate(levels):
        own = [r for r in rows if float(r["noise"]) == level and r["right"] == "1"]
        places = [cases.index(r["case"]) + 0.2 * (k - (len(levels) - 1) / 2) for r in own]
        errors = [100 * float(r["worst"]) for r in own]
        axes.plot(errors, places, ".", color=PALETTE[k], label=f"{100 * level:g} % of noise")
    axes.set_xscale("log")
    name_lines(axes, [c.replace("_", " ") for c in cases])
    axes.set_xlabel("largest error of a factor, %", size=9.5)
    put_legend(figure, [axes])
    return {"processes": figure}


STUDY = Study(
    name="processes",
    key=("case", "noise", "number"),
    columns=("case", "noise", "number", "right", "verdict", "worst", "seconds", "reason"),
    help=__doc__.splitlines()[0],
    plan=plan,
    describe=describe,
    findings=findings,
    charts=draw,
    options=[
        click.option("--seeds", type=int, default=10, show_default=True, help="For each equation.")
    ],
    quick={"seeds": 1},
    side_by_side=True,
    said="worst",
    part="processes",
    title="Are equations of fields found again?",
    about=(
        "Solutions of six equations with random constants, from random initial fields, computed by "
        "a pseudo-spectral program, with independent noise of so many standard deviations of each "
        "field; known fields have it, too."
    ),
    listed=("case", "noise", "number", "right", "verdict", "worst", "seconds"),
)
main = STUDY.command
