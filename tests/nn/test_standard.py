"""The normalisation "standard": a map made from the first rows of training, and then kept."""

import copy

import pytest
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from torch.utils.checkpoint import checkpoint

import edgewise as ew
from edgewise.nn.standard import Standard, StandardAffine

F64 = torch.float64


def rows(count, features=3, seed=0, dtype=F64):
    return torch.randn(count, features, dtype=dtype, generator=torch.Generator().manual_seed(seed))


BOTH = pytest.mark.parametrize("norm", ["standard", "standard_affine"])


def layer(features=3, dtype=F64, **settings):
    generator = torch.Generator().manual_seed(0)
    settings = {"norm": "standard", "seed": generator} | settings
    return ew.KANLinear(features, 2, dtype=dtype, **settings)


def state(module):
    return {name: tensor.clone() for name, tensor in module.state_dict().items()}


def is_same(before, after):
    return all(torch.equal(before[name], after[name]) for name in before)


def check_moments(norm, x):
    torch.testing.assert_close(norm.mean, x.mean(0).to(norm.mean))
    torch.testing.assert_close(norm.variance, x.var(0, correction=0).to(norm.variance))
    z = norm.eval()(x)
    torch.testing.assert_close(z.mean(0), norm.centre.to(z), atol=1e-5, rtol=0)
    # A deviation of 1, or a greatest distance of 3 where that is nearer.
    deviation, reach = x.std(0, correction=0), (x - x.mean(0)).abs().amax(0)
    size = norm.unit.to(z) * deviation / torch.maximum(deviation, reach / 3)
    torch.testing.assert_close(z.std(0, correction=0), size, atol=1e-5, rtol=1e-5)
    assert ((z - norm.centre.to(z)).abs().amax(0) <= 3.0001 * norm.unit.to(z)).all()


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
@pytest.mark.parametrize("dtype", [torch.float32, F64])
def test_columns_of_any_scale_have_mean_0_and_deviation_1(scale, dtype):
    x = (scale * (3 + rows(200))).to(dtype)
    norm = Standard(3, dtype=dtype)
    norm.follow(x)
    check_moments(norm, x)
    aimed = Standard(3, dtype=dtype, centre=0.5, unit=0.25)
    aimed.follow(x)
    check_moments(aimed, x)


def test_a_rare_flag_is_not_blown_up():
    x = torch.zeros(900, 1, dtype=F64)
    x[::300] = 1000.0
    norm = Standard(1, dtype=F64)
    for part in x.split(150):
        norm.follow(part)
    assert norm(x).max() == pytest.approx(3)
    assert norm(x).mean().abs() < 1e-12


def test_before_any_row_nothing_happens_but_the_aim():
    x = rows(5)
    assert torch.equal(Standard(3, dtype=F64)(x), x)
    assert torch.equal(Standard(3, dtype=F64, centre=0.5, unit=0.25)(x), 0.5 + 0.25 * x)
    norm = Standard(3, dtype=F64)
    norm.follow(x[:0])
    assert torch.equal(norm(x), x)


@pytest.mark.parametrize("value", [0.0, 0.1, -7.0, 1e9 / 3])
@pytest.mark.parametrize("count", [1, 3, 1500])
@pytest.mark.parametrize("dtype", [torch.float32, F64])
def test_a_constant_is_moved_to_the_centre_and_not_blown_up(value, count, dtype):
    x = torch.full((count, 1), value, dtype=dtype)
    norm = Standard(1, dtype=dtype)
    for part in x.split(700):
        norm.follow(part)
    assert norm.scale == 1
    assert norm(x).abs().max() <= abs(value) * 4 * torch.finfo(dtype).eps


def test_what_is_not_finite_is_not_counted():
    x = rows(300)
    holes = x.clone()
    holes[::3, 1] = torch.nan
    holes[5, 0], holes[7, 0] = torch.inf, -torch.inf
    norm = Standard(3, dtype=F64)
    norm.follow(holes)
    known = [holes[:, k][holes[:, k].isfinite()] for k in range(3)]
    torch.testing.assert_close(norm.mean, torch.stack([t.mean() for t in known]))
    expected = torch.stack([t.var(correction=0) for t in known])
    torch.testing.assert_close(norm.variance, expected)
    assert norm.count.tolist() == [298, 200, 300]
    nothing = Standard(3, dtype=F64)
    nothing.follow(torch.full((9, 3), torch.nan, dtype=F64))
    assert torch.equal(nothing(x), x)


