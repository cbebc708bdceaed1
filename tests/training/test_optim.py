"""Optimizers: the right update for the right parameters, settings that schedulers can change."""

import pytest
import torch
import torch.nn.functional as F
from torch import nn
from torch.optim.lr_scheduler import MultiStepLR, OneCycleLR, ReduceLROnPlateau, StepLR

from edgewise.training import fit
from edgewise.training.optim import MuonAdamW, build_optimizer

from .helpers import mlp, regression, same


class Coefficients(nn.Module):
    """Polynomial edges: coefficients (in, num_basis, out), as in a KAN layer."""

    def __init__(self):
        super().__init__()
        generator = torch.Generator().manual_seed(2)
        self.coef = nn.Parameter(0.1 * torch.randn(3, 4, 2, generator=generator))
        self.bias = nn.Parameter(torch.zeros(2))

    def forward(self, x):
        powers = torch.stack([x**k for k in range(4)], -1)
        return torch.einsum("nik,iko->no", powers, self.coef) + self.bias


def coefficients_data():
    x, y = regression()
    return x, torch.cat([y, x[:, :1]], 1)


def test_muon_updates_coefficients_as_one_matrix_and_the_rest_with_adamw():
    x, y = coefficients_data()
    model, expected = Coefficients(), Coefficients()
    fit(model, (x, y), steps=6, optimizer="muon", progress=False)
    matrix = nn.Parameter(expected.coef.detach().reshape(12, 2).clone())
    muon = torch.optim.Muon([matrix], lr=0.02, weight_decay=0.0)
    adamw = torch.optim.AdamW([expected.bias], lr=0.001, weight_decay=0.0, fused=True)
    powers = torch.stack([x**k for k in range(4)], -1).reshape(50, 12)
    for _ in range(6):
        loss = F.mse_loss(powers @ matrix + expected.bias, y)
        matrix.grad, expected.bias.grad = torch.autograd.grad(loss, [matrix, expected.bias])
        muon.step()
        adamw.step()
    torch.testing.assert_close(model.coef.detach().reshape(12, 2), matrix.detach())
    torch.testing.assert_close(model.bias, expected.bias)


def test_muon_learns_and_follows_a_scheduler():
    model = Coefficients()
    history = fit(
        model,
        coefficients_data(),
        epochs=60,
        optimizer="muon",
        lr=0.05,
        scheduler=lambda optimizer: StepLR(optimizer, 20, 0.1),
        progress=False,
    )
    assert history.lr[0] == 0.05
    assert history.lr[-1] == pytest.approx(0.0005)
    assert history.loss[-1] < 0.2 * history.loss[0]


def test_muon_scheduler_reaches_both_inner_optimizers():
    model = Coefficients()
    optimizer = MuonAdamW(model.parameters(), lr=0.1)
    for group in optimizer.param_groups:
        group["lr"] = 0.0
    before = Coefficients()
    model(coefficients_data()[0]).sum().backward()
    optimizer.step()
    assert same(model, before)
    optimizer.zero_grad()
    assert model.coef.grad is None


def test_muon_state_continues_identically():
    data = coefficients_data()
    straight, first = Coefficients(), Coefficients()
    fit(straight, data, steps=10, optimizer=lambda p: MuonAdamW(p, lr=0.05), progress=False)
    optimizer = MuonAdamW(first.parameters(), lr=0.05)
    fit(first, data, steps=5, optimizer=optimizer, progress=False)
    second = Coefficients()
    second.load_state_dict(first.state_dict())
    again = MuonAdamW(second.parameters(), lr=1.0)
    again.load_state_dict(optimizer.state_dict())
    fit(second, data, steps=5, optimizer=again, progress=False)
    assert same(straight, second)
    with pytest.raises(ValueError, match="inner optimizers"):
        MuonAdamW([second.bias]).load_state_dict(optimizer.state_dict())


def test_muon_takes_groups_with_a_decay_of_their_own():
    x, y = coefficients_data()
    model, expected = Coefficients(), Coefficients()
    fit(model, (x, y), steps=6, optimizer="muon", weight_decay=0.5, progress=False)
    optimizer = MuonAdamW(
        [{"params": [expected.coef], "weight_decay": 0.5}, {"params": [expected.bias]}]
    )
    assert [group["weight_decay"] for group in optimizer.param_groups] == [0.5, 0.0]
    fit(expected, (x, y), steps=6, optimizer=optimizer, progress=False)
    assert same(model, expected)
    everything = Coefficients()
    decayed = MuonAdamW(everything.parameters(), weight_decay=0.5)
    fit(everything, (x, y), steps=6, optimizer=decayed, progress=False)
    assert torch.allclose(everything.coef, model.coef, atol=1e-2)
    assert not torch.equal(everything.bias, model.bias)


def test_muon_takes_tensors_of_any_rank():
    torch.manual_seed(0)
    model = nn.Sequential(nn.Unflatten(1, (1, 4, 4)), nn.Conv2d(1, 3, 3), nn.Flatten())
    model[1].weight.data = model[1].weight.data.to(memory_format=torch.channels_last)
    x = torch.randn(8, 16)
    history = fit(model, (x, torch.ones(8, 12)), steps=400, optimizer="muon", progress=False)
    assert history.loss[-1] < 0.5 * history.loss[0]


