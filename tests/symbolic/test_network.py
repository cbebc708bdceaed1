"""SymbolicKAN: its formula is its forward, files hold it whole, refits only make it better."""

import copy
import json
import pickle
from itertools import pairwise

import numpy as np
import pytest
import sympy
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors import safe_open
from safetensors.torch import save_file

import edgewise as ew
from edgewise.formula.affine import number_of
from edgewise.formula.constants import Constant
from edgewise.formula.expression import ZERO
from edgewise.symbolic import LIBRARY, Function, SymbolicKAN
from edgewise.symbolic.build import (
    as_network,
    exchange,
    with_constants,
    with_edges,
    without_dead,
)
from edgewise.symbolic.edges import Bias, ConstantIndex, Edge, EdgeIndex, SymbolicEdges
from edgewise.symbolic.mixed_layer import SymbolicLayer
from edgewise.training import levenberg_marquardt

F64 = torch.float64
SMOOTH = ["x", "x^2", "x^3", "exp", "sin", "cos", "tanh", "sinh", "cosh", "arctan", "arcsinh"]
TOTAL = [*SMOOTH, "abs", "gaussian", "lorentzian", "sech", "0"]
POSITIVE = ["log", "sqrt", "1/x", "1/sqrt", "x^1.5", "1/x^2", "1/x^1.5"]


def edge(i, o, name, a=1.0, b=0.0, c=1.0, d=ZERO, **more):
    return Edge(i, o, LIBRARY[name], a, b, c, d, **more)


def layer_of(in_features, bias, edges, products=()):
    return SymbolicLayer(SymbolicEdges(in_features, bias, edges, products))


def random_network(widths, seed, products=True, keep=0.8):
    """Edges in random order, some missing, some nodes products; inputs are positive."""
    g = np.random.default_rng(seed)
    layers = []
    for k, (n, m) in enumerate(pairwise(widths)):
        names = TOTAL + (POSITIVE if k == 0 else [])
        ends = [(i, o) for i in range(n) for o in range(m) if g.random() < keep]
        g.shuffle(ends)
        edges = []
        for i, o in ends:
            name = str(g.choice(names))
            a, b = (
                (g.uniform(0.3, 1), g.uniform(0, 0.5)) if name in POSITIVE else g.uniform(-1, 1, 2)
            )
            edges.append(edge(i, o, name, a, b, *g.uniform(-1, 1, 2)))
        chosen = [o for o in range(m) if g.random() < 0.4] if products else []
        layers.append(layer_of(n, g.uniform(-1, 1, m), edges, chosen))
    return SymbolicKAN(layers)


def rows(columns, count=40, seed=1):
    g = torch.Generator().manual_seed(seed)
    return torch.rand(count, columns, generator=g, dtype=F64) * 1.5 + 0.5


def by_sympy(expression, names, x):
    f = sympy.lambdify(sympy.symbols(names), expression, "numpy")
    return np.broadcast_to(f(*x.numpy().T), len(x))


def forward(model, x):
    with torch.no_grad():
        return model(x).numpy()


def trained():
    """A small KAN near sin(2 x0) + x1²."""
    x = rows(2, 200)
    y = torch.sin(2 * x[:, :1]) + x[:, 1:] ** 2
    model = ew.KAN([2, 1, 1], norm="affine", seed=torch.Generator().manual_seed(0), dtype=F64)
    model.layers[0].norm.fit_(x, -0.95, 0.95)
    levenberg_marquardt(model, (x, y), steps=10)
    return model, x, y


def mixed():
    """Sines on one edge of a KAN, curves on the others."""
    model, x, _ = trained()
    return with_edges(as_network(model), {(0, 0, 0): (edge(0, 0, "sin", 2, 0.1, 0.3), 0.5)}), x


# ---- values and formulas ------------------------------------------------------------------------


