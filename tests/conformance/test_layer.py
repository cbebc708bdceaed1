"""KANLinear and KAN over every basis: shapes, dtypes, transforms, compile, save and load."""

from itertools import cycle

import pytest
import torch
from every_basis import ALL, BASES
from torch.func import functional_call, hessian, jacrev, vmap

import edgewise as ew
from edgewise.engines import native
from edgewise.engines.call import Call
from edgewise.engines.reference import kan_linear
from edgewise.engines.select import ENGINES
from every_pair import every_value


def make_layer(basis, in_features=3, out_features=2, dtype=torch.float64, **more):
    generator = torch.Generator().manual_seed(1)
    layer = ew.KANLinear(
        in_features, out_features, basis=basis, dtype=dtype, seed=generator, **more
    )
    with torch.no_grad():
        if layer.bias is not None:
            layer.bias.normal_(generator=generator)
    return layer


@every_value(basis=ALL, lead=[(), (4,), (2, 3), (0,), (2, 0, 3), (1, 1, 1, 1)])
def test_any_leading_dimensions(basis, lead):
    layer = make_layer(basis)
    x = torch.randn(*lead, 3, dtype=torch.float64, requires_grad=True)
    y = layer(x)
    assert y.shape == (*lead, 2)
    if x.numel():
        assert torch.allclose(y.reshape(-1, 2), layer(x.reshape(-1, 3)))
    y.sum().backward()
    assert x.grad.shape == x.shape


def test_layouts_do_not_matter(basis):
    layer = make_layer(basis)
    x = torch.randn(3, 8, dtype=torch.float64).t()
    assert torch.allclose(layer(x), layer(x.contiguous()), rtol=1e-12, atol=1e-12)
    wide = torch.randn(8, 6, dtype=torch.float64)
    strided = wide[:, ::2]
    assert torch.allclose(layer(strided), layer(strided.contiguous()), rtol=1e-12, atol=1e-12)
    row = torch.randn(1, 3, dtype=torch.float64)
    assert torch.allclose(layer(row.expand(5, 3)), layer(row).expand(5, 2))


def test_is_the_formula_edge_by_edge(basis):
    layer = make_layer(basis, coef_scale=True)
    with torch.no_grad():
        layer.coef_scale.uniform_(0.5, 2)
        layer.mask = torch.tensor([[1.0, 0.0], [1.0, 1.0], [0.0, 1.0]], dtype=torch.float64)
    x = torch.rand(5, 3, dtype=torch.float64) * 2 - 1
    z = x if layer.norm is None else layer.norm(x)
    phi = basis.evaluate(z, layer.grid)
    expected = layer.bias.repeat(5, 1)
    for i in range(3):
        for o in range(2):
            spline = sum(layer.coef[i, g, o] * phi[:, i, g] for g in range(basis.num_basis))
            edge = layer.base_weight[i, o] * torch.nn.functional.silu(x[:, i])
            edge = layer.mask[i, o] * (edge + layer.coef_scale[i, o] * spline)
            expected[:, o] = expected[:, o] + edge
    assert torch.allclose(layer(x), expected, atol=1e-12)


NORMS = (None, "layer", "affine", "tanh", "batch_minmax")


@pytest.mark.parametrize(
    ("norm", "basis"),
    [*zip(cycle(NORMS), BASES, strict=False), *zip(NORMS, BASES[1:], strict=False)],
)
def test_gradcheck_of_a_layer(norm, basis):
    """Each basis, and each norm with several. Every entry is perturbed: few of them. The operator's
    own checks have several outputs."""
    layer = make_layer(basis, out_features=1, norm=norm)
    x = torch.rand(3, 3, dtype=torch.float64) * 1.6 - 0.8
    parameters = dict(layer.named_parameters())
    names = list(parameters)

    def run(x, *values):
        return functional_call(layer, dict(zip(names, values, strict=True)), (x,))

    inputs = [x.requires_grad_(), *(p.detach().requires_grad_() for p in parameters.values())]
    assert torch.autograd.gradcheck(run, inputs)
    assert torch.autograd.gradgradcheck(run, inputs)


