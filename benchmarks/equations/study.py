"""Differential equations: `python -m benchmarks.equations --help`."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click
import torch

import edgewise as ew
from benchmarks.charts import make_panels, name_lines, put_legend
from benchmarks.equations import deep_networks, inverse, manufactured, peers
from benchmarks.equations.cases import CASES, evaluate
from benchmarks.markdown import provenance, table
from benchmarks.options import names
from benchmarks.records import Row
from benchmarks.runs import Runs, group
from benchmarks.study import Choice, Figures, Job, Rows, Study
from benchmarks.timing import reason
from edgewise.charts.style import BLUE, GREEN, GREY, ORANGE, PURPLE

KEY = ("form", "question", "task", "model", "number")
QUESTIONS = ("equations", "manufactured", "inverse")
AUTO = "ew.solve"
PAST = ("KAN, first order", "MLP, first order")
"""The better of three bases and of two activations by L-BFGS and double backward, at commit
a02710a46efb, which had that study: 809 parameters, 600 steps, MLPs as long as the KANs took."""
MARKS = dict(zip(PAST, "x+", strict=True))
TITLES = {AUTO: "ew.solve", "deep KAN": "deep KAN, Gauss-Newton", "MLP": "MLP, Gauss-Newton",
          PAST[0]: "KAN, L-BFGS", PAST[1]: "MLP, L-BFGS"}  # fmt: skip
MODELS = (AUTO, *deep_networks.NETWORKS, *peers.PEERS.values(), *PAST)
COLOURS = dict(zip(MODELS, (GREEN, BLUE, ORANGE, PURPLE, PURPLE, GREY, GREY), strict=True))
FAR = 1e3
"""A solver that has no answer is as wrong as this."""
QUICK_CASES = ("poisson", "helmholtz", "lorenz")
SEEDS = {"equations": 1, "manufactured": 100, "inverse": 100}
"""Runs of each by default; random ones begin with seed 1,000."""


def plan(choice: Choice) -> Iterator[Job]:
    """A job for each case and model; a job for each random problem."""
    listed = {"equations": _plan_equations, "manufactured": _plan_random, "inverse": _plan_inverse}
    form = "quick" if choice.quick else "full"
    for question in choice.questions:
        count = choice.seeds or (1 if choice.quick else SEEDS[question])
        seeds = range(manufactured.FIRST_SEED, manufactured.FIRST_SEED + count)
        for task, model, number, work, measure in listed[question](choice, seeds):
            case = {"form": form, "question": question, "task": task, "model": model}
            yield Job(partial(_try, measure), [{**case, "number": number}], work)


Planned = Iterator[tuple[str, str, int, float, Callable[[], Row]]]
"""Task, model, number, work, and what measures it."""


def _plan_equations(choice: Choice, seeds: range) -> Planned:
    for name in choice.tasks:
        if AUTO in choice.models:
            yield name, AUTO, seeds[0], 3, partial(measure_case, name)
        for network in deep_networks.NETWORKS if CASES[name].networks else ():
            for seed in seeds if network in choice.models else ():
                yield name, network, seed, 3, partial(measure_network, name, network, seed)
        if choice.python is not None and name in peers.EQUATIONS:
            for key, peer in peers.PEERS.items():
                run = partial(measure_peer, choice.python, key, name, choice.peer_seconds)
                yield name, peer, seeds[0], 12, run


def _plan_random(choice: Choice, seeds: range) -> Planned:
    for seed in seeds:
        kind = manufactured.draw(seed).kind
        yield kind, AUTO, seed, 1, partial(measure_manufactured, seed)


def _plan_inverse(choice: Choice, seeds: range) -> Planned:
    for name in inverse.CASES:
        for seed in seeds:
            yield name, AUTO, seed, 1, partial(inverse.measure, name, seed)


def _try(measure: Callable[[], Row]) -> Iterator[Row]:
    """What fails is a row with a reason, and the benchmark goes on."""
    try:
        yield measure()
    except Exception as error:
        yield {"failure": reason(error)}


def solve(*given: Any, **options: Any) -> Any:
    """`ew.solve` without its warnings: a row holds what they say."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ew.equations.SolutionWarning)
        return ew.solve(*given, **options)


