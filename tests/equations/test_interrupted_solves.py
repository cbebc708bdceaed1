"""Ctrl-C in `solve`, and errors of what the user gives it."""

from __future__ import annotations

import functools
import math
import re
import sys
import traceback
import warnings
from dataclasses import replace

import pytest
import torch

import edgewise as ew
from edgewise.equations import SolutionWarning, dirichlet, initial

PI = math.pi


class Interrupting:
    """A residual that counts its calls, and raises KeyboardInterrupt at some of them."""

    def __init__(self, residual, *calls):
        functools.update_wrapper(self, residual)
        self.residual, self.calls, self.count = residual, calls, 0

    def __call__(self, **given):
        self.count += 1
        if self.count in self.calls:
            raise KeyboardInterrupt
        return self.residual(**given)


def layer(u, x):
    return u.dxx - 400 * u + 400


def layer_truth(x):
    return 1 - torch.cosh(20 * x) / math.cosh(20)


def heat(u, x, t):
    return u.dt - u.dxx


def heat_truth(x, t):
    return torch.sin(PI * x) * torch.exp(-(PI**2) * t)


def solve_layer(residual, **options):
    return ew.solve(residual, {"x": (-1, 1)}, [dirichlet("x", 0.0)], **options)


def solve_heat(residual, **options):
    conditions = [initial(lambda x: torch.sin(PI * x)), dirichlet("x", 0.0)]
    return ew.solve(residual, {"x": (0, 1), "t": (0, 0.5)}, conditions, **options)


def measure(s, truth, *intervals):
    generator = torch.Generator().manual_seed(0)
    unit = torch.rand(len(intervals), 500, generator=generator, dtype=torch.float64)
    points = [a + (b - a) * u for (a, b), u in zip(intervals, unit, strict=True)]
    wanted = truth(*points)
    return float((s(*points) - wanted).norm() / wanted.norm())


