"""Small parts of estimators against what they are defined as."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize

from edgewise.additive.batches import holds_parts
from edgewise.additive.curves import CLOSEST, _thin
from edgewise.additive.losses import (
    Binomial,
    Gamma,
    Gaussian,
    LogNormal,
    Multinomial,
    NegativeBinomial,
    Poisson,
    TweedieLoss,
)
from edgewise.additive.network import _halve_cells
from edgewise.additive.schema import Origin, Schema, _find_categorical
from edgewise.additive.terms import Levels
from edgewise.additive.training_summary import _measure_shares
from edgewise.additive.whole_effects import read_values

G = np.random.default_rng(0)
Y = G.integers(0, 2, (40, 1)).astype(float)
WEIGHT = G.uniform(0.2, 3, 40)
LOSSES = {
    "squares": (Gaussian(), 3 * G.standard_normal((40, 1))),
    "log-normal": (LogNormal(), 1 + Y),
    "counts": (Poisson(), 3 * Y),
    "gamma": (Gamma(), 0.5 + Y),
    "tweedie": (TweedieLoss(power=1.4), 3 * Y),
    "scattered counts": (NegativeBinomial(size=2.0), 3 * Y),
    "two classes": (Binomial(), Y),
    "three classes": (Multinomial(), np.eye(3)[G.integers(0, 3, 40)]),
}


@pytest.mark.parametrize("name", LOSSES)
def test_a_fit_starts_at_the_constant_of_the_least_loss(name):
    loss, y = LOSSES[name]

    def measure(constant):
        return float(WEIGHT @ loss.loss(y, np.tile(constant, (len(y), 1))))

    start = loss.start(y, WEIGHT)
    assert measure(start) <= minimize(measure, start).fun * (1 + 1e-9) + 1e-9


def test_knots_that_are_too_close_to_the_one_before_or_the_last_go():
    near = 0.5 * CLOSEST
    knots = np.array([0, near, 0.2, 0.2 + near, 0.7, 0.7 + 3 * near, 1 - near, 1])
    np.testing.assert_array_equal(_thin(knots), knots[[0, 2, 4, 5, 7]])
    assert _thin(knots[[0, 2, 4, 7]]).tolist() == [0, 0.2, 0.7, 1]


def test_the_widest_cells_are_halved():
    assert _halve_cells(np.array([0.0, 4, 6, 14]), 5).tolist() == [0, 2, 4, 6, 10, 14]
    assert _halve_cells(np.array([0.0, 1, 2]), 2).tolist() == [0, 1, 2]


@pytest.mark.parametrize("names", [("a", "??"), ("?", None), ("?", "??", "???")])
def test_an_unknown_level_is_none_of_the_known_ones(names):
    count = len(names)
    levels = Levels((0,), (np.arange(count),), names, np.full(count, 1 / count))
    model = SimpleNamespace(terms=[levels], weights=lambda: [(levels, 1.0 + np.eye(count)[:, :1])])
    found = read_values(SimpleNamespace(model=model, place=0), (0,))
    at = levels.multiply(
        [np.array([*names, "something else"], dtype=object)], 1.0 + np.eye(count)[:, :1]
    )
    np.testing.assert_allclose([*found.values, found.unknown], at[:, 0])
    assert found.names == names


def test_a_further_column_has_a_name_and_an_origin_of_its_own():
    plain = Schema(("a", "b"), (True, False), True, (False, True))
    more = plain.append("b")
    assert more.names == ("a", "b", "b_")
    assert (more.categorical, more.numeric) == ((True, False, False), (False, True, True))
    assert more.origins == ()
    dated = Schema(("a", "b"), (True, False), True, (False, True), (Origin("a"), Origin("b")))
    assert dated.append("c").origins == (Origin("a"), Origin("b"), Origin("c"))


@pytest.mark.parametrize(
    ("given", "mask"),
    [
        (None, [0, 0, 0]), ("from_dtype", [0, 0, 0]), ([], [0, 0, 0]), ([-1], [0, 0, 1]),
        (["a", 1], [1, 1, 0]), ([False, False, True], [0, 0, 1]), (["c"], [0, 0, 1]),
    ],
)  # fmt: skip
def test_categories_are_declared_by_name_by_position_or_by_a_mask(given, mask):
    assert _find_categorical(given, ["a", "b", "c"]) == [bool(m) for m in mask]


class Sum:
    """The effect of a network: x0 + 2 x1 for one output, x1 for another."""

    key, columns = (), (0, 1)

    def multiply(self, columns, weights):
        return np.stack(columns, 1) @ weights


def test_shares_of_a_sum_are_those_of_the_variances():
    columns = list(G.standard_normal((2, 20_000)))
    model = SimpleNamespace(weights=lambda: [(Sum(), np.array([[1.0, 0.0], [2.0, 1.0]]))])
    found = _measure_shares(model, columns, G.uniform(0.5, 2, 20_000))
    np.testing.assert_allclose([found[0], found[1]], [[0.2, 0], [0.8, 1]], atol=0.03)


FRAME = pd.DataFrame({"a": [1.0, 2.0]})
ROW = (1.0, 2.0)
PARTS = {
    "frames": ([FRAME, FRAME], True),
    "pairs": ([(FRAME, [1, 2])], True),
    "pairs with weights": ([(FRAME.to_numpy(), [1, 2], [1, 1])], True),
    "four things": ([(FRAME, [1, 2], [1, 1], 0)], False),
    "rows": ([ROW, ROW], False),
    "nothing": ([], False),
    "numbers": ([1.0, 2.0], False),
    "a frame": (FRAME, False),
    "an array": (FRAME.to_numpy(), False),
    "a path": ("table.csv", True),
    "a generator": (iter([FRAME]), True),
    "a function": (lambda: [FRAME], True),
}


@pytest.mark.parametrize("name", PARTS)
def test_tables_in_parts_are_told_from_whole_ones(name):
    table, wanted = PARTS[name]
    assert holds_parts(table) == wanted
