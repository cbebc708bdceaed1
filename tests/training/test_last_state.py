"""What `fit` returns has a finite loss, or it says so and puts back what had."""

import json
import math

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import save_file

import edgewise as ew
from edgewise.training import NonFiniteLossError
from edgewise.training.guard import Guard

X = torch.rand(50, 2, generator=torch.Generator().manual_seed(0)) * 2 - 1
Y = X[:, :1]


def network():
    return ew.KAN([2, 3, 1], seed=0)


def state_of(model):
    return {name: tensor.clone() for name, tensor in model.state_dict().items()}


def same(a, b):
    return a.keys() == b.keys() and all(torch.equal(a[k], b[k]) for k in a)


ENDS = {
    "steps": {"steps": 1},
    "epochs": {"epochs": 1},
    "batches": {"epochs": 1, "batch_size": 50},
    "validation": {"epochs": 1, "val": (X, Y)},
    "patience": {"epochs": 1, "val": (X, Y), "patience": 3},
    "callback": {"steps": 5, "callbacks": lambda model, history: True},
}


@pytest.mark.parametrize("lr", [1e20, 1e30, 1e37])
@pytest.mark.parametrize("end", ENDS)
def test_the_last_update_is_judged(end, lr):
    model = network()
    with pytest.raises(NonFiniteLossError, match="NaN or infinite after step 1") as error:
        ew.fit(model, X, Y, lr=lr, optimizer="sgd", progress=False, **ENDS[end])
    assert error.value.step == 1
    assert math.isfinite(ew.evaluate(model, X, Y)["loss"])
    assert model.training


def test_the_best_weights_take_the_place_of_bad_last_ones():
    model, rates = network(), iter([1e-3, 1e-3, 1e20])

    def schedule(optimizer):
        return torch.optim.lr_scheduler.LambdaLR(optimizer, lambda k: [1, 1, 1e23, 1][min(k, 3)])

    history = ew.fit(
        model, X, Y, lr=next(rates), optimizer="sgd", scheduler=schedule, steps=3, val=(X, Y),
        patience=5, progress=False,
    )  # fmt: skip
    assert not math.isfinite(history.val_loss[-1])
    assert history.best_step == 2
    assert ew.evaluate(model, X, Y)["loss"] == history.val_loss[1]


def test_validation_data_judge_too():
    far = torch.full((3, 2), 1e30)
    with pytest.raises(NonFiniteLossError, match="after step 4"):
        ew.fit(network(), X, Y, val=(far, far[:, :1]), steps=4, progress=False)


def test_a_bad_last_state_is_not_saved(tmp_path):
    options = {"lr": 1e20, "optimizer": "sgd", "progress": False}
    with pytest.raises(NonFiniteLossError):
        ew.fit(network(), X, Y, steps=1, checkpoint_dir=tmp_path, **options)
    assert not (tmp_path / "checkpoint.safetensors").exists()


def test_judging_changes_nothing_else():
    """Buffers that training moves, and random numbers, are as they were without it."""
    parts = torch.nn.Linear(2, 4), torch.nn.BatchNorm1d(4), torch.nn.Dropout(0.5)
    torch.manual_seed(0)
    model = torch.nn.Sequential(*parts, torch.nn.Linear(4, 1))
    ew.fit(model, X, Y, steps=3, progress=False)
    assert int(model[1].num_batches_tracked) == 3
    assert model.training


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    ew.fit(network(), X, Y, steps=4, checkpoint_dir=folder, progress=False)
    with safe_open(folder / "checkpoint.safetensors", framework="pt") as file:
        tensors = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118
        return json.loads(file.metadata()["edgewise_checkpoint"]), tensors


KEYS = [
    *("run", "model", "optimizer", "scheduler", "scaler", "order", "rng", "history", "row"),
    *("position", "best", "hold", "seconds"),
]
DAMAGE = {
    "nothing": lambda entries, key: entries.pop(key),
    "a text": lambda entries, key: entries.update({key: "text"}),
    "None": lambda entries, key: entries.update({key: None}),
    "a list": lambda entries, key: entries.update({key: []}),
    "an empty dict": lambda entries, key: entries.update({key: {"dict": []}}),
    "-1": lambda entries, key: entries.update({key: -1}),
}


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_checkpoint_changes_no_model(written, key, damage, tmp_path):
    skeleton, tensors = written
    entries = dict(map(tuple, skeleton["dict"]))
    assert list(entries) == KEYS
    DAMAGE[damage](entries, key)
    text = json.dumps({"dict": list(map(list, entries.items()))})
    save_file(tensors, tmp_path / "checkpoint.safetensors", {"edgewise_checkpoint": text})
    model = network()
    before, weights = state_of(model), [p.clone() for p in model.parameters()]
    refusal = ""
    try:
        ew.fit(model, X, Y, steps=6, checkpoint_dir=tmp_path, resume=True, progress=False)
    except ValueError as error:
        refusal = str(error)
    if not refusal:  # a run in one batch, without a schedule, has no use for these
        unused = ("scheduler", "scaler", "best", "hold", "order", "history")
        assert key in unused or (key, damage) == ("seconds", "-1")
        return
    assert "checkpoint" in refusal
    assert all(torch.equal(a, b) for a, b in zip(weights, model.parameters(), strict=True))
    if damage == "nothing":
        assert same(before, state_of(model))


def test_the_newest_copy_counts_once_its_own_loss_was_finite():
    """The loss of step k is that of the weights after k - 1 steps."""
    model = torch.nn.Linear(1, 1, bias=False)

    def guard():
        """Copies of the weights 0 and 3, after as many steps, in a model whose weight is NaN."""
        model.weight.data.fill_(0.0)
        made = Guard(model, 0, 3)
        model.weight.data.fill_(3.0)
        made.confirm(2)  # too soon after the last copy
        made.confirm(3)
        model.weight.data.fill_(torch.nan)
        return made

    for bad_step, good in ((3, 0), (4, 0), (5, 3), (9, 3)):
        assert guard().restore(bad_step) == good
        assert model.weight.item() == good
