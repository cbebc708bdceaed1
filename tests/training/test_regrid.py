"""Grids that follow the data during a fit: they get there, and nothing is lost on the way."""

import pytest
import torch
import torch.nn.functional as F

import edgewise as ew
from edgewise.training import NonFiniteLossError, fit
from edgewise.training.optim import MuonAdamW, build_optimizer, forget
from edgewise.training.regrid import prepare, regrid
from every_pair import every_pair

from .helpers import Stop, StopAt, same

LOCAL = (ew.BSpline(5), ew.Gaussian(8, -1, 1), ew.RSWAF(8, -1, 1, inv_denominator=3.0))
TRAINED = ew.Gaussian(8, -1, 1, train_centers=True, train_width=True)


def model_of(basis, widths=(2, 4, 1), seed=0, **settings):
    generator = torch.Generator().manual_seed(seed)
    return ew.KAN(widths, basis=basis, seed=generator, **settings).double()


def data_of(rows=200, seed=1, centre=0.0, spread=1.0):
    generator = torch.Generator().manual_seed(seed)
    u = torch.rand(rows, 2, generator=generator, dtype=torch.float64) * 2 - 1
    return spread * u + centre, (3 * u[:, :1]).sin() * u[:, 1:]


def loss_of(x, y):
    return lambda model: F.mse_loss(model(x), y)


def value(model, x, y):
    with torch.no_grad():
        return float(loss_of(x, y)(model))


@pytest.mark.filterwarnings("ignore::edgewise.training.OutsideWarning")
@pytest.mark.parametrize("basis", LOCAL, ids=lambda b: b.name)
def test_grids_find_data_far_from_where_they_start(basis):
    x = 5 + 2 * torch.rand(300, 1, generator=torch.Generator().manual_seed(0)).double()
    losses = {}
    for every in (None, 10):
        model = model_of(basis, (1, 1), norm=None)
        fit(
            model,
            (x, (4 * x).sin()),
            steps=30,
            # With an optimizer of the caller's fit leaves the grid where it is.
            optimizer="lbfgs"
            if every
            else build_optimizer("lbfgs", list(model.parameters()), None, None),
            grid_update_every=every,
            progress=False,
        )
        losses[every] = value(model, x, (4 * x).sin())
        layer = model.layers[0]
        points = layer.basis.points(layer.grid)
        if every is None:
            assert float(points.max()) == 1
    low, high = float(x.min()), float(x.max())
    assert points.shape[0] == 1
    # A margin of 1 % of the range on either side, up to the steps that the moves were cut to.
    assert low - 0.05 < float(points.min()) <= low
    assert high <= float(points.max()) < high + 0.05
    assert losses[10] < 1e-3 * losses[None]


def test_deeper_grids_follow_their_activations():
    x, y = data_of(centre=6.0)
    model = model_of(ew.BSpline(5), norm=None)
    fit(model, (x, y), steps=40, lr=0.01, grid_update_every=1, progress=False)
    h = x
    for layer in model.layers:
        points = layer.basis.points(layer.grid)
        assert points.shape == (layer.in_features, 6)
        spread = h.amax(0) - h.amin(0)
        assert ((points[:, 0] - h.amin(0)).abs() < 0.05 * spread).all()
        assert ((points[:, -1] - h.amax(0)).abs() < 0.05 * spread).all()
        h = layer(h).detach()


@pytest.mark.filterwarnings("ignore::edgewise.training.OutsideWarning")
@every_pair(basis=LOCAL, place=[(0.0, 1.0), (6.0, 1.0), (0.0, 3.0)], steps=[0, 30])
def test_a_move_costs_no_more_than_one_percent(basis, steps, place):
    centre, spread = place
    x, y = data_of(centre=centre, spread=spread)
    moves = 0
    for seed in range(3):
        for norm in ("auto", None):
            model = model_of(basis, seed=seed, norm=norm)
            if steps:
                optimizer = torch.optim.AdamW(model.parameters(), 0.02, weight_decay=0)
                fit(model, (x, y), steps=steps, optimizer=optimizer, progress=False)
            before, state = value(model, x, y), {k: v.clone() for k, v in model.named_parameters()}
            prepare(model)
            assert value(model, x, y) == pytest.approx(before, rel=1e-9)
            points = [layer.basis.points(layer.grid).clone() for layer in model.layers]
            moved = regrid(model, torch.optim.SGD(model.parameters(), 0.1), x, loss_of(x, y))
            assert value(model, x, y) <= 1.01 * before * (1 + 1e-9)
            now = [layer.basis.points(layer.grid) for layer in model.layers]
            assert moved != all(torch.equal(a, b) for a, b in zip(points, now, strict=True))
            if not moved:
                assert all(torch.equal(v, state[k]) for k, v in model.named_parameters())
            moves += moved
    if centre or not steps:  # far away, or with nothing learned yet, there is little to lose
        assert moves >= 3


