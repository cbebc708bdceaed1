"""Numbers of equations of motion are as round as the trajectories allow."""

from __future__ import annotations

import numpy as np
import pytest

from edgewise._arrays import Array
from edgewise.formula.expression import terms_of
from edgewise.formula.library import LIBRARY
from edgewise.formula.parse import parse_formula
from edgewise.ode import discover_ode
from edgewise.ode.choose import _free_terms, drop_terms, free_factors
from edgewise.ode.shooting import Shot, Windows, shoot
from edgewise.ode.system import System
from edgewise.ode.trajectories import Trajectory
from edgewise.search.budget import Budget


@pytest.mark.parametrize("stiffness", [4.0, 4.0625])
def test_slopes_round_and_trajectories_have_the_last_word(stiffness: float) -> None:
    """Slopes of noisy positions don't tell 4 from 4.06; the positions themselves do."""
    t = np.linspace(0, 10, 200)
    position = np.exp(-0.15 * t) * np.cos(np.sqrt(stiffness - 0.0225) * t)
    position += 0.01 * np.random.default_rng(1).standard_normal(200)
    options = {"library": LIBRARY.only("x"), "evaluations": 2000, "progress": False}
    found = discover_ode(t, position, order=2, **options)
    factors = {str(x): c for c, x in (term.as_coeff_Mul() for term in found.expressions[0].args)}
    if stiffness == 4:
        assert factors["x0"] == -4
    else:
        assert abs(float(factors["x0"]) + stiffness) < 0.01
    assert abs(float(factors["x0_dot"]) + 0.3) < 0.01


@pytest.mark.parametrize("form", ["-1.3*x + a*x_dot", "-1.3*x + F(x_dot)"])
def test_numbers_of_a_given_form_stay(form: str) -> None:
    """The frequency says 1.3, with the damping of 0.1 the stiffness is 1.31."""
    t = np.linspace(0, 20, 300)
    position = np.exp(-0.1 * t) * np.cos(np.sqrt(1.3) * t)
    position += 0.005 * np.random.default_rng(1).standard_normal(300)
    options = {"state_names": ["x"], "evaluations": 2000, "progress": False}
    found = discover_ode(t, position, order=2, form=form, **options)
    terms = dict(term.as_coeff_Mul()[::-1] for term in found.expressions[0].args)
    factors = {str(x): float(c) for x, c in terms.items()}
    assert factors["x"] == -1.3
    assert abs(factors["x_dot"] + 0.2) < 0.01


def fit_rounded(text: str, t: Array, curve: Array, noise: float, seed: int) -> Shot:
    """A rounded right-hand side, after a fit to a noisy trajectory."""
    states = curve + noise * np.random.default_rng(seed).normal(size=len(t))
    one = Trajectory(t, states[:, None], np.empty((len(t), 0)))
    windows = Windows.cut([one], [curve[:, None]], len(t) - 1, np.array([noise]))
    begun = shoot(System([parse_formula(text)[0]]), windows, Budget(60.0))
    return drop_terms(free_factors(begun, windows, Budget(60.0), written=()), windows, Budget(60.0))


def test_a_number_is_round_only_where_that_is_more_than_chance() -> None:
    """The rows allow 1 K/min as well as the true 1.05: with it, the error of k would be tiny."""
    t = np.linspace(0, 60, 60)
    shot = fit_rounded("1 - 0.0489*x0", t, 21 + 60 * np.exp(-0.05 * t), 0.3, 9)
    numbers = {abs(n.value): n.error for n in shot.system.trees[0].numbers()}
    assert len(numbers) == 2
    for truth, (value, error) in zip((0.05, 1.05), sorted(numbers.items()), strict=True):
        assert error is not None
        assert abs(value - truth) < 2 * error < 0.1 * truth


def test_a_rounded_term_that_may_be_zero_is_dropped() -> None:
    """dN/dt = 1 + … fits better than logistic growth by chance, and a rounded 1 has no error."""
    t = np.linspace(0, 20, 80)
    curve = 97 / (1 + 9 * np.exp(-0.43 * t))
    shot = fit_rounded("1 + 0.38*x0 - 0.004*x0**2", t, curve, 1.5, 5)
    (tree,) = shot.system.trees
    assert len(terms_of(tree)) == tree.free_count == 2


def test_a_factor_that_other_numbers_contain_is_not_fitted_beside_them() -> None:
    x = np.random.default_rng(0).uniform(1, 2, (20, 2))
    for text, more in (("x0*(1.5 - 0.3*x1)", 0), ("x0*(2 - 0.3*x1)", 1), ("0.5*x0 + x1", 1)):
        tree, _ = parse_formula(text)
        assert _free_terms(tree, x, written=()).free_count == tree.free_count + more
