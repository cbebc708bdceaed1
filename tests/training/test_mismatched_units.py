"""How fit begins with data in other units than a network's: a warning, and the mean or better."""

import warnings
from functools import cache

import pytest
import torch
from sklearn.datasets import load_diabetes, load_wine

import edgewise as ew
from edgewise.models.adapt_to_data import start_at_targets
from edgewise.training import OutsideWarning
from edgewise.training.mismatched_units import measure_outside


def read(load):
    x, y = load(return_X_y=True)
    return torch.tensor(x, dtype=torch.float32), torch.tensor(y)


def told(model, x, y, **settings):
    """What a run warns of, pointing to this file."""
    with warnings.catch_warnings(record=True) as met:
        warnings.simplefilter("always")
        ew.fit(model, x, y, progress=False, **settings)
    assert all((w.category, w.filename) == (OutsideWarning, __file__) for w in met)
    return [str(w.message) for w in met]


def make_plain(widths):
    """A network of before linear tails, whose splines are 0 beyond their grid."""
    return make(widths, basis=ew.BSpline())


def make(widths, **settings):
    return ew.KAN(widths, seed=torch.Generator().manual_seed(0), **settings)


@pytest.mark.parametrize(("optimizer", "steps"), [("adamw", 200), ("lbfgs", 10)])
def test_raw_columns_are_no_worse_than_the_mean(optimizer, steps):
    x, y = read(load_diabetes)
    model, y = make_plain([10, 5, 1]), y.float()[:, None]
    found = told(model, x, y, steps=steps, optimizer=optimizer)
    assert found[0].startswith("the targets spread by 77, the network's outputs by 0.38, which fit")
    assert found[1].startswith("layers.0: 36 of 72 functions never fire")
    assert float((model(x).detach() - y).square().mean() / y.var(correction=0)) < 1


def test_raw_columns_of_classes_are_no_worse_than_the_greatest_class():
    x, y = read(load_wine)
    model = make_plain([13, 5, 3])
    with pytest.warns(OutsideWarning, match=r"6\d% of the inputs.*put where they are.*for_data"):
        history = ew.fit(model, x, y, steps=200, lr=0.01, progress=False)
    assert history.metrics["accuracy"][-1] > 0.9
    assert ew.grids.coverage(model, x)["layers.0"].outside.max() == 0
    assert model.stack()[0].base is None


@pytest.mark.parametrize(("outside", "warns"), [(0.05, False), (0.2, True), (0.45, True)])
def test_more_than_a_tenth_outside_is_told_and_left(outside, warns):
    x = torch.linspace(-1, 1, 200)[:, None].repeat(1, 2) * 0.99
    x[: int(200 * outside)] += 3
    model = make_plain([2, 3, 1])
    before = [t.clone() for t in model.stack()[0].grid]
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        ew.fit(model, x, x[:, :1], steps=1, progress=False)
    assert [w.category for w in told] == [OutsideWarning] * warns
    assert all(w.filename == __file__ for w in told)
    assert all(torch.equal(a, b) for a, b in zip(before, model.stack()[0].grid, strict=True))
    assert model.stack()[0].base == "silu"


def test_a_grid_that_was_moved_stays():
    x = torch.rand(50, 2)
    model = ew.grids.fit_range(make_plain([2, 3, 1]), x, tolerance=1)
    with pytest.warns(OutsideWarning, match="fit_range"):
        ew.fit(model, x + 10, x[:, :1], steps=1, progress=False)
    assert float(model.stack()[0].basis.points(model.stack()[0].grid).max()) < 2


