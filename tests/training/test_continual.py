"""`fit(continual=…)`: what is held stays, anchors pull as the formula says, sums solve."""

from __future__ import annotations

import pytest
import torch
from torch import nn
from torch.nn import functional as F

import edgewise as ew
from edgewise.nn.init import leave_zero
from edgewise.training import Batching
from edgewise.training.data import make_batches
from edgewise.training.frozen_parameters import peaks
from edgewise.training.importance import importance
from edgewise.training.inputs import Placement
from edgewise.training.objective import Objective

CENTRES = (-0.8, -0.4, 0.0, 0.4, 0.8)
OPTIMIZERS = ("adam", "adamw", "sgd", "muon", "lbfgs")


def peak(centre):
    x = torch.linspace(centre - 0.2, centre + 0.2, 100)[:, None]
    return x, sum(torch.exp(-300 * (x - c) ** 2) for c in CENTRES)


def rmse(model, x, y):
    return float((model(x) - y).detach().square().mean().sqrt())


def generator(seed=0):
    return torch.Generator().manual_seed(seed)


def small(basis, **settings):
    return ew.KAN([1, 1], basis=basis, seed=generator(), **settings)


def halves():
    """Two tasks on either side of 0."""
    left = torch.linspace(-1, -0.2, 40)[:, None]
    right = torch.linspace(0.2, 1, 40)[:, None]
    return (left, left.sin()), (right, right.cos())


def run(model, data, continual, **settings):
    settings = {"steps": 20, "progress": False} | settings
    return ew.fit(model, tuple(data), continual=continual, **settings)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_what_the_present_data_does_not_reach_is_unchanged_to_the_last_bit(optimizer):
    first, second = halves()
    model = small(ew.BSpline(20))
    memory = run(model, first, ew.continual.Frozen(), optimizer=optimizer).memory
    before = {name: p.detach().clone() for name, p in model.named_parameters()}
    decayed = {} if optimizer == "lbfgs" else {"weight_decay": 0.3}
    run(model, second, ew.continual.Frozen(memory), optimizer=optimizer, **decayed)
    layer = model.stack()[0]
    reached = (layer.features(second[0])[..., : layer.basis.num_basis].amax(0) > 0)[0]
    changed = (layer.coef != before["layers.0.coef"])[0, :, 0]
    assert changed.any()
    assert not changed[~reached].any()
    assert torch.equal(layer.base_weight, before["layers.0.base_weight"])
    assert torch.equal(layer.bias, before["layers.0.bias"])


def test_an_optimizer_that_lives_on_moves_nothing_by_its_momentum():
    first, second = halves()
    model = small(ew.BSpline(20))
    adam = torch.optim.Adam(model.parameters(), 0.05)
    memory = run(model, first, ew.continual.Frozen(), optimizer=adam).memory
    before = model(first[0]).detach()
    run(model, second, ew.continual.Frozen(memory), optimizer=adam)
    assert torch.equal(model(first[0]), before)


def test_without_the_option_the_same_momentum_does_move_them():
    first, second = halves()
    model = small(ew.BSpline(20))
    adam = torch.optim.Adam(model.parameters(), 0.05)
    run(model, first, None, optimizer=adam)
    before = model(first[0]).detach()
    assert run(model, second, None, optimizer=adam).memory is None
    assert not torch.allclose(model(first[0]), before, atol=1e-2)


def test_a_function_belongs_to_the_data_that_reach_further_into_it():
    left, right = torch.linspace(-1, 0, 50)[:, None], torch.linspace(0, 1, 50)[:, None]
    model = small(ew.Gaussian(21, -1, 1), norm=None)
    layer = model.stack()[0]
    memory = run(model, (left, left), ew.continual.Frozen(), lr=0.05).memory
    start = layer.coef.detach().clone()
    run(model, (right, right), ew.continual.Frozen(memory), lr=0.05)
    moved = (layer.coef != start)[0, :, 0]
    # The one at 0 is reached by both to its top, and stays with the first.
    assert moved.tolist() == [False] * 11 + [True] * 10


def test_clipping_counts_the_gradients_of_what_may_move():
    first, second = halves()
    model = small(ew.BSpline(20))
    memory = run(model, first, ew.continual.Frozen()).memory
    before = nn.utils.parameters_to_vector(model.parameters()).detach().clone()
    sgd = torch.optim.SGD(model.parameters(), 1.0)
    run(model, second, ew.continual.Frozen(memory), optimizer=sgd, steps=1, max_grad_norm=1e-2)
    moved = nn.utils.parameters_to_vector(model.parameters()).detach() - before
    assert float(moved.norm()) == pytest.approx(1e-2, rel=1e-3)