def test_lbfgs_equals_torch_and_finds_the_least_squares_solution():
    x, y = regression(dtype=torch.float64)
    model = nn.Linear(3, 1).double()
    expected = nn.Linear(3, 1).double()
    expected.load_state_dict(model.state_dict())
    history = fit(model, (x, y), steps=5, optimizer="lbfgs", progress=False)
    tight = {"tolerance_grad": 1e-32, "tolerance_change": 1e-32, "history_size": 10}
    optimizer = torch.optim.LBFGS(expected.parameters(), line_search_fn="strong_wolfe", **tight)

    def closure():
        optimizer.zero_grad()
        loss = F.mse_loss(expected(x), y)
        loss.backward()
        return loss

    losses = [optimizer.step(closure).item() for _ in range(5)]
    assert history.loss == losses
    assert same(model, expected)
    solution = torch.linalg.lstsq(torch.cat([x, torch.ones(50, 1).double()], 1), y).solution
    torch.testing.assert_close(model.weight.detach().T, solution[:3], rtol=1e-9, atol=1e-9)


def test_instance_and_callable():
    data = regression()
    first, second = mlp(), mlp()
    fit(first, data, steps=5, optimizer=torch.optim.SGD(first.parameters(), 0.1), progress=False)
    fit(second, data, steps=5, optimizer=lambda p: torch.optim.SGD(p, 0.1), progress=False)
    assert same(first, second)
    assert not same(first, mlp())


def test_schedulers_step_per_step_or_per_epoch():
    data = regression()

    def halve(optimizer):
        return MultiStepLR(optimizer, [2, 4], 0.5)

    by_step = fit(mlp(), data, steps=6, lr=1.0, batch_size=25, scheduler=halve, progress=False)
    assert by_step.lr == [1, 1, 0.5, 0.5, 0.25, 0.25]
    by_epoch = fit(mlp(), data, epochs=5, lr=1.0, batch_size=25, scheduler=halve, progress=False)
    assert by_epoch.lr == [1, 1, 0.5, 0.5, 0.25]


def test_a_first_step_that_float16_skips_is_no_fault_of_the_scheduler():
    x, y = regression()

    def sgd(params):  # not fused: GradScaler does not call it when gradients overflow
        return torch.optim.SGD(params, 1e-6, fused=False)

    model = mlp()
    arguments = {"optimizer": sgd, "precision": "float16", "progress": False}
    halve = {"scheduler": lambda optimizer: StepLR(optimizer, 1, 0.5)}
    fit(model, (x, 100 * y), steps=1, **arguments, **halve)
    assert same(model, mlp())
    history = fit(model, (x, 100 * y), steps=3, **arguments, **halve)
    assert history.lr == pytest.approx([1e-6, 5e-7, 2.5e-7])


def test_scheduler_instance_of_the_users_optimizer():
    model = mlp()
    optimizer = torch.optim.SGD(model.parameters(), 0.1)
    schedule = StepLR(optimizer, 1, 0.5)
    history = fit(
        model, regression(), epochs=3, optimizer=optimizer, scheduler=schedule, progress=False
    )
    assert history.lr == pytest.approx([0.1, 0.05, 0.025])


@pytest.mark.parametrize("validated", [True, False])
def test_plateau_gets_the_loss_that_counts(validated):
    x, y = regression()
    seen = []

    class Watching(ReduceLROnPlateau):
        def step(self, metrics, epoch=None):
            seen.append(metrics)
            super().step(metrics, epoch)

    history = fit(
        mlp(),
        (x, y),
        val=(x, y + 1) if validated else None,
        epochs=4,
        batch_size=20,
        scheduler=Watching,
        progress=False,
    )
    assert seen == (history.val_loss if validated else history.loss)


def test_one_cycle_counts_steps_also_in_a_run_over_epochs():
    epochs, batches, rates = 3, 4, []
    model = torch.nn.Linear(2, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    optimizer.register_step_post_hook(lambda o, *_: rates.append(o.param_groups[0]["lr"]))
    data = (torch.randn(8, 2), torch.randn(8, 1))
    fit(
        model,
        data,
        epochs=epochs,
        batch_size=2,
        optimizer=optimizer,
        scheduler=lambda o: OneCycleLR(o, 0.5, epochs * batches),
        progress=False,
    )
    twin = torch.optim.SGD(torch.nn.Linear(2, 1).parameters(), lr=0.1)
    schedule, expected = OneCycleLR(twin, 0.5, epochs * batches), []
    for _ in range(epochs * batches):
        expected.append(twin.param_groups[0]["lr"])
        twin.step()
        schedule.step()
    assert rates == expected


@pytest.mark.parametrize("name", ["LBFGS", "L-BFGS", "lbfgs"])
def test_names_in_any_case(name):
    kind = type(build_optimizer(name, list(mlp().parameters()), None, None))
    assert kind is torch.optim.LBFGS


def test_sgd_has_a_rate_and_a_momentum_of_its_own():
    (group,) = build_optimizer("SGD", list(mlp().parameters()), None, 0.5).param_groups
    assert (group["lr"], group["momentum"], group["weight_decay"]) == (0.01, 0.9, 0.5)
