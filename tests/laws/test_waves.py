"""Fits of sines: frequencies that rows resolve, and of equal parameters the usual ones."""

from __future__ import annotations

import math

import numpy as np
import pytest

import edgewise as ew
from edgewise.laws.curve import Curve
from edgewise.laws.noise import Normal
from edgewise.laws.solve import FitProblem
from edgewise.laws.tidy import tidy

T = np.linspace(0, 5, 30)
"""Even steps: sin(w·t) is the same at all rows for many w."""
FORMULAS = {
    "a*sin(w*t)": {"a": 2, "w": 3},
    "a*cos(w*t + p)": {"a": 2, "w": 3, "p": 1},
    "a*sin(w*t + p) + c": {"a": 2, "w": 3, "p": -2.5, "c": -1},
    "a*sin(w*(t - t0))": {"a": 2, "w": 3, "t0": 0.4},
    "a*sin(2*pi*t/P + p)": {"a": 2, "P": 1.7, "p": 1},
    "a*sin(2*pi*(t - t0)/P)": {"a": 2, "P": 1.7, "t0": -0.3},
    "a*sin(2*pi*f*t)": {"a": 2, "f": 0.6},
    "a*cos(w*t)**2": {"a": 2, "w": 2},
    "a*exp(-k*t)*cos(w*t) + c": {"a": 3, "k": 0.4, "w": 4, "c": 0.5},
    "a*sin(w*t) + b*cos(w*t)": {"a": 2, "b": -1, "w": 3},
    "a*exp(-(t - m)**2/(2*s**2))": {"a": -2, "m": 2, "s": 0.5},
    "a*t**2/(b**2 + t**2)": {"a": 2, "b": 2},
    "sqrt(a**2 + b**2*t**2)": {"a": 1, "b": 2},
    "a/(1 + (w*t)**2)": {"a": 2, "w": 3},
}


@pytest.mark.parametrize(("text", "numbers"), FORMULAS.items(), ids=FORMULAS)
def test_the_usual_parameters_are_found_without_starts(text, numbers):
    curve = Curve.read(text, ["t"], list(numbers))
    y = curve.values(T[:, None], np.array(list(numbers.values()), dtype=float))
    for seed in range(3):
        noise = 0.02 * np.random.default_rng(seed).normal(size=len(T))
        fitted = ew.fit_formula(f"y = {text}", {"t": T, "y": y + noise})
        for name, value in numbers.items():
            assert abs(fitted.estimates[name] - value) < 5 * fitted.errors[name], (seed, fitted)


@pytest.mark.parametrize(("text", "numbers"), FORMULAS.items(), ids=FORMULAS)
def test_tidy_parameters_give_the_same_curve(text, numbers):
    curve = Curve.read(text, ["t"], list(numbers))
    free = np.full(len(numbers), np.inf)
    for seed in range(20):
        random = np.random.default_rng(seed)
        theta = np.array(list(numbers.values())) * random.choice([-1.0, 1.0], len(numbers))
        for name in {"p", "t0"} & set(numbers):
            theta[list(numbers).index(name)] += random.uniform(-30, 30)
        y = curve.values(T[:, None], theta)
        rows = FitProblem(curve, Normal(np.ones(1)), T[:, None], y, -free, free)
        made = tidy(rows, theta)
        np.testing.assert_allclose(curve.values(T[:, None], made), y, atol=1e-9)
        found = dict(zip(numbers, made, strict=True))
        assert all(found[name] > 0 for name in {"w", "s", "P", "f"} & set(numbers)), found
        assert abs(found.get("p", 0.0)) <= math.pi
        assert (tidy(rows, made) == made).all()


def test_starts_and_bounds_are_kept():
    y = 2 * np.sin(3 * T)
    table = {"t": T, "y": y + 0.02 * np.random.default_rng(0).normal(size=len(T))}
    fitted = ew.fit_formula("y = a*sin(w*t)", table, bounds={"a": (-9, 0)})
    assert fitted.estimates["a"] == pytest.approx(-2, rel=0.02)
    assert fitted.estimates["w"] == pytest.approx(-3, rel=0.01)
    fitted = ew.fit_formula("y = a*sin(w*t)", table, start={"a": -2.1, "w": -3.1})
    assert fitted.estimates["w"] == pytest.approx(-3, rel=0.01)
