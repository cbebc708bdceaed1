"""partial_fit: the rows of all tables count as if they had been fitted at once."""

import numpy as np
import pytest
import torch
from made_up_tables import make_table
from sklearn.base import clone

import edgewise as ew
from edgewise.additive.moments import make_design
from edgewise.additive.scoring import hold_rows
from edgewise.additive.stages import fit_rows
from edgewise.sklearn import KANRegressor


def draw(rows, seed):
    table, y, random = make_table(rows, seed)
    return table, y + 0.5 * random.normal(size=rows), random.uniform(0.5, 2, rows)


def test_all_rows_count_as_if_they_had_been_fitted_at_once():
    """With the terms of the first table, the coefficients are those of least squares of all."""
    parts = [draw(400, seed) for seed in range(3)]
    model = KANRegressor(cv=2, random_state=0)
    assert all(model.partial_fit(*part) is model for part in parts)
    columns = [np.concatenate(c) for c in zip(*(model._read(x) for x, _, _ in parts), strict=True)]
    y = np.concatenate([(y - model._shift[0]) / model._scale[0] for _, y, _ in parts])[:, None]
    weight = np.concatenate([w for _, _, w in parts])
    choice = model.choices_[0]
    for one in (choice.lines, choice.whole):
        rows = hold_rows(make_design(one.terms, columns), y, weight)
        again, _ = fit_rows(
            one, choice.loss, rows, [s.ridge for s in one.solutions], one is choice.lines
        )
        # Restricted likelihood stops when the ridges' logarithms move by 3 %.
        assert np.abs(again.coef - one.coef).max() < 0.02 * np.abs(one.coef).max()
    assert np.isclose(model.summary_.rows, weight.sum())


def test_more_rows_make_it_better():
    held, _, _ = draw(3000, 99)
    truth = make_table(3000, 99)[1]
    model, errors = KANRegressor(cv=3, random_state=0), []
    for seed in range(6):
        model.partial_fit(*draw(500, seed))
        errors.append(np.sqrt(np.mean((model.predict(held) - truth) ** 2)))
    assert errors[-1] < 0.6 * errors[0]
    x, y, w = (np.concatenate(each) for each in zip(*(draw(500, s) for s in range(6)), strict=True))
    whole = KANRegressor(cv=3, random_state=0, categorical_features=[2]).fit(x, y, w)
    best = np.sqrt(np.mean((whole.predict(held.to_numpy()) - truth) ** 2))
    assert errors[-1] < 1.5 * best


def test_the_order_of_further_tables_does_not_matter():
    first, second, third = (draw(200, seed) for seed in range(3))
    one = KANRegressor(cv=2, random_state=0).partial_fit(*first)
    other = clone(one).partial_fit(*first)
    one.partial_fit(*second).partial_fit(*third)
    other.partial_fit(*third).partial_fit(*second)
    (ours,), (theirs,) = one._growth.moments, other._growth.moments
    assert np.allclose(ours.gram, theirs.gram, rtol=1e-10, atol=1e-9)
    difference = one.predict(first[0]) - other.predict(first[0])
    assert np.sqrt(np.mean(difference**2)) < 0.02  # ridges are within 3 % of each other


def test_ends_and_names_are_those_of_all_rows():
    x, y, _ = draw(200, 0)
    model = KANRegressor(cv=2, random_state=0).partial_fit(x, np.stack([y, -y], 1))
    far = x.assign(a=9.0)
    assert model.outside(far)[:, 0].all()
    model.partial_fit(far, np.stack([y, -y], 1))
    assert not model.outside(far).any()
    assert model.predict(x).shape == (200, 2)
    with pytest.raises(ValueError, match="expected 2 targets, got 1"):
        model.partial_fit(x, y)
    with pytest.raises(ValueError, match="feature names"):
        model.partial_fit(x.drop(columns="a"), y)


def test_a_model_from_a_file_does_not_go_on_and_one_that_was_fitted_begins_anew(tmp_path):
    x, y, _ = draw(100, 0)
    model = KANRegressor(cv=2, random_state=0).partial_fit(x, y)
    ew.save(model, tmp_path / "model")
    with pytest.raises(ValueError, match=r"fitted by it.*clone"):
        ew.load(tmp_path / "model").partial_fit(x, y)
    fitted = KANRegressor(cv=2, random_state=0).fit(*draw(150, 1))
    with pytest.warns(UserWarning, match="begins anew"):
        again = fitted.partial_fit(x, y)
    assert np.array_equal(again.predict(x), model.predict(x))


def test_targets_may_have_a_graph_behind_them():
    x = np.arange(20.0)[:, None]
    y = torch.arange(20.0, requires_grad=True)
    with_graph, without = KANRegressor(cv=2).partial_fit(x, 2 * y), KANRegressor(cv=2)
    assert np.array_equal(
        with_graph.predict(x), without.partial_fit(x, 2 * y.detach().numpy()).predict(x)
    )
