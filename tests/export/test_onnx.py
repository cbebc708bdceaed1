"""ONNX graphs compute what their models do, on random and on extreme inputs."""

from __future__ import annotations

import logging
import warnings
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import torch

import edgewise as ew
from edgewise.bases import registry
from edgewise.nn.norm import NORMS
from edgewise.onnx.graph import Graph
from edgewise.symbolic import LIBRARY, SymbolicKAN
from edgewise.symbolic.edges import Edge, SymbolicEdges
from edgewise.symbolic.mixed_layer import SymbolicLayer

onnxruntime = pytest.importorskip("onnxruntime", reason="needs edgewise[onnx]")
logging.getLogger("torch.onnx").setLevel(logging.ERROR)

SMALL = ew.Gaussian(3)
"""Where the basis isn't the point: torch takes its time for every operation of a graph."""
LEVELS = ["a", "b'", "", "é\n", "'; DROP TABLE x; --"]


def open_session(graph):
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    providers = ["CPUExecutionProvider"]
    return onnxruntime.InferenceSession(graph.SerializeToString(), options, providers=providers)


def make_inputs(features, dtype=torch.float32):
    """Random rows, some far outside, and two that aren't finite."""
    x = torch.randn(60, features, generator=torch.Generator().manual_seed(0)).to(dtype) * 2
    x[:10] *= 1e3
    x[10:12] *= 1e30
    x[12] = 0
    x[13, 0], x[14, -1] = float("nan"), -float("inf")
    return x


def compare(model, graph, x, tolerance):
    with torch.no_grad():
        expected = model.eval()(x).numpy()
    (got,) = open_session(graph).run(None, {"x": x.numpy()})
    np.testing.assert_array_equal(np.isnan(got), np.isnan(expected))
    np.testing.assert_allclose(got, expected, rtol=tolerance, atol=tolerance * 10)


def list_kinds():
    """Ours, one of those that share their formulas and differ in numbers of a grid alone."""
    ours = [kind for kind in registry().values() if kind.__module__.startswith("edgewise.")]
    of_one = {(k.evaluate, k.functions, k.functions_and_slopes, k.slopes): k for k in ours}
    return list(of_one.values())


KINDS = list_kinds()
"""Before doctests run, which define bases of their own."""


def make_small(kind, size, **options):
    basis = kind(**options)  # a spline's cells are values of one operation
    return basis if basis.size_name is None or kind is ew.BSpline else basis.resized(size)


def test_every_basis():
    bases = [make_small(kind, 3) for kind in KINDS]
    assert len(bases) >= 10
    model = ew.KAN([3] * (len(bases) + 1), basis=bases, norm="tanh", seed=_generator())
    graph = ew.export.to_onnx(model)
    assert {entry.domain for entry in graph.opset_import} == {""}
    compare(model, graph, make_inputs(3), 1e-4)


class Beside(torch.nn.Module):
    """Layers that each read columns of their own: one graph costs less than one for each layer."""

    def __init__(self, layers):
        super().__init__()
        self.layers = torch.nn.ModuleList(layers)

    def forward(self, x):
        columns = x.split([layer.in_features for layer in self.layers], 1)
        return torch.cat([layer(c) for layer, c in zip(self.layers, columns, strict=True)], 1)


def test_lines_beyond_the_domain():
    layers, inputs = [], []
    for kind in KINDS:
        basis = make_small(kind, 2, linear_tails=True)
        layers.append(
            ew.KANLinear(2, 2, basis=basis, norm=None, base=None, seed=_generator()).double()
        )
        lo, hi = basis.domain(layers[-1].grid)
        t = torch.rand(60, 2, generator=_generator(), dtype=torch.float64)
        inputs.append((lo + hi) / 2 + 1.5 * (hi - lo) * (2 * t - 1))  # three times as far
        assert ((inputs[-1] < lo) | (inputs[-1] > hi)).double().mean() > 0.6
    assert len(layers) >= 10
    model, x = Beside(layers), torch.cat(inputs, 1)
    compare(model, ew.export.to_onnx(model, example=x[:2]), x, 1e-12)
    lines = model(x).detach()
    for layer in layers:
        layer.basis = replace(layer.basis, linear_tails=False)
    apart = (model(x).detach() - lines).abs().amax(0)
    assert float(apart.unflatten(0, (-1, 2)).amax(1).min()) > 0.1


