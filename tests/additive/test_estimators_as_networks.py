"""An estimator is a KAN behind an encoder of its table: the same predictions, and every tool."""

import copy

import numpy as np
import pytest
import torch
from made_up_tables import make_table
from sklearn.datasets import load_breast_cancer, load_iris
from torch import nn

import edgewise as ew
from edgewise.additive.network import _extend
from edgewise.sklearn import KANClassifier, KANRegressor


def compute(model, table):
    with torch.no_grad():
        return model.to_kan()(model.encode(table)).numpy()


@pytest.fixture(scope="module")
def fitted():
    table, y, _ = make_table(600)
    return KANRegressor(random_state=0).fit(table, y), table, y


@pytest.fixture(scope="module")
def small():
    """Two curves, without pairs."""
    x = np.random.default_rng(0).uniform(-2, 2, (100, 2))
    y = np.sin(2 * x[:, 0]) + x[:, 1]
    model = KANRegressor(random_state=0, interaction_cst="no_interactions").fit(x, y)
    return model, model.to_kan(), model.encode(x), torch.from_numpy(y)[:, None]


def test_predictions_are_the_same_within_and_beyond_the_data(fitted):
    model, table, _ = fitted
    assert any(len(term.columns) == 2 for term in model.models_[0].terms)
    far = table.assign(a=3 * table.a, d=5 * table.d, b=table.b + 0.5, c="unknown")
    for rows in (table, far):
        assert np.abs(compute(model, rows)[:, 0] - model.predict(rows)).max() < 1e-12


def test_inputs_are_named_by_columns_and_levels(fitted):
    names = fitted[0].to_kan().input_names
    assert {"a", "a is missing", "b", "c = x", "c = y", "c = z"} <= set(names)
    assert any(name.startswith("asinh((d - ") for name in names)
    assert len(set(names)) == len(names)


def test_a_complete_column_expects_numbers(fitted):
    model, table, _ = fitted
    with pytest.raises(ValueError, match="'d', which was complete in the fit"):
        model.encode(table.assign(d=np.nan))


@pytest.mark.parametrize("load", [load_iris, load_breast_cancer])
def test_classes_have_the_same_scores(load):
    x, y = load(return_X_y=True)
    some = slice(None, None, 2)
    model = KANClassifier(random_state=0, cv=2).fit(x[some], y[some])
    scores = compute(model, x)
    wanted = model.decision_function(x).reshape(len(x), -1)
    assert np.abs(scores - wanted).max() < 1e-11
    if scores.shape[1] == 1:
        shares = 1 / (1 + np.exp(-scores[:, 0]))
        assert np.abs(shares - model.predict_proba(x)[:, 1]).max() < 1e-12


def test_effects_that_multiply_and_several_targets():
    random = np.random.default_rng(2)
    x = random.uniform(-1, 1, (300, 2))
    y = np.stack([x[:, 0] + x[:, 1] ** 2, np.exp(2 * x[:, 0] + np.sin(3 * x[:, 1]))], 1)
    model = KANRegressor(random_state=0, cv=2).fit(x, y)
    assert [one.link.name for one in model.models_] == ["identity", "log"]
    sums, wanted = compute(model, x), model.predict(x)
    sums[:, 1] = np.exp(sums[:, 1])
    assert (np.abs(sums - wanted).max(0) < 1e-12 * np.abs(wanted).max(0)).all()


def test_whole_numbers_that_are_names_have_inputs_of_their_own():
    random = np.random.default_rng(0)
    school = random.integers(0, 40, 800).astype(float)
    y = random.normal(size=40)[school.astype(int)] + 0.1 * random.normal(size=800)
    model = KANRegressor(random_state=0, cv=2).fit(school[:, None], y)
    assert {"x0 = 3", "x0 = 17"} <= set(model.to_kan().input_names)
    rows = np.r_[school, 3.5, 77.0][:, None]
    assert np.abs(compute(model, rows)[:, 0] - model.predict(rows)).max() < 1e-12


@pytest.mark.parametrize(
    "edit",
    [
        ("a", "clip", {"low": -0.3, "high": 0.2}),
        ("a", "replace", {"at": [-1.0, 0.0, 2.0], "values": [1.0, -1.0, 0.5], "missing": 3.0}),
        ("d", "monotonise", {"sign": 1}),
        ("c", "replace", {"values": {"x": 2.0}}),
        ("b", "flatten", {}),
    ],
)
def test_edits_are_in_the_network(fitted, edit):
    model, table, _ = fitted
    feature, action, options = edit
    edited = model.edit(feature, action, **options)
    difference = compute(edited, table)[:, 0] - edited.predict(table)
    assert np.abs(difference).max() < 1e-11