def test_a_loss_that_every_move_raises_leaves_all_as_it_was():
    x, y = data_of()
    model = model_of(ew.BSpline(5))
    prepare(model)
    optimizer = torch.optim.AdamW(model.parameters())
    loss_of(x, y)(model).backward()
    optimizer.step()
    before, kept = {k: v.clone() for k, v in model.state_dict().items()}, dict(optimizer.state)
    calls = iter([1.0, 1.02, 1.02, 1.02, 1.02])
    assert not regrid(model, optimizer, x, lambda _: torch.tensor(next(calls)))
    assert next(calls, None) is None
    assert all(torch.equal(v, before[k]) for k, v in model.state_dict().items())
    assert optimizer.state == kept


def test_modes_come_back():
    x, y = data_of()
    model = model_of(ew.BSpline(5))
    prepare(model)
    model.train()
    model.layers[1].eval()
    seen = []
    regrid(
        model,
        torch.optim.SGD(model.parameters(), 0.1),
        x,
        lambda m: seen.append(m.training) or loss_of(x, y)(m),
    )
    assert not any(seen)
    assert model.training
    assert model.layers[0].training
    assert not model.layers[1].training


def stepped(name):
    """A prepared model after three steps of the optimizer, which remembers all parameters."""
    x, y = data_of()
    model = model_of(ew.BSpline(5))
    prepare(model)
    optimizer = build_optimizer(name, list(model.parameters()), None, None)

    def closure():
        optimizer.zero_grad()
        loss = loss_of(x, y)(model)
        loss.backward()
        return loss

    for _ in range(3):
        optimizer.step(closure)
    return model, optimizer, x, y


def test_adamw_forgets_the_coefficients_that_moved_and_no_others():
    model, optimizer, x, y = stepped("adamw")
    before = {p: {k: v.clone() for k, v in s.items()} for p, s in optimizer.state.items()}
    assert regrid(model, optimizer, x, loss_of(x, y))
    for name, p in model.named_parameters():
        assert p in before
        assert (p in optimizer.state) != name.endswith("coef"), name
        for key, value_before in before[p].items():
            if p in optimizer.state:
                assert torch.equal(optimizer.state[p][key], value_before)
    loss_of(x, y)(model).backward()
    optimizer.step()
    steps = {n: float(optimizer.state[p]["step"]) for n, p in model.named_parameters()}
    assert all(count == (1 if n.endswith("coef") else 4) for n, count in steps.items())


def test_muon_forgets_them_in_both_inner_optimizers():
    model, optimizer, x, y = stepped("muon")
    assert isinstance(optimizer, MuonAdamW)
    muon, adamw = optimizer._inner
    views = dict(zip(map(id, optimizer._matrices), optimizer._views, strict=True))
    remembered = {v: muon.state[v]["momentum_buffer"].clone() for v in optimizer._views}
    kept = {id(p) for p in adamw.state}
    assert regrid(model, optimizer, x, loss_of(x, y))
    for name, p in model.named_parameters():
        if id(p) not in views:
            assert id(p) in kept
            assert p in adamw.state
        elif name.endswith("coef"):
            assert views[id(p)] not in muon.state
        else:
            v = views[id(p)]
            assert torch.equal(muon.state[v]["momentum_buffer"], remembered[v])
    bias = model.layers[0].bias
    optimizer.forget([bias])
    assert bias not in adamw.state
    assert model.layers[1].bias in adamw.state


def test_lbfgs_forgets_all_and_goes_on_as_if_new():
    model, optimizer, x, y = stepped("lbfgs")
    assert optimizer.state
    assert regrid(model, optimizer, x, lambda _: torch.tensor(1.0))  # whatever it costs
    assert not optimizer.state
    twin = model_of(ew.BSpline(5))
    prepare(twin)
    twin.load_state_dict(model.state_dict())
    fresh = build_optimizer("lbfgs", list(twin.parameters()), None, None)
    for m, o in ((model, optimizer), (twin, fresh)):

        def closure(m=m, o=o):
            o.zero_grad()
            loss = loss_of(x, y)(m)
            loss.backward()
            return loss

        o.step(closure)
    assert same(model, twin)


def test_forgetting_what_was_never_known_is_fine():
    model = model_of(ew.BSpline(5))
    for name in ("adamw", "muon", "lbfgs"):
        optimizer = build_optimizer(name, list(model.parameters()), None, None)
        forget(optimizer, [model.layers[0].coef, torch.zeros(3)])
        assert not optimizer.state