def test_owned_false_frees_what_both_reach():
    left, right = torch.linspace(-1, 0, 50)[:, None], torch.linspace(0, 1, 50)[:, None]
    model = small(ew.Gaussian(21, -1, 1), norm=None)
    layer = model.stack()[0]
    memory = run(model, (left, left), ew.continual.Frozen(), lr=0.05).memory
    start = layer.coef.detach().clone()
    run(model, (right, right), ew.continual.Frozen(memory, owned=False), lr=0.05)
    # exp(-2²) = 0.018 is above the threshold of 1e-3, exp(-3²) below.
    assert (layer.coef != start)[0, :, 0].tolist() == [False] * 8 + [True] * 13


def test_peaks_are_greatest_values_also_of_many_rows():
    layer = ew.KANLinear(3, 2, basis=ew.Gaussian(5), norm="layer", seed=generator())
    x = torch.randn(7, 11, 3, generator=generator())
    expected = layer.features(x)[..., :5].reshape(-1, 3, 5).amax(0)
    torch.testing.assert_close(peaks(layer, x), expected)


@pytest.mark.parametrize(
    "basis",
    [ew.BSpline(100, linear_tails=True), ew.Gaussian(30, -1, 1, linear_tails=True)],
    ids=["spline", "rbf"],
)
def test_one_row_far_out_on_a_line_holds_no_function(basis):
    x = torch.linspace(-1, 1, 300)[:, None]
    start = small(basis, norm=None)
    moved = []
    for rows in (x, torch.cat([x, torch.full((1, 1), 1e7)])):
        model = small(basis, norm=None)
        with torch.no_grad():
            model.stack()[0].coef.copy_(start.stack()[0].coef)
        y = torch.sin(3 * rows).clamp(-1, 1)
        run(model, (rows, y), ew.continual.Frozen(), lr=0.01)
        moved.append((model.stack()[0].coef != start.stack()[0].coef)[0, :, 0])
    assert moved[0].all()
    assert torch.equal(*moved)


@pytest.mark.parametrize("basis", [ew.BSpline(100), ew.Gaussian(100, -1, 1)], ids=["spline", "rbf"])
def test_five_peaks_are_kept_under_adam(basis):
    model = small(basis, norm=None, base=None, bias=False, init=leave_zero)
    memory = None
    for centre in CENTRES:
        history = run(
            model,
            peak(centre),
            ew.continual.Frozen(memory),
            optimizer="adam",
            lr=0.03,
            steps=200,
            scheduler=lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, 200),
        )
        memory = history.memory
    assert max(rmse(model, *peak(centre)) for centre in CENTRES) < 1e-3


@pytest.mark.parametrize("basis", ["gaussian", "legendre"])
def test_the_importance_is_the_mean_of_squared_derivatives(basis):
    model = ew.KAN([2, 3, 1], basis=basis, dtype=torch.float64, seed=generator())
    model.eval()  # one row after another must not move the map of its inputs
    x = torch.randn(30, 2, dtype=torch.float64, generator=generator())
    place = Placement(torch.device("cpu"), torch.float64)
    found = importance(
        model, make_batches((x, x[:, :1]), Batching(7), place), Objective(None, None)
    )
    expected = {name: torch.zeros_like(p) for name, p in model.named_parameters()}
    for row in x:  # with one output, draws of ±1 have the square 1
        model.zero_grad()
        model(row[None]).sum().backward()
        for name, p in model.named_parameters():
            expected[name] += p.grad**2 / len(x)
    for name in found:
        torch.testing.assert_close(found[name], expected[name], rtol=1e-9, atol=1e-12)
    assert {"layers.0.coef", "layers.1.base_weight", "layers.1.bias"} <= found.keys()


def test_the_importance_of_classes_is_their_fisher_information():
    model = nn.Linear(2, 3)
    with torch.no_grad():
        model.weight.copy_(torch.tensor([[1.0, -1.0], [0.0, 0.5], [-1.0, 0.2]]))
    x = torch.tensor([[0.3, -0.7]]).repeat(20_000, 1)
    y = torch.zeros(len(x), dtype=torch.long)
    place = Placement(torch.device("cpu"), torch.float32)
    found = importance(model, make_batches((x, y), Batching(5_000), place), Objective(None, None))
    p = model(x[:1]).detach().softmax(-1)[0]
    expected = (p * (1 - p))[:, None] * x[0] ** 2
    torch.testing.assert_close(found["weight"], expected, rtol=0.05, atol=0)