@pytest.mark.parametrize("sizes", [[1] * 900, [300, 300, 300], [899, 1], [2, 0, 898]])
@pytest.mark.parametrize("dtype", [torch.float32, F64, torch.bfloat16])
def test_rows_over_several_batches_are_one_batch(sizes, dtype):
    x = (50 + 3 * rows(900)).to(dtype)
    once, often = Standard(3, dtype=dtype), Standard(3, dtype=dtype)
    once.follow(x)
    for part in x.split(sizes):
        often.follow(part)
    assert often.count.tolist() == [900] * 3
    torch.testing.assert_close(often.mean, once.mean)
    torch.testing.assert_close(often.variance, once.variance)


def test_after_its_rows_the_map_is_fixed():
    model = layer()
    model(5 + rows(600))
    model(5 + rows(500, seed=1))
    norm = model.norm
    both = 5 + torch.cat([rows(600), rows(500, seed=1)])
    check_moments(norm, both)
    before = state(norm.train())
    model(1000 * rows(600, seed=2))
    assert is_same(before, norm.state_dict())


@BOTH
def test_it_is_new_until_it_sees_a_row_or_is_settled(norm):
    made = layer(norm=norm)
    assert made.norm.is_new
    made(rows(2))
    assert not made.norm.is_new
    made.norm.reset_parameters()
    assert made.norm.is_new
    assert not ew.nn.settle(layer(norm=norm)).norm.is_new


def test_the_first_batch_alone_may_suffice_and_all_of_it_counts():
    model = layer()
    x = 5 + rows(3000)
    model(x)
    check_moments(model.norm, x)


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_half_precision_counts_to_the_end(dtype):
    norm = Standard(1, dtype=dtype)
    for part in rows(1000, 1, dtype=torch.float32).to(dtype).split(1):
        norm.follow(part)
    before = state(norm)
    norm.follow(100 + rows(50, 1).to(dtype))
    assert is_same(before, norm.state_dict())


def test_evaluation_and_calls_without_gradients_leave_it():
    model, x = layer(), 5 + rows(50)
    before = state(model)
    with torch.no_grad():
        model(x)
    with torch.inference_mode():
        model(x)
    model.eval()
    model(x)
    model.features(x), model.train().edge_values(x), model.norm(x)
    assert is_same(before, model.state_dict())
    model(x)
    assert not is_same(before, model.state_dict())


@BOTH
def test_training_and_evaluation_see_the_same_map(norm):
    model, x = layer(norm=norm), 5 + rows(50)
    assert torch.equal(model(x), model.eval()(x))


@BOTH
def test_two_calls_before_the_backward_pass(norm):
    model, x = layer(norm=norm), 5 + rows(50)
    first = model(x)
    moved = state(model)
    twin = copy.deepcopy(model).eval()
    model(3 * rows(50, seed=1))  # moves the map, in place
    assert not is_same(moved, model.state_dict())
    gradient = torch.autograd.grad(first.square().sum(), model.coef)[0]
    expected = torch.autograd.grad(twin(x).square().sum(), twin.coef)[0]
    torch.testing.assert_close(gradient, expected)


@BOTH
def test_rows_that_a_checkpoint_computes_again_count_once(norm):
    """Gradients are those of the plain layers while their maps still move."""
    plain = torch.nn.Sequential(*(ew.KANLinear(3, 3, dtype=F64, norm=norm) for _ in range(2)))
    other = copy.deepcopy(plain)
    for seed in range(4):
        x = (1 + seed) * rows(50, seed=seed) + seed
        plain(x).square().sum().backward()
        checkpoint(other, x, use_reentrant=False).square().sum().backward()
    for a, b in zip(plain.parameters(), other.parameters(), strict=True):
        torch.testing.assert_close(a.grad, b.grad)
    assert is_same(state(plain), state(other))


def test_a_checkpoint_whose_first_pass_has_no_gradients_counts_in_the_second():
    model, x = layer(), 5 + rows(50).requires_grad_()
    for _ in range(2):
        checkpoint(model, x, use_reentrant=True).sum().backward()
    assert model.norm.count.tolist() == [100] * 3


