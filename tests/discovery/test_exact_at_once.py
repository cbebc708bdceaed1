"""Short exact formulas are found before errors are modelled; nothing is weighed against them."""

from __future__ import annotations

from importlib import import_module

import numpy as np
import pytest

import edgewise as ew
from edgewise.discovery import conclusion
from edgewise.discovery.problem import Problem
from edgewise.discovery.search import search_short
from edgewise.discovery.strategies import Powers
from edgewise.search.budget import Budget
from every_pair import every_value

G = np.random.default_rng(0)
X = G.uniform(1, 5, (300, 3))
A, B, C = X.T
SHORT = {
    "monomial": A * B / (4 * np.pi * C**2),
    "sine": 3.5 * A * np.sin(B),
    "root": np.sqrt(A**2 + B**2),
}


@every_value(name=SHORT, units=[True, False])
def test_no_model_of_errors_is_fitted(monkeypatch: pytest.MonkeyPatch, name: str, units: bool):
    monkeypatch.setattr(import_module("edgewise.discovery.discover"), "weigh_by_noise", None)
    given = {"sine": ["m", "1", "1"], "root": ["m", "m", "s"], "monomial": ["C", "C", "m"]}[name]
    unit = {"sine": "m", "root": "m", "monomial": "C^2/m^2"}[name]
    names = ["a", "b", "c"]
    told = {"units": dict(zip(names, given, strict=True)), "output_unit": unit} if units else {}
    found = ew.discover(X, SHORT[name], input_names=names, progress=False, **told)
    assert found.verdict.kind == "exact"
    np.testing.assert_allclose(found.predict(X), SHORT[name], rtol=1e-9)
    assert found.evaluations < 1000
    assert found.noise.kind == "constant"


def test_the_best_model_without_a_formula_is_still_told() -> None:
    y = A * np.sin(B)
    found = ew.discover(X, y, progress=False)
    some = Problem(X, y).some_rows(conclusion.COMPARED)
    assert found.baseline == pytest.approx(1 - some.numeric.cross_validate(some.folds), abs=1e-3)
    assert 0.5 < found.baseline < 1


@pytest.mark.parametrize(
    "options",
    [
        {"weight": np.linspace(0.5, 1.5, 300)},
        {"robust": True},
        {"threshold": 0.0},
    ],
)
def test_what_is_known_of_the_rows_is_left_to_the_search(options: dict[str, object]) -> None:
    assert search_short(Problem(X, A * B, **options), Budget(60, 1000)) is None


def test_noise_is_not_exact_and_short_formulas_are_searched_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    y = 3.5 * A * np.sin(B) + 0.05 * G.normal(size=300)
    short = search_short(Problem(X, y), Budget(60, 10_000))
    assert short is not None
    assert not short.is_solved
    calls: list[int] = []
    propose = Powers.propose
    monkeypatch.setattr(Powers, "propose", lambda *given: calls.append(1) or propose(*given))
    found = ew.discover(X, y, evaluations=500, progress=False)
    assert found.noise.kind == "constant"
    assert len(calls) == 1


def test_a_constant_has_no_short_formulas() -> None:
    assert search_short(Problem(X, np.full(300, 2.0)), Budget(60, 1000)) is None


def test_a_product_that_is_found_multiplied_out_first_is_told_as_a_product() -> None:
    """√(a + .37) (b² + .43 b + 1.7) is the square root of a polynomial of ten numbers, too."""
    y = np.sqrt(A + 0.37) * (B**2 + 0.43 * B + 1.7)
    short = search_short(Problem(X[:, :2], y), Budget(60, 10_000))
    assert short is not None
    assert short.is_solved
    assert not short.is_settled
    found = ew.discover(X[:, :2], y, evaluations=12_000, budget=1e3, progress=False)
    assert found.verdict.kind == "exact"
    assert found.winner.tree.free_count <= 4


def test_a_polynomial_without_products_of_inputs_ends_the_search_at_once() -> None:
    y = 1.3 * A**4 - 2.1 * A**3 + 0.7 * A**2 + 0.43 * A + 2.71 * B - 1.9
    short = search_short(Problem(X[:, :2], y), Budget(60, 10_000))
    assert short is not None
    assert short.is_settled


@pytest.mark.parametrize("size", [1e-290, 1e-200, 1e-170, 1e-40, 1e40, 1e200, 1e290])
def test_a_target_of_any_size_gives_the_same_formula(size):
    """The squares of the smallest and largest sizes are 0 and infinite in float64."""
    x = np.random.default_rng(0).uniform(1, 2, (100, 1))
    found = ew.discover(x, size * x[:, 0] ** 2, evaluations=4000, progress=False)
    assert found.verdict.kind == "exact"
    assert found.predict(x) / size == pytest.approx(x[:, 0] ** 2, rel=1e-12)
    assert str(found.winner).endswith("*x0**2")
