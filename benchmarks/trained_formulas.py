"""How often does `regress` turn a trained network into the formula that drew its data?

A run draws the numbers of a formula, 1,000 rows without noise and a network, trains it by 50 steps
of L-BFGS, prunes it if it has more nodes than the formula needs, and asks for its formula. That is
right if it is exact on rows of another draw. Seeds 0 to 99 were looked at while the search was
built; the report is of seeds from 1,000 on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from statistics import median
from time import process_time
from typing import Any

import click
import torch
from torch import Tensor

import edgewise as ew
from benchmarks.markdown import table
from benchmarks.records import Row
from benchmarks.runs import count_right, group
from benchmarks.study import Choice, Job, Rows, Study, one_row
from edgewise.formula.parse import parse_formula
from edgewise.formula.program import Program
from edgewise.symbolic.criterion import compute_fvu, variance_of

ROWS, STEPS = 1000, 50
EXACT = 1e-12
"""The largest FVU of a right formula on rows of another draw."""


@dataclass(frozen=True)
class Task:
    """A kind of formula and the network that is trained on it.

    Attributes:
        text: the formula of x0, x1, …, with the numbers a and b.
        numbers: the range of each number.
        ends: the range of every input.
        widths: the widths of the network.
        is_wide: whether it has more nodes than needed, and is pruned.
    """

    text: str
    numbers: dict[str, tuple[float, float]]
    ends: tuple[float, float]
    widths: tuple[int, ...]
    is_wide: bool = False


TASKS = {
    "product": Task("a*x0*x1", {"a": (0.5, 3)}, (-1, 1), (2, 2, 1)),
    "product and sum": Task("a*x0*x1 + b*x2", {"a": (0.5, 2), "b": (0.5, 2)}, (-1, 1), (3, 2, 1)),
    "quotient": Task("a*x0/x1", {"a": (0.5, 3)}, (1, 3), (2, 1, 1)),
    "powers": Task("a*x0*x1**2*x2", {"a": (0.5, 3)}, (0.5, 2), (3, 1, 1)),
    "period": Task("a*sqrt(x0/x1)", {"a": (1, 7)}, (0.5, 2), (2, 1, 1)),
    "distance": Task(
        "sqrt(a*x0**2 + b*x1**2 + x2**2 + 1/2)", {"a": (0.5, 2), "b": (0.5, 2)}, (-1, 1), (3, 1, 1)
    ),
    "bell": Task("exp(-a*x0**2 - b*x1**2)", {"a": (0.3, 1), "b": (0.3, 1)}, (-2, 2), (2, 1, 1)),
    "logarithm": Task("log(a*x0**2 + x1)", {"a": (0.5, 3)}, (0.2, 2), (2, 1, 1)),
    "logistic": Task(
        "1/(1 + exp(-a*x0 - b*x1))", {"a": (0.5, 3), "b": (-3, -0.5)}, (-2, 2), (2, 1, 1)
    ),
    "velocities": Task("(x0 + x1)/(1 + x0*x1/a)", {"a": (1, 2)}, (-0.9, 0.9), (2, 1, 1)),
    "wave and step": Task("sin(a*x0) + tanh(b*x1)", {"a": (2, 4), "b": (1, 3)}, (-2, 2), (2, 1)),
    "exponential": Task(
        "exp(sin(a*x0) + b*x1**2)", {"a": (2, 4), "b": (0.5, 1.2)}, (-1, 1), (2, 5, 1), True
    ),
}


def draw(task: Task, seed: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """x and y of a run, and those of the rows on which its formula is judged."""
    generator = torch.Generator().manual_seed(seed)
    inputs, (least, most) = task.widths[0], task.ends
    x = torch.rand(2 * ROWS, inputs, generator=generator, dtype=torch.float64)
    x = least + (most - least) * x
    shares = torch.rand(len(task.numbers), generator=generator, dtype=torch.float64)
    low, high = torch.tensor(list(task.numbers.values()), dtype=torch.float64).T
    numbers = (low + (high - low) * shares).round(decimals=3).expand(len(x), -1)
    names = [*(f"x{i}" for i in range(inputs)), *task.numbers]
    program = Program(parse_formula(task.text, names)[0])
    y = torch.from_numpy(program.values(torch.cat([x, numbers], 1).numpy()))[:, None]
    return x[:ROWS], y[:ROWS], x[ROWS:], y[ROWS:]


def measure(task: str, basis: str, seed: int, budget: float) -> Row:
    """Whether the formula of a trained network is right, and in how many seconds it is found."""
    asked = TASKS[task]
    x, y, x_new, y_new = draw(asked, seed)
    own: dict[str, Any] = {} if basis == "default" else {"basis": basis}
    model = ew.KAN(asked.widths, seed=seed, **own).double()
    ew.fit(model, x, y, optimizer="lbfgs", steps=STEPS, progress=False)
    if asked.is_wide:
        model = ew.prune(model, x)
    began = process_time()
    found = ew.symbolic.regress(model, x, y, budget=budget)
    seconds = process_time() - began
    variance = variance_of(y_new)
    missed, trained = (compute_fvu(m, x_new, y_new, variance) for m in (found, model))
    return {
        "right": int(missed <= EXACT),
        "verdict": found.report.verdict.kind,
        "network_fvu": f"{trained:.2g}",
        "fvu": f"{missed:.2g}",
        "seconds": seconds,
        "formula": str(found.formula())[:200],
    }


def plan(choice: Choice) -> Iterable[Job]:
    """The runs that the options ask for."""
    for basis in choice.bases.split(","):
        for task in choice.tasks.split(",") if choice.tasks else TASKS:
            for seed in range(choice.seed, choice.seed + choice.runs):
                case = {"task": task, "basis": basis, "seed": seed}
                yield one_row(partial(measure, budget=choice.budget), case)


def describe(rows: Rows) -> str:
    """Right formulas by task and basis."""
    bases = [basis for (basis,) in group(rows, "basis")]
    tasks = {
        task: {basis: part for (basis,), part in group(own, "basis").items()}
        for (task,), own in group(rows, "task").items()
    }
    lines = [
        [task, *(count_right(own[basis]) if basis in own else "" for basis in bases)]
        for task, own in tasks.items()
    ]
    parts = group(rows, "basis").values()
    lines.append(["all", *map(count_right, parts)])
    lines.append(["seconds", *(f"{median(float(r['seconds']) for r in p):.1f}" for p in parts)])
    return table(["formula", *bases], lines) if rows else ""


def findings(rows: Rows) -> list[str]:
    """How many formulas are found, and how many exact claims are wrong."""
    shares = [f"{count_right(own)} with {basis}" for (basis,), own in group(rows, "basis").items()]
    claimed = [r for r in rows if r["verdict"] == "exact"]
    wrong = sum(r["right"] == "0" for r in claimed)
    seconds = median(float(r["seconds"]) for r in rows)
    return [
        f"Formulas that are read out of trained networks: {', '.join(shares)}; {wrong} of "
        f"{len(claimed)} exact claims are wrong, {seconds:.0f} s each."
    ]


STUDY = Study(
    "trained_formulas",
    key=("task", "basis", "seed"),
    columns=(
        "task",
        "basis",
        "seed",
        "right",
        "verdict",
        "network_fvu",
        "fvu",
        "seconds",
        "formula",
    ),
    help="Formulas that regress reads out of trained networks.",
    plan=plan,
    describe=describe,
    findings=findings,
    options=(
        click.option("--tasks", default="", help="Names, comma-separated. [default: all]"),
        click.option("--bases", default="default", show_default=True),
        click.option("--seed", default=1000, show_default=True, help="The first."),
        click.option("--runs", default=1, show_default=True, help="Seeds of each task."),
        click.option("--budget", default=30.0, show_default=True, help="Seconds of regress."),
    ),
    quick={"tasks": "product,wave and step", "budget": 5.0},
    side_by_side=True,
    said="right",
    title="Is the formula of the data read out of a trained network?",
    about="Twelve kinds of formulas with drawn numbers, 1,000 rows without noise, networks trained "
    "by 50 steps of L-BFGS.",
    listed=("task", "basis", "seed", "right", "verdict", "formula"),
)
main = STUDY.command

if __name__ == "__main__":
    main()
