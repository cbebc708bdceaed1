"""Deep KANs and MLPs of the same size on the study's equations, under the same optimiser.

Both are trained by `ew.solve(model=…)`: damped Gauss-Newton on jets, at points that are drawn anew
every ten steps, in five windows of time, with given values by construction.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from typing import Any

from torch import nn

import edgewise as ew
from benchmarks.equations.cases import Case, evaluate
from benchmarks.networks import count
from edgewise.equations.named_networks import make_kan, make_mlp

NETWORKS: Mapping[str, Callable[[int, int, int], nn.Module]] = {
    "deep KAN": make_kan,
    "MLP": make_mlp,
}
"""(inputs, outputs, seed) → a network of `ew.solve`."""
SECONDS: Mapping[str, float] = {"poisson": 10.0}
"""Others have 25 s."""
TOLERANCE = 1e-9
"""Smaller than what is reached: all of the time is used."""


def solve(
    case: Case,
    network: str,
    seed: int,
    *,
    seconds: float | None = None,
    windows: int | None = None,
) -> dict[str, Any]:
    """Train a network on a case: parameters, seconds, steps, the true error and what is told."""
    conditions = case.conditions()
    inputs = len(case.domain()) + sum(c.kind == "periodic" for c in _flatten(conditions))
    model = NETWORKS[network](inputs, 1, seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ew.equations.SolutionWarning)
        answer = ew.solve(
            case.residual, case.domain(), conditions, constants=case.constants or None,
            model=model, windows=windows, seed=seed, tolerance=TOLERANCE,
            seconds=SECONDS.get(case.name, 25.0) if seconds is None else seconds,
        )  # fmt: skip
    reference = case.reference()
    return {
        "parameters": count(model),
        "seconds": answer.seconds,
        "steps": sum(step.newton for step in answer.history),
        "error": reference.distance(evaluate(answer, reference.points)),
        "told": answer.error,
    }


def _flatten(conditions: list[Any]) -> list[Any]:
    return [c for each in conditions for c in (each if isinstance(each, list) else [each])]
