"""Sparsity: the formula, its gradient, and what it leaves alone."""

import math
from itertools import product

import pytest
import torch
from torch import Tensor, nn

import edgewise as ew
from edgewise.engines import native
from edgewise.explain.edges import layer_inputs
from edgewise.training.regularize import METRICS, edge_deviation, watch_penalty
from every_pair import every_pair

from .helpers import mlp, same, weights

BASES = {
    "bspline": ew.BSpline(grid=4),
    "own knots": ew.BSpline(grid=3, degree=2, uniform=False),
    "gaussian": ew.Gaussian(5),
    "rswaf": ew.RSWAF(4),
    "legendre": ew.bases.Legendre(3),
}
TERMS = {"l1": (1.0, 0.0, 0.0, 0.0), "entropy": (0.0, 2.0, 0.0, 0.0), "coef": (0.0, 0.0, 1.0, 0.5)}
LAYERS = {
    "plain": {},
    "no base": {"base": None},
    "identity": {"base": "identity"},
    "callable": {"base": torch.sin},
    "layer": {"norm": "layer"},
    "affine": {"norm": "affine", "coef_scale": True},
    "reference": {"engine": "reference"},
}


def kan(basis="bspline", widths=(3, 4, 2), *, dtype=torch.float64, seed=0, **settings):
    generator = torch.Generator().manual_seed(seed)
    basis = BASES.get(basis, basis)
    return ew.KAN(widths, basis=basis, seed=generator, dtype=dtype, **settings)


def inputs(rows=20, features=3, *, dtype=torch.float64) -> Tensor:
    generator = torch.Generator().manual_seed(1)
    return torch.rand(rows, features, generator=generator, dtype=dtype) * 1.8 - 0.9


def masked(model: ew.KAN) -> ew.KAN:
    for layer in model.layers:
        layer.mask = torch.ones_like(layer.coef[:, 0])
        layer.mask[0, 0] = layer.mask[:, -1] = 0
    return model


def naive(model: ew.KAN, x: Tensor, s: ew.training.Sparsity) -> Tensor:
    """The class's formula, on what every edge adds."""
    reached = layer_inputs(model, x)
    total = torch.zeros((), dtype=x.dtype)
    score = torch.full((model.widths[-1],), 1 / model.widths[-1], dtype=x.dtype)
    for layer, h in reversed(list(zip(model.layers, reached[:-1], strict=True))):
        h = h[: s.rows]
        spread = layer.edge_values(h).std(0)
        if s.metric == "spread":
            v = spread / (h.std(0) + 0.1)[:, None]
        elif s.metric == "backward":
            v = spread * (score / (layer(h).std(0) + 1e-4))
            score = v.sum(1)
        else:
            coef, base = layer.edge_weights()
            every = coef if base is None else torch.cat([coef, base[:, None]], 1)
            v = every.abs().mean(1)
        rows, columns = v / (v.sum(1, keepdim=True) + 1), v / (v.sum(0, keepdim=True) + 1)
        by_row = -(rows * (rows + 1e-4).log2()).sum(1).mean()
        by_column = -(columns * (columns + 1e-4).log2()).sum(0).mean()
        coef = layer.edge_weights()[0]
        total = total + s.l1 * v.sum() + s.entropy * (by_row + by_column)
        total = total + s.coef * coef.abs().mean(1).sum()
        total = total + s.smoothness * coef.diff(dim=1).abs().mean(1).sum()
    return s.weight * total


def gradients(value: Tensor, model: nn.Module) -> list[Tensor]:
    params = list(model.parameters())
    found = torch.autograd.grad(value, params, allow_unused=True)
    return [torch.zeros_like(p) if g is None else g for p, g in zip(params, found, strict=True)]


