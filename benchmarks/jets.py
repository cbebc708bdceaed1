"""What does a Gauss-Newton step on an equation cost a KAN, beside an MLP with as many parameters?

`python -m benchmarks.jets --help` from the root of the repository.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

import edgewise as ew
from benchmarks.markdown import provenance, table
from benchmarks.options import counts, names
from benchmarks.records import Row
from benchmarks.study import Choice, Job, Rows, Study
from benchmarks.timing import time_in_turns
from edgewise.bases.derivative_orders import Orders
from edgewise.bases.jets import Jets
from edgewise.training.damped import DISTANCE, STRONGER, find_bend, prepare
from edgewise.training.linearisation import Linearisation

WIDTHS = [2, 8, 8, 1]
ORDERS = [(2, 0), (0, 2)]
"""u, u_x, u_y, u_xx and u_yy."""
BASES: dict[str, ew.Basis] = {
    "Chebyshev 7": ew.Chebyshev(7),
    "quintic B-spline, grid 3": ew.BSpline(3, 5),
    "cubic B-spline, grid 5": ew.BSpline(5, 3),
    "Gaussian 8": ew.Gaussian(8, lo=-1, hi=1),
    "RSWAF 8": ew.RSWAF(8),
    "Fourier 4": ew.Fourier(4),
}
REFERENCE = "MLP"
PLAIN = "Chebyshev 7 (plain torch)"
NETWORKS = (REFERENCE, *BASES, PLAIN)


def build(network: str) -> nn.Module:
    """A network of some 850 parameters, in float64."""
    if network == REFERENCE:
        return ew.MLP([2, 20, 20, 17, 1], "tanh", dtype=torch.float64)
    basis = BASES[network.removesuffix(" (plain torch)")]
    model = ew.KAN(WIDTHS, basis=basis, norm="tanh", base="silu", seed=0, dtype=torch.float64)
    if network == PLAIN:
        for layer in model.layers:
            layer.engine = "reference"
    return model


def residual(u: Jets, x: Tensor) -> Tensor:
    """Δu + u u_x - sin 3x, which needs all of the five."""
    return (
        u.derivative(2, 0)
        + u.derivative(0, 2)
        + u.value * u.derivative(1, 0)
        - torch.sin(3 * x[:, :1])
    )


class Problem:
    """The equation at random points, and what is done with it in a step."""

    def __init__(self, network: str, rows: int) -> None:
        self.model = build(network)
        self.x = 2 * torch.rand(rows, 2, dtype=torch.float64) - 1
        self.linearisation = Linearisation([self.model], "benchmarks.jets")
        self.start = self.linearisation.read()

    def evaluate(self) -> Tensor:
        """The residuals."""
        return residual(self.model(Jets.begin(self.x, Orders.of(ORDERS))), self.x)

    def jacobian(self) -> None:
        """J and the residuals."""
        self.linearisation.jacobian(self.evaluate)

    @torch.no_grad()
    def trial(self) -> None:
        """The residuals alone."""
        self.evaluate()

    def step(self) -> None:
        """J, JᵀJ, two factors, three trials and a bend, always from the same numbers."""
        self.linearisation.write(self.start)
        jacobian, values = self.linearisation.jacobian(self.evaluate)
        factorise = prepare(jacobian, len(self.linearisation))
        for damping in (STRONGER * 1e-2, 1e-2):
            solve = factorise(damping)
            assert solve is not None
            change = solve(values)
            self.linearisation.write(self.start + change)
            self.trial()
        self.linearisation.write(self.start + DISTANCE * change)
        near = self.evaluate().detach().t().reshape(-1)
        bend = find_bend(change, jacobian, values, near, solve)
        self.linearisation.write(self.start + change + (0.0 if bend is None else bend))
        self.trial()
        self.linearisation.write(self.start)


def measure(networks: Iterable[str], rows: int, repeats: int) -> Iterator[Row]:
    """The networks in turns, so that what disturbs the machine disturbs them alike."""
    torch.manual_seed(0)
    problems = {name: Problem(name, rows) for name in networks}
    found: dict[str, dict[str, Any]] = {
        name: {"network": name, "parameters": len(p.linearisation)} for name, p in problems.items()
    }
    for part in ("jacobian", "trial", "step"):
        calls: dict[str, Callable[[], None]] = {n: getattr(p, part) for n, p in problems.items()}
        timings = time_in_turns(calls, repeats, clock=time.process_time)
        for name, timing in timings.items():
            found[name][f"{part}_ms"] = f"{1e3 * timing.median:.4g}"
            if REFERENCE in timings:
                ratio = timing.over(timings[REFERENCE]).median
                found[name][f"{part}_ratio"] = f"{ratio:.4g}"
    yield from found.values()


def plan(choice: Choice) -> Iterator[Job]:
    """One job for all networks."""
    for rows in choice.rows:
        networks = tuple(dict.fromkeys((REFERENCE, *choice.networks)))
        run = partial(measure, networks, rows, choice.repeats[0])
        yield Job(run, [{"network": name, "rows": rows} for name in networks])


def describe(rows: Rows) -> str:
    """A line for each network: CPU milliseconds, and the ratios to the MLP."""
    parts = ("jacobian", "trial", "step")
    lines = [
        [row["network"], row["parameters"], row["rows"]]
        + [f"{float(row[f'{p}_ms']):.2f} ({float(row[f'{p}_ratio']):.2f})" for p in parts]
        for row in rows
    ]
    head = ["network", "parameters", "points", "J, ms (over the MLP's)", "a trial", "a step"]
    return f"{provenance(rows)}\n\n{table(head, lines)}"


def findings(rows: Rows) -> list[str]:
    """How KANs compare with the MLP."""
    kans = [r for r in rows if r["network"] in BASES]
    if not kans:
        return []

    def span(column: str) -> str:
        values = sorted(float(r[column]) for r in kans)
        return f"{values[0]:.2f} to {values[-1]:.2f}"

    return [
        f"A Gauss-Newton step of a KAN on {kans[0]['rows']} points of an equation takes "
        f"{span('step_ratio')} of the time of an MLP's with as many parameters, its Jacobian "
        f"{span('jacobian_ratio')}."
    ]


STUDY = Study(
    "jets",
    key=("network", "rows", "commit", "machine"),
    columns=(
        "network", "parameters", "rows", "jacobian_ms", "jacobian_ratio", "trial_ms", "trial_ratio",
        "step_ms", "step_ratio",
    ),
    help="CPU milliseconds of a Gauss-Newton step on an equation and of its parts, into jets.csv.",
    plan=plan,
    describe=describe,
    findings=findings,
    options=(
        names("--networks", NETWORKS), counts("--rows", "500"), counts("--repeats", "15"),
    ),
    quick={"networks": list(BASES)[:1], "repeats": [2]},
    cores=1,
    newest=True,
    title="And equations, step by step?",
    about="Gauss-Newton on Δu + u u_x = sin 3x in two dimensions, with jets up to u_xx and u_yy, "
    "in float64 on one thread; medians of rounds in which all networks take turns.",
    listed=("network", "parameters", "rows", "jacobian_ms", "trial_ms", "step_ms", "step_ratio"),
)  # fmt: skip
main = STUDY.command

if __name__ == "__main__":
    main()
