"""The AI-Feynman list: formulas against sympy, domains, and the entries that others broke."""

from __future__ import annotations

import math
import subprocess
import sys

import numpy as np
import pytest
import sympy
import torch

from edgewise.datasets import feynman

by_equation = pytest.mark.parametrize("equation", feynman.EQUATIONS, ids=feynman.names())


def points(equation, num=1000, seed=1):
    return equation.dataset(num_train=num, num_test=0, seed=seed, dtype=torch.float64).x_train


def test_there_are_120_under_unique_names():
    assert len(feynman.EQUATIONS) == 120
    assert feynman.names() == tuple(equation.name for equation in feynman.EQUATIONS)
    assert len(set(feynman.names())) == 120
    assert [name.partition(".")[0] for name in feynman.names()[:100]] == (
        ["I"] * 51 + ["II"] * 34 + ["III"] * 15
    )
    assert len({str(equation.sympy()) for equation in feynman.EQUATIONS}) == 120


def test_ranges_and_variables():
    for equation in feynman.EQUATIONS:
        assert len(equation.variables) == len(equation.ranges) == len(set(equation.variables))
        assert all(
            math.isfinite(low) and math.isfinite(high) and 0 <= low < high
            for low, high in equation.ranges
        ), equation.name
        found = {symbol.name for symbol in equation.sympy().free_symbols}
        assert found == set(equation.variables), equation.name


@by_equation
def test_values_are_those_of_sympy_and_finite(equation):
    x = points(equation)
    symbols = sympy.symbols(equation.variables)
    expected = torch.from_numpy(sympy.lambdify(symbols, equation.sympy(), "numpy")(*x.numpy().T))
    y = equation.function(x)
    assert y.shape == (1000, 1)
    assert y.dtype == torch.float64
    assert y.isfinite().all()
    scale = float(expected.square().mean().sqrt())
    torch.testing.assert_close(y[:, 0], expected, rtol=1e-12, atol=1e-12 * scale)


def test_every_variable_matters():
    for equation in feynman.EQUATIONS:
        x = points(equation, 200)
        y = equation.function(x)
        for column in range(x.shape[1]):
            moved = x.clone()
            moved[:, column] = points(equation, 200, seed=2)[:, column]
            assert not torch.allclose(equation.function(moved), y, rtol=1e-3, atol=0), equation.name


def velocities(c, v, u):
    """Addition of parallel velocities: as rapidities, they add."""
    return c * np.tanh(np.arctanh(u / c) + np.arctanh(v / c))


def anharmonic(m, omega, p, y, x, alpha):
    """Kinetic energy and a spring that stiffens by alpha at a displacement of y."""
    spring = m * omega**2 * x**2 / 2
    return p**2 / (2 * m) + spring + alpha * spring * x / y


def sphere(q, y, volt, d, epsilon):
    """Force on a charge at distance y of a sphere of radius d at a potential, by image charges."""
    coulomb = q / (4 * np.pi * epsilon)
    image, at = -q * d / y, d**2 / y
    centre = 4 * np.pi * epsilon * volt * d  # alone it gives the sphere its potential
    return coulomb * (image / (y - at) ** 2 + centre / y**2)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("I.16.6", velocities), ("Goldstein 12.80", anharmonic), ("Jackson 2.11", sphere)],
)
def test_entries_that_are_broken_elsewhere(name, expected):
    equation = feynman.get(name)
    x = points(equation)
    if name == "I.16.6":  # rapidities are of velocities below that of light
        x = x[(x[:, 1:] < x[:, :1]).all(1)]
    y = equation.function(x)[:, 0].numpy()
    np.testing.assert_allclose(y, expected(*x.numpy().T), rtol=1e-9)


def test_dataset_follows_its_seed_and_leaves_the_global_state():
    equation = feynman.get("I.9.18")
    state = torch.get_rng_state()
    first, again, other = (equation.dataset(20, 10, seed=seed) for seed in (3, 3, 4))
    assert torch.equal(torch.get_rng_state(), state)
    assert torch.equal(first.x_train, again.x_train)
    assert torch.equal(first.y_test, again.y_test)
    assert not torch.equal(first.x_train, other.x_train)
    assert first.x_train.shape == (20, 9)
    assert first.y_test.shape == (10, 1)
    assert first.x_train.dtype == torch.float32
    low, high = torch.tensor(equation.ranges).T
    assert ((first.x_train >= low) & (first.x_train <= high)).all()


def test_noise_is_on_the_train_part_only():
    equation = feynman.get("I.12.1")
    clean, noisy = equation.dataset(), equation.dataset(noise=0.1)
    assert torch.equal(clean.y_test, noisy.y_test)
    ratio = (noisy.y_train - clean.y_train).std() / clean.y_train.std()
    assert float(ratio) == pytest.approx(0.1, rel=0.1)


def test_variables_named_like_constants_of_sympy():
    assert feynman.get("II.13.17").sympy().has(sympy.Symbol("I"))
    assert not feynman.get("II.13.17").sympy().has(sympy.I)


def test_function_takes_leading_dimensions_and_float32():
    equation = feynman.get("I.25.13")
    x = torch.rand(2, 3, 2) + 1
    y = equation.function(x)
    assert y.dtype == torch.float64
    torch.testing.assert_close(y, x[..., :1].double() / x[..., 1:].double())
    assert equation.function(x[:0]).shape == (0, 3, 1)


def test_errors():
    with pytest.raises(ValueError, match=r"did you mean 'Goldstein 12\.80'"):
        feynman.get("Goldstein 12.8")
    with pytest.raises(ValueError, match=r"unknown equation 'xyz': feynman\.names\(\)"):
        feynman.get("xyz")
    with pytest.raises(ValueError, match=r"last dimension 2 \(q, C\), got shape \(4, 3\)"):
        feynman.get("I.25.13").function(torch.ones(4, 3))


def test_without_sympy_there_are_data_and_no_expressions(monkeypatch):
    monkeypatch.setitem(sys.modules, "sympy", None)
    equation = feynman.get("I.16.6")
    assert equation.dataset(10).y_train.shape == (10, 1)
    with pytest.raises(ImportError, match=r"pip install edgewise\[symbolic\]"):
        equation.sympy()


def test_sympy_is_not_imported_with_the_package():
    code = (
        "import sys, edgewise as ew; before = 'sympy' in sys.modules; "
        "ew.datasets.feynman.get('I.16.6').dataset(); print(before, 'sympy' in sys.modules)"
    )
    # In a process of its own: torch may have imported sympy in one that others use.
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False False"


def test_every_variable_has_a_range():
    for equation in feynman.EQUATIONS:
        assert len(equation.ranges) == len(equation.variables)
        assert all(low < high for low, high in equation.ranges)
