"""Variable projection against plain least squares, finite differences and one problem at a time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from edgewise.formula.library import LIBRARY
from edgewise.search.variable_projection import (
    LEAST_VARYING,
    Batch,
    _dot,
    _evaluate,
    _project,
    _step,
    explained,
    take_steps,
)

ROWS = 40
COUNT = 3


def make_batch(name: str = "sin", columns: int = 2, **settings: object) -> Batch:
    """Random problems whose fixed columns are orthonormal and explain nothing of the target."""
    g = np.random.default_rng(columns)
    fixed = np.linalg.qr(g.normal(size=(COUNT, ROWS, columns)))[0]
    target = g.normal(size=(COUNT, ROWS))
    target -= np.einsum("nrc,nsc,ns->nr", fixed, fixed, target)
    inner = g.uniform(0.5, 2, (COUNT, ROWS))
    factor = g.uniform(0.5, 1.5, (COUNT, ROWS))
    return Batch(LIBRARY[name], inner, factor, fixed, target, **settings)


def reference(batch: Batch, n: int, a: float, b: float) -> float:
    """The sum of squares that least squares in m f(a g + b) and the fixed columns leaves."""
    column = batch.factor[n] * batch.function.evaluate(a * batch.inner[n] + b)
    matrix = np.column_stack([column, batch.fixed[n]])
    c = np.linalg.lstsq(matrix, batch.target[n], rcond=None)[0]
    return float(np.sum((batch.target[n] - matrix @ c) ** 2))


A, B = np.array([0.7, 1.3, -0.4]), np.array([0.2, -0.5, 0.9])


def test_scalar_products_and_projections_row_by_row():
    batch = make_batch()
    np.testing.assert_allclose(
        _dot(batch.inner, batch.factor), (batch.inner * batch.factor).sum(1), rtol=1e-13
    )
    projected = _project(batch, batch.inner)
    for n in range(COUNT):
        q = batch.fixed[n]
        np.testing.assert_allclose(projected[n], batch.inner[n] - q @ (q.T @ batch.inner[n]))


@pytest.mark.parametrize("columns", [0, 1, 2])
@pytest.mark.parametrize("name", ["sin", "exp", "tanh"])
def test_the_sum_of_squares_is_that_of_least_squares(name, columns):
    batch = make_batch(name, columns)
    left, residual, *_ = _evaluate(batch, A, B)
    for n in range(COUNT):
        assert left[n] == pytest.approx(reference(batch, n, A[n], B[n]), rel=1e-10)
    np.testing.assert_allclose((residual**2).sum(1), left)


@pytest.mark.parametrize("columns", [0, 2])
def test_derivatives_of_the_residual_give_the_gradient(columns):
    batch, h = make_batch("sin", columns), 1e-6
    _, residual, by_a, by_b = _evaluate(batch, A, B)
    for n in range(COUNT):
        along_a = reference(batch, n, A[n] + h, B[n]) - reference(batch, n, A[n] - h, B[n])
        along_b = reference(batch, n, A[n], B[n] + h) - reference(batch, n, A[n], B[n] - h)
        assert -2 * by_a[n] @ residual[n] == pytest.approx(along_a / (2 * h), abs=1e-5)
        assert -2 * by_b[n] @ residual[n] == pytest.approx(along_b / (2 * h), abs=1e-5)


def test_the_changes_of_the_residual_are_orthogonal_to_all_columns():
    """This is Kaufman's form of the Jacobian."""
    batch = make_batch()
    _, residual, *changes = _evaluate(batch, A, B)
    for change in changes:
        np.testing.assert_allclose(np.einsum("nrc,nr->nc", batch.fixed, change), 0, atol=1e-12)
        column = batch.factor * np.sin(A[:, None] * batch.inner + B[:, None])
        np.testing.assert_allclose(_dot(_project(batch, column), change), 0, atol=1e-12)
    np.testing.assert_allclose(np.einsum("nrc,nr->nc", batch.fixed, residual), 0, atol=1e-12)