@BOTH
def test_gradients_with_respect_to_inputs(norm):
    model = layer(norm=norm)
    model(5 + rows(1000))
    model.eval()
    x = (5 + rows(4)).requires_grad_()
    assert torch.autograd.gradcheck(model, (x,))
    assert torch.autograd.gradgradcheck(model, (x,))


def test_compiled_whole_it_learns_the_same_map():
    model = layer(dtype=torch.float32)
    compiled = torch.compile(copy.deepcopy(model), fullgraph=True, backend="aot_eager")
    for seed in range(4):
        x = 5 + rows(400, seed=seed, dtype=torch.float32)
        torch.testing.assert_close(compiled(x), model(x))
    mine, theirs = model.state_dict(), compiled._orig_mod.state_dict()
    for name, tensor in mine.items():
        torch.testing.assert_close(theirs[name], tensor)
    assert (model.norm.count >= 1000).all()


def test_transforms_leave_it():
    model, x = layer(), 5 + rows(50)
    before = state(model)
    parameters = dict(model.named_parameters())

    def loss(parameters, x):
        return torch.func.functional_call(model, parameters, (x,)).square().sum()

    torch.func.grad(loss)(parameters, x)
    torch.func.vmap(torch.func.grad(loss), (None, 0))(parameters, x[:, None])
    torch.func.jvp(model, (x,), (torch.ones_like(x),))
    torch.func.jacrev(model)(x[:2])
    torch.func.vmap(model)(x)
    assert is_same(before, model.state_dict())


@pytest.mark.parametrize("training", [True, False])
def test_settled_by_rows_a_model_is_trained_by_transforms(training):
    model, twin, x = layer().train(training), layer(), 5 + rows(50)
    twin(x)
    assert ew.nn.settle(model, x) is model
    assert model.norm.is_settled
    assert model.training == training
    assert torch.equal(model(x), twin(x))
    before = state(model)
    parameters = dict(model.named_parameters())

    def loss(parameters):
        return torch.func.functional_call(model, parameters, (x,)).square().mean()

    gradients = torch.func.grad(loss)(parameters)
    twin(x).square().mean().backward()
    torch.testing.assert_close(gradients["coef"], twin.coef.grad)
    model(7 + rows(900))
    assert is_same(before, model.state_dict())


def test_settled_without_rows_maps_stay_as_they_are():
    model, x = ew.KAN([3, 4, 1], norm="standard", dtype=F64), 5 + rows(50)
    model(x)
    expected = model.eval()(x)
    ew.nn.settle(model).train()(9 + rows(900))
    assert torch.equal(model(x), expected)
    with pytest.raises(TypeError, match="expected a torch"):
        ew.nn.settle(x)


def test_settling_leaves_other_parts_in_their_mode():
    norm = torch.nn.BatchNorm1d(3, dtype=F64).eval()
    model = torch.nn.Sequential(norm, layer(), torch.nn.Linear(2, 1, dtype=F64))
    before = state(norm)
    ew.nn.settle(model, 5 + rows(50))
    assert is_same(before, norm.state_dict())
    assert [part.training for part in model] == [False, True, True]
    assert model[1].norm.is_settled


def test_functional_call_with_buffers_moves_these_alone():
    model, x = layer(), 5 + rows(50)
    before = state(model)
    given = copy.deepcopy(before)
    y = torch.func.functional_call(model, given, (x,))
    assert is_same(before, model.state_dict())
    torch.testing.assert_close(given["norm.mean"], x.mean(0))
    torch.testing.assert_close(y, model(x))


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_it_can_be_made_half_precise(dtype):
    model = ew.KAN([3, 4, 1])
    x = 5 + rows(1200, dtype=torch.float32)
    exact = model(x).detach()
    half = copy.deepcopy(model).to(dtype)
    assert half.stack()[0].norm.count.dtype == torch.int64
    difference = (half(x.to(dtype)).float() - exact).std() / exact.std()
    assert float(difference.detach()) < 0.1
    fresh = ew.KAN([3, 4, 1], dtype=dtype)
    fresh(x.to(dtype))
    torch.testing.assert_close(fresh.stack()[0].norm.mean.float(), x.mean(0), rtol=0.01, atol=0)