def measure_case(name: str) -> Row:
    """`ew.solve` on one of the study's equations."""
    case, reference = CASES[name], CASES[name].reference()
    found = solve(
        case.residual, case.domain(), case.conditions(), constants=case.constants or None,
        tolerance=case.tolerance, seconds=case.seconds,
    )  # fmt: skip
    values = evaluate(found, reference.points)[:, : reference.values.shape[1]]
    told = reference.values.isfinite()
    error = (values - reference.values)[told].norm() / reference.values[told].norm()
    return _describe_answer(found, float(error), case.tolerance)


def measure_manufactured(seed: int) -> Row:
    """`ew.solve` on a random problem."""
    problem = manufactured.draw(seed)
    found = solve(
        problem.residual, problem.domain, problem.conditions, tolerance=problem.tolerance,
        seconds=60.0,
    )  # fmt: skip
    points, truth = problem.draw()
    values = evaluate(found, torch.stack(list(points.values()), 1))
    apart, size = (values - truth).square().mean(0), truth.square().mean(0)
    # As `error` of a solution: that of the field that is worst.
    error = float((apart / size).max().sqrt())
    return _describe_answer(found, error, problem.tolerance)


def _describe_answer(found: Any, error: float, tolerance: float) -> Row:
    return {
        "parameters": sum(piece.numbers for piece in found.pieces),
        "seconds": found.seconds,
        "error": error if math.isfinite(error) else FAR,
        "told": found.error,
        "tolerance": tolerance,
    }


def measure_network(name: str, network: str, seed: int) -> Row:
    """A deep KAN or an MLP on one of the equations."""
    row = deep_networks.solve(CASES[name], network, seed)
    return {key: row[key] for key in ("parameters", "seconds", "error", "told")}


def measure_peer(python: Path, peer: str, name: str, seconds: float) -> Row:
    """Another program, in another Python."""
    reference = CASES[name].reference()
    points = reference.points.numpy()
    found = peers.run(python, peer, name, points, seconds, manufactured.FIRST_SEED)
    error = reference.distance(torch.from_numpy(found["values"])[:, None])
    return {"parameters": found["parameters"], "seconds": found["seconds"], "error": error}


# What the rows say.


def _pick(rows: Rows, question: str, model: str | None = None) -> Rows:
    return [
        r for r in rows
        if r["question"] == question and (model is None or r["model"] == model)
    ]  # fmt: skip


def describe(rows: Rows) -> str:
    """The findings, and a table for each question."""
    parts = [provenance(rows), "\n".join(f"- {finding}" for finding in findings(rows))]
    parts += [
        tell(own)
        for question, tell in (
            ("equations", tell_equations),
            ("manufactured", tell_manufactured),
            ("inverse", inverse.tell),
        )
        if (own := _pick(rows, question))
    ]
    return "\n\n".join(parts)


def tell_equations(rows: Rows) -> str:
    """A line a case, with error and seconds of each model."""
    known = [m for m in MODELS if any(r["model"] == m for r in rows)]
    lines = []
    for (name,), own in group(rows, "task").items():
        models = {m: Runs(r) for (m,), r in group(own, "model").items()}
        lines.append([name, *(_cell(models[m]) if m in models else "" for m in known)])
    head = ["equation", *known]
    return f"Relative L2 error and seconds of one core:\n\n{table(head, lines)}"


def _cell(runs: Runs) -> str:
    if any(row["failure"] for row in runs.rows):
        return "failed"
    told = f" (says {runs.median('told'):.1g})" if runs.values("told") else ""
    return f"{runs.median('error'):.2g}{told}, {runs.median('seconds'):.3g} s"