def test_what_is_undefined_or_a_sum_of_the_fixed_columns_leaves_infinity():
    batch = make_batch("log", 0)
    assert np.isinf(take_steps(batch, A, np.full(3, -9.0), 0)[0]).all()
    flat = make_batch("sin", 1)
    ones = np.full((COUNT, ROWS, 1), ROWS**-0.5)
    flat = Batch(flat.function, flat.inner, np.ones((COUNT, ROWS)), ones, flat.target)
    left, *_ = take_steps(flat, np.array([0.0, 1.0, 1.0]), np.full(3, 0.4), 0)
    assert np.isinf(left[0])
    assert np.isfinite(left[1:]).all()


@pytest.mark.parametrize(("varying", "usable"), [(0.9, False), (1.1, True)])
def test_a_column_that_varies_by_rounding_alone_is_not_usable(varying, usable):
    """m f is the fixed column, and this small number times another one."""
    factor, fixed = np.zeros((1, ROWS)), np.zeros((1, ROWS, 1))
    fixed[0, 0] = factor[0, 0] = 1.0
    factor[0, 1] = varying * np.sqrt(LEAST_VARYING)
    target = np.zeros((1, ROWS))
    target[0, 1:3] = 1.0
    batch = Batch(LIBRARY["exp"], np.zeros((1, ROWS)), factor, fixed, target)
    left, *_ = _evaluate(batch, np.array([1.0]), np.array([0.0]))
    assert np.isfinite(left[0]) == usable


@pytest.mark.parametrize("held", [False, True])
@pytest.mark.parametrize("name", ["sin", "exp", "log"])
def test_a_step_solves_the_damped_normal_equations(name, held):
    batch = make_batch(name, held=held)
    _, residual, by_a, by_b = _evaluate(batch, np.abs(A), np.abs(B))
    damping = np.array([1e-3, 0.5, 2.0])
    step_a, step_b = _step(batch, residual, by_a, by_b, damping)
    free = batch.function.free
    for n in range(COUNT):
        keep = [0] if free == "shift" or (held and free != "scale") else [0, 1]
        keep = [1] if free == "scale" else keep
        jacobian = np.column_stack([by_a[n], by_b[n]])[:, keep]
        normal = jacobian.T @ jacobian
        normal += damping[n] * np.diag(np.diag(normal))
        want = np.zeros(2)
        want[keep] = np.linalg.solve(normal, jacobian.T @ residual[n])
        np.testing.assert_allclose([step_a[n], step_b[n]], want, rtol=1e-8)


@pytest.mark.parametrize("steps", [0, 1, 2, 7])
def test_steps_are_those_of_each_problem_alone(steps):
    """Better steps are taken and divide the damping by 5; others multiply it by 10."""
    batch = make_batch("sin")
    left, a, b = take_steps(batch, A, B, steps)
    for n in range(COUNT):
        one, at, damping = batch.at(slice(n, n + 1)), np.array([A[n], B[n]]), 1e-3
        best = reference(batch, n, *at)
        for _ in range(steps):
            _, residual, by_a, by_b = _evaluate(one, at[:1], at[1:])
            jacobian = np.column_stack([by_a[0], by_b[0]])
            normal = jacobian.T @ jacobian
            normal += damping * np.diag(np.diag(normal))
            offer = at + np.linalg.solve(normal, jacobian.T @ residual[0])
            value = reference(batch, n, *offer)
            damping *= 0.2 if value < best else 10
            if value < best:
                at, best = offer, value
        np.testing.assert_allclose([left[n], a[n], b[n]], [best, *at], rtol=1e-7)


