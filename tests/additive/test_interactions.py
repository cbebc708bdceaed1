"""Interactions of any number of columns: networks beside curves."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest
import torch

import edgewise as ew
from edgewise.additive import choose, cross_validation, deep
from edgewise.additive.cross_validation import BEYOND_PAIRS
from edgewise.additive.deep import Deep
from edgewise.explorer import tables
from edgewise.sklearn import KANClassifier, KANRegressor

NAME = "interactions"


@pytest.fixture(scope="module", autouse=True)
def short_training():
    """Fewer steps, which suffice for tables as small as these."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deep, "STEPS", 160)
        patch.setattr(deep, "NETWORKS", 2)
        yield


def make_table(rows, seed=0):
    """Numbers, one of them with missing values, a few levels and many."""
    random = np.random.default_rng(seed)
    table = pd.DataFrame(random.uniform(-1, 1, (rows, 4)), columns=list("abcd"))
    table["d"] = table.d.where(random.uniform(size=rows) > 0.1)
    table["few"] = random.choice(["u", "v"], rows)
    table["many"] = random.choice([f"level {k}" for k in range(20)], rows)
    return table, random


def make_hostile(table):
    """Values far outside, missing ones and unknown levels."""
    return table.assign(a=9 * table.a, b=table.b.where(table.b > 0), few="new", many=None)


@pytest.fixture(scope="module")
def seen():
    table, random = make_table(360)
    y = 4 * table.a * table.b * table.c + table.a + 0.1 * random.normal(size=len(table))
    return table, y.rename("y")


@pytest.fixture(scope="module")
def fitted(seen):
    """An estimator, the networks that were trained for it, and their inputs."""
    trained, inputs = [], []
    train, list_inputs = deep._train, deep._list_inputs

    def keep(*arguments):
        trained.append(train(*arguments))
        return trained[-1]

    def keep_inputs(*arguments):
        inputs[:] = list_inputs(*arguments)
        return inputs

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deep, "_train", keep)
        patch.setattr(deep, "_list_inputs", keep_inputs)
        model = KANRegressor(interactions="deep", cv=2, random_state=0).fit(*seen)
    return model, trained[-2:], inputs


@pytest.fixture(scope="module")
def model(fitted):
    return fitted[0]


@pytest.fixture(scope="module")
def classes(seen):
    """Three classes, with networks whatever the folds say."""
    table, y = seen
    labels = np.digitize(y, [-0.5, 0.5])
    with pytest.MonkeyPatch.context() as patch:
        choose_networks(patch, "softmax")
        model = KANClassifier(interactions="deep", cv=2, random_state=0).fit(table, labels)
    assert find_deep(model.model_)
    return model


def choose_networks(patch, link):
    """Take the size with networks, whatever the folds say."""
    patch.setattr(cross_validation, "PROBABLY", 1e300)
    patch.setattr(choose, "_pick", lambda losses, spare: (link, BEYOND_PAIRS))


def find_deep(model):
    return [term for term in model.terms if isinstance(term, Deep)]


def test_a_product_of_three_columns_is_found(model, seen):
    table, _ = make_table(500, seed=1)
    y = 4 * table.a * table.b * table.c + table.a
    assert model.choices_[0].stage == BEYOND_PAIRS
    pairs = KANRegressor(cv=2, random_state=0).fit(*seen)
    error, before = (float(np.mean((m.predict(table) - y) ** 2)) for m in (model, pairs))
    assert error < 0.5 * before


def test_networks_are_left_out_where_effects_add_up():
    table, random = make_table(200)
    y = np.sin(2 * table.a) + table.b**2 + 0.3 * random.normal(size=len(table))
    model = KANRegressor(interactions="deep", cv=2, random_state=0).fit(table, y)
    assert not find_deep(model.models_[0])
    assert NAME not in list(model.explain_global().importances().effect)
    assert "def predict" in model.to_python()


