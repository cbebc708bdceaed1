"""What the page computes is what PyTorch computes: bases, norms, activations, functions, edits."""

import dataclasses
import json

import pages
import pytest
import torch

import edgewise as ew
from edgewise.bases import registry
from edgewise.explorer.edits import read_log
from edgewise.explorer.interpolation import interpolate
from edgewise.explorer.payload import describe, table
from edgewise.formula.expression import Input, add, apply, multiply, number, power
from edgewise.formula.library import LIBRARY
from edgewise.nn.norm import NORMS
from edgewise.symbolic.edges import Edge, SymbolicEdges
from edgewise.symbolic.mixed_layer import SymbolicLayer

OWN = [name for name, cls in registry().items() if cls.__module__.startswith("edgewise.")]
FIRST = {"gaussian": ew.Gaussian(6, -2, 2), "bspline": ew.BSpline(grid=4, lo=-2, hi=2)}


def draw(*shape, seed=0, scale=1.0):
    generator = torch.Generator().manual_seed(seed)
    return scale * torch.randn(*shape, generator=generator, dtype=torch.float64)


def fill(model, seed=1):
    """The model in float64, as it predicts, with random numbers in everything that is trained."""
    model = model.double().eval()
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in model.parameters():
            noise = torch.randn(parameter.shape, generator=generator, dtype=torch.float64)
            parameter.add_(0.3 * noise)
    for layer in model.stack():
        if layer.norm_name == "standard":
            layer.norm.fit_(draw(50, layer.in_features, seed=9, scale=2.0) + 0.5)
    return model


def own_knots():
    model = fill(ew.KAN([3, 2], basis=ew.BSpline(grid=4, uniform=False, lo=-2, hi=2), norm=None))
    layer = model.stack()[0]
    knots = layer.grid[0].expand(3, -1).clone()
    knots += 0.05 * torch.arange(3)[:, None] + 0.02 * torch.sin(7 * knots)
    knots[1, 5] = knots[1, 4]  # a repeated knot
    layer.set_basis(layer.basis, (knots,))
    return model


def own_widths():
    model = fill(ew.KAN([3, 2], basis=ew.Gaussian(5)))
    layer = model.stack()[0]
    widths = torch.tensor([[0.3], [0.5], [1.0]], dtype=torch.float64)
    layer.set_basis(layer.basis, (layer.grid[0], widths))
    return model


def masked():
    model = fill(ew.KAN([3, 4, 2], basis="gaussian", coef_scale=True, base="identity", norm=None))
    model.stack()[0].mask = (draw(3, 4, seed=4) > 0).double()
    return model


def selecting():
    model = fill(ew.KAN([2, 2], norm=None))
    model.set_inputs([2, 0], 4)
    return model


def symbolic():
    x = Input(0)
    tree = add(multiply(number(1.5), power(x, 3)), apply(LIBRARY["sin"], multiply(number(2), x)))
    edges = [
        Edge(0, 0, LIBRARY["sin"], 2.0, 0.5, 1.5),
        Edge(1, 0, tree, c=0.7),
        Edge(2, 1, LIBRARY["x^2"], 1.0, 0.2, 1.0, 0.4),
        Edge(0, 1, LIBRARY["exp"], 0.5, 0.0, 2.0, -1.0),
    ]
    first = SymbolicLayer(SymbolicEdges(3, [0.1, -0.2], edges, products=[1]))
    second = SymbolicLayer(
        SymbolicEdges(2, [0.3], [Edge(0, 0, LIBRARY["tanh"]), Edge(1, 0, LIBRARY["x"])])
    )
    return ew.symbolic.SymbolicKAN([first, second])


def tailed(basis):
    return fill(ew.KAN([3, 4, 2], basis=dataclasses.replace(basis, linear_tails=True), norm=None))


def own_tails():
    model = own_knots()
    layer = model.stack()[0]
    layer.basis = dataclasses.replace(layer.basis, linear_tails=True)
    return model


