"""Every reader of a model whose first layer standardises raw columns tells what the model does."""

import numpy as np
import pytest
import torch

import edgewise as ew
from edgewise.certify.evaluate import evaluate_stack
from edgewise.certify.stack import read_stack
from edgewise.explain.edge_curves import edge_view, kan_curves
from edgewise.explain.edges import layer_inputs
from edgewise.surgery.layout import reorder
from edgewise.symbolic.build import as_network

SCALES = torch.tensor([1e-3, 1.0, 1e4], dtype=torch.float64)
CENTRES = torch.tensor([5e-3, 0.0, -3e4], dtype=torch.float64)


def draw(rows=300, seed=0):
    generator = torch.Generator().manual_seed(seed)
    z = 3.4 * torch.rand(rows, 3, generator=generator, dtype=torch.float64) - 1.7
    return CENTRES + SCALES * z, (z[:, :1] * z[:, 1:2]).tanh() + z[:, 2:] ** 2


def make(widths=(3, 4, 1), **settings):
    """A default KAN after a few steps on raw columns."""
    generator = torch.Generator().manual_seed(1)
    model = ew.KAN(list(widths), seed=generator, dtype=torch.float64, **settings)
    x, y = draw()
    ew.fit(model, x, y, epochs=5, batch_size=100, lr=0.02, progress=False)
    return model.eval(), x


KINDS = {
    "default": {},
    "silu": {"base": "silu"},
    "no base": {"base": None},
    "gaussian": {"basis": "gaussian"},
    "chebyshev": {"basis": "chebyshev"},
}


@pytest.fixture(scope="module", params=KINDS)
def trained(request):
    return make(**KINDS[request.param])


def ends_of(x):
    return torch.stack([x.amin(0), x.amax(0)], 1).numpy()


def close(found, expected, atol=1e-9):
    torch.testing.assert_close(
        torch.as_tensor(found).double(), expected.detach().double(), rtol=1e-9, atol=atol
    )


def test_the_map_is_of_the_raw_columns(trained):
    model, x = trained
    norm = model.stack()[0].norm
    assert norm.name == "standard_affine"
    assert torch.allclose(norm.scale * x.std(0), torch.ones(3).double() * norm.unit, rtol=0.1)


def test_stages(trained):
    model, x = trained
    close(evaluate_stack(read_stack("test", model), x.numpy()), model(x))


def test_tables_and_what_is_written_of_them(trained):
    model, x = trained
    tables = ew.export.tabulate(model, ends_of(x), degree=3, cells=64)
    away = np.abs(tables(x.numpy()) - model(x).detach().numpy()).max(0)
    assert (away <= tables.report.bound).all()
    assert tables.report.bound.max() < 0.05
    scope = {}
    exec(ew.export.to_python(tables), scope)
    away = np.abs(scope["model"](x.numpy()) - model(x).detach().numpy()).max(0)
    assert (away <= tables.report.bound).all()


def test_certificates(trained):
    model, x = trained
    proof = ew.certify(model, ends_of(x), boxes=4, starts=4)
    x = x.clone().requires_grad_()
    y = model(x)
    assert proof.low[0] <= float(y.detach().min()) <= float(y.detach().max()) <= proof.high[0]
    (slope,) = torch.autograd.grad(y.sum(), x)
    slack = 1e-9 / SCALES.numpy()
    assert (slope.numpy() >= proof.slopes[0, :, 0] - slack).all()
    assert (slope.numpy() <= proof.slopes[0, :, 1] + slack).all()


def test_onnx(tmp_path):
    """Bases and activations in ONNX are told apart in tests/export."""
    pytest.importorskip("onnxscript")
    runtime = pytest.importorskip("onnxruntime")
    model, x = make()
    ew.export.to_onnx(model, tmp_path / "model.onnx")
    session = runtime.InferenceSession(str(tmp_path / "model.onnx"))
    close(session.run(None, {"x": x.numpy()})[0], model(x))