@pytest.mark.parametrize("optimizer", ["adamw", "muon", "lbfgs"])
def test_trained_centres_are_trained_after_moves(optimizer):
    x, y = data_of(centre=3.0)
    model, built = model_of(TRAINED, norm=None), []

    def build(params):
        built.append(build_optimizer(optimizer, params, None, None))
        return built[0]

    fit(model, (x, y), steps=4, optimizer=build, grid_update_every=4, progress=False)
    mine = {id(p) for group in built[0].param_groups for p in group["params"]}
    for layer in model.layers:
        assert layer.centers.shape == layer.width.shape == (layer.in_features, 8)
        assert {id(layer.centers), id(layer.width)} <= mine
        assert float(layer.centers[0].max().detach()) != 1.0
    at = {n: p.detach().clone() for n, p in model.named_parameters()}

    def closure():
        built[0].zero_grad()
        loss = loss_of(x, y)(model)
        loss.backward()
        return loss

    built[0].step(closure)  # the optimizer of the run, after the move that ended it
    for name, p in model.named_parameters():
        assert not torch.equal(p, at[name]), name


def test_a_second_preparation_leaves_the_tensors_that_an_optimizer_knows():
    model = model_of(TRAINED, norm=None)
    prepare(model)
    known = [id(p) for p in model.parameters()]
    prepare(model)
    assert [id(p) for p in model.parameters()] == known


@pytest.mark.parametrize(
    ("basis", "optimizer"),
    [*zip(LOCAL, ("adamw", "muon", "lbfgs"), strict=True), (TRAINED, "adamw")],
    ids=str,
)
def test_a_resumed_run_ends_with_the_same_bits(tmp_path, basis, optimizer):
    data = data_of(60, centre=5.0)
    arguments = {
        "optimizer": optimizer,
        "batch_size": 20,
        "epochs": 5,
        "grid_update_every": 2,
        "progress": False,
    }

    def run(stop=0, **more):
        model = model_of(basis, norm=None)
        torch.manual_seed(5 if stop else 0)
        if not more:
            torch.manual_seed(5)
        return model, fit(model, data, regularizer=StopAt(stop), **arguments, **more)

    straight, expected = run()
    kept = {"checkpoint_dir": tmp_path, "checkpoint_every": 3, "resume": True}
    calls = 100 if optimizer == "lbfgs" else 8
    with pytest.raises(Stop):
        run(calls, **kept)
    assert (tmp_path / "checkpoint.safetensors").exists()
    resumed, history = run(0, **kept)
    assert history.loss == expected.loss
    assert same(straight, resumed)
    with torch.no_grad():
        starts = model_of(basis).layers[0].basis.points(model_of(basis).layers[0].grid)
        points = straight.layers[0].basis.points(straight.layers[0].grid)
        assert float((points - starts).abs().max()) > 0.5  # they did move


@pytest.mark.parametrize("every", [0, -1, 1.5, "2"])
def test_an_interval_that_is_none(every):
    with pytest.raises(ValueError, match="grid_update_every to be an integer ≥ 1, got"):
        fit(model_of(ew.BSpline()), data_of(), steps=1, grid_update_every=every, progress=False)


@pytest.mark.parametrize("basis", [ew.Chebyshev(3), ew.bases.Legendre(3), ew.Fourier(2)], ids=str)
def test_bases_without_a_grid_are_refused(basis):
    with pytest.raises(ValueError, match="a layer with a grid, got bases without one"):
        fit(model_of(basis), data_of(), steps=1, grid_update_every=1, progress=False)


def test_an_optimizer_of_ones_own_knows_only_fixed_grids():
    model = model_of(TRAINED)
    optimizer = torch.optim.AdamW(model.parameters())
    arguments = {"steps": 2, "grid_update_every": 1, "progress": False}
    with pytest.raises(ValueError, match=r"pass a callable such as torch\.optim\.AdamW"):
        fit(model, data_of(), optimizer=optimizer, **arguments)
    fit(model, data_of(), optimizer=torch.optim.AdamW, **arguments)
    fixed = model_of(ew.Gaussian(8, -1, 1), norm=None)
    fit(fixed, data_of(), optimizer=torch.optim.AdamW(fixed.parameters()), **arguments)
    assert fixed.layers[0].centers.shape == (2, 8)


def test_weights_that_overflow_are_put_back_before_grids_refuse_them():
    """A long step leaves weights that aren't finite, and grids refuse to move by them."""
    x = torch.linspace(-1, 1, 20)[:, None]
    model = ew.KAN([1, 1], seed=torch.Generator().manual_seed(0))
    before = [p.clone() for p in model.parameters()]

    class Overflow(torch.optim.SGD):
        def step(self, closure=None):
            super().step(closure)
            for group in self.param_groups:
                for p in group["params"]:
                    p.data.fill_(torch.inf)

    with pytest.raises(NonFiniteLossError, match="weights became NaN or infinite at step 1"):
        fit(
            model,
            (x, x),
            steps=4,
            optimizer=lambda parameters: Overflow(parameters, lr=0.1),
            grid_update_every=1,
            progress=False,
        )
    assert all(torch.equal(a, b) for a, b in zip(before, model.parameters(), strict=True))