def test_values_by_hand():
    factors = [edge(0, 0, "sin", 2, 0.5, 3, -1), edge(1, 0, "x^2", 1, 1, -1, 2)]
    terms = [edge(0, 1, "exp", -1, 0, 0.5), edge(1, 1, "abs", 1, -1, 2)]
    model = SymbolicKAN([layer_of(2, [0.25, -4], [terms[0], *factors, terms[1]], [0])])
    x = rows(2)
    product = 0.25 + (3 * torch.sin(2 * x[:, 0] + 0.5) - 1) * (-((x[:, 1] + 1) ** 2) + 2)
    summed = -4 + 0.5 * torch.exp(-x[:, 0]) + 2 * (x[:, 1] - 1).abs()
    torch.testing.assert_close(model(x), torch.stack([product, summed], 1))
    torch.testing.assert_close(model(x.view(4, 10, 2)), model(x).view(4, 10, 2))
    assert model.widths == [2, 2]
    assert model.edge_labels() == [[["sin", "exp"], ["x^2", "abs"]]]


def test_a_constant_of_an_edge_counts_at_every_node():
    model = SymbolicKAN(
        [layer_of(1, [0.0, 0.0], [edge(0, 0, "x", d=5), edge(0, 1, "x", d=2)], [1])]
    )
    x = rows(1)
    torch.testing.assert_close(model(x), torch.cat([x + 5, x + 2], 1))
    assert by_sympy(model.formula(0), "x0:1", x) == pytest.approx(forward(model, x)[:, 0])


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([[1, 1], [2, 3, 2], [3, 2, 2, 1], [4, 1]]))
def test_the_formula_is_the_forward(seed, widths):
    model, x = random_network(widths, seed), rows(widths[0], seed=seed)
    formulas = model.formula(simplify=False)
    formulas = formulas if isinstance(formulas, list) else [formulas]
    assert len(formulas) == widths[-1]
    expected = forward(model, x)
    for o, f in enumerate(formulas):
        scale = 1e-9 * (1 + np.abs(expected[:, o]).max())
        assert by_sympy(f, f"x0:{widths[0]}", x) == pytest.approx(expected[:, o], abs=scale)
        assert model.formula(o, simplify=False) == f


@pytest.mark.parametrize("seed", range(5))
def test_simplified_numpy_and_latex(seed):
    model, x = random_network([2, 2, 2], seed, keep=0.6), rows(2, seed=seed)
    expected = forward(model, x)
    for o, formula in enumerate(model.formula()):
        values = by_sympy(formula, "x0:2", x)
        assert values == pytest.approx(expected[:, o], rel=1e-7, abs=1e-7)
        assert model.formula(o, simplify=False) == model.formula(simplify=False)[o]
    found = model.numpy()(x.numpy())
    assert found.shape == (40, 2)
    assert found == pytest.approx(expected, rel=1e-7, abs=1e-7)
    latex = model.latex()
    reads_as_mathematics(latex[0])
    reads_as_mathematics(latex[1])
    assert seed or latex == [model.latex(0), model.latex(1)]


def reads_as_mathematics(latex):
    from matplotlib.mathtext import MathTextParser

    MathTextParser("path").parse(f"${latex}$")
    assert latex.count("{") == latex.count("}")


def test_latex_rounds_inexact_numbers_only():
    pi = Constant(1, 1, "pi")
    model = SymbolicKAN([layer_of(1, [0.0], [edge(0, 0, "sin", pi, 0, 1.23456789)])])
    assert model.latex() == r"1.235 \sin\left(\pi x_{0}\right)"
    assert model.latex(digits=2) == r"1.2 \sin\left(\pi x_{0}\right)"
    assert sympy.pi in model.formula().atoms(sympy.NumberSymbol)


def test_fixed_constants_are_exact_in_formulas():
    edges = [edge(0, 0, "x", c=-1.0, frozen=True), edge(1, 0, "x^2", 0.5, 0.25, 1.5, frozen=True)]
    model, x = SymbolicKAN([layer_of(2, [0.0], edges)]), rows(2)
    assert by_sympy(model.formula(), "x0:2", x) == pytest.approx(forward(model, x)[:, 0])
    whole = SymbolicKAN([layer_of(1, [0.0], [edge(0, 0, "x", c=-1.0, frozen=True)])])
    assert whole.formula() == -sympy.Symbol("x0")


