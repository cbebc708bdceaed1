"""Interactions of three columns: what finds them, their surfaces, and all that is made of them."""

from __future__ import annotations

import pickle
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
import torch
from growing_models import fit_additive

import edgewise as ew
from edgewise.additive import interactions
from edgewise.additive.cross_validation import BEYOND_PAIRS
from edgewise.additive.curves import make_curve
from edgewise.additive.losses import Gaussian
from edgewise.additive.products import make_surface
from edgewise.additive.settings import Settings
from edgewise.additive.surfaces import Sides, score_interactions
from edgewise.additive.terms import make_levels
from edgewise.explorer import tables
from edgewise.sklearn import KANClassifier, KANRegressor, merge, without_rows

NAME = "a × b × c"


def draw(rows, columns, seed=0):
    return list(np.random.default_rng(seed).uniform(-1, 1, (columns, rows)))


def make_table(rows, seed=0):
    """Numbers, one of them with missing values, and levels; and what y is without noise."""
    random = np.random.default_rng(seed)
    table = pd.DataFrame(random.uniform(-1, 1, (rows, 4)), columns=list("abcd"))
    table["d"] = table.d.where(random.uniform(size=rows) > 0.1)
    table["few"] = random.choice(["u", "v"], rows)
    is_u = np.where(table.few == "u", 1.0, -1.0)
    return table, 4 * table.a * table.b * table.c + table.a + 2 * is_u * table.d.fillna(0) * table.b


@pytest.fixture(scope="module")
def seen():
    table, y = make_table(500)
    return table, (y + 0.1 * np.random.default_rng(1).normal(size=500)).rename("y")


@pytest.fixture(scope="module")
def model(seen):
    return KANRegressor(interactions="triples", cv=2, random_state=0).fit(*seen)


@pytest.fixture(scope="module")
def classes(seen):
    labels = np.digitize(seen[1], [-0.5, 0.5])
    return KANClassifier(interactions="triples", cv=2, random_state=0).fit(seen[0], labels)


# The score.


def score(columns, residual, keys):
    ones = np.ones(len(residual))
    sides = Sides(columns, ones, Settings(), {})
    return score_interactions(columns, sides, keys, residual[:, None], ones[:, None], ones)


def test_triples_of_pure_noise_score_like_chance():
    largest, every = [], []
    for seed in range(20):
        noise = np.random.default_rng(100 + seed).normal(size=600)
        found = score(draw(600, 5, seed), noise, list(combinations(range(5), 3)))
        largest.append(max(found.values()))
        every += found.values()
    assert abs(np.mean(every)) < 0.25
    assert max(largest) < 4.5


def test_a_triple_is_told_from_the_pairs_in_it():
    columns, noise = draw(3000, 3), 0.1 * np.random.default_rng(1).normal(size=3000)
    a, b, c = columns
    (alone,) = score(columns, a * b * c + noise, [(0, 1, 2)]).values()
    (pairs,) = score(columns, np.sign(a * b) + np.sign(b * c) + noise, [(0, 1, 2)]).values()
    assert alone > 50
    assert pairs < 4


def test_the_score_is_that_of_least_squares():
    """Σ w r² of what all pairs of cells leave, beyond χ² of as many degrees of freedom."""
    columns = [np.round(1.4 * x) for x in draw(4000, 3)]
    y = np.random.default_rng(1).normal(size=4000)
    cells = [np.unique(x, return_inverse=True)[1] for x in columns]

    def fit(keys):
        design = [np.eye(3**2)[3 * cells[i] + cells[j]] for i, j in keys]
        coef, _, rank, _ = np.linalg.lstsq(np.concatenate(design, 1), y, rcond=None)
        return np.sum((y - np.concatenate(design, 1) @ coef) ** 2), rank

    whole = 9 * cells[0] + 3 * cells[1] + cells[2]
    own = np.eye(3**3)[whole]
    left = np.sum((y - own @ (own.T @ y / own.sum(0))) ** 2)
    rest, rank = fit([(0, 1), (0, 2), (1, 2)])
    freedom = own.shape[1] - rank
    expected = ((rest - left) / np.mean(y**2) - freedom) / np.sqrt(2 * freedom)
    assert score(columns, y, [(0, 1, 2)])[0, 1, 2] == pytest.approx(expected, abs=0.05)


# The surface.