def test_func_transforms_on_a_model(default_basis):
    model = ew.KAN([3, 4, 2], basis=default_basis, dtype=torch.float64)
    x = torch.rand(5, 3, dtype=torch.float64) * 1.8 - 0.9
    jacobian = vmap(jacrev(model))(x)
    assert jacobian.shape == (5, 2, 3)
    curvature = vmap(hessian(model))(x)
    assert curvature.shape == (5, 2, 3, 3)
    step = 1e-5
    for k in range(3):
        shift = torch.zeros(3, dtype=torch.float64)
        shift[k] = step
        slope = (model(x + shift) - model(x - shift)) / (2 * step)
        assert torch.allclose(jacobian[..., k], slope, atol=1e-6, rtol=1e-5)
        bend = (vmap(jacrev(model))(x + shift) - vmap(jacrev(model))(x - shift)) / (2 * step)
        assert torch.allclose(curvature[..., k], bend, atol=1e-4, rtol=1e-4)


def test_vmap_over_an_ensemble_of_weights(default_basis):
    models = [ew.KAN([3, 2], basis=default_basis, dtype=torch.float64) for _ in range(3)]
    stacked = {
        k: torch.stack([dict(m.named_parameters())[k] for m in models]).detach()
        for k, _ in models[0].named_parameters()
    }
    x = torch.randn(5, 3, dtype=torch.float64)
    ours = vmap(lambda p: functional_call(models[0], p, (x,)))(stacked)
    assert torch.allclose(ours, torch.stack([m(x) for m in models]))


def test_compile_fullgraph(default_basis):
    torch._dynamo.reset()  # it compiles the same function for so many bases only
    torch.manual_seed(0)
    model = ew.KAN([3, 2], basis=default_basis)
    # The graph is traced alike by all backends, and the operator is one node of it. Only one
    # writes C++, and by itself it compiles 5 rows, then any number of them; another traces the
    # gradients, too, which torch derives from the graph: one basis is enough for each.
    backend = {"bspline": "inductor", "wavelet": "aot_eager"}.get(default_basis.name, "eager")
    dynamic = None if backend == "inductor" else True
    compiled = torch.compile(model, fullgraph=True, backend=backend, dynamic=dynamic)
    for rows in (5, 9):
        x = torch.randn(rows, 3, requires_grad=True)
        y = compiled(x)
        assert torch.allclose(y, model(x), atol=1e-5, rtol=1e-4)
        ours = torch.autograd.grad(y.square().sum(), [x, *model.parameters()])
        true = torch.autograd.grad(model(x).square().sum(), [x, *model.parameters()])
        for a, b in zip(ours, true, strict=True):
            assert torch.allclose(a, b, atol=1e-4, rtol=1e-3)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.bfloat16, torch.float16])
def test_dtypes(default_basis, dtype):
    layer = make_layer(default_basis).to(dtype)
    x = torch.rand(4, 3, dtype=dtype, requires_grad=True)
    y = layer(x)
    assert y.dtype == dtype
    y.float().sum().backward()
    assert x.grad.dtype == dtype
    assert layer.coef.grad.dtype == dtype


def test_save_and_load_is_bitwise(basis, tmp_path):
    model = ew.KAN([3, 4, 2], basis=basis, norm="affine")
    with torch.no_grad():
        model.layers[1].mask = torch.ones(4, 2)
        model.layers[1].mask[0, 0] = 0
        for p in model.parameters():
            p.add_(torch.randn_like(p))
    ew.save(model, tmp_path / "m.safetensors")
    again = ew.load(tmp_path / "m.safetensors")
    x = torch.rand(7, 3)
    assert torch.equal(model(x), again(x))
    assert again.to_config() == model.to_config()
    assert [p.requires_grad for p in again.parameters()] == [True] * len(list(model.parameters()))