MODELS = {
    **{f"tails {n}": lambda n=n: tailed(registry()[n]()) for n in OWN},
    "tails of knots of each input": own_tails,
    **{f"basis {n}": lambda n=n: fill(ew.KAN([3, 4, 2], basis=FIRST.get(n, n))) for n in OWN},
    **{f"norm {n}": lambda n=n: fill(ew.KAN([3, 4, 2], basis="gaussian", norm=n)) for n in NORMS},
    "default": lambda: fill(ew.KAN([3, 4, 2])),
    "standard and silu": lambda: fill(ew.KAN([3, 2], base="silu")),
    "no base, no bias": lambda: fill(ew.KAN([3, 2], base=None, bias=False, norm=None)),
    "morlet": lambda: fill(ew.KAN([3, 2], basis=ew.bases.Wavelet(5, kind="morlet"))),
    "jacobi 0.5 -0.3": lambda: fill(ew.KAN([3, 2], basis=ew.bases.Jacobi(6, 0.5, -0.3))),
    "degree 1": lambda: fill(ew.KAN([3, 2], basis=ew.BSpline(grid=3, degree=1), norm=None)),
    "degree 5": lambda: fill(ew.KAN([3, 2], basis=ew.BSpline(grid=3, degree=5), norm=None)),
    "knots of each input": own_knots,
    "widths of each input": own_widths,
    "masks and scales": masked,
    "selected inputs": selecting,
    "KAL-Net": lambda: fill(ew.presets.KALNet([3, 4, 2])),
    "FastKAN": lambda: fill(ew.FastKAN([3, 4, 2])),
    "symbolic": symbolic,
    "products": lambda: fill(ew.KAN([3, (2, [2, 3]), 1], basis="gaussian", norm="tanh")),
}


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "page.html"
    model = fill(ew.KAN([2, 1], norm=None))
    ew.explore(model, draw(20, 2)).save(path)
    browser.open(path)
    yield browser
    assert browser.messages == []


@pytest.mark.parametrize("name", MODELS)
def test_outputs_are_those_of_torch(name, page):
    torch.manual_seed(0)  # weights begin at random
    model = MODELS[name]()
    x = draw(60, model.in_features, seed=2, scale=1.5)
    if name.startswith("tails"):  # thrice as far as the domain, too
        layer = model.stack()[0]
        x[:20] = x[:20].sign() * 3 * max(map(abs, layer.basis.domain(layer.grid)))
    payload = describe(model, x)
    found = pages.ask(page, payload, "s.outputs.map(c => [...c])")
    expected = model(x).detach()
    assert torch.tensor(found, dtype=torch.float64).T.allclose(expected, rtol=1e-9, atol=1e-9)