def test_scaled_and_masked_edges_count_by_their_scale():
    layer = ew.KANLinear(2, 3, coef_scale=True, dtype=torch.float64, seed=generator())
    layer.mask = torch.tensor([[1.0, 0, 1], [1, 1, 0]], dtype=torch.float64)
    x = torch.randn(9, 2, dtype=torch.float64, generator=generator())
    place = Placement(torch.device("cpu"), torch.float64)
    found = importance(
        layer, make_batches((x, x[:, [0, 1, 0]]), Batching(), place), Objective(None, None)
    )
    factor = layer.mask * layer.coef_scale.detach()
    phi = layer.features(x).detach()
    expected = (phi[..., : layer.basis.num_basis] ** 2).mean(0)[..., None] * factor[:, None, :] ** 2
    torch.testing.assert_close(found["coef"], expected)
    expected = (phi[..., -1] ** 2).mean(0)[:, None] * layer.mask
    torch.testing.assert_close(found["base_weight"], expected)


def test_anchors_add_their_energy_and_pull_by_its_gradient():
    first, second = halves()
    first, second = ([t.double() for t in pair] for pair in (first, second))
    both = torch.cat([first[0], second[0]])
    model = ew.nn.settle(small("chebyshev", dtype=torch.float64), both)
    memory = run(model, first, ew.continual.Anchored(50.0)).memory
    known = memory.tensors
    with torch.no_grad():
        model.stack()[0].coef.add_(0.1)
    start = model.stack()[0].coef.detach().clone()
    loss = F.mse_loss(model(second[0]), second[1])
    pull = 50 * known["importance:layers.0.coef"] * 0.1
    expected = torch.autograd.grad(loss, model.stack()[0].coef)[0] + pull
    sgd = torch.optim.SGD(model.parameters(), 1e-3)
    history = run(model, second, ew.continual.Anchored(50.0, memory), optimizer=sgd, steps=1)
    moved = (start - model.stack()[0].coef) / 1e-3
    torch.testing.assert_close(moved, expected, rtol=1e-6, atol=1e-9)
    energy = float((25 * known["importance:layers.0.coef"] * 0.01).sum())
    assert history.regularization[0] == pytest.approx(energy)
    assert history.loss[0] == pytest.approx(loss.item() + energy)


def test_importance_adds_up_and_decays():
    first, second = halves()
    model = ew.nn.settle(small("chebyshev"), torch.cat([first[0], second[0]]))
    one = run(model, first, ew.continual.Anchored(1.0)).memory
    both = run(model, second, ew.continual.Anchored(1.0, one, decay=0.5)).memory
    alone = run(model, second, ew.continual.Anchored(1.0), steps=1, lr=0.0).memory
    key = "importance:layers.0.coef"
    torch.testing.assert_close(both.tensors[key], 0.5 * one.tensors[key] + alone.tensors[key])
    assert (one.tasks, both.tasks) == (1, 2)


def test_a_norm_is_fixed_while_there_is_a_memory():
    x = torch.randn(50, 3, generator=generator())
    model = ew.FastKAN([3, 4, 1])
    memory = run(model, (x, x[:, :1]), ew.continual.Anchored(1.0)).memory
    before = {k: v.detach().clone() for k, v in model.named_parameters()}
    run(model, (x + 1, x[:, 1:2]), ew.continual.Anchored(1.0, memory), weight_decay=0.1)
    same = {k for k, v in model.named_parameters() if torch.equal(v, before[k])}
    assert same == {k for k in before if ".norm." in k}
    assert same


def blobs(classes, rows=60):
    labels = torch.tensor(classes).repeat_interleave(rows)
    centres = torch.tensor([[0.0, 0], [3, 0], [0, 3], [3, 3]])
    return centres[labels] + torch.randn(len(labels), 2, generator=generator(1)), labels