def test_curves_add_up_over_the_users_units(trained):
    model, x = trained
    axis, curves = kan_curves(model, x, [[0, 1, 2], [0, 1, 2, 3], [0]], 50)[0]
    close(axis[:, 0], x.amin(0))
    close(axis[:, -1], x.amax(0))
    first = model.stack()[0]
    close(curves.sum(0).T + first.bias, first(axis.T))
    view = edge_view(model, x, (0, 2, 1), 50, input_names=None)
    close(view.x[[0, -1]], torch.stack([x[:, 2].min(), x[:, 2].max()]))
    close(view.y, curves[2, 1])
    assert view.x_label == "x₂"
    if view.knots is not None:
        assert ((view.knots >= view.x[0]) & (view.knots <= view.x[-1])).all()


def test_edge_curves_add_up(trained):
    model, x = trained
    for k, layer in enumerate(model.stack()):
        h = layer_inputs(model, x)[k]
        total = layer.bias.detach().expand(len(x), -1).clone()
        for i in range(layer.in_features):
            for j in range(layer.out_features):
                edge = ew.surgery.edge_curve(model, (k, i, j), x)
                close(edge.y, edge.curve + edge.base)
                total[:, j] += edge.y
        close(total, layer(h))


def test_symbolic_networks_of_curves(trained):
    model, x = trained
    close(as_network(model)(x), model(x))


def test_growing(trained):
    model, x = trained
    close(ew.surgery.expand_width(model, 1, 2)(x), model(x))
    close(ew.surgery.expand_width(model, 1, 2, arity=2)(x), model(x))
    for level in range(3):
        deeper = ew.surgery.expand_depth(model, level, x)
        close(deeper(x), model(x))
        assert deeper.stack()[0].norm.name == "standard_affine"
        assert deeper.stack()[1].norm is None or model.stack()[1].norm is not None


def test_finer_and_other_bases(trained):
    model, x = trained
    if model.stack()[0].basis.name != "gaussian":  # whose wide ones narrow ones draw roughly
        close(ew.grids.refine(model, 12)(x), model(x), atol=1e-2)
    if model.stack()[0].base != "silu":
        converted = ew.grids.convert(model, ew.Chebyshev(24), x).model
        close(converted(x), model(x), atol=1e-2)


def test_reordered_and_pruned(trained):
    model, x = trained
    orders = [torch.arange(3), torch.tensor([2, 0, 3, 1]), torch.arange(1)]
    close(reorder(model, orders)(x), model(x))
    close(ew.surgery.auto_swap(model, x)(x), model(x))
    smaller = ew.prune(model, x, edge_threshold=0.0, node_threshold=0.0)
    close(smaller(x), model(x))


def test_saved(trained, tmp_path):
    model, x = trained
    ew.save(model, tmp_path / "model.safetensors")
    close(ew.load(tmp_path / "model.safetensors")(x), model(x))


def test_unmixed(trained):
    model, x = trained
    close(ew.surgery.unmix(model, x)(x), model(x), atol=1e-3)


def test_edges_fixed_by_hand(trained):
    model, x = trained
    fixed = ew.surgery.fix_edge(model, (0, 2, 1), "x^2", x)
    free = ew.surgery.free_edge(fixed, (0, 2, 1), x)
    splines = model.stack()[0].basis.name in ("bspline", "chebyshev")  # which draw parabolas
    close(free(x), fixed(x), atol=1e-6 if splines else 1e-3)


def test_formulas_of_raw_columns():
    """Functions with names, found on edges of columns of thousands."""
    generator = torch.Generator().manual_seed(0)
    z = torch.rand(1000, 2, generator=generator, dtype=torch.float64) * 4 - 2
    x = torch.tensor([3000.0, 0.02]) + torch.tensor([500.0, 0.001]) * z
    y = torch.sin(z[:, :1]) + z[:, 1:] ** 2
    model = ew.KAN([2, 1], seed=generator, dtype=torch.float64)
    model = ew.grids.refine(model, 20)
    ew.fit(model, x, y, optimizer="lbfgs", steps=100, progress=False)
    symbolic = ew.symbolic.regress(model, x, y)
    symbolic = getattr(symbolic, "model", symbolic)
    assert symbolic.is_symbolic
    expected = symbolic(x).detach()
    assert float((expected - y).abs().max()) < 1e-6
    names = {"x0": x[:, 0].numpy(), "x1": x[:, 1].numpy()}
    import sympy

    text = symbolic.formula()
    symbols = sorted(text.free_symbols, key=str)
    values = sympy.lambdify(symbols, text)(*[names[str(s)] for s in symbols])
    assert np.abs(values - expected[:, 0].numpy()).max() < 1e-6