def test_the_last_cell_says_how_a_polygon_goes_on():
    """Its right end belongs to the next cell, whose slope is another."""
    ends = torch.tensor([1.0, 0.0, -3.7, 1e3])
    bases = [
        ew.BSpline(4, 1, lo=hi - 2, hi=hi, uniform=False, linear_tails=True) for hi in ends.tolist()
    ]
    model = ew.KANLinear(4, 4, basis=bases[0], norm=None, base=None, seed=_generator())
    model.mask = torch.eye(4)  # an output for each input, with a grid of its own
    with torch.no_grad():
        model.grid[0].copy_(torch.cat([basis.init_grid(1)[0] for basis in bases]))
    x = (ends + torch.linspace(-3, 3, 13)[:, None]).double()
    model = model.double()
    compare(model, ew.export.to_onnx(model, example=x), x, 1e-9)


def test_every_norm_masks_scales_and_posts():
    """In float32 LayerNorm alone is an operator of its own; the others are written alike."""
    for norms, dtype, tolerance in (
        (("layer", None), torch.float32, 1e-4),
        ((*NORMS, None), torch.float64, 1e-12),
    ):
        layers = [
            ew.KANLinear(3, 3, basis=SMALL, norm=norm, coef_scale=True, seed=_generator())
            for norm in norms
        ]
        layers[0].mask = torch.tensor([[1.0, 0, 1], [0, 1, 1], [1, 1, 0]])
        model = ew.KAN.from_layers(layers, post="layernorm_silu").to(dtype)
        x = make_inputs(3, dtype)[:10]  # one NaN would make the whole of KAL-Net's batch NaN
        compare(model, ew.export.to_onnx(model), x, tolerance)


def test_convolutional_model():
    model = ew.presets.FasterKANvolver([16, 10]).eval()
    x = torch.rand(3, 784, generator=_generator())
    compare(model, ew.export.to_onnx(model, example=x[:1]), x, 1e-4)


def test_torch_itself_exports_our_layers():
    basis = ew.BSpline(4, 1, uniform=False, linear_tails=True)
    model = ew.KAN([3, 2], basis=basis, seed=_generator()).eval()
    x = make_inputs(3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = torch.onnx.export(
            model, (x,), dynamo=True, input_names=["x"], dynamic_shapes=({0: "rows"},)
        )
    compare(model, made.model_proto, x, 1e-4)


def test_symbolic_networks_and_their_products_keep_all_digits():
    alike = {"x^4", "1/x^3", "1/x^4"}  # powers; runtimes have a way of their own for 2 and 3
    names = [name for name in LIBRARY if name not in {"0", *alike}]
    edges = [Edge(k % 3, k, LIBRARY[n], 0.7, 0.3, 1.1) for k, n in enumerate(names)]
    product = len(names)
    edges += [Edge(i, product, LIBRARY["sin"], 1.0, 0.1, 2.0, 0.5) for i in range(2)]
    bias = torch.ones(product + 1, dtype=torch.float64)
    model = SymbolicKAN([SymbolicLayer(SymbolicEdges(3, bias, edges, [product]))])
    x = make_inputs(3, torch.float64)
    x = torch.cat([x[:10], x[12:]])  # tan of 1e30 is what libraries make of it
    compare(model, ew.export.to_onnx(model), x, 2e-13)


def make_frame(seed, rows):
    random = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            'a"; x': random.normal(size=rows),
            "b": np.exp(3 * random.normal(size=rows)),
            "k": random.integers(0, 6, rows).astype(float),
            "level": random.choice(LEVELS, rows).astype(object),
            "flag": random.choice([True, False], rows),
        }
    )
    frame.loc[random.random(rows) < 0.1, 'a"; x'] = np.nan
    frame.loc[random.random(rows) < 0.1, "level"] = None
    a = frame['a"; x'].fillna(1)
    level = frame["level"].map({name: i for i, name in enumerate(LEVELS)}).fillna(0)
    return frame, (np.sin(2 * a) + np.log(frame["b"]) + level * (1 + a) + frame["k"] % 2).to_numpy()


@pytest.fixture(scope="module")
def tables():
    frame, y = make_frame(0, 300)
    tests, _ = make_frame(1, 200)
    tests.loc[5, "level"], tests.loc[6, 'a"; x'], tests.loc[7, "k"] = "new", 1e300, 2.5
    tests.loc[8, "b"], tests.loc[9, "k"] = np.nan, np.nan
    return frame, y, tests