@BOTH
@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_statistics_stay_exact_in_half_precision(norm, dtype, tmp_path):
    # float16 has no variance above 65,504, and bfloat16 no numbers between 3,000 and 3,016.
    x = (3000 + 300 * rows(800, dtype=torch.float32)).to(dtype)
    made, cast = (layer(norm=norm, dtype=kind) for kind in (dtype, torch.float32))
    cast = copy.deepcopy(cast).to("cpu", dtype)
    for part in x.split(50):
        made(part)
        cast(part)
    assert cast.norm.variance.dtype == torch.float32
    assert cast.norm.scale.dtype == dtype
    assert is_same(state(made.norm), cast.norm.state_dict())
    torch.testing.assert_close(cast.norm.variance, x.float().var(0, correction=0))
    ew.save(nn.Sequential(cast), tmp_path / "half")
    assert is_same(state(cast), ew.load(tmp_path / "half")[0].state_dict())
    assert cast.double().norm.variance.dtype == F64


@pytest.mark.parametrize("seen", [40, 1200])
def test_a_saved_model_goes_on_where_it_was(tmp_path, seen):
    model = ew.KAN([3, 4, 1], seed=torch.Generator().manual_seed(0))
    model(5 + rows(seen, dtype=torch.float32))
    ew.save(model, tmp_path / "model")
    loaded = ew.load(tmp_path / "model")
    copied = ew.KAN([3, 4, 1])
    copied.load_state_dict(model.state_dict())
    x = 20 + rows(100, seed=1, dtype=torch.float32)
    for other in (loaded, copied):
        assert is_same(state(model), other.state_dict())
    expected = model.train()(x)
    for other in (loaded, copied):
        assert torch.equal(other.train()(x), expected)
        assert is_same(state(model), other.state_dict())


def test_a_model_whose_grid_has_moved_keeps_its_map_when_it_is_read_and_trained(tmp_path):
    x = 5 + 3 * rows(60, dtype=torch.float32)
    model = ew.KAN([3, 4, 1], basis="gaussian")
    model(x)
    ew.grids.fit_range(model, x)
    ew.save(model, tmp_path / "model")
    loaded = ew.load(tmp_path / "model")
    y = 3 * rows(60, seed=1, dtype=torch.float32)
    assert torch.equal(loaded.train()(y), model.train()(y))


@pytest.mark.parametrize("stop", [2, 7])
def test_a_resumed_fit_is_the_fit_bit_for_bit(tmp_path, stop):
    x = 5 + 3 * rows(600, dtype=torch.float32)
    y = x.prod(1, keepdim=True).sin()

    def fit(model, steps, **options):
        generator = torch.Generator().manual_seed(0)
        options |= {"seed": generator, "progress": False}
        ew.fit(model, x, y, steps=steps, batch_size=200, **options)

    def make():
        return ew.KAN([3, 4, 1], seed=torch.Generator().manual_seed(0))

    whole, parts = make(), make()
    fit(whole, 10)
    fit(parts, stop, checkpoint_dir=tmp_path, resume=True)
    parts = make()
    fit(parts, 10, checkpoint_dir=tmp_path, resume=True)
    assert is_same(whole.state_dict(), parts.state_dict())


def test_it_begins_anew_with_its_layer():
    model, x = layer(basis="chebyshev"), 5 + rows(1200)
    before = state(model.norm)
    model(x)
    assert not is_same(before, model.norm.state_dict())
    model.reset_parameters()
    assert is_same(before, model.norm.state_dict())
    model(x)
    check_moments(model.norm, x)


@pytest.mark.parametrize("kind", [Standard, StandardAffine])
def test_features_kept_and_reordered_go_on_learning(kind):
    norm, x = kind(3, dtype=F64), rows(200) * torch.tensor([1.0, 10, 100]) + 7
    with torch.no_grad():
        for parameter in norm.parameters():
            parameter.copy_(rows(1)[0])
    order = torch.tensor([2, 0])
    norm.follow(x[:100])
    other = copy.deepcopy(norm)
    other.keep(order)
    norm.follow(x[100:])
    other.follow(x[100:, order])
    assert torch.equal(other(x[:, order]), norm(x)[:, order])