@every_pair(metric=METRICS, basis=BASES, setting=LAYERS)
def test_value_and_gradient_are_those_of_the_formula(metric, basis, setting):
    model, x = masked(kan(basis, **LAYERS[setting])), inputs()
    penalty = ew.training.Sparsity(0.3, l1=0.7, coef=0.4, smoothness=0.2, metric=metric, rows=15)
    got, wanted = penalty(model, x), naive(model, x, penalty)
    torch.testing.assert_close(got, wanted, rtol=1e-10, atol=1e-12)
    pairs = zip(gradients(got, model), gradients(wanted, model), strict=True)
    for ours, theirs in pairs:
        # torch.std has a NaN-free gradient at the masked edges' 0 too.
        torch.testing.assert_close(ours, theirs, rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("term", TERMS)
def test_gradcheck(metric, term):
    model, x = kan("gaussian", (2, 1, 2), norm="affine", coef_scale=True), inputs(8, 2)
    l1, entropy, coef, smoothness = TERMS[term]
    penalty = ew.training.Sparsity(1.0, l1, entropy, coef, smoothness, metric)

    names = [f"model.{name}" for name, _ in model.named_parameters()]
    penalised = Penalised(model, penalty)

    def value(*params: Tensor) -> Tensor:
        return torch.func.functional_call(penalised, dict(zip(names, params, strict=True)), x)

    assert torch.autograd.gradcheck(value, tuple(model.parameters()))


class Penalised(nn.Module):
    def __init__(self, model: nn.Module, penalty: ew.training.Sparsity) -> None:
        super().__init__()
        self.model, self.penalty = model, penalty

    def forward(self, x: Tensor) -> Tensor:
        return self.penalty(self.model, x)


@pytest.mark.parametrize(
    ("engine", "isa", "basis"),
    [
        *product(["native"], native.isa_levels(), [ew.BSpline(4), ew.BSpline(40), ew.Gaussian(5)]),
        ("reference", native.isa_levels()[0], ew.BSpline(4)),  # the same for all of them
    ],
)
def test_deviations_of_many_sorted_float32_rows(isa, engine, basis):
    """The first rows, which kernels see first, are unlike the rest."""
    few, many = 16, 50_000
    x = torch.cat([torch.full((few, 17), -0.9), torch.full((many, 17), 0.3)])
    layer = kan(basis, (17, 3), dtype=torch.float32).layers[0]
    layer.engine = engine
    with native.use_isa(isa):
        found = edge_deviation(layer, x)
    first, last = layer.double().edge_values(x[[0, -1]].double())
    rows = few + many
    exact = (first - last).abs() * (few * many / rows / (rows - 1)) ** 0.5  # of two values
    assert (found.double() - exact).norm() <= 1e-3 * exact.norm()


@pytest.mark.parametrize("isa", native.isa_levels())
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("basis", BASES)
def test_a_nan_stays_with_its_input(isa, dtype, basis):
    layer, x = kan(basis, (20, 3), dtype=dtype).layers[0], inputs(30, 20, dtype=dtype)
    x[7, 5] = torch.nan
    layer.engine = "native"
    with native.use_isa(isa):
        broken = edge_deviation(layer, x).isnan()
    assert broken[5].all()
    assert broken.sum() == 3


@every_pair(
    isa=native.isa_levels(),
    basis=[*BASES.values(), ew.BSpline(40), ew.Chebyshev(5), ew.Fourier(3)],
    drawn=[(1, 1), (7, 1), (250, 1), (70, 4)],
)
def test_native_deviations_are_those_of_the_reference(isa, basis, drawn):
    rows, reach = drawn
    # More rows than one block of the kernels has, and odd numbers of inputs and outputs.
    generator = torch.Generator().manual_seed(0)
    settings = {"basis": basis, "norm": "affine", "seed": generator, "dtype": torch.float64}
    layer = masked(ew.KAN([37, 19], **settings)).layers[0]
    x = (reach * inputs(rows, 37)).requires_grad_()
    weight = inputs(37, 19)
    results = []
    with native.use_isa(isa):
        for engine in ("native", "reference"):
            layer.engine = engine
            e = edge_deviation(layer, x)
            wanted = [x, *(p for p in layer.parameters() if p is not layer.bias)]
            results.append([e, *torch.autograd.grad((e * weight).sum(), wanted)])
    for ours, theirs in zip(*results, strict=True):
        assert (ours - theirs).norm() <= 1e-9 * (1 + theirs.norm())


@pytest.mark.parametrize("basis", BASES)
def test_float32_follows_float64(basis):
    model, x = kan(basis, (5, 4, 3)), inputs(300, 5)
    wanted = ew.training.Sparsity(1.0)(model, x)
    exact = gradients(wanted, model)
    got = ew.training.Sparsity(1.0)(model.float(), x.float())
    assert got.dtype == torch.float32
    assert math.isclose(got.item(), wanted.item(), rel_tol=1e-4)
    for ours, theirs in zip(gradients(got, model), exact, strict=True):
        assert (ours.double() - theirs).norm() <= 1e-3 * (1e-3 + theirs.norm())


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_half_types_are_measured_in_float32(dtype):
    model, x = kan(dtype=dtype), inputs(dtype=dtype)
    penalty = ew.training.Sparsity(1.0, coef=1.0)(model, x)
    assert penalty.dtype == torch.float32
    assert all(g.isfinite().all() for g in gradients(penalty, model))


def zero(model: ew.KAN) -> ew.KAN:
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.zero_()
    return model


def dead(model: ew.KAN) -> ew.KAN:
    for layer in model.layers:
        layer.mask = torch.zeros_like(layer.coef[:, 0])
    return model


@every_pair(
    metric=METRICS,
    case=["zero weights", "dead edges", "constant", "one row", "flat"],
    engine=["native", "reference"],
    dtype=[torch.float32, torch.float64],
)
def test_finite_at_zero(metric, dtype, engine, case):
    model, x = kan(dtype=dtype, engine=engine), inputs(dtype=dtype)
    if case == "zero weights":
        zero(model)
    elif case == "dead edges":
        dead(model)
    elif case == "constant":
        x = torch.full_like(x, 0.3)
    elif case == "one row":
        x = x[:1]
    else:  # edges that are the same everywhere: B-splines sum to one
        with torch.no_grad():
            for layer in model.layers:
                layer.coef.fill_(0.7)
                layer.base_weight.zero_()
    penalty = ew.training.Sparsity(1.0, coef=0.1, smoothness=0.1, metric=metric)(model, x)
    assert penalty.isfinite()
    for gradient in gradients(penalty, model):
        assert gradient.isfinite().all()
        # "backward" divides by a node's deviation + 1e-4, and so does its gradient.
        assert gradient.abs().max() < (1e5 if metric == "backward" else 100)
    if metric != "coef" and case in ("zero weights", "dead edges"):
        assert penalty.item() == 0


def test_no_rows_no_penalty():
    model = kan()
    penalty = ew.training.Sparsity(1.0)(model, inputs(0))
    assert penalty.item() == 0
    assert all((g == 0).all() for g in gradients(penalty, model))


@pytest.mark.parametrize(
    ("optimizer", "metric"), [("lbfgs", "spread"), *(("adamw", metric) for metric in METRICS)]
)
def test_in_fit_it_is_what_it_is_alone(metric, optimizer):
    x, y = inputs(30), inputs(30, 2)
    penalty = ew.training.Sparsity(0.01, metric=metric, rows=20)
    results = []
    for regularizer in (penalty, lambda model, x: penalty(model, x)):
        model = kan()
        history = ew.fit(
            model, (x, y), steps=4, optimizer=optimizer, regularizer=regularizer, progress=False
        )
        results.append((history, model))
    (watched, first), (alone, second) = results
    assert watched.regularization == pytest.approx(alone.regularization, rel=1e-7)
    assert watched.regularization[0] == pytest.approx(naive(kan(), x, penalty).item(), rel=1e-10)
    for a, b in zip(weights(first), weights(second), strict=True):
        torch.testing.assert_close(a, b, rtol=1e-5, atol=1e-7)  # L-BFGS amplifies rounding


def test_fit_runs_the_model_once_a_step():
    model, x = kan(), inputs(30)
    calls = []
    model.register_forward_hook(lambda *_: calls.append(1))
    ew.fit(model, (x, x[:, :2]), steps=3, regularizer=ew.training.Sparsity(0.01), progress=False)
    assert len(calls) == 3 + 1  # the last call judges the weights that are returned
    assert not any(layer._forward_hooks for layer in model.layers)


def test_it_makes_a_network_sparse():
    x = inputs(60)
    y = torch.sin(3 * x[:, :1])
    unused = []
    for regularizer in (None, ew.training.Sparsity(1e-2)):
        model = kan(widths=(3, 2, 1))
        ew.fit(model, (x, y), steps=30, optimizer="lbfgs", regularizer=regularizer, progress=False)
        spread = edge_deviation(model.layers[0], x)
        unused.append((spread[1:].sum() / spread.sum()).item())
    assert unused[1] < 0.02 < unused[0]


def test_pure_and_without_randomness():
    model = nn.Sequential(nn.Dropout(0.5), nn.BatchNorm1d(3), kan(dtype=torch.float32))
    x, before, state = inputs(dtype=torch.float32), weights(model), torch.get_rng_state()
    first, second = (ew.training.Sparsity(1.0)(model, x) for _ in range(2))
    assert first.item() == second.item()
    assert torch.equal(torch.get_rng_state(), state)
    assert all(torch.equal(a, b) for a, b in zip(before, weights(model), strict=True))
    assert all(module.training for module in model.modules())
    assert all(p.grad is None for p in model.parameters())


def test_layers_inside_other_models():
    inner = kan(widths=(3, 2))
    model = nn.Sequential(nn.Linear(3, 3, dtype=torch.float64), inner)
    x, penalty = inputs(12).reshape(3, 4, 3), ew.training.Sparsity(0.5)
    got = penalty(model, x)
    wanted = naive(inner, model[0](x.reshape(-1, 3)), penalty)
    torch.testing.assert_close(got, wanted)
    assert torch.autograd.grad(got, model[0].weight)[0].abs().sum() > 0


def test_chosen_inputs_are_what_counts():
    model = kan(widths=(2, 2))
    model.set_inputs([2, 0], 3)
    x = inputs()
    plain = kan(widths=(2, 2))
    assert (
        ew.training.Sparsity(1.0)(model, x).item()
        == ew.training.Sparsity(1.0)(plain, x[:, [2, 0]]).item()
    )


def test_the_formula_of_pykan():
    """Numbers of its program (0.2.8): reg() of a [2, 2] layer whose sizes are 1, 2, 3, 4."""
    v = torch.tensor([[1.0, 2.0], [3.0, 4.0]], dtype=torch.float64)
    model = zero(kan(widths=(2, 2), base="identity"))
    x = torch.tensor([[-1.0, -1.0], [1.0, 1.0]], dtype=torch.float64)  # deviation √2
    with torch.no_grad():
        model.layers[0].base_weight.copy_(v * (math.sqrt(2) + 0.1) / math.sqrt(2))
    p = v / (v.sum(1, keepdim=True) + 1), v / (v.sum(0, keepdim=True) + 1)
    entropy = -sum((q * torch.log2(q + 1e-4)).sum() for q in p) / 2
    got = ew.training.Sparsity(1.0)(model, x)
    torch.testing.assert_close(got, 10 + 2 * entropy)


def test_other_regularizers_are_called_as_they_are():
    seen = []
    with watch_penalty(lambda model, x: seen.append((model, x)) or 3.0, "model", "x") as penalise:
        assert not seen
    assert penalise() == 3.0
    assert seen == [("model", "x")]
    with watch_penalty(None, "model", "x") as penalise:
        pass
    assert penalise() == 0.0


def test_autocast_measures_in_the_parameters_type():
    model = kan(dtype=torch.float32)
    x = inputs(dtype=torch.float32)
    history = ew.fit(
        model,
        (x, x[:, :2]),
        steps=2,
        precision="bfloat16",
        regularizer=ew.training.Sparsity(0.01),
        progress=False,
    )
    wanted = ew.training.Sparsity(0.01)(kan(dtype=torch.float32), x).item()
    assert history.regularization[0] == pytest.approx(wanted, rel=0.02)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"metric": "edge"}, "expected metric among .*spread.*'edge'.*leave it out"),
        ({"weight": -1.0}, r"expected weight from 0 to .* got -1.0"),
        ({"entropy": math.nan}, "expected entropy .* got nan"),
        ({"l1": math.inf}, "expected l1 .* got inf"),
        ({"rows": 0}, "expected rows .* got 0"),
    ],
)
def test_wrong_arguments(arguments, message):
    with pytest.raises(ValueError, match=message):
        ew.training.Sparsity(**{"weight": 1.0} | arguments)


def test_wrong_models():
    with pytest.raises(ValueError, match="KAN layers"):
        ew.training.Sparsity(1.0)(mlp(), inputs(dtype=torch.float32))
    other = nn.Sequential(kan(), nn.Tanh())
    with pytest.raises(TypeError, match=r"metric='backward'.*expected a KAN.*Sequential"):
        ew.training.Sparsity(1.0, metric="backward")(other, inputs())


def test_weight_zero_changes_nothing():
    x = inputs(30)
    models = [kan(), kan()]
    for model, regularizer in zip(models, (None, ew.training.Sparsity(0.0)), strict=True):
        ew.fit(model, (x, x[:, :2]), steps=3, regularizer=regularizer, progress=False)
    assert same(*models)
