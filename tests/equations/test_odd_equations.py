"""Equations of odd arguments: they are solved, or refused before anything is computed."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pandas as pd
import pytest
import torch

import edgewise as ew
from edgewise.equations import (
    SolutionWarning,
    box,
    curve,
    dirichlet,
    disc,
    holds,
    initial,
    polygon,
)

T = np.linspace(0.05, 1, 20)[:, None]
Y = np.exp(-1.7 * T[:, 0])
FIVE = torch.linspace(0, 1, 5)


def solve(**more):
    arguments = {"domain": {"t": (0, 1)}, "conditions": [initial(1.0)], "constants": {"k": 1.0}}
    arguments |= {"seconds": 20.0, **more}
    return ew.solve(lambda u, t, k: u.dt + k * u, **arguments)


def test_seed_and_windows_of_numpy_count_as_python_s():
    one, other = (solve(seed=n(0), windows=n(1), seconds=5.0) for n in (int, np.int64))
    assert np.array_equal(one(T[:, 0]), other(T[:, 0]))


def infer(points, values, **more):
    return solve(constants=None, unknowns={"k": 1.0}, data=(points, values), **more)


def between(condition):
    return ew.solve(lambda u, x: u.dxx - u, {"x": (0, 1)}, [condition], seconds=1.0)


@pytest.mark.parametrize(
    "points",
    [
        T[::-1],
        np.ravel(T[::-1]),
        pd.DataFrame(T[::-1]),
        torch.tensor(T[::-1].copy()),
        T[::-1].tolist(),
    ],
    ids=["array", "one dimension", "frame", "tensor", "list"],
)
def test_data_as_people_have_them(points):
    found = infer(points, pd.Series(Y[::-1], index=range(5, 25)))
    assert found.unknowns["k"] == pytest.approx(1.7, rel=1e-6)


@pytest.mark.parametrize("size", [1e-59, 1e-9, 1e20, 1e50])
def test_data_in_any_unit(size):
    found = solve(
        constants=None, unknowns={"k": 1.0}, data=(T, size * Y), conditions=[initial(size)]
    )
    assert found.unknowns["k"] == pytest.approx(1.7, rel=1e-6)


@pytest.mark.parametrize("size", [1e-50, 1e20, 1e50])
def test_fields_in_any_unit(size):
    found = solve(conditions=[initial(size)])
    assert found(1.0).item() == pytest.approx(size * np.exp(-1), rel=1e-4)


def test_a_number_that_the_data_do_not_tell_is_not_certain():
    found = ew.solve(
        lambda u, t, k: u.dt + 1.7 * u + 0 * k, {"t": (0, 1)}, [initial(1.0)],
        unknowns={"k": 1.0}, data=(T, Y), seconds=2.0,
    )  # fmt: skip
    assert found.standard_errors == {"k": np.inf}
    assert "k = 1 ± ?" in repr(found)


def test_numbers_without_dimensions_are_constants():
    for k in (np.array(1.0), np.float32(1), torch.tensor(1.0), 1):
        assert solve(constants={"k": k})(1.0).item() == pytest.approx(np.exp(-1), rel=1e-5)


@pytest.mark.parametrize("zero", [0.0, -0.0])
def test_values_that_are_all_zero_are_data(zero):
    """Of e^(-k t), and of a field that k doesn't move."""
    with pytest.warns(SolutionWarning) as told:  # k grows until the time is over
        assert infer(T, zero * Y, seconds=1.5).unknowns["k"] > 10
    assert any("haven't converged" in str(each.message) for each in told)
    still = solve(constants=None, unknowns={"k": 1.0}, data=(T, zero * Y), conditions=[initial(0)])
    assert still.standard_errors == {"k": np.inf}