def test_float32_to_one_in_a_hundred_thousand(page):
    torch.manual_seed(0)
    model = ew.KAN([5, 8, 3], basis=ew.BSpline(grid=5), norm=None)
    x = torch.rand(200, 5) * 2 - 1
    found = pages.ask(page, describe(model, x), "s.outputs.map(c => [...c])")
    assert torch.tensor(found).T.float().allclose(model(x), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("name", ["norm layer", "KAL-Net", "basis bspline", "symbolic"])
def test_the_sliders_point_is_one_row(name, page):
    model = MODELS[name]()
    payload = describe(model, draw(30, 3, seed=3))
    row = [0.3, -0.8, 1.1]
    move = f"{json.dumps(row)}.forEach((v, i) => s.setPoint(i, v))"
    script = f"({move}, s.pointLevels.at(-1).map(c => c[0]))"
    found = pages.ask(page, payload, script)
    expected = model(torch.tensor([row], dtype=torch.float64))[0].detach()
    assert torch.tensor(found, dtype=torch.float64).allclose(expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", LIBRARY)
def test_functions_are_the_librarys(name, page):
    special = [0.0, 1e-9, -1e-9, 1e-12, 1.0, -1.0, 1.0000001, 1e6, -1e6, 400.0, 1e200, -1e200]
    u = torch.cat([draw(200, seed=5, scale=2.0), torch.tensor(special, dtype=torch.float64)])
    log = {"do": "fix", "edge": [0, 0, 0], "function": name, "a": 1.0, "b": 0.0, "c": 1.0, "d": 0.0}
    payload = describe(fill(ew.KAN([1, 1], norm=None)), u.clamp(-3, 3)[:, None])
    payload["x"] = table(u[:, None])
    payload["log"] = {"edgewise_edits": 1, "widths": [1, 1], "edits": [log]}
    script = "[...s.cloud([0, 0, 0]).y].map(v => Number.isFinite(v) ? v : String(v))"
    found = torch.tensor([float(v) for v in pages.ask(page, payload, script)], dtype=torch.float64)
    expected = LIBRARY[name](u)
    # sin and tan of huge arguments differ between mathematical libraries
    near = u.abs() <= 1e6 if name in ("sin", "cos", "tan") else torch.ones_like(u, dtype=torch.bool)
    assert found[near].allclose(expected[near], rtol=1e-9, atol=1e-12)


EDITS = [
    {"do": "bend", "edge": [0, 0, 1], "x": [-1, 0, 0.5, 2], "y": [0, 0.4, 0, -0.3]},
    {"do": "clip", "edge": [0, 0, 1], "low": -0.2, "high": 0.5},
    {"do": "redraw", "edge": [0, 1, 2], "x": [-2, -1, 0, 1, 2], "y": [-1, -1, 0.3, 0.4, 2]},
    {"do": "bend", "edge": [0, 1, 2], "x": [-1, 1], "y": [0.1, 0.3]},
    {"do": "fix", "edge": [1, 2, 0], "function": "tanh", "a": 1.2, "b": 0.1, "c": 2.0, "d": 0.3},
    {"do": "remove", "edges": [[0, 2, 0], [1, 1, 1]], "constants": [0.25, -0.5]},
]


@pytest.mark.parametrize("count", range(len(EDITS) + 1))
def test_edits_do_the_same_in_python(count, page):
    model = fill(ew.KAN([3, 4, 2], basis="gaussian", norm="tanh"))
    x = draw(80, 3, seed=6)
    log = {"edgewise_edits": 1, "widths": [3, 4, 2], "edits": EDITS[:count]}
    payload = {**describe(model, x), "log": log}
    found = torch.tensor(
        pages.ask(page, payload, "s.outputs.map(c => [...c])"), dtype=torch.float64
    )
    assert found.T.allclose(ew.explorer.apply_edits(model, log)(x), rtol=1e-9, atol=1e-9)


def test_curves_through_points_are_the_same(page):
    at = draw(300, seed=7, scale=3.0)
    payload = describe(fill(ew.KAN([1, 1], norm=None)), at[:, None])
    for seed in range(8):
        x = draw(7, seed=seed).sort()[0]
        y = draw(7, seed=seed + 50).round(decimals=1)
        edit = {"do": "redraw", "edge": [0, 0, 0], "x": x.tolist(), "y": y.tolist()}
        payload["log"] = {"edgewise_edits": 1, "widths": [1, 1], "edits": [edit]}
        assert read_log("test", payload["log"], [1, 1])
        found = pages.ask(page, payload, "[...s.cloud([0, 0, 0]).y]")
        assert torch.tensor(found, dtype=torch.float64).allclose(interpolate(at, x, y), atol=1e-12)


CURVES = {
    "sin": (lambda x: 2 * torch.sin(3 * x + 0.7) - 1),
    "x^2": (lambda x: 0.5 * (x - 0.4) ** 2),
    "exp": (lambda x: 3 * torch.exp(-1.3 * x)),
    "tanh": (lambda x: torch.tanh(2.5 * x - 0.5)),
    "log": (lambda x: torch.log(1.2 + 0.5 * x)),
    "gaussian": (lambda x: torch.exp(-((2 * x - 0.3) ** 2))),
    "1/x": (lambda x: 1 / (x + 3)),
    "x": (lambda x: 4 * x - 2),
    "sqrt": (lambda x: torch.sqrt(x + 2.2)),
}


@pytest.mark.parametrize("name", CURVES)
def test_the_page_finds_functions(name, page):
    """By its own search, on the curve as it is: a curve drawn through many points of a function."""
    x = draw(300, seed=8).clamp(-2, 2)
    knots = torch.linspace(-2, 2, 400, dtype=torch.float64)
    values = CURVES[name](knots)
    edit = {"do": "redraw", "edge": [0, 0, 0], "x": knots.tolist(), "y": values.tolist()}
    payload = describe(fill(ew.KAN([1, 1], norm=None)), x[:, None])
    payload["log"] = {"edgewise_edits": 1, "widths": [1, 1], "edits": [edit]}
    found = pages.ask(page, payload, "s.suggestions([0, 0, 0])")
    assert found[0]["name"] == name
    assert found[0]["r2"] > 0.99999
