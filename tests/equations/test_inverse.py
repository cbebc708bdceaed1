"""Constants and curves out of measured values: known answers, errors that hold, messages."""

import math
import sys
import time
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from scipy.optimize import curve_fit

import edgewise as ew
from edgewise.equations.arguments import read_problem
from edgewise.equations.clock import Clock
from edgewise.equations.inverse import _Inference, solve_again
from edgewise.equations.parts import evaluate_parts
from edgewise.equations.sensitivities import differentiate_pieces
from edgewise.equations.solve import _solve_known

FOREVER = Clock(math.inf)


def decay(u, t, k):
    return u.dt + k * u


def measure_decay(seed, rows=60, noise=0.02, k=1.7):
    generator = torch.Generator().manual_seed(seed)
    t = 2 * torch.rand(rows, generator=generator, dtype=torch.float64)
    return t, torch.exp(-k * t) + noise * torch.randn(rows, generator=generator).double()


def infer_decay(t, values, guess=0.5):
    return ew.solve(
        decay, {"t": (0, 2)}, [ew.equations.initial(1.0)], unknowns={"k": guess},
        data=(t[:, None], values),
    )  # fmt: skip


def test_a_rate_and_its_error_are_those_of_nonlinear_least_squares():
    t, values = measure_decay(0)
    s = infer_decay(t, values)
    (k,), covariance = curve_fit(lambda t, k: np.exp(-k * t), t.numpy(), values.numpy(), 1.0)
    assert s.unknowns["k"] == pytest.approx(k, abs=1e-2 * covariance[0, 0] ** 0.5)
    assert s.standard_errors["k"] == pytest.approx(covariance[0, 0] ** 0.5, rel=1e-2)
    assert abs(s(1.0).item() - math.exp(-k)) < 1e-3


def test_intervals_hold_as_often_as_they_say():
    held = 0
    for seed in range(20):
        s = infer_decay(*measure_decay(seed, rows=30))
        held += abs(s.unknowns["k"] - 1.7) <= 1.96 * s.standard_errors["k"]
    assert held >= 16  # fewer in one of 390 tests if intervals hold in 95 %


def test_exact_data_give_an_exact_rate_from_a_far_guess():
    t = torch.linspace(0, 2, 20, dtype=torch.float64)
    s = infer_decay(t, torch.exp(-1.7 * t), guess=0.05)
    assert s.unknowns["k"] == pytest.approx(1.7, abs=1e-5)


def test_slopes_of_a_solution_are_those_of_differences():
    """In several windows of time, by a constant and by the coefficients of a curve."""
    problem = read_problem(
        lambda u, x, t, c, k: u.dt + c * u * u.dx - k * u.dxx - k.dx * u.dx,
        {"x": (0, 1), "t": (0, 1)},
        [ew.equations.initial(lambda x: torch.sin(math.pi * x)), ew.equations.dirichlet("x", 0.0)],
        {}, {"c": 0.8, "k": ew.equations.curve("x", lambda x: 0.1 + 0.05 * x)},
    )  # fmt: skip
    values = problem.unknown_values()
    points = torch.rand(40, 2, generator=torch.Generator().manual_seed(0)).double()
    with torch.no_grad():
        known = problem.with_known(values)
        pieces = _solve_known(known, 1e-5, FOREVER, 0).pieces
        assert len(pieces) > 1
        found = differentiate_pieces(problem.guessing(values), pieces)
        assert len(found) == len(values) == 5
        for n in (0, 1, 4):
            step = 1e-3 * torch.eye(len(values), dtype=torch.float64)[n]
            high, low = (
                solve_again(problem.with_known(values + sign * step), pieces, 1e-5, FOREVER)
                for sign in (1, -1)
            )
            parts = [
                evaluate_parts(each, known.time, "u", points) for each in (high, low, found[n])
            ]
            difference = (parts[0] - parts[1]) / 2e-3
            assert (parts[2] - difference).norm() < 1e-3 * difference.norm()