def test_the_base_activation_sees_the_map():
    model = layer(base="silu")
    x = 1e6 + rows(1200)
    model(x)
    psi = model.features(x)[..., -1]
    assert torch.equal(psi, torch.nn.functional.silu(model.norm(x)))


@pytest.mark.parametrize("use_buffers", [False, True])
@pytest.mark.parametrize("decay", [None, 0.9, 0.999])
def test_an_average_of_settled_networks_is_settled(use_buffers, decay):
    """Averages of integers are rounded down; the average would collect more rows for that."""
    average = None if decay is None else get_ema_multi_avg_fn(decay)
    model = ew.KAN([3, 4, 1], seed=torch.Generator().manual_seed(0))
    averaged = AveragedModel(model, multi_avg_fn=average, use_buffers=use_buffers)
    for seed in range(20):
        model(5 + rows(100, seed=seed, dtype=torch.float32))
        averaged.update_parameters(model)
    before = state(averaged.module)
    averaged.module.train()(50 + rows(100, dtype=torch.float32))
    assert is_same(before, averaged.module.state_dict())


def test_the_trained_scale_follows_the_statistics():
    norm, x = (
        StandardAffine(3, dtype=F64, centre=0.5, unit=2.0),
        1e4 + 300 * rows(1200).clamp(-1, 1),
    )
    norm.follow(x)
    with torch.no_grad():
        norm.gain.copy_(torch.tensor([1.0, 3.0, -0.5]))
        norm.offset.copy_(torch.tensor([0.0, 1.0, 2.0]))
    z = 0.5 + norm.gain * 2 * (x - x.mean(0)) / x.std(0, correction=0) + norm.offset
    torch.testing.assert_close(norm(x), z, rtol=1e-9, atol=1e-9)
    composed = copy.deepcopy(norm)
    with torch.no_grad():
        composed.compose(torch.tensor([2.0, -1.0, 0.5]), torch.tensor([1.0, 0.0, -3.0]))
    aim = norm(x) * torch.tensor([2.0, -1.0, 0.5]) + torch.tensor([1.0, 0.0, -3.0])
    torch.testing.assert_close(composed(x), aim, rtol=1e-9, atol=1e-9)
    assert torch.autograd.gradcheck(
        lambda gain, offset: torch.func.functional_call(
            norm.eval(), {"gain": gain, "offset": offset}, (x[:4],)
        ),
        tuple(p.detach().clone().requires_grad_() for p in norm.parameters()),
    )


@pytest.mark.parametrize(
    ("columns", "basis", "norms"),
    [
        (64, None, ("standard_affine", "affine")),
        (65, None, ("standard", None)),
        (65, "fourier", ("standard", "affine")),  # its domain isn't where the inputs are
        (65, ew.Gaussian(5), (None, None)),  # as published
    ],
)
def test_networks_of_few_columns_train_scales(columns, basis, norms):
    first, second = ew.KAN([columns, 3, 1], basis=basis).stack()
    assert (first.norm_name, second.norm_name) == norms


def test_ranges_of_features_are_taken_over_all_other_dimensions():
    x = torch.rand(2, 5, 3, dtype=torch.float64) * torch.tensor([1.0, 10.0, 0.1]) + 4
    scale, shift = Standard(3, dtype=torch.float64).span_(x, -1.0, 1.0).affine_map()
    mapped = x.reshape(10, 3) * scale + shift
    torch.testing.assert_close(mapped.amin(0), -torch.ones(3, dtype=torch.float64))
    torch.testing.assert_close(mapped.amax(0), torch.ones(3, dtype=torch.float64))


@pytest.mark.parametrize("made_inside", [True, False])
def test_a_model_of_inference_mode_is_told_how_to_train(made_inside):
    """Its tensors can't be changed outside, not by the first training step either."""
    x = torch.rand(9, 2, dtype=torch.float64)
    model = ew.KAN([2, 1])
    with torch.inference_mode():
        model = ew.KAN([2, 1]).double() if made_inside else model.double()
    for train in (lambda: model(x), lambda: ew.fit(model, x, x[:, :1], steps=1, progress=False)):
        with pytest.raises(ValueError, match=r"or take copy\.deepcopy\(model\) there"):
            train()
    copied = copy.deepcopy(model)
    copied(x).sum().backward()
    assert copied.stack()[0].norm.count.tolist() == [9, 9]
