"""Scores against their formulas written out, interactions against closed forms."""

import copy
import json

import numpy as np
import pytest
import torch

import edgewise as ew
from edgewise.models import PRESETS

BASES = (
    ew.BSpline(4),
    ew.Gaussian(5, -1, 1),
    ew.RSWAF(5, -1, 1, inv_denominator=2.0),
    ew.bases.Legendre(3),
    ew.Chebyshev(3),
    ew.Fourier(2),
)
BUILDS = {
    **{
        b.name: lambda g, b=b: ew.KAN([3, 4, 2], basis=b, norm=None, seed=g, dtype=F64)
        for b in BASES
    },
    **{n: lambda g, f=f: f([3, 4, 2], seed=g, dtype=F64) for n, f in PRESETS.items()},
}
F64 = torch.float64


def model_of(name, seed=0):
    return BUILDS[name](torch.Generator().manual_seed(seed))


def points(rows=200, columns=3, seed=1):
    g = torch.Generator().manual_seed(seed)
    return torch.rand(rows, columns, generator=g, dtype=F64) * 2 - 1


def edge_alone(layer, h, i, o):
    """What one edge adds, by masking all others."""
    alone = copy.deepcopy(layer)
    alone.mask = torch.zeros(layer.in_features, layer.out_features, dtype=F64)
    alone.mask[i, o] = 1 if layer.mask is None else layer.mask[i, o]
    alone.bias = None
    with torch.no_grad():
        return alone(h)[:, o]


def deviations(model, x):
    """E and N of each layer, edge by edge."""
    found, h = [], model.select(x)
    with torch.no_grad():
        for k, layer in enumerate(model.layers):
            y = layer(h)
            edges = torch.zeros(layer.in_features, layer.out_features, dtype=F64)
            for i in range(layer.in_features):
                for o in range(layer.out_features):
                    edges[i, o] = edge_alone(layer, h, i, o).std()
            found.append((edges, y.std(0)))
            h = model.posts[k](y) if model.post else y
    return found


def naive_backward(model, x):
    """pykan's formula, term by term, for each output apart and averaged."""
    found, outputs = deviations(model, x), model.widths[-1]
    nodes = [[torch.zeros(w, dtype=F64) for w in model.widths] for _ in range(outputs)]
    edges = [[torch.zeros_like(e) for e, _ in found] for _ in range(outputs)]
    for p in range(outputs):
        nodes[p][-1][p] = 1
        for k in reversed(range(len(found))):
            e, n = found[k]
            for i in range(e.shape[0]):
                for j in range(e.shape[1]):
                    edges[p][k][i, j] = nodes[p][k + 1][j] * e[i, j] / (n[j] + 1e-4)
                    nodes[p][k][i] += edges[p][k][i, j]
    mean = [[torch.stack(each).mean(0) for each in zip(*kind)] for kind in (nodes, edges)]  # noqa: B905
    return mean[0], mean[1]


@pytest.mark.parametrize("name", BUILDS)
def test_backward_is_pykans_formula(name):
    model, x = model_of(name), points()
    model.layers[0].mask = torch.ones(3, 4, dtype=F64)
    model.layers[0].mask[1, 2] = 0
    nodes, edges = naive_backward(model, x)
    found = ew.attribute(model, x)
    torch.testing.assert_close(list(found.nodes), nodes, rtol=1e-10, atol=1e-13)
    torch.testing.assert_close(list(found.edges), edges, rtol=1e-10, atol=1e-13)
    assert torch.equal(found.inputs, found.nodes[0])
    assert found.edges[0][1, 2] == 0


@pytest.mark.parametrize("name", ["bspline", "fastkan", "kalnet"])
def test_spread_is_each_edges_deviation(name):
    model, x = model_of(name), points()
    (e0, _), (e1, _) = deviations(model, x)
    found = ew.attribute(model, x, method="spread")
    torch.testing.assert_close(list(found.edges), [e0, e1])
    expected = [e0.amax(1), torch.minimum(e0.amax(0), e1.amax(1)), e1.amax(0)]
    torch.testing.assert_close(list(found.nodes), expected)


def test_blocks_and_leading_dimensions_dont_matter():
    model, x = model_of("bspline"), points()
    whole = ew.attribute(model, x)
    blocks = ew.attribute(model, x.reshape(4, 50, 3), batch_size=7)
    torch.testing.assert_close(whole.edges, blocks.edges, rtol=1e-10, atol=1e-13)


def test_one_row_has_no_spread():
    found = ew.attribute(model_of("bspline"), points(1))
    assert float(found.inputs.abs().max()) == 0


def polynomial(columns):
    """y = x0² + .3 x1 + .1 x2³ + 0 · x3 as one layer of Chebyshev polynomials."""
    model = ew.KAN([columns, 1], basis=ew.Chebyshev(3), norm=None, base=None, dtype=F64)
    coef = model.layers[0].coef.detach()
    coef.zero_()
    coef[0, :, 0] = torch.tensor([0.5, 0, 0.5, 0])
    coef[1, 1, 0] = 0.3
    coef[2, :, 0] = torch.tensor([0, 0.075, 0, 0.025])
    return model