def test_numbers_of_an_exact_curve_are_found():
    g = np.random.default_rng(5)
    inner, factor = g.uniform(-1, 1, (2, ROWS)), g.uniform(1, 2, (2, ROWS))
    fixed = np.full((2, ROWS, 1), ROWS**-0.5)
    y = factor * np.tanh(np.array([[1.37], [0.8]]) * inner + np.array([[0.3], [-0.2]]))
    target = y - y.mean(1, keepdims=True)
    batch = Batch(LIBRARY["tanh"], inner, factor, fixed, target)
    left, a, b = take_steps(batch, np.ones(2), np.zeros(2), 20)
    assert (left < 1e-20).all()
    np.testing.assert_allclose(a, [1.37, 0.8], rtol=1e-8)
    np.testing.assert_allclose(b, [0.3, -0.2], rtol=1e-8)


def test_torch_answers_as_numpy_does():
    for name in ("sin", "sqrt"):
        batch = make_batch(name)
        tensors = Batch(
            batch.function,
            *map(torch.tensor, (batch.inner, batch.factor, batch.fixed, batch.target)),
            xp=torch,
        )
        want = take_steps(batch, np.abs(A), np.abs(B), 4)
        got = take_steps(tensors, torch.tensor(np.abs(A)), torch.tensor(np.abs(B)), 4)
        left, a, b = (each.numpy() for each in got)
        np.testing.assert_allclose(left, want[0], rtol=1e-8)
        if name == "sqrt":  # c √(a u + b) has a scale too many, and √ may run to a line
            np.testing.assert_allclose(np.arctan2(a, b), np.arctan2(*want[1:]), atol=1e-9)
        else:
            np.testing.assert_allclose([a, b], want[1:], rtol=1e-8)


def test_on_tensors_a_function_has_a_finite_slope_at_the_ends_and_no_value_beyond():
    batch = Batch(*make_batch("sqrt").__dict__.values())
    u = torch.tensor([[-1.0, 0.0, 4.0]], dtype=torch.float64)
    value, slope = Batch(batch.function, u, u, u, u, torch).evaluate(u)
    assert torch.isnan(value[0, 0])
    assert value[0, 1:].tolist() == [0.0, 2.0]
    assert torch.isfinite(slope).all()
    assert slope[0, 2] == pytest.approx(0.25)


def test_what_a_candidate_explains_is_what_least_squares_gains():
    g = np.random.default_rng(2)
    batch = make_batch("sin", 2)
    values = g.normal(size=(4, ROWS))
    gain = explained(values, batch.factor, batch.fixed, batch.target)
    assert gain.shape == (4, COUNT)
    for k in range(4):
        for n in range(COUNT):
            matrix = np.column_stack([values[k] * batch.factor[n], batch.fixed[n]])
            c = np.linalg.lstsq(matrix, batch.target[n], rcond=None)[0]
            left = np.sum((batch.target[n] - matrix @ c) ** 2)
            assert gain[k, n] == pytest.approx(np.sum(batch.target[n] ** 2) - left, rel=1e-8)


def test_a_candidate_of_the_fixed_columns_or_without_values_explains_nothing():
    batch = make_batch("sin", 2)
    values = np.stack([batch.fixed[0, :, 0] / batch.factor[0], np.full(ROWS, np.nan)])
    gain = explained(values, batch.factor, batch.fixed, batch.target)
    assert gain[0, 0] == 0
    assert (gain[0, 1:] > 0).all()
    assert (gain[1] == 0).all()


@pytest.mark.parametrize("function", LIBRARY.distinct(), ids=lambda f: f.name)
def test_on_tensors_values_are_the_functions_and_slopes_are_finite(function):
    """Also at poles and at the ends of a domain, where numpy's slopes are infinite."""
    odd = [e for e in (*function.domain, function.pole) if e is not None and np.isfinite(e)]
    u = torch.tensor([[-1.7, -0.6, 0.3, 0.9, 1.4, *odd]], dtype=torch.float64)
    batch = replace(make_batch(), function=function, xp=torch)
    value, slope = batch.evaluate(u)
    defined = function.is_defined(u)
    assert torch.equal(value.isfinite(), defined)
    np.testing.assert_allclose(
        value[defined].numpy(), function.evaluate(u[defined].numpy()), rtol=1e-12
    )
    if function.pole is not None or np.isfinite(function.domain).any():
        assert slope.isfinite().all()