@pytest.mark.parametrize("names", [["pi", "exp"], ["E", "sin"], ["lambda", "x y"], ["x)+(", "I"]])
def test_inputs_may_have_any_name(names):
    """Also those of constants, functions and keywords."""
    edges = [edge(0, 0, "sin", Constant(1, 1, "pi"), 0, 1), edge(1, 0, "exp", 1, 0, 0.5)]
    model, x = SymbolicKAN([layer_of(2, [0.0], edges)], input_names=names), rows(2)
    assert model.numpy()(x.numpy()) == pytest.approx(forward(model, x))
    assert {str(s) for s in model.formula().free_symbols} == set(names)


def test_names_that_can_not_be():
    parts = [layer_of(2, [0.0], [edge(0, 0, "x"), edge(1, 0, "x")])]
    with pytest.raises(ValueError, match=r"expected 2 input names, got \['a'\]"):
        SymbolicKAN(parts, input_names=["a"])
    same = SymbolicKAN(parts, input_names=["a", "a"])
    with pytest.raises(ValueError, match=r"expected different input names, got .*: set model"):
        same.formula()


def test_a_choice_of_inputs():
    parts = [layer_of(2, [0.5], [edge(0, 0, "sin"), edge(1, 0, "x^2", c=-2)])]
    model, x = SymbolicKAN(parts, inputs=[3, 1], in_features=4), rows(4)
    expected = 0.5 + x[:, 3].sin() - 2 * x[:, 1] ** 2
    torch.testing.assert_close(model(x)[:, 0], expected)
    assert {str(s) for s in model.formula().free_symbols} == {"x1", "x3"}
    assert model.numpy()(x.numpy())[:, 0] == pytest.approx(expected.numpy())
    with pytest.raises(ValueError, match=r"expected inputs with last dimension 4, got shape"):
        model(rows(2))


def test_constants_alone():
    model, x = SymbolicKAN([layer_of(2, [1.5, -2.0], [])]), rows(2)
    assert model.formula() == [1.5, -2.0]
    assert model.numpy()(x.numpy()).tolist() == [[1.5, -2.0]] * 40
    assert torch.equal(model(x), torch.tensor([[1.5, -2.0]] * 40, dtype=F64))


def test_curves_have_values_but_no_formula():
    model, x = mixed()
    assert not model.is_symbolic
    assert model.edge_labels()[0] == [["sin"], [None]]
    layer = model.stack()[0]
    with torch.no_grad():
        parts = layer.numeric.edge_values(x)
        expected = layer.symbolic.bias + 0.3 * torch.sin(2 * x[:, :1] + 0.1) + parts[:, 1]
        torch.testing.assert_close(layer(x), expected)
        assert not parts[:, 0].any()
    with pytest.raises(ValueError, match=r"curve on 1 edges of layer 0, the first from input 1 to"):
        model.formula()
    with pytest.raises(ValueError, match="regress again without numeric_above"):
        model.numpy()


def test_a_kan_as_curves_is_the_kan():
    model, x, _ = trained()
    model.layers[0].mask = torch.tensor([[1.0], [0.0]], dtype=F64)
    found = as_network(model)
    torch.testing.assert_close(found(x), model(x), rtol=1e-13, atol=1e-13)
    assert found.stack()[0].numeric_ends() == [(0, 0)]


def test_curves_and_scores_of_edges():
    model, x = random_network([2, 3, 1], 5, products=False), rows(2)
    h = x
    for (at, values), part in zip(model.edge_curves(x, 7), model.stack(), strict=True):
        assert at.shape[1] == values.shape[2] == 7
        torch.testing.assert_close(at[:, [0, -1]], torch.stack([h.amin(0), h.amax(0)], 1))
        h = part(h)
        summed = part.symbolic.bias + values.sum(0).t()  # all inputs along their ranges
        torch.testing.assert_close(part(at.t()), summed)
    one = SymbolicKAN([layer_of(2, [0.0], [edge(0, 0, "x"), edge(1, 0, "x", c=3)])])
    (scores,) = one.edge_scores(x)
    spread = torch.stack([x[:, 0].std(), 3 * x[:, 1].std()])
    torch.testing.assert_close(scores[:, 0], spread / (one(x).detach().std() + 1e-4))