def tell_manufactured(rows: Rows) -> str:
    """A line a kind of problem: how many are within the tolerance, and told rightly."""
    lines = []
    for (kind,), own in [*group(rows, "task").items(), (("all",), list(rows))]:
        good, honest = [r for r in own if is_within(r)], [r for r in own if is_honest(r)]
        solved = [float(r["seconds"]) for r in own if not r["failure"]]
        middle = f"{sorted(solved)[len(solved) // 2]:.2g}" if solved else "–"
        lines.append([kind, f"{len(own)}", f"{len(good)}", f"{len(honest)}", middle])
    head = ["random problems", "number", "within the tolerance", "error told rightly", "seconds"]
    return table(head, lines)


def is_within(row: Row) -> bool:
    """Whether an error is as small as was asked for."""
    return not row["failure"] and float(row["error"]) <= float(row["tolerance"])


def is_honest(row: Row) -> bool:
    """Whether the error that is told is within a factor of 3 of the true one.

    Errors below a hundredth of the tolerance count as that: nobody asked for them.
    """
    if row["failure"]:
        return False
    least = 1e-2 * float(row["tolerance"])
    told, true = (max(float(row[c]), least) for c in ("told", "error"))
    return 1 / 3 <= told / true <= 3


def findings(rows: Rows) -> Sequence[str]:
    """Sentences that the numbers make."""
    equations = _pick(rows, "equations")
    return [
        *_tell_networks(equations, deep_networks.NETWORKS, "by Gauss-Newton, in equal time"),
        *_tell_networks(equations, PAST, "by L-BFGS and double backward, at commit a02710a46efb"),
        *_tell_auto(equations),
        *_tell_others(equations),
        *_tell_shares(_pick(rows, "manufactured")),
        *inverse.findings(_pick(rows, "inverse")),
    ]


def _tell_auto(rows: Rows) -> list[str]:
    own = [r for r in rows if r["model"] == AUTO]
    if not own:
        return []
    good = [r for r in own if is_within(r)]
    each = ", ".join(
        f"{r['task']} {float(r['error']):.1e} ({float(r['tolerance']):.0e}) in "
        f"{float(r['seconds']):.2g} s"
        for r in own
        if not r["failure"]
    )
    return [
        f"`ew.solve`, which adds up products of curves and is no deep KAN, is within its tolerance "
        f"on {len(good)} of {len(own)} equations (error, in brackets the tolerance that was asked "
        f"for): {each}."
    ]


def _tell_networks(rows: Rows, models: Sequence[str], how: str) -> list[str]:
    """A deep KAN beside an MLP of its size: medians over seeds."""
    kan, mlp = models
    parts, ahead, sizes = [], 0, set()
    for (name,), own in group(rows, "task").items():
        errors = {m: Runs(r) for (m,), r in group(own, "model").items()}
        if kan in errors and mlp in errors:
            ours, theirs = errors[kan].median("error"), errors[mlp].median("error")
            ahead += ours < theirs
            sizes |= {int(errors[m]["parameters"]) for m in models}
            parts.append(f"{name} {ours:.1e} against {theirs:.1e}")
    if not parts:
        return []
    return [
        f"Deep networks of {min(sizes)} to {max(sizes)} parameters, {how}: the KAN's error is "
        f"below the MLP's on {ahead} of {len(parts)} equations ({', '.join(parts)})."
    ]


def _tell_others(rows: Rows) -> list[str]:
    said = []
    for peer in peers.PEERS.values():
        parts = [
            f"{name} {Runs(theirs).median('error'):.1e} in {Runs(theirs).median('seconds'):.3g} s"
            for (name,), own in group(rows, "task").items()
            if (theirs := [r for r in own if r["model"] == peer and not r["failure"]])
        ]
        if parts:
            said.append(
                f"{peer}, a deep network with the settings of its examples, on the same equations "
                f"and cores: {', '.join(parts)}."
            )
    return said