@pytest.mark.parametrize(
    "make",
    [
        lambda: ew.MLP([2, 20, 4]),
        # Whose inputs aren't standardised by the rows of the first task alone.
        lambda: ew.KAN([2, 6, 4], norm=None),
        lambda: ew.KAN([2, 4], norm=None, coef_scale=True),
    ],
)
def test_sums_of_tasks_give_what_all_data_at_once_give(make):
    torch.manual_seed(0)
    apart, together = make(), make()
    together.load_state_dict(apart.state_dict())
    first, second = blobs([0, 1]), blobs([3, 2])
    memory = run(apart, first, ew.continual.Moments(), steps=1, lr=0.0).memory
    history = run(apart, second, ew.continual.Moments(memory))
    assert len(history) == 1
    assert history.metrics["accuracy"][0] > 0.8
    joined = [torch.cat(parts) for parts in zip(first, second, strict=True)]
    run(together, joined, ew.continual.Moments(), steps=1, lr=0.0)
    torch.testing.assert_close(apart(joined[0]), together(joined[0]), rtol=1e-3, atol=1e-3)


def test_classes_are_solved_as_scikit_learn_does():
    analysis = pytest.importorskip("sklearn.discriminant_analysis")
    x, y = blobs([0, 1, 2, 3])
    model = nn.Linear(2, 4)
    run(model, (x, y), ew.continual.Moments(ridge=0.0))
    theirs = analysis.LinearDiscriminantAnalysis(solver="lsqr").fit(x.numpy(), y.numpy())
    ours = model(x).detach().softmax(-1).numpy()
    # Theirs divides the covariance by n, as ours does.
    assert abs(ours - theirs.predict_proba(x.numpy())).max() < 1e-4


def test_numbers_are_solved_as_least_squares_with_weights():
    x = torch.randn(40, 3, dtype=torch.float64, generator=generator())
    y = torch.randn(40, 2, dtype=torch.float64, generator=generator(1))
    weight = torch.rand(40, generator=generator(2)) + 0.1
    model = nn.Linear(3, 2, dtype=torch.float64)
    run(model, (x, y, weight), ew.continual.Moments(ridge=0.0))
    root = weight.double().sqrt()[:, None]
    design = torch.cat([x, torch.ones(40, 1)], 1) * root
    expected = torch.linalg.lstsq(design, y * root).solution
    torch.testing.assert_close(model.weight.t(), expected[:3], rtol=1e-5, atol=1e-6)
    torch.testing.assert_close(model.bias, expected[3], rtol=1e-5, atol=1e-6)


def fit_moments(x, y, ridge):
    model = nn.Linear(x.shape[1], y.shape[1], dtype=torch.float64)
    run(model, (x, y), ew.continual.Moments(ridge=ridge), steps=1)
    return model


def test_the_ridge_is_chosen_by_generalised_cross_validation():
    x = torch.randn(60, 40, dtype=torch.float64, generator=generator())
    y = x[:, :1] + 0.5 * torch.randn(60, 1, dtype=torch.float64, generator=generator(1))
    centred = x - x.mean(0)
    scale = float(centred.square().mean())
    scores = {}
    for ridge in (1e-3, 1e-2, 0.1, 1.0):
        hat = centred @ torch.linalg.inv(
            centred.t() @ centred + 60 * ridge * scale * torch.eye(40)
        ) @ centred.t() + 1 / 60  # fmt: skip
        freedom = float(hat.trace())
        missed = float((y - hat @ y).square().mean())
        if freedom < 0.8 * 60:
            scores[ridge] = missed / (1 - freedom / 60) ** 2
    best = min(scores, key=scores.get)
    chosen = fit_moments(x, y, None)
    torch.testing.assert_close(chosen.weight, fit_moments(x, y, best).weight)
    assert not torch.allclose(chosen.weight, fit_moments(x, y, 10 * best).weight, rtol=1e-3)


def test_more_features_than_rows_do_not_end_in_interpolation():
    x = torch.randn(30, 60, dtype=torch.float64, generator=generator())
    y = torch.randn(30, 1, dtype=torch.float64, generator=generator(1))
    model = fit_moments(x, y, None)
    assert (model(x) - y).square().mean().item() > 0.04


def test_an_unseen_class_is_never_the_answer():
    model = ew.KAN([2, 4], basis="legendre")
    x, y = blobs([0, 2])
    run(model, (x, y), ew.continual.Moments())
    assert set(model(10 * x).argmax(-1).tolist()) <= {0, 2}