def test_shapes_that_are_held():
    random = np.random.default_rng(1)
    x = random.uniform(-1, 1, (300, 2))
    y = x[:, 0] ** 3 + x[:, 1] ** 2 + 0.3 * random.normal(size=300)
    model = KANRegressor(monotonic_cst=[1, 0], convexity_cst=[0, 1], random_state=0).fit(x, y)
    assert np.abs(compute(model, 4 * x)[:, 0] - model.predict(4 * x)).max() < 1e-11


def test_a_model_without_an_effect_is_no_network():
    x = np.random.default_rng(0).normal(size=(50, 1))
    model = KANRegressor(exclude=[0]).fit(x, x[:, 0])
    with pytest.raises(ValueError, match="got a constant one"):
        model.to_kan()


def test_a_file_holds_the_network(fitted, tmp_path):
    model, table, _ = fitted
    network, inputs = model.to_kan(), model.encode(table)
    ew.save(network, tmp_path / "network.safetensors")
    ew.save(model, tmp_path / "model.safetensors")
    read, again = ew.load(tmp_path / "network.safetensors"), ew.load(tmp_path / "model.safetensors")
    assert torch.equal(read(inputs), network(inputs))
    assert torch.equal(again.to_kan()(again.encode(table)), network(inputs))


# Every tool takes the network.


def test_it_runs_on_the_fused_engine(fitted):
    model, table, _ = fitted
    network = model.to_kan()
    assert ew.nn.explain_engines(network, model.encode(table)).count("native") == len(network)


def test_reading(small, tmp_path):
    _, network, inputs, _ = small
    figure = ew.plot(network, inputs)
    assert figure.axes
    shares = ew.attribute(network, inputs)
    assert len(shares.edges) == 1
    assert float(shares.edges[0].min()) > 0
    ew.explore(network, inputs).save(tmp_path / "page.html")
    assert (tmp_path / "page.html").stat().st_size > 10_000


def test_pruning_drops_a_column_that_says_little(fitted):
    model, table, _ = fitted
    network, inputs = model.to_kan(), model.encode(table)
    pruned = ew.prune(network, inputs)
    assert pruned.widths[1] <= network.widths[1]
    assert (pruned(inputs) - network(inputs)).abs().max() < 0.1 * network(inputs).std()


def test_formulas(small):
    _, network, inputs, y = small
    formula = ew.symbolic.regress(network, inputs, y)
    assert (formula(inputs) - y).abs().max() < 1e-6


def test_certificates(small):
    _, network, _, y = small
    proof = ew.certify(network, [(-2, 2), (-2, 2)], boxes=1, starts=4)
    assert proof.low[0] <= y.min() + 0.01
    assert proof.high[0] >= y.max() - 0.01
    assert proof.monotone.tolist() == [[0, 1]]


def test_certificates_of_pairs(fitted):
    model, table, _ = fitted
    inputs = model.encode(table)
    ends = torch.stack([inputs.amin(0), inputs.amax(0)], 1).numpy()
    proof = ew.certify(model.to_kan(), ends, boxes=1, starts=1)
    told = model.predict(table)
    assert proof.low[0] <= told.min() <= told.max() <= proof.high[0]


def test_exports(small):
    """ONNX of such layers: tests/export/test_onnx.py."""
    _, network, inputs, _ = small
    with torch.no_grad():
        y = network(inputs).numpy()
    tables = ew.export.tabulate(network, [(-2, 2), (-2, 2)], rows=100)
    assert np.abs(tables(inputs.numpy()) - y).max() <= tables.report.bound
    assert "static const" in ew.export.to_c(tables)


def test_training_goes_on_and_keeps_it_additive(fitted):
    model, table, y = fitted
    network, inputs = model.to_kan(), model.encode(table)
    target = torch.tensor(y)[:, None]
    moved = target + inputs[:, :1].sin()
    trained, error = copy.deepcopy(network), nn.functional.mse_loss
    before = float(error(network(inputs), moved).detach())
    first = ew.fit(
        trained, (inputs, target), steps=2, progress=False, continual=ew.continual.Frozen()
    )
    assert first.memory.tasks == 1
    ew.fit(trained, (inputs, moved), optimizer="adam", lr=1e-2, steps=60, progress=False)
    assert float(error(trained(inputs), moved).detach()) < 0.5 * before
    for layer, old in zip(trained.stack(), network.stack(), strict=True):
        assert torch.equal(layer.mask, old.mask)


def test_cells_beyond_the_ends_are_as_wide_as_their_neighbours():
    made = _extend(np.array([0.0, 1.0, 3.0, 3.5]))
    np.testing.assert_allclose(made, [-3, -2, -1, 0, 1, 3, 3.5, 4, 4.5, 5])