def test_scores_of_a_known_function():
    # For uniform features: deviations √(4/45), .3/√3, .1/√7, and pykan prints .89 .52 .11 .004.
    model, x = polynomial(4), points(20000, 4)
    parts = torch.tensor([(4 / 45) ** 0.5, 0.3 / 3**0.5, 0.1 / 7**0.5, 0], dtype=F64)
    expected = parts / (parts.norm() + 1e-4)
    found = ew.attribute(model, x)
    torch.testing.assert_close(found.inputs, expected, rtol=0.02, atol=1e-12)
    assert [name for name, _ in found.rank()] == ["x0", "x1", "x2", "x3"]


def test_a_sparse_fit_finds_the_features():
    x = points(200, 4)
    y = (x[:, 0] ** 2 + 0.3 * x[:, 1] + 0.1 * x[:, 2] ** 3)[:, None]
    g = torch.Generator().manual_seed(0)
    model = ew.KAN([4, 2, 1], basis=ew.BSpline(4), norm=None, dtype=F64, seed=g)
    sparse = ew.training.Sparsity(1e-3)
    ew.fit(model, (x, y), optimizer="lbfgs", steps=30, regularizer=sparse, progress=False)
    a, b, c, d = ew.attribute(model, x).inputs.tolist()
    assert a > b > c > 0.05 > 5 * d
    assert (a, b) == pytest.approx((0.89, 0.52), abs=0.03)  # without sparsity .94 and .62
    assert ew.prune(model, x, input_threshold=0.02).inputs == [0, 1, 2]


def test_features_that_the_model_does_not_read_score_0():
    model = model_of("gaussian")
    model.set_inputs([4, 0, 2], 6)
    model.input_names = list("abcdef")
    found = ew.attribute(model, points(50, 6))
    assert torch.equal(found.inputs[[4, 0, 2]], found.nodes[0])
    assert torch.equal(found.inputs[[1, 3, 5]], torch.zeros(3, dtype=F64))
    assert {name for name, score in found.rank() if score} == {"a", "c", "e"}
    assert json.loads(json.dumps(found.to_dict()))["inputs"]["b"] == 0
    text = str(found).splitlines()
    assert text[0] == "input scores (backward)"
    assert text[1].split()[0] == found.rank()[0][0]


def test_long_tables_are_cut():
    model = ew.KAN([100, 1], seed=torch.Generator().manual_seed(0), dtype=F64)
    text = str(ew.attribute(model, points(30, 100)))
    assert len(text.splitlines()) == 22
    assert "80 more" in text


def test_float32_agrees():
    model, x = model_of("bspline"), points()
    exact = ew.attribute(model, x)
    single = ew.attribute(copy.deepcopy(model).float(), x)
    assert single.inputs.dtype == F64
    torch.testing.assert_close(single.inputs, exact.inputs, rtol=1e-4, atol=1e-5)


# ---- interactions -----------------------------------------------------------------------------


def product(columns=3, scale=1.0):
    """y = scale · (x0 x1 + x2²): x0 x1 = ((x0 + x1)² - (x0 - x1)²) / 4 by Chebyshev T₁, then T₂."""
    g = torch.Generator().manual_seed(0)
    common = {"norm": None, "base": None, "dtype": F64, "seed": g}
    model = ew.KAN([columns, 3, 1], basis=[ew.Chebyshev(1), ew.Chebyshev(2)], **common)
    first, second = (layer.coef.detach().zero_() for layer in model.layers)
    first[0, 1, :2] = 1
    first[1, 1, :2] = torch.tensor([1.0, -1.0], dtype=F64)
    first[2, 1, 2] = 1
    second[:, 2, 0] = torch.tensor([1, -1, 4], dtype=F64) * scale / 8
    return model


def test_a_product_interacts_and_a_sum_does_not():
    found = ew.explain.interactions(product(), points(4000), rows=4000)
    # Var x0 x1 = 1/9 and Var x2² = 4/45.
    assert float(found[0, 1]) == pytest.approx(5 / 9, rel=0.1)
    assert torch.equal(found, found.t())
    assert float(found[:2, 2].max()) < 1e-28
    assert float(found.diagonal().abs().max()) == 0


def test_the_formula_written_out():
    model, x = model_of("bspline"), points(30)
    found = ew.explain.interactions(model, x, rows=30, seed=3)
    order = torch.randperm(30, generator=torch.Generator().manual_seed(3))
    a, b = x[order], x[order.roll(1)]
    total = torch.zeros(3, 3, dtype=F64)
    with torch.no_grad():
        for i in range(3):
            for j in range(3):
                if i != j:
                    ai, aj, both = a.clone(), a.clone(), a.clone()
                    ai[:, i], aj[:, j] = b[:, i], b[:, j]
                    both[:, [i, j]] = b[:, [i, j]]
                    mixed = model(a) - model(ai) - model(aj) + model(both)
                    total[i, j] = mixed.square().mean(0).sum() / 4
        total /= model(a).var(0, correction=0).sum()
    torch.testing.assert_close(found, total)