def interrupt_everywhere(solve, residual, count):
    """Solutions of interrupts at calls from the first to the last, and how often none exists yet.

    Each comes with whether its unknowns have converged.
    """
    counting, found, raised = Interrupting(residual), [], 0
    solve(counting)
    for call in sorted({1 + k * (counting.count - 1) // (count - 1) for k in range(count)}):
        try:
            with warnings.catch_warnings(record=True) as told:
                warnings.simplefilter("always")
                s = solve(Interrupting(residual, call))
        except KeyboardInterrupt:
            assert not found  # what exists is returned
            raised += 1
            continue
        messages = [str(warning.message) for warning in told]
        assert messages[-1].startswith("interrupted: the solution")
        assert s.interrupted
        found.append((s, len(messages) == 1))
    assert len(found) > raised
    return found


def test_ctrl_c_returns_the_best_solution_so_far():
    found = [s for s, _ in interrupt_everywhere(solve_layer, layer, 15)]
    for s in found:
        assert measure(s, layer_truth, (-1, 1)) <= 3 * s.error
    assert found[-1].error < 1e-6
    assert "interrupted" in repr(found[-1])
    assert not solve_layer(layer).interrupted


def test_ctrl_c_returns_the_windows_so_far():
    found = [s for s, _ in interrupt_everywhere(solve_heat, heat, 15)]
    assert {s.reached < 0.5 for s in found} == {True, False}
    for s in found:
        assert measure(s, heat_truth, (0, 1), (0, s.reached)) < 1e-6
        assert s.error >= 1 if s.reached < 0.5 else s.error < 1e-6
        assert sum(step.taken for step in s.history) == len(s.pieces)
    ends = [s.reached for s in found]
    assert ends == sorted(ends)


def test_a_second_ctrl_c_is_raised():
    counting = Interrupting(layer)
    solve_layer(counting)
    with pytest.raises(KeyboardInterrupt):
        solve_layer(Interrupting(layer, counting.count - 3, counting.count - 2))


@pytest.mark.parametrize("call", [20, 100, 300])
def test_ctrl_c_ends_the_training_of_networks(call):
    """In the first of two windows."""

    def draw(count, seed):
        generator = torch.Generator().manual_seed(seed)
        half = torch.tensor([1.0, 0.5], dtype=torch.float64)
        return half * torch.rand(200, 2, generator=generator, dtype=torch.float64)

    model = ew.KAN([2, 4, 1], basis=ew.Chebyshev(6), init="line", seed=0, dtype=torch.float64)
    with pytest.warns(SolutionWarning, match="^interrupted: the solution"):
        s = solve_heat(Interrupting(heat, call), model=model, windows=2, points=draw, tolerance=0.1)
    assert s.interrupted
    assert (len(s.pieces), s.reached) == (1, 0.25)
    assert measure(s, heat_truth, (0, 1), (0, 0.25)) <= 3 * s.error


def test_ctrl_c_ends_a_fit_in_another_coordinate(monkeypatch):
    """The first window has a front."""
    fitted, networks = [], sys.modules["edgewise.equations.networks"]

    def fit(*given, **settings):
        fitted.append(replace(gauss_newton(*given, **settings), interrupted=True))
        return fitted[-1]

    gauss_newton = networks.gauss_newton
    monkeypatch.setattr(networks, "gauss_newton", fit)
    model = ew.KAN([2, 3, 1], basis=ew.Chebyshev(4), init="line", seed=0, dtype=torch.float64)
    conditions = [
        initial(lambda x: torch.tanh(20 * x)),
        *(
            dirichlet("x", end * math.tanh(20), side=side)
            for end, side in ((-1, "low"), (1, "high"))
        ),
    ]
    with pytest.warns(SolutionWarning, match="^interrupted: the solution"):
        s = ew.solve(
            lambda u, x, t: u.dt - 1e-3 * u.dxx, {"x": (-1, 1), "t": (0, 0.5)}, conditions,
            model=model, windows=2, seconds=5,
        )  # fmt: skip
    assert len(fitted) == 1
    assert (s.interrupted, s.reached) == (True, 0.25)


def test_ctrl_c_ends_the_long_estimate_of_a_network_too(monkeypatch):
    given = []

    def estimate(problem, parts, seconds, seed):
        given.append(seconds)
        return 0.5

    monkeypatch.setattr(sys.modules["edgewise.equations.solve"], "estimate_error", estimate)
    model = ew.KAN([1, 2, 1], basis=ew.Chebyshev(4), init="line", seed=0, dtype=torch.float64)
    with pytest.warns(SolutionWarning, match="^interrupted"):
        solve_layer(Interrupting(layer, 30), model=model, seconds=1000)
    assert given == [1.0]


def test_ctrl_c_returns_the_best_unknowns_so_far():
    generator = torch.Generator().manual_seed(0)
    points = torch.rand(60, 1, generator=generator, dtype=torch.float64)
    noise = 1e-2 * torch.randn(60, generator=generator, dtype=torch.float64)
    values = torch.exp(-2 * points[:, 0]) + noise

    def decay(u, t, k):
        return u.dt + k * u

    def find(residual):
        data, guess = (points, values), {"k": 1.0}
        return ew.solve(residual, {"t": (0, 1)}, [initial(1.0)], unknowns=guess, data=data)

    found = interrupt_everywhere(find, decay, 15)
    apart = [abs(s.unknowns["k"] - 2) for s, _ in found]
    assert apart[0] > apart[-1]
    assert {converged for _, converged in found} == {False, True}
    for (s, converged), far in zip(found, apart, strict=True):
        assert far < 4 * s.standard_errors["k"] or not converged


def test_errors_of_the_residual_keep_their_type_and_say_where_they_come_from():
    def wrong(u, x):
        return u.dxx + [1][len(u.shape) + 1]

    with pytest.raises(IndexError) as caught:
        solve_layer(wrong)
    assert "in wrong" in "".join(traceback.format_tb(caught.value.__traceback__))
    if hasattr(caught.value, "__notes__"):
        assert re.match("raised by the residual .* torch.sin", *caught.value.__notes__)

    def value(t):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError) as caught:
        ew.solve(heat, {"x": (0, 1), "t": (0, 1)}, [initial(0.0), dirichlet("x", value)])
    if hasattr(caught.value, "__notes__"):
        assert re.match("raised by the value of a condition .* torch.sin", *caught.value.__notes__)
