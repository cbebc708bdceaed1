"""Under autocast a layer answers autocast's type, as nn.Linear does, and computes in float32."""

import pytest
import torch
from every_basis import BASES, KNOWN_DEFAULTS
from torch import nn

import edgewise as ew
from edgewise.engines import native
from every_pair import every_pair

HALF = [torch.bfloat16, torch.float16]
ENGINES = [None, "reference"]
NORMS = [None, "layer", "batch_minmax"]  # known to engines, and not


def autocast(dtype=torch.bfloat16, enabled=True):
    return torch.autocast("cpu", dtype, enabled=enabled)


def make_layer(basis, **settings):
    generator = torch.Generator().manual_seed(0)
    return ew.KANLinear(5, 4, basis=basis, seed=generator, **settings)


def make_inputs(**settings):
    return torch.randn(7, 5, generator=torch.Generator().manual_seed(1), **settings)


@every_pair(default_basis=BASES, norm=NORMS, engine=ENGINES, dtype=HALF)
def test_the_output_is_rounded_once(default_basis, norm, engine, dtype):
    """Bit for bit: whatever is narrowed inside shows."""
    layer, x = make_layer(default_basis, norm=norm, engine=engine), make_inputs()
    with autocast(dtype):
        y = layer(x)
        narrow = layer(x.to(dtype))
    assert y.dtype == dtype
    assert torch.equal(y, layer(x).to(dtype))
    assert torch.equal(narrow, layer(x.to(dtype).float()).to(dtype))


@pytest.mark.parametrize("engine", ENGINES)
def test_the_default_layer_standardises_in_float32(engine):
    """Of columns in thousands bfloat16 keeps two digits."""
    generator = torch.Generator().manual_seed(0)
    layer = ew.KANLinear(5, 4, norm="standard", engine=engine, seed=generator)
    x = 5000 + 10 * make_inputs()
    with autocast():
        y = layer.train()(x)
        assert torch.equal(layer.eval()(x), layer(x))
    assert y.dtype == torch.bfloat16
    assert layer.norm.scale.dtype == torch.float32
    assert torch.equal(y, layer(x).bfloat16())
    assert y.float().std() > 0.1


@pytest.mark.parametrize("engine", ENGINES)
def test_gradients_have_the_types_of_what_they_belong_to(default_basis, engine):
    layer, x = make_layer(default_basis, engine=engine), make_inputs(requires_grad=True)
    found = []
    for run in (lambda: layer(x).bfloat16(), lambda: layer(x)):
        with autocast(enabled=bool(found)):
            y = run()
        found.append(torch.autograd.grad(y.float().square().sum(), [x, *layer.parameters()]))
    for wanted, grad in zip(*found, strict=True):
        assert grad.dtype == torch.float32
        assert torch.equal(grad, wanted)


@pytest.mark.parametrize("inner", [torch.float32, torch.float64])
def test_a_context_without_it_and_float64_are_left_alone(default_basis, inner):
    layer, x = make_layer(default_basis).to(inner), make_inputs(dtype=inner)
    with autocast():
        outer = layer(x)
        with autocast(enabled=False):
            y = layer(x)
            with autocast(torch.float16):
                third = layer(x)
        assert torch.is_autocast_enabled("cpu")  # the layer leaves the context as it is
    assert y.dtype == inner
    assert torch.equal(y, layer(x))
    wide = inner == torch.float64
    assert outer.dtype == (inner if wide else torch.bfloat16)
    assert third.dtype == (inner if wide else torch.float16)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_types_are_those_of_linear_layers(default_basis, dtype):
    linear, layer = nn.Linear(5, 4).to(dtype), make_layer(default_basis).to(dtype)
    x = make_inputs(dtype=dtype)
    with autocast():
        assert layer(x).dtype == linear(x).dtype


@pytest.mark.parametrize("engine", ENGINES)
def test_a_half_layer_answers_the_type_of_the_context(default_basis, engine):
    layer, x = make_layer(default_basis, engine=engine).bfloat16(), make_inputs().bfloat16()
    with autocast(torch.float16):
        y = layer(x)
    assert y.dtype == torch.float16
    assert torch.equal(y, layer(x).half())


def test_the_function_obeys_it(default_basis):
    grid = default_basis.init_grid(3)
    coef = torch.randn(3, default_basis.num_basis, 2)
    x, z = torch.rand(6, 3), torch.rand(6, 3)
    for normalized in (None, z, z.bfloat16()):
        with autocast():
            y = ew.functional.kan_linear(
                x, coef, basis=default_basis, grid=grid, normalized=normalized
            )
        plain = ew.functional.kan_linear(
            x, coef, basis=default_basis, grid=grid, normalized=normalized
        )
        assert torch.equal(y, plain.bfloat16())
        assert plain.dtype == torch.float32
    with pytest.raises(ValueError, match="expected inputs in the parameters' dtype"):
        ew.functional.kan_linear(x.bfloat16(), coef, basis=default_basis, grid=grid)