def test_activations_keep_their_scale_through_depth(basis):
    model = ew.KAN([64] * 9, basis=basis, seed=torch.Generator().manual_seed(0))
    x = torch.randn(500, 64, generator=torch.Generator().manual_seed(2))
    with torch.no_grad():
        for layer in model.layers:
            x = layer(x)
            assert 1 / 3 <= float(x.std()) <= 3
            assert 1 / 3 <= float(x.std(0).mean()) <= 3  # what tells one row from another


def test_explain_names_engine_and_reason(default_basis):
    model = ew.KAN([3, 4, 2], basis=default_basis)
    expected = "native (fused C++"
    if default_basis.name not in native.bases():
        missing = f"native engine has no kernel for {default_basis.name}"
        expected = f"reference (the {'C++' if native.unavailable() else missing}"
    lines = ew.nn.explain_engines(model, torch.rand(1, 3)).splitlines()
    for k, line in enumerate(lines):
        assert line.startswith(f"layers.{k}: {expected}")
    assert len(lines) == 2
    model.layers[0].engine = "reference"
    model.layers[1].base = torch.sin
    lines = ew.nn.explain_engines(model, torch.rand(1, 3)).splitlines()
    assert lines[0] == "layers.0: reference (asked for)"
    assert "reference (" in lines[1]


def takes(engine, basis):
    """Whether the engine computes the basis here; what the native one lists it has to."""
    if engine.name == "native":
        return basis.name in native.bases()
    layer = make_layer(basis, norm=None)
    arguments = (layer.coef, layer.base_weight, layer.bias, list(layer.grid), basis, layer.base)
    return engine.obstacle(Call(torch.rand(4, 3).double(), None, *arguments)) is None


# The Triton engine needs a GPU and knows no float64: tests/engines/test_triton.py is about it.
PAIRS = [
    pytest.param(engine, basis, id=f"{engine.name}-{basis}")
    for engine in ENGINES
    for basis in ALL
    if takes(engine, basis)
]


def test_the_reference_takes_every_basis():
    assert {str(p.values[1]) for p in PAIRS if p.values[0].name == "reference"} == {*map(str, ALL)}


@pytest.mark.parametrize(("engine", "basis"), [p for p in PAIRS if p.values[0].name != "reference"])
@pytest.mark.parametrize("norm", [None, "affine", "layer", "tanh"])
def test_every_engine_gives_the_reference_and_its_gradients(basis, engine, norm):
    model = ew.KAN([3, 40, 2], basis=basis, norm=norm, coef_scale=True, dtype=torch.float64)
    x = (torch.rand(50, 3, dtype=torch.float64) * 2 - 1).requires_grad_()
    first = model.layers[0]
    arguments = (first.coef, first.base_weight, first.bias, first.grid, basis, first.base)
    assert engine.obstacle(Call(x, None, *arguments)) is None
    dy = torch.randn(50, 2, dtype=torch.float64)
    results = []
    for name in (engine.name, "reference"):
        for layer in model.layers:
            layer.engine = name
        y = model(x)
        wanted = [x, *model.parameters()]
        results.append([y, *torch.autograd.grad(y, wanted, dy, materialize_grads=True)])
    for ours, exact in zip(*results, strict=True):
        assert (ours - exact).norm() <= 1e-12 * exact.norm()


@pytest.mark.parametrize("engine", ENGINES, ids=lambda e: e.name)
def test_every_engine_describes_itself_and_names_its_obstacles(engine):
    layer = ew.KANLinear(3, 2, base=torch.sin, engine=engine.name)
    assert engine.describe()
    call = Call(torch.rand(4, 3), None, layer.coef, None, None, layer.grid, layer.basis, torch.sin)
    if reason := engine.obstacle(call):
        with pytest.raises(ValueError, match=f"engine='{engine.name}' to compute .*{reason}"):
            layer(call.x)
    else:
        assert torch.equal(engine.run(call), kan_linear(*call))