def test_drawn_scores_are_those_of_attribute():
    """A product hands its whole score on to each factor; the scores of several outputs add to 1."""
    edges = [edge(0, 0, "x"), edge(1, 0, "x", c=3), edge(1, 1, "x")]
    model, x = SymbolicKAN([layer_of(2, [0.0, 0.0], edges, products=[0])]), rows(2)
    (drawn,), (scores,) = model.edge_scores(x), ew.attribute(model, x).edges
    torch.testing.assert_close(drawn, scores)
    spread = float(x[:, 1].std())
    torch.testing.assert_close(
        drawn, drawn.new_tensor([[0.5, 0], [0.5, 0.5 * spread / (spread + 1e-4)]])
    )


# ---- files --------------------------------------------------------------------------------------


def in_file(model, tmp_path, name="m.safetensors"):
    model.save(tmp_path / name)
    return tmp_path / name


@pytest.mark.parametrize("seed", range(6))
def test_a_model_survives_a_file(seed, tmp_path):
    model, x = random_network([3, 3, 2], seed), rows(3)
    model = with_constants(model, {ConstantIndex(0, None, 0): number_of(Constant(-1, 2, "pi"))})
    model.input_names = ["θ", "x y", "__import__('os')"]
    for loaded in (SymbolicKAN.load(in_file(model, tmp_path)), ew.load(tmp_path / "m.safetensors")):
        assert torch.equal(loaded(x), model(x))
        assert loaded.formula(simplify=False) == model.formula(simplify=False)
        assert loaded.input_names == model.input_names
        assert loaded.exact_constants() == {(0, None, 0): Constant(-1, 2, "pi")}
        assert [part.symbolic.edges() for part in loaded.stack()] == [
            part.symbolic.edges() for part in model.stack()
        ]
    assert torch.equal(pickle.loads(pickle.dumps(model))(x), model(x))


def test_curves_and_choices_of_inputs_survive_too(tmp_path):
    model, x = mixed()
    state = torch.get_rng_state()
    loaded = SymbolicKAN.load(in_file(model, tmp_path))
    assert torch.equal(loaded(x), model(x))
    assert loaded.stack()[0].numeric_ends() == [(1, 0)]
    assert torch.equal(torch.get_rng_state(), state)
    parts = [layer_of(1, [0.5], [edge(0, 0, "sin", frozen=True)])]
    chosen = SymbolicKAN(parts, inputs=[2], in_features=3)
    loaded = SymbolicKAN.load(in_file(chosen.float(), tmp_path))
    assert torch.equal(loaded(rows(3).float()), chosen(rows(3).float()))
    assert [e.frozen for e in loaded.stack()[0].symbolic.edges()] == [True]


def test_functions_of_ones_own_come_from_the_library(tmp_path):
    mine = LIBRARY.with_functions(Function("erf", torch.erf, lambda z: sympy.erf(z)))
    symbolic = SymbolicEdges(1, torch.zeros(1, dtype=F64), [Edge(0, 0, mine["erf"], 2, 0, 1)])
    path = in_file(SymbolicKAN([SymbolicLayer(symbolic)]), tmp_path)
    torch.testing.assert_close(
        SymbolicKAN.load(path, library=mine)(rows(1)), torch.erf(2 * rows(1))
    )
    for load in (SymbolicKAN.load, ew.load):
        with pytest.raises(ValueError, match=r"erf.*librar"):
            load(path)


