"""What `solve` computes once, or not at all."""

from __future__ import annotations

import math
import re
import sys

import pytest
import torch
from torch.overrides import _get_current_function_mode_stack

import edgewise as ew
from edgewise import _progress
from edgewise.equations import dirichlet, initial
from edgewise.equations.arguments import read_problem
from edgewise.equations.chebyshev_curves import Curves
from edgewise.equations.parts import in_plain_torch
from edgewise.equations.piece_fits import solve_piece
from terminals import Terminal


class Counting:
    """A function that counts its calls."""

    def __init__(self, function):
        self.function, self.calls = function, 0
        self.__wrapped__ = function

    def __call__(self, *values, **named):
        self.calls += 1
        return self.function(*values, **named)


def test_a_step_that_is_taken_is_evaluated_once():
    residual = Counting(lambda u, x: u.dxx - torch.exp(u))
    problem = read_problem(residual, {"x": (0.0, 1.0)}, [dirichlet("x", 0.0)], {}, {})
    curves, residual.calls = [Curves.over(0.0, 1.0, 12)], 0
    with torch.no_grad():
        solved = solve_piece(problem, curves, None, None, 1e-10, lambda: False)
    assert solved.converged
    linearity = 2  # points at which the derivatives are compared
    assert residual.calls == 1 + solved.newton + linearity


def test_places_are_searched_only_where_values_are_missed():
    value = Counting(lambda t: torch.exp(-t))
    s = ew.solve(
        lambda u, x, t: u.dt - u.dxx, {"x": (0, 1), "t": (0, 1)},
        [
            initial(lambda x: torch.cos(x)),
            dirichlet("x", value, side="low"),
            dirichlet("x", lambda t: math.cos(1) * torch.exp(-t), side="high"),
        ],
    )  # fmt: skip
    assert s.error < 1e-6
    assert value.calls < 12 * len(s.history)


def test_no_mode_of_a_device_slows_down_calls():
    with in_plain_torch():
        assert not _get_current_function_mode_stack()
    with torch.device("meta"), in_plain_torch():
        assert torch.ones(1).device.type == "cpu"


@pytest.mark.parametrize(
    ("domain", "told"),
    [({"x": (0, 1)}, r"\d+ curves"), ({"t": (0, 1)}, r"t = [\d.]+ of 1, error \d")],
    ids=["on the whole domain", "in windows"],
)
def test_a_line_says_what_is_reached(domain, told, monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(_progress, "PAUSE", 0.0)
    monkeypatch.setenv("COLUMNS", "80")
    known = ew.equations.initial(1.0) if "t" in domain else ew.equations.dirichlet("x", 1.0)

    def fade(u, x):
        return u.dxx - u

    def decay(u, t):
        return u.dt + u

    given = (decay if "t" in domain else fade, domain, [known])
    ew.solve(*given)
    lines = [line for line in terminal.getvalue().split("\r") if line.strip()]
    assert any(re.search(rf"^solve .* s  {told}", line) for line in lines)
    assert terminal.getvalue().endswith("\r" + 79 * " " + "\r")
    shown = terminal.getvalue()
    ew.solve(*given, progress=False)
    assert terminal.getvalue() == shown