@pytest.mark.parametrize(
    ("basis", "optimizer", "steps"),
    [
        *((None, "adamw", 200), ("gaussian", "lbfgs", 10)),
        *(("chebyshev", "adamw", 200), ("fourier", "lbfgs", 10)),
    ],
)
def test_with_linear_tails_raw_columns_need_no_word(basis, optimizer, steps):
    x, y = read(load_diabetes)
    x = 1e3 + 1e4 * x * torch.logspace(-6, 6, 10)
    y = ((y - y.mean()) / y.std()).float()[:, None]
    model = make([10, 5, 1], basis=basis)
    assert told(model, x, y, steps=steps, optimizer=optimizer) == []
    assert float((model(x).detach() - y).square().mean() / y.var(correction=0)) < 0.7
    x, y = read(load_wine)
    model = make([13, 5, 3], basis=basis)
    assert told(model, x, y, steps=steps, optimizer=optimizer) == []
    assert float((model(x).argmax(1) == y).double().mean()) > 0.95


def test_the_outputs_are_judged_of_standardised_inputs():
    x, y = waves(100.0)
    found = [told(make([3, 5, 1]), scale * x, y, steps=1) for scale in (1.0, 1e6, 1e-6)]
    assert len(found[0]) == 1
    assert found[1] == found[2] == found[0]


def test_wide_functions_reach_beyond_their_centres():
    x = 2 * torch.rand(50, 9) - 1
    model = ew.presets.ImageKAN([9, 4, 2])  # a Gaussian at 1 that is .13 at -1
    grid = [t.clone() for t in model.stack()[0].grid]
    ew.fit(model, x, x[:, :2], steps=1, progress=False)
    assert all(torch.equal(a, b) for a, b in zip(grid, model.stack()[0].grid, strict=True))


def test_a_published_network_keeps_its_grid_and_its_base():
    x = 300 + torch.rand(50, 2)
    model = ew.presets.EfficientKAN([2, 3, 1])
    keys = list(model.state_dict())
    with pytest.warns(OutsideWarning, match="fit_range"):
        ew.fit(model, x, x[:, :1], steps=1, progress=False)
    assert list(model.state_dict()) == keys
    assert float(model.stack()[0].basis.points(model.stack()[0].grid).max()) < 3


def test_networks_that_rescale_or_have_no_grid_are_left_alone():
    torch.manual_seed(0)
    x = 100 * torch.rand(50, 4)
    for model in (
        ew.FastKAN([4, 3, 1]),
        ew.presets.ChebyKAN([4, 3, 1]),
        make([4, 3, 1], basis="fourier"),
    ):
        ew.fit(model, x, x[:, :1] / 100, steps=1, progress=False)


def test_an_output_far_from_its_targets_begins_at_their_mean():
    x = torch.rand(100, 2)
    y = torch.stack([1000 + x[:, 0], x[:, 1] - x[:, 1].mean()], 1)
    model = make([2, 3, 2])
    bias = model.stack()[-1].bias.detach().clone()
    start = model(x).detach()
    ew.fit(model, x, y, steps=1, optimizer="sgd", lr=1e-30, progress=False)
    moved = model.stack()[-1].bias - bias
    assert float(moved[0].detach()) == pytest.approx(float((y - start)[:, 0].mean()), rel=1e-5)
    left = (y - start)[:, 1]
    assert left.mean() ** 2 < 2 * left.var(correction=0)
    assert abs(float(moved[1].detach())) < 1e-20


@pytest.mark.parametrize("loss", ["mae", lambda p, y: (p - y).abs().mean()])
def test_other_losses_begin_where_the_network_is(loss):
    x = torch.rand(100, 2)
    model = make([2, 3, 1])
    bias = model.stack()[-1].bias.detach().clone()
    ew.fit(model, x, 1000 + x[:, :1], loss=loss, steps=1, optimizer="sgd", lr=1e-30, progress=False)
    assert torch.allclose(model.stack()[-1].bias.detach(), bias)


def waves(size, rows=300):
    x = 2 * torch.rand(rows, 3, generator=torch.Generator().manual_seed(1)) - 1
    y = torch.sin(3 * x[:, :1]) + x[:, 1:2] ** 2 * x[:, 2:]
    return x, 5 * size + size * (y - y.mean()) / y.std(correction=0)