def test_estimators(tables):
    """Of all kinds, on hostile rows: test_served_rows.py."""
    frame, y, tests = tables
    model = ew.KANRegressor(random_state=0, cv=2).fit(frame, y)
    graph = ew.export.to_onnx(model)
    (got,) = open_session(graph).run(None, ew.export.feed_onnx(graph, model, tests))
    expected = model.predict(tests)
    np.testing.assert_allclose(got, expected, rtol=1e-10, atol=1e-11 * np.abs(expected).max())
    labels = np.array(["low", "middle", "high"])
    model = ew.KANClassifier(random_state=0, cv=2).fit(frame, labels[np.digitize(y, [0, 4])])
    graph = ew.export.to_onnx(model)
    label, shares = open_session(graph).run(None, ew.export.feed_onnx(graph, model, tests))
    np.testing.assert_array_equal(label, model.predict(tests))
    np.testing.assert_allclose(shares, model.predict_proba(tests), atol=1e-12)


def test_texts_keep_zeros_at_their_end():
    graph, texts = Graph(), ["a", "a\0", "\0\0", "", "ä"]
    graph.constant(np.array([texts], dtype=object))
    (tensor,) = graph.constants
    assert [text.decode() for text in tensor.string_data] == texts
    assert list(tensor.dims) == [1, 5]


@pytest.mark.parametrize(("norm", "degree"), [(None, 2), ("layer", 1), ("layer", 0)])
def test_tables(norm, degree):
    model = ew.KAN([3, 4, 2], norm=norm, seed=0)
    made = ew.export.tabulate(model, (-2, 2), degree=degree, dtype="int16", rows=10)
    x = make_inputs(3, torch.float64)[[0, 1, 2, 12, 13, 20, 30]].numpy()
    (got,) = open_session(ew.export.to_onnx(made)).run(None, {"x": x})
    np.testing.assert_allclose(got, made(x), atol=1e-11)
    assert np.isnan(got[4]).all()


def test_contributions_of_a_layer():
    layer = ew.export.tabulate(ew.KAN([2, 2], seed=0), (-1, 1), rows=10)
    x = np.linspace(-1, 1, 10).reshape(5, 2)
    y, parts = open_session(ew.export.to_onnx(layer, contributions=True)).run(None, {"x": x})
    np.testing.assert_allclose(parts, layer.contributions([*x.T]), atol=1e-12)
    np.testing.assert_allclose(parts.sum(1), y, atol=1e-12)
    with pytest.raises(ValueError, match="tables or an estimator"):
        ew.export.to_onnx(ew.KAN([2, 1]), contributions=True)


def test_a_program_runs_without_edgewise(tmp_path, forks):
    model = ew.KAN([3, 4, 2], basis=ew.Gaussian(), norm="layer", seed=_generator())
    x = torch.rand(5, 3, generator=_generator())
    torch.export.save(ew.export.to_program(model), tmp_path / "program.pt2")
    torch.save(x, tmp_path / "x.pt")
    code = (
        "import sys, torch; sys.modules['edgewise'] = None\n"
        f"y = torch.export.load({str(tmp_path / 'program.pt2')!r}).module()("
        f"torch.load({str(tmp_path / 'x.pt')!r}))\n"
        f"torch.save(y.detach(), {str(tmp_path / 'y.pt')!r})"
    )
    forks.run("-c", code)
    torch.testing.assert_close(torch.load(tmp_path / "y.pt"), model(x).detach())


def test_the_file_is_written_and_the_model_left_alone(tmp_path):
    model = ew.KAN([3, 2], basis=ew.BSpline(), norm=None, seed=_generator()).double().train()
    graph = ew.export.to_onnx(model, tmp_path / "model.onnx")
    assert model.training
    assert (tmp_path / "model.onnx").read_bytes() == graph.SerializeToString()
    compare(model, graph, make_inputs(3, torch.float64), 1e-12)


def test_a_layer_by_itself_is_a_program():
    """Its mask, a buffer that isn't there, made torch.export look for too many of them."""
    layer, x = ew.KANLinear(2, 1, basis=ew.Gaussian(2), norm=None, seed=0), torch.rand(5, 2)
    torch.testing.assert_close(ew.export.to_program(layer, x).module()(x), layer(x))


def test_what_is_no_model_is_refused():
    with pytest.raises(TypeError, match=r"expected a torch.nn.Module, tables, or a fitted KAN"):
        ew.export.to_onnx("model")
    with pytest.raises(ValueError, match=r"pass example=x\[:2\]"):
        ew.export.to_program(torch.nn.Tanh())
    with pytest.raises(ValueError, match="at least one row"):
        ew.export.to_program(torch.nn.Tanh(), torch.zeros(0, 3))
    with pytest.raises(ValueError, match="not fitted"):
        ew.export.to_onnx(ew.KANRegressor())


def _generator():
    return torch.Generator().manual_seed(0)