def test_two_columns_have_no_networks():
    table, random = make_table(150)
    table = table[["a", "b"]]
    y = table.a * table.b + 0.1 * random.normal(size=len(table))
    model = KANRegressor(interactions="deep", cv=2, random_state=0).fit(table, y)
    assert all(size < BEYOND_PAIRS for _, size in model.choices_[0].losses)


def test_layers_as_additive_models_are_the_trained_networks(fitted, seen):
    model, trained, inputs = fitted
    (term,) = find_deep(model.models_[0])
    columns = model._read(seen[0].assign(a=3 * seen[0].a))
    x = torch.from_numpy(np.concatenate([one.encode(columns) for one in inputs], 1))
    for kan, (inner, outer) in zip(trained, term.networks, strict=True):
        with torch.no_grad():
            expected = kan.double()(x).numpy()
        found = outer.effects(list(inner.effects(columns).T))
        size = np.linalg.norm(found) / np.linalg.norm(expected)
        np.testing.assert_allclose(found, size * expected, atol=1e-12 * np.abs(found).max())


@pytest.mark.parametrize("hostile", [False, True])
def test_a_network_of_the_package_gives_the_same_predictions(model, classes, seen, hostile):
    table = seen[0]
    rows = table.assign(a=9 * table.a, few="new", many=None) if hostile else table
    with torch.no_grad():
        sums = model.to_kan()(model.encode(rows)).numpy()[:, 0]
        shares = classes.to_kan()(classes.encode(rows)).softmax(1).numpy()
    np.testing.assert_allclose(sums, model.predict(rows), atol=1e-11)
    np.testing.assert_allclose(shares, classes.predict_proba(rows), atol=1e-11)


def test_hostile_rows_have_finite_predictions(model, seen):
    assert np.isfinite(model.predict(make_hostile(seen[0]))).all()


def test_contributions_add_up_and_have_one_more_effect(model, seen):
    table, y = seen
    frame = model.explain_local(table).frame()
    assert list(frame).count(NAME) == 1
    total = frame.drop(columns="(prediction)").sum(axis=1)
    np.testing.assert_allclose(total, model.predict(table), atol=1e-12)
    assert frame[NAME].std() > 0.5 * y.std()


def test_the_columns_that_take_part_are_named(model, tmp_path):
    explained = model.explain_global()
    effect = explained[NAME]
    shares = dict(zip(effect.rows()["at"], effect.rows()["share"], strict=True))
    assert min(shares[k] for k in "abc") > 0.5 > 5 * max(shares[k] for k in ("d", "few", "many"))
    assert set(list(shares)[:3]) == set("abc")
    explained.save(tmp_path / "page.html")
    assert "Depend most on" in (tmp_path / "page.html").read_text()
    explained.figure(NAME)
    assert f"{NAME}: depend most on" in explained._repr_html_()
    importances = dict(zip(model.feature_names_in_, model.feature_importances_, strict=True))
    assert sum(importances.values()) == pytest.approx(1)
    assert min(importances[k] for k in "abc") > 3 * importances["many"]


def test_a_column_that_takes_no_part_has_a_total_index_of_zero(model, seen):
    """Sobol's total index of x0 x1 x2 with uniform columns is 1 for each of them."""
    shares = model.summary_.shares[0]
    for k in range(3):
        assert shares[k][0] == pytest.approx(1, abs=0.3)


def test_pages_of_rows_and_comparisons(model, classes, seen, tmp_path):
    model.explain_local(seen[0]).save(tmp_path / "rows.html")
    assert NAME in (tmp_path / "rows.html").read_text()
    other = model.edit("a", "flatten").explain_global()
    assert NAME in model.explain_global().compare(other).html()
    assert NAME in classes.explain_global().html()


def test_the_explorer_keeps_networks_as_they_are(model, seen, monkeypatch):
    monkeypatch.setattr(tables, "_pack", np.asarray)
    outputs, columns = model._list_outputs(), model._read(seen[0])
    explained = model.explain_global()
    payload = tables.describe_table(
        outputs, explained, columns, model.schema_.names, None, len(seen[0]), (), rising=False
    )
    (output,) = payload["outputs"]
    assert all(effect["names"] != [NAME] for effect in output["effects"])
    total = output["rest"] + sum(effect["parts"] for effect in output["effects"])
    size, shift = model._scale[0], model._shift[0]
    np.testing.assert_allclose(shift + total, model.predict(seen[0]), atol=1e-9 * size)