def test_memory_comes_back_from_its_file(tmp_path):
    first, second = halves()
    model = small(ew.BSpline(20))
    memory = run(model, first, ew.continual.Frozen()).memory
    memory.save(tmp_path / "memory.safetensors")
    again = ew.continual.Memory.load(tmp_path / "memory.safetensors")
    assert (again.kind, again.tasks) == ("Frozen", 1)
    torch.testing.assert_close(again.tensors, memory.tensors, rtol=0, atol=0)
    run(model, second, ew.continual.Frozen(again))
    (tmp_path / "memory.safetensors").write_bytes(b"nothing")
    with pytest.raises(ValueError, match=r"Memory\.load expected a file that Memory\.save wrote"):
        ew.continual.Memory.load(tmp_path / "memory.safetensors")


@pytest.mark.parametrize(
    "option", [ew.continual.Frozen, lambda m=None: ew.continual.Anchored(30.0, m)]
)
def test_a_killed_run_goes_on_to_the_same_weights(tmp_path, option):
    first, second = halves()
    settings = {"batch_size": 8, "weight_decay": 0.1}

    def make():
        model = small(ew.BSpline(40))  # of which a batch of 8 reaches a part
        memory = run(model, first, option(), **settings, seed=generator()).memory
        return model, memory

    whole, memory = make()
    run(whole, second, option(memory), **settings, seed=generator(5))
    killed, memory = make()
    stop = {"callbacks": lambda model, history: len(history) == 9}
    kept = {"checkpoint_dir": tmp_path, "checkpoint_every": 3, "seed": generator(5)}
    run(killed, second, option(memory), **settings, **stop, **kept)
    resumed, memory = make()
    kept["seed"] = generator(5)
    run(resumed, second, option(memory), **settings, **kept, resume=True)
    for ours, theirs in zip(resumed.parameters(), whole.parameters(), strict=True):
        assert torch.equal(ours, theirs)
    fresh, _ = make()
    with pytest.raises(ValueError, match="expected continual = "):
        run(fresh, second, None, **settings, **kept, resume=True)


def test_refusals_name_the_remedy(tmp_path):
    first, second = halves()
    model = small(ew.BSpline(20))
    frozen = run(model, first, ew.continual.Frozen()).memory
    before = {k: v.clone() for k, v in model.state_dict().items()}
    numbers = run(ew.KAN([1, 1]), first, ew.continual.Moments()).memory
    cases = [
        (
            model,
            ew.continual.Frozen(frozen),
            {"grid_update_every": 5},
            "continual expected grids that stay",
        ),
        (
            small("legendre"),
            ew.continual.Frozen(),
            {},
            "Frozen expected a layer with a local basis",
        ),
        (
            small(ew.BSpline(9)),
            ew.continual.Frozen(frozen),
            {},
            "Frozen expected the memory of this model",
        ),
        (ew.MLP([1, 1]), ew.continual.Frozen(), {}, "expected a model with KAN layers"),
        (
            nn.Conv1d(1, 1, 1),
            ew.continual.Anchored(1.0),
            {},
            "Anchored expected a model with KAN layers or",
        ),
        (
            model,
            ew.continual.Moments(),
            {"loss": "huber"},
            "Moments expected a loss of squared errors",
        ),
        (nn.Sequential(model, nn.Tanh()), ew.continual.Moments(), {}, "something else at the end"),
        (nn.Linear(1, 1, bias=False), ew.continual.Moments(), {}, "last layer with a bias"),
        (
            ew.KAN([1, 1]),
            ew.continual.Moments(numbers),
            {"checkpoint_dir": tmp_path},
            "no checkpoint_dir",
        ),
    ]
    for subject, option, settings, message in cases:
        with pytest.raises(ValueError, match=message):
            run(subject, second, option, **settings)
    torch.testing.assert_close(model.state_dict(), before, rtol=0, atol=0)
    with pytest.raises(TypeError, match=r"continual expected edgewise\.continual\.Frozen"):
        run(model, second, True)


def test_wrong_settings_are_refused_at_once():
    memory = ew.continual.Memory("Moments")
    with pytest.raises(ValueError, match="Frozen expected a memory that Frozen made"):
        ew.continual.Frozen(memory)
    with pytest.raises(TypeError, match=r"history\.memory"):
        ew.continual.Frozen({"a": 1})
    with pytest.raises(ValueError, match="Frozen expected reach from 0 to 1"):
        ew.continual.Frozen(reach=2.0)
    with pytest.raises(ValueError, match="Anchored expected strength from 0"):
        ew.continual.Anchored(-1.0)
    with pytest.raises(ValueError, match="Moments expected ridge from 0"):
        ew.continual.Moments(ridge=float("nan"))