def answering(answer):
    return ew.solve(lambda u, t: answer(u, t), {"t": (0, 1)}, [initial(1.0)], seconds=2.0)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (lambda u, t: None, "a residual that returns tensors, got None"),
        (lambda u, t: [], "at least one equation, got none"),
        (lambda u, t: (u.dt + u).mean(), "the points' shape (5,), got ()"),
        (lambda u, t: (u.dt + u).mean(0, keepdim=True), "the points' shape (5,), got (1,)"),
        (lambda u, t: u.dt + 1j * u, "real numbers, got torch.complex128"),
        (lambda u, t: u.dt > u, "real numbers, got torch.bool"),
        (lambda u, t: (u.dt + u).detach(), "derivatives by the fields, got equation 1 without any"),
        (lambda u, t: 0.0, "equations of the fields, got equation 1 without any"),
        (lambda u, t: u.dt + u * torch.rand(()), "the same in every call, got another one"),
        (lambda u, t: 1e-300 * (u.dt + u), "residuals from 1e-100 to 1e+100 in size, got about"),
        (lambda u, t: (u.dt + u, 1e200 * u.dt), "in equation 2: multiply it by a number"),
    ],
)
def test_what_is_no_residual(answer, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        answering(answer)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: infer(1.2 * T, Y), "points of data in the domain, got [1.02"),
        (lambda: infer(np.where(T > 0.9, np.nan, T), Y), "points of data in the domain, got [nan]"),
        (lambda: infer(T, np.where(Y > 0.9, np.inf, Y)), "finite values of data, got infinite"),
        (lambda: infer(T, 1e300 * Y), "from 1e-60 to 1e+60 in size, got 9.19e+299"),
        (lambda: infer(T, 1e-300 * Y), "from 1e-60 to 1e+60 in size, got 9.19e-301"),
        (lambda: infer(T, Y + 1j), "expected real numbers"),
        (lambda: infer(T, Y.astype(str)), "expected numbers, got text"),
        (lambda: solve(constants=None, unknowns={"k": 1.0}, data=3), "data as (points, values)"),
        (lambda: solve(constants=3), 'constants by names, such as {"k": 1.0}, got 3'),
        (lambda: solve(constants={"k": "1.5"}), "k as one finite number, got '1.5'"),
        (lambda: solve(constants={"k": np.ones(2)}), "k as one finite number, got a ndarray"),
        (lambda: solve(constants={"k": True}), "k as one finite number, got True"),
        (lambda: solve(windows="2"), "windows to be an integer ≥ 1, got '2'"),
        (lambda: solve(windows=0), "windows to be an integer ≥ 1, got 0"),
        (lambda: solve(weight="x"), "weight from 0"),
        (lambda: solve(points=3.0, model="mlp"), "points expected numbers of shape (rows, 1)"),
        (lambda: infer(T[:0], Y[:0]), "more data than its 1 unknown numbers, got 0 values"),
        (lambda: solve(conditions=[initial(lambda: None)]), "a condition's value, got None"),
        (lambda: solve(conditions=[initial("1")]), "expected initial value as one finite number"),
        (lambda: solve(conditions=[initial(np.ones(2))]), "expected initial value as one finite"),
        (lambda: solve(domain={"t": (1, 0)}), "t in an interval (low, high), got (1, 0)"),
        (lambda: between(dirichlet(3, 1.0)), "coordinates of the domain, x, got one of"),
        (lambda: between(dirichlet([1, 2], 1.0)), "coordinates of the domain, x, got one of"),
        (lambda: dirichlet("x", 1.0, side=[]), "side among both, low, high, got []"),
        (lambda: solve()("0.5"), "expected numbers, got text"),
        (lambda: curve("t", most=0), "most to be an integer ≥ 1, got 0"),
        (lambda: infer(T, np.array(1.0)), "data of shapes (rows, 1) and (rows, 1), got (20, 1)"),
        (lambda: solve(domain={"t": "01"}), "t to be two numbers, got '01'"),
        (lambda: solve(domain={"t": (0, 1e300)}), "t in an interval of at least 1e-50 with ends"),
        (lambda: solve(domain={"t": (1e16, 1e16 + 4)}), "t in an interval of at least 1e-50"),
        (lambda: disc(x=0, y=0, radius=1e200), "ball expected x in an interval of at least"),
        (lambda: solve(domain={"a'b": (0, 1)}), "coordinates called like arguments of the"),
        (lambda: solve(constants={"k": 1.0, "t": 2.0}), "unlike its constants and unknowns"),
        (lambda: solve(conditions=[initial(1.0, 2.0)]), "no initial slope of u, which the"),
        (
            lambda: solve(domain=box(t=(0, 1)) - box(t=(-1, 2)), conditions=[]),
            "a domain with points inside, found 0 among",
        ),
        (lambda: solve(points=lambda n, seed: None, model="mlp"), "solve points expected numbers"),
        (lambda: box(x=3), "box expected x to be two numbers, got 3"),
        (lambda: box(x=(0, np.inf)), "box expected x in an interval"),
        (lambda: disc(x=0, y="a", radius=1), "ball expected y as one finite number, got 'a'"),
        (lambda: disc(x=0, y=0, radius=[1]), "ball expected radius as one finite number"),
        (lambda: polygon("xy", 3), "polygon corners expected numbers of shape (rows, 2)"),
        (lambda: polygon("xx", T), "polygon expected the names of two coordinates"),
        (
            lambda: ew.solve(lambda u, x, xx: u.dxx - 2, {"x": (0, 1), "xx": (0, 1)}),
            "coordinates that derivatives tell apart, got xx beside x: dxx could be either",
        ),
        (
            lambda: ew.solve(lambda error, t: error.dt + error, {"t": (0, 1)}, [initial(1.0)]),
            "fields of other names than what a solution has, got error",
        ),
    ],
)
def test_refusals(call, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        call()


def test_what_is_no_shape_cannot_be_cut_out():
    for other in (3, "x", None):
        with pytest.raises(TypeError, match="unsupported operand"):
            box(x=(0, 1)) - other


def test_a_curve_is_asked_within_the_interval_of_the_fit():
    found = solve(constants=None, unknowns={"k": curve("t", most=3)}, data=(T, Y)).unknowns["k"]
    assert found(1.0).item() == pytest.approx(1.7, rel=1e-2)
    with pytest.raises(ValueError, match=r"expected x within \[0, 1\], got \[0.5, 1.5\]"):
        found([0.5, 1.5])


@cache
def in_plain_surroundings():
    """The decay at five times, and the constant of one."""
    return solve()(FIVE), infer(T, Y).unknowns["k"]


@pytest.mark.parametrize(
    "world",
    [lambda: torch.device("meta"), torch.inference_mode, torch.no_grad],
    ids=["meta", "inference mode", "no grad"],
)
def test_default_devices_and_inference_mode_change_nothing(world):
    """Nor what the page is made of; a default device of CUDA would be the same."""
    plain, constant = in_plain_surroundings()
    with world():
        found = solve()
        assert torch.equal(found(FIVE), plain)
        assert infer(T, Y).unknowns["k"] == constant
        assert "<html" in found.html()
        assert found.model(torch.zeros(1, 1, dtype=torch.float64, device="cpu")).shape == (1, 1)


@pytest.mark.parametrize("residual", [3, torch.sin])
def test_relations_are_functions_with_named_arguments(residual):
    with pytest.raises(TypeError, match="a residual as a function, such as lambda u, x"):
        solve(conditions=[holds(residual, on="t")])
    with pytest.raises(TypeError, match="a residual as a function, such as lambda u, x"):
        ew.solve(residual, {"t": (0, 1)}, [initial(1.0)])


@pytest.mark.parametrize("name", ["type", "im", "evice", "ata", "et", "_"])
def test_derivatives_called_like_attributes_of_tensors(name):
    space: dict = {}
    exec(f"def decay(u, {name}): return u.d{name} + u", space)
    found = ew.solve(space["decay"], {name: (0, 1)}, [dirichlet(name, 1.0, side="low")])
    assert found(1.0).item() == pytest.approx(np.exp(-1), rel=1e-6)


def test_without_such_a_coordinate_a_field_has_what_tensors_have():
    def decay(u, t):
        return u.dt + torch.ones(u.shape, dtype=u.dtype, device=u.device) * u

    assert ew.solve(decay, {"t": (0, 1)}, [initial(1.0)])(1.0).item() == pytest.approx(np.exp(-1))
    with pytest.raises(AttributeError, match="expected a derivative by t, such as dt or dtt"):
        ew.solve(lambda u, t: u.dq, {"t": (0, 1)}, [initial(1.0)])


def test_what_no_field_has_is_said_with_what_it_has():
    def equation(u, t):
        return u.dt + u.slope

    with pytest.raises(AttributeError, match=r"a field has no slope: derivatives are u\.dx"):
        ew.solve(equation, {"t": (0, 1)}, [initial(1.0)])