def test_saved_and_pickled_models_predict_the_same(model, classes, seen, tmp_path):
    table = make_hostile(seen[0])
    for one, predict in ((model, "predict"), (classes, "predict_proba")):
        ew.save(one, tmp_path / "model.safetensors")
        expected = getattr(one, predict)(table)
        for again in (ew.load(tmp_path / "model.safetensors"), pickle.loads(pickle.dumps(one))):
            np.testing.assert_array_equal(getattr(again, predict)(table), expected)
            assert again.explain_global().importances().equals(one.explain_global().importances())


def test_the_seed_decides_and_the_global_state_stays(monkeypatch):
    monkeypatch.setattr(deep, "STEPS", 20)
    monkeypatch.setattr(deep, "NETWORKS", 1)
    choose_networks(monkeypatch, "identity")
    table, random = make_table(100)
    y = 4 * table.a * table.b * table.c + 0.1 * random.normal(size=len(table))
    torch.manual_seed(5)
    before = torch.get_rng_state()
    one, same, other = (
        KANRegressor(interactions="deep", cv=2, random_state=seed).fit(table, y).predict(table)
        for seed in (0, 0, 1)
    )
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)
    assert torch.equal(torch.get_rng_state(), before)


def test_intervals_hold_for_new_rows(model):
    table, random = make_table(1000, seed=2)
    y = 4 * table.a * table.b * table.c + table.a + 0.1 * random.normal(size=len(table))
    low, high = model.predict_interval(table, coverage=0.9).T
    assert np.mean((low <= y) & (y <= high)) > 0.87


def test_source_code_has_the_networks(model, classes, seen):
    """In every language on hostile rows: tests/export/test_served_rows.py."""
    hostile = make_hostile(seen[0])[:40]
    rows = hostile.astype(object).to_dict("records")
    for one in (model, classes):
        space = {}
        exec(one.to_python(contributions=True, coverage=0.9), space)
        local = one.explain_local(hostile)
        parts = np.array([space["contributions"](row) for row in rows])
        assert space["EFFECTS"][1:] == local.names
        assert abs(parts[:, 1:] - local.parts).max() < 1e-9
        assert abs(parts[:, 1:][:, local.names.index(NAME)]).max() > 0.01
    predicted = np.array([space["predict_proba"](row) for row in rows])
    assert abs(predicted - classes.predict_proba(hostile)).max() < 1e-9
    inside = [[c in space["predict_set"](row) for c in classes.classes_] for row in rows]
    assert np.array_equal(inside, classes.predict_set(hostile))


def test_formulas_name_the_networks(model):
    first, *_ = model.formula().splitlines()
    assert first.count(f"f({NAME})") == 1
    with pytest.raises(ValueError, match="to_sympy expected a model without interactions"):
        model.to_sympy()


def test_a_page_of_rows_can_change_every_column_of_networks(model, seen):
    edited = model.edit("a", "flatten")  # what the networks make of it stays
    text = edited.explain_local(seen[0][:5]).html()
    assert "model.contributions" in text
    for name in "abc":
        assert f'"name": "{name}", "date": null, "levels": null' in text


def test_what_else_expects_pairs_says_so(seen):
    table, y = seen
    with pytest.raises(ValueError, match="partial_fit expected interactions='pairs' or 'triples'"):
        KANRegressor(interactions="deep").partial_fit(table, y)
    with pytest.raises(
        ValueError,
        match="interactions among pairs, triples, deep, got 'quadruples': None leaves them out",
    ):
        KANRegressor(interactions="quadruples").fit(table, y)
    for allowed in ("no_interactions", [["a", "b"]]):
        with pytest.raises(ValueError, match="leave one of both out"):
            KANClassifier(interactions="deep", interaction_cst=allowed).fit(table, y > 0)