def test_a_surface_of_three_is_the_product_of_its_sides_and_has_mean_0():
    x, y = draw(400, 2)
    level = np.array(["a", "b", "c", "b"] * 100, dtype=object)
    ones, columns = np.ones(400), [x, y, level]
    sides = [make_curve(0, x, ones, 5), make_curve(1, y, ones, 5), make_levels(2, level, ones)]
    surface = make_surface(sides, columns, ones)
    z, designs = surface.design(columns), [side.design(columns) for side in sides]
    assert surface.columns == (0, 1, 2)
    assert len(surface.groups) == 2 * 2 * 1
    for k, (i, j, n) in enumerate(surface.products):
        product = designs[0][:, i] * designs[1][:, j] * designs[2][:, n]
        np.testing.assert_allclose(z[:, k], product - product.mean(), atol=1e-9)
    weights = np.random.default_rng(0).normal(size=surface.width)
    total = np.zeros(400)
    for factors in surface.factors(weights):
        total += np.prod([side.multiply(columns, w)[:, 0] for side, w in factors], axis=0)
    np.testing.assert_allclose(total - surface.means @ weights, z @ weights, atol=1e-10)


def test_triples_follow_pairs_and_keep_constraints():
    columns = draw(800, 5)
    noise = 0.1 * np.random.default_rng(1).normal(size=800)
    y = columns[0] * columns[1] * columns[2] + columns[3] * columns[4] + noise
    for settings, want in (
        (Settings(order=2), set()),
        (Settings(order=3), {(0, 1, 2)}),
        (Settings(order=3, allowed=(frozenset({0, 1, 3, 4}),)), set()),
        (Settings(order=3, signs={0: 1}), set()),
        (Settings(order=3, fixed=frozenset({1})), set()),
    ):
        *_, model = fit_additive(columns, y[:, None], np.ones(800), Gaussian(), settings)
        assert (3, 4) in {term.columns for term in model.terms}
        assert {term.columns for term in model.terms if len(term.columns) == 3} == want


def test_of_many_columns_those_with_pairs_or_unequal_residuals_are_tried(monkeypatch):
    """No pair of 1, 4 and 6 says anything, as each has mean 0."""
    monkeypatch.setattr(interactions, "MOST_COLUMNS_OF_TRIPLES", 4)
    tried = []

    def spy(columns, sides, keys, *others):
        tried.extend(key for key in keys if len(key) == 3)
        return score_interactions(columns, sides, keys, *others)

    monkeypatch.setattr(interactions, "score_interactions", spy)
    columns = draw(1500, 8)
    y = columns[1] * columns[4] * columns[6] + 0.1 * np.random.default_rng(1).normal(size=1500)
    y += columns[2] * columns[1]
    *_, model = fit_additive(columns, y[:, None], np.ones(1500), Gaussian(), Settings(order=3))
    assert set(tried) == {(1, 2, 4), (1, 2, 6), (1, 4, 6), (2, 4, 6)}
    assert (1, 4, 6) in {term.columns for term in model.terms}


# Estimators.


def test_a_product_of_three_columns_is_found(model, seen):
    table, y = make_table(500, seed=1)
    assert model.choices_[0].stage == BEYOND_PAIRS
    pairs = KANRegressor(cv=2, random_state=0).fit(*seen)
    error, before = (float(np.mean((m.predict(table) - y) ** 2)) for m in (model, pairs))
    assert error < 0.1 * before


def test_triples_are_left_out_where_pairs_suffice():
    table, _ = make_table(500)
    y = np.sin(3 * table.a) * table.b + table.c + 0.1 * np.random.default_rng(1).normal(size=500)
    one, other = (
        KANRegressor(interactions=kind, cv=2, random_state=0).fit(table, y)
        for kind in ("pairs", "triples")
    )
    assert all(len(term.columns) < 3 for term in other.models_[0].terms)
    np.testing.assert_array_equal(one.predict(table), other.predict(table))


def make_hostile(table):
    return table.assign(a=9 * table.a, few="new")


def test_a_network_gives_the_same_predictions(model, classes, seen):
    for rows in (seen[0], make_hostile(seen[0])):
        with torch.no_grad():
            sums = model.to_kan()(model.encode(rows)).numpy()[:, 0]
            shares = classes.to_kan()(classes.encode(rows)).softmax(1).numpy()
        np.testing.assert_allclose(sums, model.predict(rows), atol=1e-11)
        np.testing.assert_allclose(shares, classes.predict_proba(rows), atol=1e-11)