@pytest.mark.parametrize("where", ["function", "tree", "constant", "unit", "edge", "bias"])
def test_nothing_in_a_file_is_evaluated(where, tmp_path):
    target = tmp_path / "pwned"
    code = f"__import__('pathlib').Path({str(target)!r}).touch()"
    model = SymbolicKAN([layer_of(1, [0.5], [edge(0, 0, "sin", Constant(1))])])
    state, config = contents(in_file(model, tmp_path))
    layer = config["layers"][0]
    if where in ("function", "tree"):
        layer["edges"][0][2] = code if where == "function" else ["apply", code, ["input", 0]]
    number = ["number", 1.0, code if where == "constant" else f"1/1*{code}", None]
    if where == "edge":
        layer["edges"][0][0] = code
    if where in ("constant", "unit"):
        layer["edges"][0][2] = ["product", number, ["input", 0]]
    if where == "bias":
        layer["bias"] = [code]
    save_file(state, tmp_path / "evil.safetensors", {"edgewise": json.dumps(config)})
    with pytest.raises(ValueError, match="expected constants that fit their description"):
        SymbolicKAN.load(tmp_path / "evil.safetensors")
    with pytest.raises(ValueError, match="expected weights that fit their description"):
        ew.load(tmp_path / "evil.safetensors")
    assert not target.exists()


def contents(path):
    with safe_open(path, "pt") as file:
        state = {k: file.get_tensor(k) for k in file.keys()}  # noqa: SIM118
        return state, json.loads(file.metadata()["edgewise"])


def nested(levels):
    tree = ["input", 0]
    for _ in range(levels):
        tree = ["apply", "sin", tree]
    return tree


