"""Groups of rows: random intercepts and slopes, against closed forms; new groups."""

import numpy as np
import pandas as pd
import pytest

from edgewise.additive.arguments import find_folds
from edgewise.sklearn import KANClassifier, KANRegressor


def draw(seed, groups=40, rows=6, slope=0.0):
    """Rows of groups with a value and a slope each, beside a common line of slope 1."""
    random = np.random.default_rng(seed)
    which = np.repeat(np.arange(groups), rows)
    own, steep = random.normal(size=groups), slope * random.normal(size=groups)
    x = random.uniform(-1, 1, len(which))
    truth = own[which] + (1 + steep[which]) * x
    table = pd.DataFrame({"who": [f"g{k}" for k in which], "x": x})
    return table, truth, truth + 0.5 * random.normal(size=len(which))


def test_a_balanced_design_has_the_estimates_of_analysis_of_variance():
    """Henderson's predictions with the variances that mean squares give (REML, balanced)."""
    table, _, y = draw(0)
    y = y - table["x"]
    model = KANRegressor(groups="who", random_state=0).fit(table[["who"]], y)
    means = y.groupby(table["who"], sort=False).mean()
    within = float((y - y.groupby(table["who"]).transform("mean")).pow(2).sum() / (240 - 40))
    between = 6 * float(means.var(ddof=1))
    shrunk = 1 - within / between
    expected = y.mean() + shrunk * (means - y.mean())
    found = model.predict(pd.DataFrame({"who": means.index}))
    np.testing.assert_allclose(found - y.mean(), expected - y.mean(), rtol=0.02, atol=2e-3)
    new = model.predict(pd.DataFrame({"who": ["nobody"]}))[0]
    assert np.isclose(new, y.mean(), atol=1e-6)


def find_best(table, y, sizes, noise):
    """Best linear unbiased predictions with known variances, by Henderson's equations."""
    which = table["who"].astype("category").cat.codes.to_numpy()
    indicator = np.eye(which.max() + 1)[which]
    x = table["x"].to_numpy()[:, None]
    design = np.concatenate([np.ones_like(x), x, indicator, indicator * x], 1)
    count = indicator.shape[1]
    penalty = noise / np.r_[np.full(count, sizes[0]), np.full(count, sizes[1])] ** 2
    ridge = np.diag(np.r_[0.0, 0.0, penalty])
    return design @ np.linalg.solve(design.T @ design + ridge, design.T @ y)


def test_slopes_of_groups_are_nearly_the_best_linear_predictions():
    ratios = []
    for seed in range(3):
        table, truth, y = draw(seed, slope=0.8)
        model = KANRegressor(groups="who", slopes=["x"], random_state=0).fit(table, y)
        plain = KANRegressor(groups="who", random_state=0).fit(table, y)
        best = find_best(table, y, (1.0, 0.8), 0.25)
        errors = [np.mean((p - truth) ** 2) for p in (model.predict(table), best)]
        ratios.append(errors[0] / errors[1])
        assert errors[0] < 0.8 * np.mean((plain.predict(table) - truth) ** 2)
        new = pd.DataFrame({"who": "new", "x": [-1.0, 1.0]})
        assert abs(np.diff(model.predict(new))[0] / 2 - 1) < 0.45
    assert np.mean(ratios) < 1.1


def test_intervals_hold_for_new_groups():
    held = []
    for seed in range(3):
        table, _, y = draw(seed, groups=60)
        new, _, target = draw(seed + 50, groups=300, rows=2)
        new["who"] = "n" + new["who"]
        model = KANRegressor(groups="who", random_state=0).fit(table, y)
        assert np.isclose(model.errors_[0].above.count, 60)
        low, high = model.predict_interval(new, 0.9).T
        held.append(np.mean((low <= target) & (target <= high)))
    assert 0.84 < np.mean(held) < 0.96


@pytest.mark.parametrize("labels", [None, np.arange(60) % 2])
def test_no_group_is_on_both_sides_of_a_fold(labels):
    groups = np.array([f"g{k}" for k in np.arange(60) // 5], dtype=object)
    counted = np.arange(60) % 9 != 0
    folds = find_folds(counted, 4, labels, np.random.RandomState(0), groups)
    kept = groups[counted]
    assert sorted(np.concatenate([judge for _, judge in folds])) == list(range(counted.sum()))
    for fit, judge in folds:
        assert not set(kept[fit]) & set(kept[judge])


def test_groups_of_classes_and_of_numbers():
    table, truth, _ = draw(3, groups=20, rows=20)
    table["who"] = table["who"].str[1:].astype(int)
    y = truth > 0
    model = KANClassifier(groups="who", slopes=["x"], cv=3, random_state=0).fit(table, y)
    assert model.schema_.categorical == (True, False)
    assert model.score(table, y) > 0.9
    source: dict = {}
    exec(model.to_python(), source)
    shares = [source["predict_proba"](row) for row in table.iloc[:9].to_dict("records")]
    found = model.predict_proba(table)[:9]
    np.testing.assert_allclose(np.array(shares), found, atol=1e-9)


def test_arguments_of_groups_are_checked():
    table, _, y = draw(4)
    for arguments, message in (
        ({"slopes": ["x"]}, "slopes expected groups"),
        ({"groups": "who", "slopes": ["who"]}, "slopes expected columns of numbers"),
        ({"groups": "who", "slopes": "x"}, "slopes expected a list"),
        ({"groups": "no"}, "groups expected a column among who, x"),
    ):
        with pytest.raises(ValueError, match=message):
            KANRegressor(**arguments).fit(table, y)
    with pytest.raises(ValueError, match="at least two groups"):
        KANRegressor(groups="who").fit(table.assign(who="a"), y)


def test_slopes_that_are_left_out():
    """Their terms stay, for straight lines, with which the model is mixed, may have them."""
    random = np.random.default_rng(0)
    table = pd.DataFrame({"a": random.normal(size=200), "b": random.choice(list("uvw"), 200)})
    y = table["a"] + (table["b"] == "u") + 0.1 * random.normal(size=200)
    model = KANRegressor(groups="b", slopes=["a"], cv=2, random_state=0).fit(table, y)
    assert model.score(table, y) > 0.9
