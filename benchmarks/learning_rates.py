"""Does the best learning rate depend on the width? `python -m benchmarks.learning_rates`.

It trains networks with two hidden layers of equal width by Adam on two tasks of
`benchmarks.drop_in`: an MLP, the default KAN, and the default KAN with the learning rates of
`parameter_groups(…, base_width=8)`, also with a small last layer.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import product
from typing import Any

from torch import nn

import edgewise as ew
from benchmarks.drop_in.measure import make_problem, train
from benchmarks.drop_in.problem import Problem
from benchmarks.markdown import provenance, table
from benchmarks.options import counts, names, seed_range
from benchmarks.records import Row
from benchmarks.study import Choice, Job, Rows, Study, one_row
from edgewise.nn.init import line_

KEY = ("task", "network", "width", "lr", "seed")
TASKS = ("wave", "digits")
WIDTHS = (8, 32, 128, 512)
RATES = tuple(float(f"{1e-4 * 2**k:.3g}") for k in range(1, 11))
STEPS = 200
BASE = 8
"""The width at which `parameter_groups` leaves the learning rate unchanged."""


def make_small(widths: Sequence[int]) -> ew.KAN:
    """The default KAN, whose output is smaller by √(BASE / width) at first."""
    return ew.KAN(widths, output_init=partial(line_, size=(BASE / widths[-2]) ** 0.5))


NETWORKS: dict[str, tuple[Callable[..., nn.Module], int | None]] = {
    "mlp-silu": (partial(ew.MLP, activation="silu"), None),
    "kan": (ew.KAN, None),
    "kan, base_width": (ew.KAN, BASE),
    "kan, base_width, small output": (make_small, BASE),
}
"""By name: the constructor, and the base width of the parameter groups (None: no groups)."""


def plan(choice: Choice) -> Iterator[Job]:
    """A job for each task, network, width, learning rate and seed."""
    for case in product(choice.tasks, choice.networks, choice.widths, RATES, choice.seeds):
        yield one_row(measure, dict(zip(KEY, case, strict=True)))


def measure(task: str, network: str, width: int, lr: float, seed: int) -> dict[str, Any]:
    """The test loss after the last step, infinite if the run diverged."""
    problem = make_problem(task, seed)
    model, base_width = build(problem, network, width, seed), NETWORKS[network][1]
    groups = None
    if base_width is not None:
        groups = ew.training.parameter_groups(model, lr=lr, weight_decay=0.0, base_width=base_width)
    curve, _ = train(model, problem, lr, seed, STEPS, groups)
    return {"steps": STEPS, "loss": curve[max(curve)]}


def build(problem: Problem, network: str, width: int, seed: int) -> nn.Module:
    """The problem's model with two hidden layers of this width."""

    def make_block(inputs: int, outputs: int) -> nn.Module:
        return NETWORKS[network][0]([inputs, width, width, outputs])

    return problem.build(make_block, seed)


def find_best(losses: dict[float, float]) -> float:
    """The best learning rate, interpolated between the rates that were tried.

    It is the minimum of the parabola, in log rate and log loss, through the best rate and its two
    neighbours. If the best rate is the first or the last one, it is returned as it is.
    """
    rates = sorted(losses)
    k = min(range(len(rates)), key=lambda k: losses[rates[k]])
    if not 0 < k < len(rates) - 1:
        return rates[k]
    a, b, c = (math.log(min(losses[rates[j]], 1e3)) for j in (k - 1, k, k + 1))
    bend = a - 2 * b + c
    return rates[k] * 2 ** ((a - c) / (2 * bend) if bend > 0 else 0.0)


def describe(rows: Rows) -> str:
    """Markdown: the best rate of every network by width, and the greatest over the least."""
    lines = []
    for task, network in dict.fromkeys((row["task"], row["network"]) for row in rows):
        mine = [r for r in rows if (r["task"], r["network"]) == (task, network)]
        widths = sorted({int(row["width"]) for row in mine})
        best = [find_best(_by_rate(r for r in mine if int(r["width"]) == w)) for w in widths]
        lines.append(
            [task, network, *(f"{rate:.2g}" for rate in best), f"{max(best) / min(best):.1f}"]
        )
    head = ["task", "network", *map(str, widths), "greatest / least"]
    seeds, rates = (len({row[name] for row in rows}) for name in ("seed", "lr"))
    said = f"{STEPS} steps; seeds: {seeds}; rates: {rates}"
    return f"{provenance(rows)}; {said}\n\n{table(head, lines)}"


def _by_rate(rows: Iterable[Row]) -> dict[float, float]:
    """The loss at each rate, the geometric mean over seeds."""
    logs: dict[float, list[float]] = {}
    for row in rows:
        loss = min(max(float(row["loss"]), 1e-6), 1e3)
        logs.setdefault(float(row["lr"]), []).append(math.log(loss))
    return {lr: math.exp(sum(some) / len(some)) for lr, some in logs.items()}


STUDY = Study(
    "learning_rates",
    key=KEY,
    columns=(*KEY, "steps", "loss"),
    help="Write the test loss of every network, width and learning rate to learning_rates.csv.",
    plan=plan,
    describe=describe,
    options=(
        names("--tasks", TASKS),
        names("--networks", NETWORKS),
        counts("--widths", ",".join(map(str, WIDTHS))),
        seed_range("1000:1003"),
    ),
    quick={"widths": WIDTHS[:1]},
    said="loss",
    part="learning rates",
)
main = STUDY.command

if __name__ == "__main__":
    main()