@pytest.mark.parametrize(
    ("make", "shape"),
    [
        (lambda: ew.KAN([3, (2, 2), 2]), (6, 3)),
        (lambda: ew.KAN([3, 16, 16], post="layernorm_silu"), (6, 3)),
        (lambda: ew.FastKAN([3, 4, 2]), (6, 3)),
        (lambda: ew.nn.KANConv2d(3, 4, 3, basis=ew.Gaussian(4)), (2, 3, 6, 6)),
        (lambda: ew.nn.KANConv2d(3, 4, 3, basis=ew.Gaussian(4), memory=1), (2, 3, 6, 6)),
        (lambda: ew.nn.KANFeedForward(8), (2, 5, 8)),
        (lambda: ew.nn.RationalLinear(8, 4), (2, 8)),
        (lambda: ew.replace_linear(nn.Sequential(nn.Linear(3, 4), nn.Linear(4, 2))), (6, 3)),
    ],
    ids=["products", "post", "fastkan", "conv", "recomputed conv", "feed", "rational", "replaced"],
)
def test_models_answer_autocasts_type(make, shape):
    torch.manual_seed(0)
    model, x = make(), torch.rand(shape)
    with autocast():
        y = model(x)
    assert y.dtype == torch.bfloat16
    assert torch.allclose(y.float(), model(x), atol=0.05, rtol=0.05)
    y.float().square().sum().backward()
    assert {p.grad.dtype for p in model.parameters()} == {torch.float32}


@pytest.mark.parametrize("engine", ENGINES)
def test_compiled(engine):
    model = ew.KAN([3, 4, 2], basis=ew.BSpline(4), engine=engine)
    compiled = torch.compile(model, fullgraph=True, backend="aot_eager")
    x = torch.rand(6, 3)
    for enabled in (True, False, True):
        with autocast(enabled=enabled):
            y, wanted = compiled(x), model(x)
        assert y.dtype == wanted.dtype
        assert torch.allclose(y.float(), wanted.float(), atol=1e-2 if enabled else 1e-6)
    y.float().sum().backward()
    assert all(p.grad.dtype == torch.float32 for p in model.parameters())


@pytest.mark.skipif(native.unavailable() is not None, reason="no native engine")
@pytest.mark.parametrize("basis", KNOWN_DEFAULTS, ids=str)
def test_derivatives_within_the_context_are_in_float32(basis):
    """A differential equation's loss asks for dy/dx where autocast is still on.

    The graph of bases without a kernel is torch's, whose products autocast narrows.
    """
    layer, x = make_layer(basis), make_inputs(requires_grad=True)
    with autocast():
        y = layer(x)
        (slope,) = torch.autograd.grad(y.float().sum(), x, create_graph=True)
    (wanted,) = torch.autograd.grad(layer(x).sum(), x, create_graph=True)
    assert slope.dtype == torch.float32
    assert torch.equal(slope, wanted)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_backward_pass_within_the_context_works(default_basis, engine):
    layer, x = make_layer(default_basis, engine=engine), make_inputs(requires_grad=True)
    with autocast():
        layer(x).float().square().sum().backward()
        layer.features(x).sum().backward()
    within = layer.coef.grad.clone()
    layer.coef.grad = None
    layer(x).square().sum().backward()
    assert within.dtype == torch.float32
    assert (within - layer.coef.grad).norm() <= 0.03 * layer.coef.grad.norm()


@pytest.mark.parametrize("dtype", HALF)
def test_a_training_step_with_a_scaler(dtype):
    """Gradients of the scaled loss, divided by the scale, are those of the loss."""
    model = ew.KAN([3, 4, 1], basis=ew.Gaussian(5), seed=torch.Generator().manual_seed(0))
    x, y = torch.rand(32, 3), torch.rand(32, 1)
    scaler = torch.amp.GradScaler("cpu", init_scale=2.0**8)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    with autocast(dtype):
        loss = nn.functional.mse_loss(model(x), y)
    assert loss.dtype == torch.float32
    scaler.scale(loss).backward()
    scaler.unscale_(optimizer)
    scaled = [p.grad.clone() for p in model.parameters()]
    optimizer.zero_grad()
    exact = nn.functional.mse_loss(model(x), y)
    exact.backward()
    for ours, parameter in zip(scaled, model.parameters(), strict=True):
        assert ours.dtype == torch.float32
        assert (ours - parameter.grad).norm() <= 0.05 * parameter.grad.norm() + 1e-4
        parameter.grad = ours
    scaler.step(optimizer)
    scaler.update()
    assert nn.functional.mse_loss(model(x), y) < exact
    assert scaler.get_scale() == 2.0**8