def unexplained(model, x, y):
    return float((model(x).detach() - y).square().mean() / y.var(correction=0))


@cache
def unexplained_near_1(loss):
    x, y = waves(1.0)
    near = make([3, 5, 1])
    assert told(near, x, y - 5, steps=200, lr=0.01, loss=loss) == []
    return unexplained(near, x, y - 5)


@pytest.mark.parametrize(
    ("size", "loss"),
    [(1e-3, None), (1e6, None), (1e-2, "huber"), (1e6, "mae")],
)
def test_targets_of_any_size_are_learned(size, loss):
    """As well as the same targets near 1, within a few hundred steps."""
    x, y = waves(size)
    model = make([3, 5, 1])
    (message,) = told(model, x, y, steps=200, lr=0.01, loss=loss)
    assert f"the targets spread by {size:.2g}, the network's outputs by" in message
    assert "which fit has made as large by a coef_scale of the last layer" in message
    assert unexplained_near_1(loss) < 0.1
    assert unexplained(model, x, y) < 0.1
    assert told(model, x, y, steps=1, loss=loss) == []  # it is no longer new


@pytest.mark.parametrize(
    ("optimizer", "widths"),
    [
        *((o, [3, 5, 1]) for o in ("adamw", "muon", "lbfgs", "gauss-newton", "sgd")),
        ("adamw", [3, 5, (1, 1)]),
    ],
    ids=str,
)
def test_no_optimizer_sees_the_unit_of_the_targets(optimizer, widths):
    """Units that are powers of 2 give the same network to the last bit, times the unit."""
    x, y = waves(1.0)
    y = y if widths[-1] == 1 else torch.cat([y, y * x[:, :1]], 1)
    outputs = []
    for unit in (2.0**-40, 2.0**-8, 2.0**30):
        model = make(widths)
        for steps in (4, 3):  # the second time the network has the size of its targets
            told(model, x, y * unit, steps=steps, optimizer=optimizer)
        outputs.append(model(x).detach() / unit)
    for other in outputs[1:]:
        torch.testing.assert_close(outputs[0], other, rtol=1e-4, atol=1e-4)
    assert not torch.allclose(outputs[0], y.mean(0).expand_as(y), atol=0.1)


class Interrupted(torch.optim.Adam):
    """Ctrl-C in the middle of the third step."""

    steps = 0

    def step(self, closure=None):
        self.steps += 1
        if self.steps == 3:
            closure()
            raise KeyboardInterrupt
        return super().step(closure)


def test_an_interrupted_step_leaves_parameters_of_their_size():
    torch.optim.Adam(make([3, 5, 1]).parameters())  # torch runs hooks of a known base's steps, too
    x, y = waves(1e-6)
    models = make([3, 5, 1]), make([3, 5, 1])
    told(models[0], x, y, steps=9, optimizer=Interrupted, seed=0)
    told(models[1], x, y, steps=2, optimizer=torch.optim.Adam, seed=0)
    for mine, other in zip(*(m.parameters() for m in models), strict=True):
        assert torch.equal(mine, other)


def test_an_optimizer_of_ones_own_class_is_let_go():
    x, y = waves(1e-6)
    made = []
    told(
        make([3, 5, 1]),
        x,
        y,
        steps=2,
        optimizer=lambda p: made.append(torch.optim.Adam(p)) or made[0],
    )
    assert not made[0]._optimizer_step_pre_hooks
    assert not made[0]._optimizer_step_post_hooks


@pytest.mark.parametrize("size", [0.11, 1.0, 19.0])
def test_targets_near_1_change_nothing(size):
    x, y = waves(size)
    model = make([3, 5, 1])
    keys = list(model.state_dict())
    assert told(model, x, y - 5 * size, steps=1) == []
    assert list(model.state_dict()) == keys


