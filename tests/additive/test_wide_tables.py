"""Tables with more columns than rows can tell apart: screened by evidence."""

import numpy as np
import pandas as pd
import pytest
from growing_models import fit_additive
from scipy import sparse

from edgewise.additive import sample
from edgewise.additive.curves import Curve, make_curve
from edgewise.additive.losses import Gaussian
from edgewise.additive.screen import (
    FEWEST_CURVES,
    FEWEST_LINES,
    measure_evidence,
    screen_columns,
)
from edgewise.sklearn import KANClassifier, KANRegressor, tables


def evidence_of(columns, residual):
    working = np.ones_like(residual)
    return measure_evidence(columns, range(len(columns)), residual, working, np.ones(len(residual)))


def test_evidence_of_chance_is_exponential():
    """-log p of the better one of two tests: its mean lies between those of one and of two."""
    random = np.random.default_rng(0)
    columns = list(random.normal(size=(3000, 300)))
    found = evidence_of(columns, random.normal(size=(300, 1)))
    assert 1.0 < found.mean() < 1.5
    assert np.mean(found > np.log(100)) == pytest.approx(0.02, abs=0.01)


@pytest.mark.parametrize(
    "effect",
    [
        lambda x: x,
        lambda x: x**2,
        lambda x: np.abs(x) < 0.5,
        lambda x: np.sin(3 * x),
        lambda x: x > 1.5,
    ],
    ids=["line", "parabola", "band", "wave", "step"],
)
def test_evidence_sees_effects_of_any_shape(effect):
    random = np.random.default_rng(1)
    x = random.normal(size=400)
    f = effect(x).astype(float)
    residual = (f - f.mean()) / f.std() + random.normal(size=400)
    columns = [x, np.where(random.uniform(size=400) < 0.1, np.nan, x), random.normal(size=400)]
    seen, holes, chance = evidence_of(columns, residual[:, None])
    assert min(seen, holes) > 10
    assert chance < 7


def test_evidence_of_levels_and_of_columns_that_say_nothing():
    random = np.random.default_rng(2)
    codes = random.integers(0, 6, 300)
    residual = random.normal(size=6)[codes] + random.normal(size=300)
    levels = np.array([f"level {k}" for k in codes], dtype=object)
    names = np.array([f"row {k}" for k in range(300)], dtype=object)
    same = np.array(["one"] * 300, dtype=object)
    columns = [levels, names, same, np.full(300, 7.0), np.full(300, np.nan)]
    found = evidence_of(columns, residual[:, None])
    assert found[0] > 10
    assert not found[1:].any()


def test_a_column_that_others_hide_is_found():
    """x1 alone says nothing of y, since x0 cancels it; beside x0 it says much."""
    random = np.random.default_rng(3)
    table = random.normal(size=(300, 400))
    table[:, 1] += 2 * table[:, 0]
    y = 5 * table[:, 0] - 2 * table[:, 1] + 0.3 * random.normal(size=300)
    # Cov(y, x1) = 5 · 2 - 2 · (1 + 4) = 0
    columns = list(table.T)
    assert evidence_of(columns, (y - y.mean())[:, None])[1] < 7

    def fit(some):
        design = np.column_stack([np.ones(300), table[:, some]])
        left = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
        return left[:, None], np.ones((300, 1))

    curves, lines = screen_columns(
        columns, range(400), ((y - y.mean())[:, None], np.ones((300, 1))), fit, np.ones(300)
    )
    assert {0, 1} <= {*curves, *lines}
    assert len(curves) == 30
    assert not set(curves) & set(lines)


def test_a_row_of_weight_two_says_as_much_as_two_rows():
    random = np.random.default_rng(6)
    table, residual = random.normal(size=(40, 5)).round(1), random.normal(size=(40, 1))
    count = random.integers(1, 4, 40)
    weighed = measure_evidence(list(table.T), range(5), residual, 1.0 * count[:, None], 1.0 * count)
    repeated = evidence_of(list(np.repeat(table, count, 0).T), np.repeat(residual, count, 0))
    np.testing.assert_allclose(weighed, repeated, rtol=1e-9)