def test_saved_and_pickled_models_predict_the_same(model, seen, tmp_path):
    rows = make_hostile(seen[0])
    ew.save(model, tmp_path / "model.safetensors")
    for again in (ew.load(tmp_path / "model.safetensors"), pickle.loads(pickle.dumps(model))):
        np.testing.assert_array_equal(again.predict(rows), model.predict(rows))
        assert again.explain_global().importances().equals(model.explain_global().importances())


def test_contributions_add_up(model, seen):
    """Programs in other languages: tests/export/test_served_rows.py."""
    frame = model.explain_local(seen[0]).frame()
    total = frame.drop(columns="(prediction)").sum(axis=1)
    np.testing.assert_allclose(total, model.predict(seen[0]), atol=1e-12)
    np.testing.assert_allclose(frame[NAME], 4 * seen[0][list("abc")].prod(axis=1), atol=1.0)


def test_the_effect_has_a_frame_a_picture_and_a_card(model, seen, tmp_path):
    explained = model.explain_global()
    effect = explained["a", "b", "c"]
    assert effect.kind == "triple"
    assert effect.importance == pytest.approx(4 / 3**1.5, rel=0.2)  # E x² = 1/3 of each column
    frame = explained.frame(("a", "b", "c"))
    assert list(frame)[:3] == ["at", "at 2", "at 3"]
    assert frame["rows"].sum() == len(seen[0])
    told = 4 * frame["at"] * frame["at 2"] * frame["at 3"]
    assert np.average(np.abs(frame["effect"] - told), weights=frame["rows"]) < 0.2
    assert explained.figure(("a", "b", "c")).axes[0].get_xlabel().startswith("a, −0.9")
    assert "c = 0." in (page := explained.html())
    assert "1 of 1 triples" in page or "of 2 triples" in page
    model.explain_local(seen[0]).save(tmp_path / "rows.html")
    assert NAME in (tmp_path / "rows.html").read_text()
    importances = dict(zip(model.feature_names_in_, model.feature_importances_, strict=True))
    assert sum(importances.values()) == pytest.approx(1)
    assert importances["c"] > 0.15


def test_a_merged_fit_is_that_of_all_rows(seen):
    table, y = seen
    halves = [(table[:300], y[:300]), (table[300:], y[300:])]
    first = KANRegressor(interactions="triples", cv=2, random_state=0).partial_fit(*halves[0])
    assert any(len(term.columns) == 3 for term in first.models_[0].terms)
    other = without_rows(first).partial_fit(*halves[1])
    whole = without_rows(first).partial_fit(table, y).predict(table)
    merged = merge([first, other]).predict(table)
    np.testing.assert_allclose(merged, whole, atol=1e-10 * np.abs(whole).max())
    assert np.abs(first.predict(table) - whole).max() > 0.01


def test_the_explorer_shows_triples_and_keeps_them_as_they_are(model, seen, monkeypatch):
    monkeypatch.setattr(tables, "_pack", np.asarray)
    outputs, columns = model._list_outputs(), model._read(seen[0])
    payload = tables.describe_table(
        outputs,
        model.explain_global(),
        columns,
        model.schema_.names,
        None,
        len(seen[0]),
        (),
        rising=False,
    )
    (output,) = payload["outputs"]
    triple = next(effect for effect in output["effects"] if effect["kind"] == "triple")
    found = model.explain_global()[tuple(triple["names"])]
    shape = tuple(len(side) for side in triple["sides"])
    np.testing.assert_array_equal(triple["value"].reshape(shape), found.band.value)
    np.testing.assert_array_equal(triple["counts"].reshape(shape), found.cells.counts)
    assert triple["course"].startswith("Goes from −")
    total = output["rest"] + sum(effect["parts"] for effect in output["effects"])
    size, shift = model._scale[0], model._shift[0]
    np.testing.assert_allclose(shift + total, model.predict(seen[0]), atol=1e-9 * size)
    with pytest.raises(ValueError, match="expected a column or a pair of them"):
        model.edit(("a", "b", "c"), "flatten")


def test_triples_need_that_interactions_are_allowed(seen):
    with pytest.raises(ValueError, match="leave one of both out"):
        KANRegressor(interactions="triples", interaction_cst="no_interactions").fit(*seen)