def test_a_constant_on_a_shape_is_found():
    x, y = (torch.rand(2, 30, generator=torch.Generator().manual_seed(0)).double() - 0.5).unbind()
    on_border = ew.equations.dirichlet(("x", "y"), lambda x, y: x**3)
    s = ew.solve(  # u = 1 - x² - y² + x³, so that Δu = 6x - 4
        lambda u, x, y, k: k * (u.dxx + u.dyy) + 8 - 12 * x, ew.equations.disc(x=0, y=0, radius=1),
        [on_border], unknowns={"k": 1.0},
        data=(torch.stack([x, y], 1), 1 - x**2 - y**2 + x**3), tolerance=1e-5,
    )  # fmt: skip
    assert s.unknowns["k"] == pytest.approx(2.0, abs=1e-6)


def read_l_shape(residual):
    box = ew.equations.box
    shape = box(x=(-1, 1), y=(-1, 1)) - box(x=(0, 1), y=(-1, 0))
    return read_problem(
        residual, shape, [ew.equations.dirichlet(("x", "y"), 0.0)], {}, {"k": 2.0}
    )  # fmt: skip


def test_functions_of_a_corner_are_those_of_the_unknown_diffusivity():
    problem = read_l_shape(lambda u, x, y, k: k * u.dxx + u.dyy + 1)
    first, same, other = (
        each.singular
        for each in (problem, *(problem.with_known(torch.tensor([k]).double()) for k in (2, 4)))
    )
    assert first == same
    assert first.functions[0].exponent != other.functions[0].exponent


def test_the_slope_of_a_solution_on_a_shape_with_a_corner():
    """u is proportional to 1/k, so that ∂u/∂k = -u/k."""
    problem = read_l_shape(lambda u, x, y, k: k * (u.dxx + u.dyy) + 1)
    points = -torch.rand(40, 2, generator=torch.Generator().manual_seed(0)).double()
    with torch.no_grad():
        known = problem.with_known(problem.unknown_values())
        pieces = _solve_known(known, 1e-3, FOREVER, 0).pieces
        (found,) = differentiate_pieces(problem, pieces)
    slope, u = (evaluate_parts(each, known.time, "u", points) for each in (found, pieces))
    assert (slope + u / 2).norm() < 1e-2 * (u / 2).norm()


def test_an_unknown_function_on_a_shape_is_refused():
    with pytest.raises(ValueError, match="unknown functions on a box, got k on a shape"):
        read_problem(
            lambda u, x, y, k: k * u.dxx + u.dyy, ew.equations.disc(x=0, y=0, radius=1),
            [ew.equations.dirichlet(("x", "y"), 0.0)], {}, {"k": ew.equations.curve("x")},
        )  # fmt: skip


def test_an_unknown_source_is_found_as_a_curve():
    t = torch.linspace(0, 2, 80, dtype=torch.float64)
    exact = torch.sin(3 * t) + torch.exp(-t)
    s = ew.solve(
        lambda u, t, f: u.dt + u - f, {"t": (0, 2)}, [ew.equations.initial(1.0)],
        unknowns={"f": ew.equations.curve("t", 0.0)}, data=(t[:, None], exact),
    )  # fmt: skip
    source = s.unknowns["f"]
    at = torch.linspace(0, 2, 21, dtype=torch.float64)
    truth = 3 * torch.cos(3 * at) + torch.sin(3 * at)
    assert (source(at) - truth).abs().max() < 1e-3
    assert s.fields == ("u",)
    noise = 0.01 * torch.randn(80, generator=torch.Generator().manual_seed(1)).double()
    noisy = ew.solve(
        lambda u, t, f: u.dt + u - f, {"t": (0, 2)}, [ew.equations.initial(1.0)],
        unknowns={"f": ew.equations.curve("t", 0.0)}, data=(t[:, None], exact + noise),
    ).unknowns["f"]  # fmt: skip
    assert ((noisy(at) - truth).abs() <= 3 * noisy.error(at)).double().mean() > 0.8
    assert noisy.error(1.0) > 10 * source.error(1.0)