def _tell_shares(rows: Rows) -> list[str]:
    if not rows:
        return []
    good, honest = sum(map(is_within, rows)), sum(map(is_honest, rows))
    return [
        f"Random problems whose solution is known: the error is within the tolerance on {good} of "
        f"{len(rows)}, and what `s.error` says is within a factor of 3 of it on {honest}."
    ]


def draw(rows: Rows) -> Figures:
    """Errors by equation and model; errors that are told beside true ones."""
    made = {}
    if own := [r for r in _pick(rows, "equations") if not r["failure"]]:
        made["equations"] = _draw_errors(own)
    if own := [r for r in _pick(rows, "manufactured") if not r["failure"]]:
        made["equations_told"] = _draw_told(own)
    return made


def _draw_errors(rows: Rows) -> Any:
    tasks = list(dict.fromkeys(r["task"] for r in rows))
    figure, (axes,) = make_panels(1.6 + 0.3 * len(tasks), letters=8.5)
    for model in MODELS:
        own = [r for r in rows if r["model"] == model]
        if own:
            x, y = [float(r["error"]) for r in own], [tasks.index(r["task"]) for r in own]
            mark = MARKS.get(model, "o")
            face = "none" if model.startswith("MLP") or model == "jaxKAN" else COLOURS[model]
            axes.plot(x, y, mark, color=COLOURS[model], markerfacecolor=face, markersize=5,
                      label=TITLES.get(model, model))  # fmt: skip
    axes.set_xscale("log")
    name_lines(axes, tasks)
    figure.supxlabel("relative L2 error", size=10)
    put_legend(figure, [axes])
    return figure


def _draw_told(rows: Rows) -> Any:
    figure, (axes,) = make_panels(3.4, letters=8.5)
    x, y = [float(r["error"]) for r in rows], [float(r["told"]) for r in rows]
    axes.loglog(x, y, ".", color=GREEN)
    ends = [min(x), max(x)]
    for factor, style in ((1 / 3, ":"), (1, "-"), (3, ":")):
        axes.plot(ends, [factor * e for e in ends], style, color=GREY, linewidth=0.8)
    axes.set_xlabel("true error", size=10)
    axes.set_ylabel("error that is told", size=10)
    return figure


STUDY = Study(
    "equations",
    key=KEY,
    columns=(*KEY, "parameters", "seconds", "error", "told", "tolerance", "value", "failure"),
    help="""Differential equations, into equations.csv.

    `ew.solve` on known equations and on random ones, deep KANs beside MLPs under the same
    optimiser, and inverse problems. With the Python of an environment that has DeepXDE and jaxKAN
    these are measured, too: pip install deepxde jaxkan "jax[cpu]" torch.
    """,
    plan=plan,
    describe=describe,
    findings=findings,
    charts=draw,
    options=(
        names("--tasks", CASES),
        names("--questions", QUESTIONS),
        names("--models", (AUTO, *deep_networks.NETWORKS)),
        click.option("--seeds", type=click.IntRange(1),
                     help="[default: 1 of networks, 100 of random and inverse problems]"),
        click.option("--python", type=click.Path(exists=True, dir_okay=False, path_type=Path),
                     help="Of an environment with DeepXDE and jaxKAN."),
        click.option("--peer-seconds", default=120.0, show_default=True,
                     help="That these train for each equation."),
    ),
    quick={"tasks": QUICK_CASES},
    side_by_side=True,
    said="error",
    title="Do they solve differential equations?",
    about="Deep KANs beside MLPs of the same size under the same optimiser for the same time; then "
    "`ew.solve`, whose sums of products of curves are no deep network and have no MLP of their "
    "kind; then other programs. The equations have reference solutions to nine digits; others are "
    "made from their solutions, or have constants to be found from noisy points. Errors are "
    "relative L2 errors.",
    listed=(*KEY, "parameters", "seconds", "error", "told", "tolerance", "failure"),
)  # fmt: skip
main = STUDY.command
