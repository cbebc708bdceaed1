"""Which engine answers, what stands in its way, and what becomes of instruction sets."""

import importlib.machinery

import pytest
import torch

import edgewise as ew
from edgewise.engines import native, ops
from edgewise.engines.call import Call
from edgewise.engines.native import NativeEngine
from edgewise.engines.select import ENGINES, select

needs_extension = pytest.mark.skipif(native.unavailable() is not None, reason="not built")


def call_of(layer, x):
    return Call(x, None, layer.coef, None, None, layer.grid, layer.basis, "silu")


def test_the_last_engine_computes_everything():
    layer = ew.KANLinear(3, 2)
    call = call_of(layer, torch.rand(4, 3))._replace(base=torch.sin)
    assert select(call) is ENGINES[-1]
    assert ENGINES[-1].name == "reference"
    assert all(engine.obstacle(call) for engine in ENGINES[:-1])


@needs_extension
def test_each_obstacle_is_named():
    engine, x = NativeEngine(), torch.rand(4, 3)
    layer = ew.KANLinear(3, 2)
    assert engine.obstacle(call_of(layer, x)) is None
    assert "on the CPU, not on meta" in engine.obstacle(call_of(layer, x.to("meta")))
    assert "no kernel for torch.int64" in engine.obstacle(call_of(layer, x.long()))
    call = call_of(layer, x)
    assert "is a callable" in engine.obstacle(call._replace(base=torch.sin))
    assert "activation sine" in engine.obstacle(call._replace(base="sine"))
    spline = ew.KANLinear(3, 2, basis=ew.BSpline())
    knots = [t.clone().requires_grad_() for t in spline.grid]
    assert "no gradients for the grid" in engine.obstacle(call_of(spline, x)._replace(grid=knots))
    with torch.autograd.forward_ad.dual_level():
        assert "forward-mode" in engine.obstacle(call)
    torch.func.vmap(lambda row: row * len(engine.obstacle(call)))(x)  # None has no length


@needs_extension
def test_asking_for_instruction_sets_leaves_the_one_in_force(monkeypatch):
    levels = native.isa_levels()
    assert levels == native.ISA_LEVELS[: len(levels)]
    before = native.isa()
    with native.use_isa("baseline"):
        assert native.isa() == "baseline"
        assert native.isa_levels() == levels
        assert native.isa() == "baseline"
        with native.use_isa(levels[-1]):
            assert native.isa() == levels[-1]
        assert native.isa() == "baseline"
    assert native.isa() == before
    # The list is known without asking the extension again: a thread that computes sees no change.
    monkeypatch.setattr(torch.ops.edgewise, "native_isa", None)
    assert native.isa_levels() == levels


@needs_extension
def test_an_extension_of_other_schemas_is_not_called(monkeypatch):
    assert native._load() is None
    monkeypatch.setattr(ops, "INTERFACE", ops.INTERFACE + 1)
    assert "built from other sources" in native._load()


def test_without_an_extension_it_says_so(monkeypatch):
    monkeypatch.setattr(importlib.machinery, "EXTENSION_SUFFIXES", [".none"])
    assert "wasn't built" in native._load()


@pytest.mark.parametrize("reason", ["the extension is missing", None])
def test_what_is_said_of_an_engine(monkeypatch, reason):
    monkeypatch.setattr(native, "_OBSTACLE", reason or native.unavailable())
    if reason is None and native.unavailable() is None:
        assert native.isa() in NativeEngine().describe()
    else:
        assert NativeEngine().describe() == native.unavailable()
        with pytest.raises(RuntimeError, match="expected the native engine, but"):
            native.isa()


@needs_extension
def test_a_compiled_layer_keeps_its_engine():
    graphs = []

    def keep(graph, inputs):
        graphs.append(str(graph.graph))
        return graph

    torch.compile(ew.KANLinear(3, 2), fullgraph=True, backend=keep)(torch.rand(4, 3))
    assert "edgewise.kan_linear" in graphs[0]


@pytest.mark.parametrize("engine", [None, "reference"])
@pytest.mark.parametrize("basis", [ew.BSpline(), ew.Chebyshev(), ew.Fourier(), ew.Gaussian()])
@pytest.mark.parametrize("more", [-1, 1])
def test_coefficients_of_another_basis_are_refused(engine, basis, more):
    layer = ew.KANLinear(3, 2, basis=basis, engine=engine)
    count = basis.num_basis
    layer.coef.data = torch.randn(3, count + more, 2)
    with pytest.raises(ValueError, match=rf"\(in_features, {count}, .* got \(3, {count + more}, 2"):
        layer(torch.rand(4, 3))
    with pytest.raises(ValueError, match="coefficients of another basis"):
        layer.jets(torch.rand(4, 3))