def test_it_begins_as_for_data_does():
    x, y = waves(1e6)
    model, made = make([3, 5, 1]), make([3, 5, 1])
    for _ in range(2):  # before the first step, and in it
        made.stack()[0].norm.follow(x)
    start_at_targets(made.stack()[-1], y, products=())
    told(model, x, y, steps=1, lr=0.0)
    for name, value in made.state_dict().items():
        assert torch.equal(model.state_dict()[name], value), name
    assert 0.1 < (model(x).std() / y.std()).item() < 10


def test_the_remedies_for_targets_of_another_size_work():
    x, y = waves(1e6)
    assert (
        "scale y, or make the model with KAN.for_data(widths, x, y)"
        in told(make([3, 5, 1]), x, y, steps=1)[0]
    )
    assert told(ew.KAN.for_data([3, 5, 1], x, y), x, y, steps=1) == []
    assert told(make([3, 5, 1]), x, (y - y.mean()) / y.std(), steps=1) == []


def own_optimizer(model):
    return {"optimizer": torch.optim.AdamW(model.parameters())}


def frozen(widths):
    return ew.surgery.freeze(make(widths), (1, 0, 0))


@pytest.mark.parametrize(
    ("build", "settings"),
    [
        (make, own_optimizer),
        (lambda widths: ew.FastKAN(widths), lambda model: {}),
        (lambda widths: make(widths, post="layernorm_silu"), lambda model: {}),
        (frozen, lambda model: {}),
    ],
    ids=["own optimizer", "published", "layernorm behind", "frozen"],
)
def test_what_keeps_its_size_is_told_of(build, settings):
    x, y = waves(1e6)
    model = build([3, 5, 1])
    keys = list(model.state_dict())
    found = told(model, x, y, steps=1, **settings(model))
    assert "steps of the usual learning rates are of the outputs' size: scale y" in found[0]
    assert list(model.state_dict()) == keys


def test_other_losses_and_classes_are_left_alone():
    x, y = waves(1e6)
    model = make([3, 5, 1])
    assert told(model, x, y, steps=1, loss=lambda p, t: (p - t).abs().mean() / 1e6) == []
    assert told(make([3, 5, 2]), x, (y > y.mean()).long()[:, 0], steps=1) == []


def test_several_outputs_of_different_sizes():
    x, y = waves(1.0)
    y = torch.cat([y - 5, 1e5 * (y - 5), 0 * y], 1)
    model = make([3, 5, 3])
    assert "the targets spread by 1e+05" in told(model, x, y, steps=300, lr=0.01)[0]
    left = (model(x).detach() - y).square().mean(0)
    assert left[0] < 0.2
    assert left[1] < 0.2e10


def test_products_begin_as_large_as_their_targets():
    x, y = waves(1e6)
    model = make([3, (0, 1)])
    told(model, x, y, steps=1, lr=0.0)
    assert 0.01 < (model(x).std() / y.std()).item() < 100


def test_lines_beyond_the_grid_do_not_hide_that_data_are_there():
    """However large they are out there: a line has no shape to learn."""
    x = torch.linspace(0, 100, 200)[:, None].repeat(1, 2)
    y = x[:, :1] / 100
    plain, tailed = (
        make([2, 3, 1], basis=ew.BSpline(5, linear_tails=tails), norm=None)
        for tails in (False, True)
    )
    share = measure_outside(plain.stack()[0], x)
    assert share > 0.9
    assert measure_outside(tailed.stack()[0], x) == share
    assert "put where they are" in told(tailed, x, y, steps=1)[0]
    assert tailed.stack()[0].basis.linear_tails
    assert ew.grids.coverage(tailed, x)["layers.0"].outside.max() == 0
    x = torch.linspace(-1, 1, 200)[:, None].repeat(1, 2)
    x[:40] += 3
    tailed = make([2, 3, 1], basis=ew.BSpline(5, linear_tails=True), norm=None)
    assert "where curves are lines: scale x" in told(tailed, x, y, steps=1)[0]