DAMAGES = [
    lambda c: c["layers"][0]["edges"][0].__setitem__(0, 2),
    lambda c: c["layers"][0]["edges"][0].__setitem__(0, -1),
    lambda c: c["layers"][0]["edges"][0].__setitem__(0, True),
    lambda c: c["layers"][0]["edges"][0].__setitem__(1, 1.0),
    lambda c: c["layers"][0]["edges"][0].__setitem__(1, 3),
    lambda c: c["layers"][0]["edges"][0].__setitem__(2, "bessel"),
    lambda c: c["layers"][0]["edges"][0].__setitem__(2, None),
    lambda c: c["layers"][0]["edges"][0].__setitem__(2, []),
    lambda c: c["layers"][0]["edges"][0].__setitem__(2, ["input", 1]),
    lambda c: c["layers"][0]["edges"][0].__setitem__(2, nested(100)),
    lambda c: c["layers"][0]["edges"][0].__setitem__(2, nested(400)),
    lambda c: c["layers"][0]["edges"][0].append([True] * 4),
    lambda c: c["layers"][0]["edges"][0].append({"frozen": 1.5}),
    lambda c: c["layers"][0]["edges"][0].__setitem__(2, ["number", 1.0, "1/0*1", None]),
    lambda c: c["layers"][0]["edges"].append([0, 0]),
    lambda c: c["layers"][0]["edges"].append([0, 0, ["number", 1.5, None, None]]),
    lambda c: c["layers"][0].__setitem__("edges", 7),
    lambda c: c["layers"][0].__setitem__("bias", [True, True, True]),
    lambda c: c["layers"][0].__setitem__("bias", [[["input", 0]]] * 2),
    lambda c: c["layers"][0].__setitem__("products", [5]),
    lambda c: c["layers"][0].__setitem__("numeric", "curves"),
    lambda c: c["layers"][0].__setitem__("numeric", {"in_features": 2, "out_features": 2}),
    lambda c: c["layers"][0].pop("bias"),
    lambda c: c["layers"].append(7),
    lambda c: c["layers"].append(c["layers"][0]),
    lambda c: c.__setitem__("layers", []),
    lambda c: c.__setitem__("layers", {"0": 1}),
    lambda c: c.__setitem__("inputs", [0, 9]),
    lambda c: c.__setitem__("inputs", [0]),
    lambda c: c.__setitem__("in_features", 10**12),
    lambda c: c.__setitem__("in_features", "2"),
    lambda c: c.__setitem__("input_names", ["a"]),
    lambda c: c.__setitem__("input_names", [0, 1]),
    lambda c: c.pop("input_names"),
    lambda c: c.pop("model"),
    lambda c: c.__setitem__("model", ["SymbolicKAN"]),
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_files_are_one_clear_error(damage, tmp_path):
    edges = [edge(0, 0, "sin", Constant(1)), edge(1, 1, "x^2")]
    model = SymbolicKAN([layer_of(2, [0.5, 0.0], edges, [1])])
    state, config = contents(in_file(model, tmp_path))
    damage(config)
    path = tmp_path / "damaged.safetensors"
    save_file(state, path, {"edgewise": json.dumps(config)})
    for load in (SymbolicKAN.load, ew.load):
        with pytest.raises(ValueError, match=r"expected .*damaged\.safetensors"):
            load(path)


@pytest.mark.parametrize("text", ["[" * 100_000, "{", "7", "null", '["SymbolicKAN"]'])
def test_descriptions_that_are_none(text, tmp_path):
    path = tmp_path / "damaged.safetensors"
    save_file({"a": torch.zeros(1)}, path, {"edgewise": text})
    for load in (SymbolicKAN.load, ew.load):
        with pytest.raises(ValueError, match=r"expected a description .*damaged\.safetensors"):
            load(path)


def test_files_of_another_kind(tmp_path):
    ew.save(ew.KAN([2, 1]), tmp_path / "kan.safetensors")
    with pytest.raises(ValueError, match=r"expected a SymbolicKAN in .*got a KAN.*edgewise\.load"):
        SymbolicKAN.load(tmp_path / "kan.safetensors")


# ---- refits and exchanges -----------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_derivatives_are_those_of_autograd(seed):
    whole = random_network([3, 4], seed)
    layer = with_constants(whole, {ConstantIndex(0, 0, 1): number_of(Constant(1, 3))})
    layer = layer.stack()[0].symbolic
    assert not layer.free[1]
    x, slope = rows(3, 9), torch.randn(9, 4, generator=torch.Generator().manual_seed(seed)).double()
    numbers, bias = layer.numbers, layer.bias
    found = layer.derivatives(x, slope)
    for r in range(9):
        by = torch.autograd.grad((layer(x[r]) * slope[r]).sum(), (numbers, bias))
        expected = torch.cat([b.flatten() for b in by]) * layer.movable_unknowns()
        torch.testing.assert_close(found[r], expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_refine_comes_back_to_the_truth(seed):
    truth, x = random_network([2, 2, 1], seed, keep=1.0), rows(2, 300)
    y = truth(x).detach()
    start = copy.deepcopy(truth)
    with torch.no_grad():
        for part in start.stack():
            part.symbolic.numbers[part.symbolic.free] *= 1.003
    before = copy.deepcopy(start.state_dict())
    state, x_before = torch.get_rng_state(), x.clone()
    found = start.refine(x, y)
    assert torch.equal(torch.get_rng_state(), state)
    assert torch.equal(x, x_before)
    assert all(torch.equal(v, before[k]) for k, v in start.state_dict().items())
    error, left = ((m(x) - y).square().mean().item() for m in (start, found))
    assert left < 1e-6 * error + 1e-24
    assert start.refine(x, y, steps=1)(x).sub(y).square().mean() <= error


def test_refine_leaves_exact_constants_alone(tmp_path):
    """Also in a model that comes from a file."""
    edges = [edge(0, 0, "sin", Constant(2), 0.3, 1.5), edge(0, 0, "x", c=1.0, frozen=True)]
    below, above = (
        layer_of(1, [Constant(1, 4)], edges[:1]),
        layer_of(1, [Bias(number_of(0.5), frozen=True)], edges[1:]),
    )
    model, x = SymbolicKAN([below, above]), rows(1)
    y = torch.sin(2.2 * x + 0.1) + 0.3
    for m in (model, SymbolicKAN.load(in_file(model, tmp_path))):
        found = m.refine(x, y)
        first, last = (part.symbolic for part in found.stack())
        assert first.numbers[1] == 2
        assert first.bias[0] == 0.25
        assert last.numbers.tolist() == [1, 1, 0]
        assert last.bias[0] == 0.5
        assert (found(x) - y).square().mean() < (m(x) - y).square().mean()
        assert by_sympy(found.formula(), "x0:1", x) == pytest.approx(forward(found, x)[:, 0])


def test_it_is_a_torch_module():
    model, x = random_network([2, 2, 1], 1), rows(2).requires_grad_()
    assert torch.autograd.gradcheck(model, (x[:5],))
    model(x).sum().backward()
    assert all(p.grad is not None for p in model.parameters())
    assert model.float()(x.float()).dtype == torch.float32


@pytest.mark.parametrize(("dtype", "size"), [(torch.float16, 2e4), (torch.float32, 1e30)])
def test_large_values_are_not_bounded_in_shorter_types(dtype, size):
    model = SymbolicKAN([layer_of(1, [0.0], [edge(0, 0, "sin", 1, 0, size)])]).to(dtype)
    x = torch.tensor([[1.5]], dtype=dtype)
    torch.testing.assert_close(model(x), torch.sin(x) * size)


def test_exchanging_for_the_same_function_changes_nothing():
    model, x = random_network([2, 2, 1], 3, products=False, keep=1.0), rows(2, 200)
    for k, part in enumerate(model.stack()):
        for e in part.symbolic.edges():
            new = exchange(model, EdgeIndex(k, e.i, e.o), e, x)
            torch.testing.assert_close(new(x), model(x), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("seed", range(8))
def test_dead_nodes_go_and_the_values_stay(seed):
    model, x = random_network([3, 5, 4, 2], seed, products=seed % 2 == 0, keep=0.35), rows(3)
    small = without_dead(model)
    torch.testing.assert_close(small(x), model(x), rtol=1e-12, atol=1e-12)
    if seed % 2:
        inner = small.stack()
        for below, above in pairwise(inner):
            fed = {o for _, o in below.symbolic.ends}
            read = {i for i, _ in above.symbolic.ends}
            assert below.out_features == 1 or fed == read == set(range(below.out_features))


def test_rows_at_which_a_function_is_continued_are_told():
    layers = [layer_of(1, [0.0], [edge(0, 0, "arcsin", 2, 0, 1)])]
    x = torch.tensor([[-0.6], [-0.5], [0.0], [0.4], [0.51]], dtype=torch.float64)
    assert SymbolicKAN(layers).is_defined(x).tolist() == [False, True, True, True, False]


def test_notebooks_show_one_formula_or_a_line_for_each_output():
    def network(outputs):
        edges = [edge(0, o, "sin", 1, 0, 1) for o in range(outputs)]
        return SymbolicKAN([layer_of(outputs, [0.0] * outputs, edges)])

    one, two = network(1), network(2)
    assert one._repr_latex_() == f"$\\displaystyle y = {one.latex()}$"
    lines = two._repr_latex_().removeprefix(r"$\begin{aligned}").removesuffix(r"\end{aligned}$")
    assert lines.split(r" \\ ") == [f"y_{{{k}}} &= {two.latex()[k]}" for k in range(2)]


def test_an_edge_into_a_product_replaces_the_factor_that_was_there():
    old = [edge(0, 0, "sin", 1, 0, 1, 0.2), edge(1, 0, "exp", 1, 0, 1, 0.0)]
    model, x = SymbolicKAN([layer_of(2, [0.1], old, [0])]), rows(2)
    before = 0.1 + (torch.sin(x[:, 0]) + 0.2) * torch.exp(x[:, 1])
    torch.testing.assert_close(model(x)[:, 0], before)
    new = with_edges(model, {(0, 0, 0): (edge(0, 0, "cos", 1, 0, 1, 0), 0.5)})
    after = 0.1 + (torch.cos(x[:, 0]) + 0.5) * torch.exp(x[:, 1])
    torch.testing.assert_close(new(x)[:, 0], after)