def test_values_that_are_missing_in_one_field_are_left_out():
    t = torch.linspace(0, 3, 40, dtype=torch.float64)
    values = torch.stack([torch.sin(2 * t), 2 * torch.cos(2 * t)], 1)
    values[::2, 1] = math.nan
    s = ew.solve(
        lambda u, v, t, w: (u.dt - v, v.dt + w * w * u), {"t": (0, 3)},
        [ew.equations.initial({"u": 0.0, "v": 2.0})], unknowns={"w": 1.5},
        data=(t[:, None], values),
    )  # fmt: skip
    assert s.unknowns["w"] == pytest.approx(2.0, abs=1e-5)


T = torch.linspace(0, 1, 5).double()[:, None]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"unknowns": {"k": 1.0}}, "data to find k, got none"),
        (
            {"constants": {"k": 1.0}, "data": (T, T[:, 0])},
            "unknowns to find from the data, got none",
        ),
        ({"unknowns": {"k": 1.0}, "data": (T, T[:3, 0])}, r"shapes \(rows, 1\) and \(rows, 1\)"),
        (
            {"unknowns": {"k": 1.0}, "data": (T[:1], T[:1, 0])},
            "more data than its 1 unknown numbers, got 1",
        ),
        ({"unknowns": {"k": ew.equations.curve("x")}, "data": (T, T[:, 0])}, "got k of x"),
    ],
)
def test_what_does_not_fit_is_refused(more, message):
    with pytest.raises(ValueError, match=message):
        ew.solve(decay, {"t": (0, 1)}, [ew.equations.initial(1.0)], **more)


def test_a_step_to_a_hard_equation_does_not_take_all_the_time(monkeypatch):
    """The first step from k = 5 overshoots to k < 0, for which the solver takes all its time."""
    hard, waited, now = [], 0.0, time.process_time

    def solve(problem, precision, clock, *others):
        nonlocal waited
        k = float(problem.constants["k"])
        if k < 0.1:
            hard.append(k)
            waited += clock.left() + 1e-3
        return _solve_known(problem, precision, clock, *others)

    monkeypatch.setattr(time, "process_time", lambda: now() + waited)

    modules = [sys.modules[f"edgewise.equations.{name}"] for name in ("solve", "inverse")]
    monkeypatch.setattr(modules[0], "_solve_known", solve)
    monkeypatch.setattr(modules[1], "solve_again", lambda *args: None)
    t, values = measure_decay(0, k=0.5, noise=0.001)
    s = infer_decay(t, values, guess=5.0)
    assert hard
    assert s.unknowns["k"] == pytest.approx(0.5, abs=0.01)


def test_an_unknown_source_is_guessed_to_be_nothing():
    generator = torch.Generator().manual_seed(0)
    points = torch.rand(200, 2, generator=generator, dtype=torch.float64)
    x, t = points.unbind(1)
    exact = torch.sin(math.pi * x) * (1 + torch.expm1(-t))
    s = ew.solve(
        lambda u, f, x, t: u.dt - u.dxx / math.pi**2 - f, {"x": (0, 1), "t": (0, 1)},
        [ew.equations.initial(lambda x: torch.sin(math.pi * x)), ew.equations.dirichlet("x", 0.0)],
        unknowns={"f": ew.equations.curve("x", guess=0.0)}, data=(points, exact), tolerance=1e-4,
    )  # fmt: skip
    assert s.unknowns["f"](torch.linspace(0, 1, 21).double()).abs().max() < 1e-2


@pytest.mark.parametrize("lengths", [(5, 7), (3,), (2, 2)])
def test_curves_are_chosen_by_the_corrected_criterion_of_akaike(lengths):
    """Of n values with errors of size s_j and k numbers: Σ n_j log s_j² + 2k + 2k(k+1)/(n-k-1)."""
    sizes, numbers, count = (0.3, 2.0)[: len(lengths)], 2, sum(lengths)
    inference = SimpleNamespace(
        data=[SimpleNamespace(values=range(n)) for n in lengths], _scatter=lambda at: sizes
    )
    at = SimpleNamespace(misfits=torch.zeros(count), values=torch.zeros(numbers))
    logs = sum(n * math.log(s**2) for n, s in zip(lengths, sizes, strict=True))
    few = 2 * numbers * (numbers + 1) / max(1, count - numbers - 1)
    found = _Inference._criterion(inference, at)
    assert found == pytest.approx(logs + 2 * numbers + few, rel=1e-12)