def test_few_columns_are_all_kept():
    columns = list(np.random.default_rng(4).normal(size=(FEWEST_CURVES, 60)))

    def fit(some):
        raise AssertionError("there is nothing to choose")

    kept = screen_columns(columns, range(len(columns)), (np.ones((60, 1)),) * 2, fit, np.ones(60))
    assert kept == (list(range(FEWEST_CURVES)), [])


def test_lines_share_a_ridge():
    random = np.random.default_rng(5)
    table = random.normal(size=(FEWEST_LINES, 60))
    y = table @ random.normal(size=(60, 1))
    _, model, *_ = fit_additive(list(table.T), y, np.ones(len(table)), Gaussian())
    lines = [t for t in model.terms if isinstance(t, Curve) and t.shared]
    curves = [t for t in model.terms if isinstance(t, Curve) and not t.shared]
    assert len(curves) == FEWEST_CURVES
    assert len(lines) == 60 - FEWEST_CURVES
    assert all(line.width == 1 for line in lines)
    assert len(model.solutions[0].ridge) == 2 * len(curves) + 1


def test_a_curve_of_two_knots_is_a_line():
    x = np.random.default_rng(6).normal(size=200)
    line = make_curve(0, x, np.ones(200), 2)
    z = line.design([x])[:, 0]
    slope, start = np.polyfit(x, z, 1)
    np.testing.assert_allclose(z, start + slope * x, atol=1e-10)
    assert z.std() == pytest.approx(1.0)


def test_thousands_of_columns_of_which_three_matter():
    random = np.random.default_rng(7)
    table = random.normal(size=(250, 3000))
    y = np.sin(2 * table[:, 5]) + table[:, 1000] + table[:, 2999] ** 2
    model = KANRegressor(cv=2, random_state=0, interaction_cst="no_interactions").fit(
        table[:150], y[:150]
    )
    assert model.score(table[150:], y[150:]) > 0.75
    spreads = model.summary_.spreads[0]
    assert set(sorted(spreads, key=lambda key: -spreads[key].value[0])[:3]) == {
        (5,),
        (1000,),
        (2999,),
    }


def test_sparse_matrices():
    random = np.random.default_rng(8)
    dense = np.where(random.uniform(size=(100, 5)) < 0.3, random.normal(size=(100, 5)), 0.0)
    y = dense[:, 0] + dense[:, 1]
    model = KANRegressor(cv=2, random_state=0).fit(sparse.csr_matrix(dense), y)
    plain = KANRegressor(cv=2, random_state=0).fit(dense, y)
    for make in (sparse.csr_matrix, sparse.coo_array, sparse.csc_array):
        np.testing.assert_array_equal(model.predict(make(dense)), plain.predict(dense))


def test_sparse_matrices_that_would_fill_the_memory_are_refused(monkeypatch):
    huge = sparse.csr_array((10**6, 10**6))
    with pytest.raises(ValueError, match=r"1,000,000 × 1,000,000: choose columns before"):
        KANClassifier().fit(huge, np.arange(10**6) % 2)
    monkeypatch.setattr(tables, "MOST_CELLS", 10)
    with pytest.raises(ValueError, match="at most 10 values"):
        KANRegressor().fit(sparse.csr_array((4, 3)), np.arange(4.0))


def test_large_tables_in_memory_are_fitted_in_parts(monkeypatch):
    random = np.random.default_rng(9)
    frame = pd.DataFrame(
        {"x": random.uniform(-2, 2, 3000), "who": random.choice(list("abc"), 3000)}
    )
    y = np.sin(2 * frame["x"]) + (frame["who"] == "a") + 0.2 * random.normal(size=3000)
    whole = KANRegressor(cv=2, random_state=0).fit(frame, y)
    monkeypatch.setattr(sample, "SAMPLE_ROWS", 500)
    monkeypatch.setattr(sample, "FEWEST_ROWS", 100)
    model = KANRegressor(cv=2, random_state=0).fit(frame, y)
    assert model.summary_.rows == pytest.approx(3000)
    truth = np.sin(2 * frame["x"]) + (frame["who"] == "a")
    ours, best = (np.std(m.predict(frame) - truth) for m in (model, whole))
    assert ours < 2 * best
    labels = KANClassifier(cv=2, random_state=0).fit(frame, np.where(y > 0.5, "high", "low"))
    assert labels.score(frame, np.where(y > 0.5, "high", "low")) > 0.85