@pytest.mark.parametrize("name", ["bspline", "gaussian", "legendre", "chebykan", "fourierkan"])
def test_one_layer_is_additive(name):
    wide = model_of(name)
    model = ew.KAN.from_layers([wide.layers[0]])
    assert float(ew.explain.interactions(model, points()).max()) < 1e-25


def test_layer_norm_interacts():
    wide = model_of("fasterkan")
    model = ew.KAN.from_layers([wide.layers[0]])
    assert float(ew.explain.interactions(model, points())[0, 1]) > 1e-3


def test_scale_outputs_and_unread_features():
    x = points(500)
    torch.testing.assert_close(
        ew.explain.interactions(product(), x), ew.explain.interactions(product(scale=1e-6), x)
    )
    model = model_of("bspline")
    single = [ew.explain.interactions(model, x, output=k) for k in range(2)]
    assert not torch.allclose(single[0], single[1])
    low, high = torch.minimum(*single), torch.maximum(*single)
    both = ew.explain.interactions(model, x)
    assert ((low - 1e-12 <= both) & (both <= high + 1e-12)).all()
    model.set_inputs([3, 0, 2], 5)
    wider = ew.explain.interactions(model, points(500, 5))
    assert wider.shape == (5, 5)
    assert float(wider[[1, 4]].abs().max()) == 0
    assert float(wider[3, 0]) > 0


def test_a_constant_model_has_no_interactions():
    model = model_of("bspline")
    model.layers[1].mask = torch.zeros(4, 2, dtype=F64)
    assert float(ew.explain.interactions(model, points()).abs().max()) == 0


def test_wide_models_stay_within_memory(monkeypatch):
    model, x = model_of("bspline"), points(64)
    whole = ew.explain.interactions(model, x)
    monkeypatch.setattr("edgewise.explain.attribution.BLOCK_NUMBERS", 1)
    torch.testing.assert_close(ew.explain.interactions(model, x), whole)


# ---- what must not happen ---------------------------------------------------------------------


def test_nothing_is_mutated():
    model, x = model_of("kalnet"), points()
    model.train()
    model.layers[0].eval()
    before, modes = copy.deepcopy(model.state_dict()), [m.training for m in model.modules()]
    state, data = torch.get_rng_state(), x.clone()
    found = [ew.attribute(model, x), ew.attribute(model, x, method="spread")]
    table = ew.explain.interactions(model, x)
    assert [m.training for m in model.modules()] == modes
    assert all(torch.equal(v, before[k]) for k, v in model.state_dict().items())
    assert torch.equal(torch.get_rng_state(), state)
    assert torch.equal(x, data)
    assert not table.requires_grad
    assert not any(t.requires_grad for f in found for t in (*f.edges, *f.nodes, f.inputs))


def test_whole_numbers_of_numpy_count_as_python_s():
    model, x = model_of("bspline"), points()
    one, other = (ew.attribute(model, x, batch_size=n) for n in (8, np.int64(8)))
    assert all(torch.equal(a, b) for a, b in zip(one.edges, other.edges, strict=True))
    one, other = (ew.explain.interactions(model, x, rows=n, seed=n) for n in (9, np.int64(9)))
    assert torch.equal(one, other)


def test_errors_say_what_to_do():
    model, x = model_of("bspline"), points()
    with pytest.raises(TypeError, match="expected a KAN"):
        ew.attribute(torch.nn.Linear(3, 1), x)
    with pytest.raises(ValueError, match="expected method backward or spread, got 'forward'"):
        ew.attribute(model, x, method="forward")
    with pytest.raises(ValueError, match="batch_size to be an integer ≥ 1, got 0"):
        ew.attribute(model, x, batch_size=0)
    with pytest.raises(ValueError, match="at least one row"):
        ew.attribute(model, x[:0])
    with pytest.raises(ValueError, match="finite numbers"):
        ew.attribute(model, x / 0)
    with pytest.raises(ValueError, match="last dimension 3, got shape"):
        ew.attribute(model, points(9, 4))
    with pytest.raises(ValueError, match="output from 0 to 1, or None, got 2"):
        ew.explain.interactions(model, x, output=2)
    with pytest.raises(ValueError, match="at least two rows"):
        ew.explain.interactions(model, x[:1])
    model.input_names = ["a"]
    with pytest.raises(ValueError, match="expected 3 input_names"):
        ew.attribute(model, x)
    model.input_names = None
    model.layers[1].coef.data[0] = torch.nan
    with pytest.raises(ValueError, match="NaN or Inf in layer 1"):
        ew.attribute(model, x)


def test_wrappers_of_torch_are_left_out():
    model, x = ew.KAN([2, 3, 1], seed=0), torch.rand(50, 2)
    compiled = torch.compile(model, backend="eager")
    found, expected = (ew.attribute(each, x).edges for each in (compiled, model))
    assert all(map(torch.equal, found, expected))
