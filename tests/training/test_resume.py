"""Stopped and resumed runs end with the same bits as uninterrupted ones."""

import os
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from torch import nn
from torch.optim.lr_scheduler import MultiStepLR, OneCycleLR, ReduceLROnPlateau
from torch.utils.data import DataLoader, TensorDataset

from edgewise._files import replace_file
from edgewise.training import checkpoint, fit
from repeats import seeds

from .helpers import Stop, StopAt, mlp, regression, same, weights

SCRIPT = Path(__file__).with_name("killed_run.py")
FILE = "checkpoint.safetensors"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that are copies")
def test_runs_killed_at_random_moments_end_with_the_same_bits(tmp_path, forks):
    """Of all kinds in one process, which imports what they need once."""
    chosen = {kind: seeds(count) for kind, count in (("layers", 1), ("curves", 2), ("tables", 2))}
    cases = [part for kind, own in chosen.items() for part in (kind, own.start, own.stop)]
    lines = forks.run(SCRIPT, tmp_path / "runs", *cases).splitlines()
    for (kind, own), line in zip(chosen.items(), lines, strict=True):
        killed, kills = map(int, line.split())
        print(f"{killed} runs of {kind} were killed {kills} times")
        assert killed >= len(own)


def loader(shuffled_by):
    x, y = regression()
    if shuffled_by == "generator":
        order = torch.Generator().manual_seed(4)
        return DataLoader(TensorDataset(x, y), batch_size=8, shuffle=True, generator=order)
    return DataLoader(TensorDataset(x, y), batch_size=8, shuffle=True)


def stopped_and_straight(folder, make_data, stop, **arguments):
    """The model of an uninterrupted run, and that of one stopped twice and resumed."""
    arguments["progress"] = False
    every = arguments.pop("checkpoint_every", 3)
    straight = mlp(dropout=0.2)
    torch.manual_seed(5)
    expected = fit(straight, make_data(), regularizer=StopAt(0), **arguments)
    torch.manual_seed(5)
    for calls in (stop, stop, 0):
        resumed = mlp(dropout=0.2)
        torch.manual_seed(calls if calls == 0 else 5)  # what the last one starts from is no matter
        try:
            history = fit(
                resumed,
                make_data(),
                regularizer=StopAt(calls),
                checkpoint_dir=folder,
                checkpoint_every=every,
                resume=True,
                **arguments,
            )
        except Stop:
            continue
    assert history.loss == expected.loss
    assert history.lr == expected.lr
    assert history.step == expected.step
    return resumed, straight


@pytest.mark.parametrize("shuffled_by", ["generator", "global state"])
@pytest.mark.parametrize("length", [{"epochs": 4}, {"steps": 28}])
def test_shuffling_loader(tmp_path, shuffled_by, length):
    models = stopped_and_straight(tmp_path, lambda: loader(shuffled_by), 12, **length)
    assert same(*models)


@pytest.mark.parametrize("batch_size", [None, 20])
def test_lbfgs(tmp_path, batch_size):
    arguments = {"optimizer": "lbfgs", "batch_size": batch_size, "checkpoint_every": 1}
    assert same(*stopped_and_straight(tmp_path, regression, 60, steps=8, **arguments))


SCHEDULERS = {
    "milestones": lambda optimizer: MultiStepLR(optimizer, [2, 3]),
    "one cycle": lambda optimizer: OneCycleLR(
        optimizer, 0.01, total_steps=40, cycle_momentum=False
    ),
    "plateau": lambda optimizer: ReduceLROnPlateau(optimizer, patience=0, threshold=0.5),
}


@pytest.mark.parametrize("schedule", SCHEDULERS)
@pytest.mark.parametrize("optimizer", ["muon", "adam"])
def test_schedulers_and_muon(tmp_path, schedule, optimizer):
    models = stopped_and_straight(
        tmp_path,
        regression,
        9,
        epochs=5,
        batch_size=10,
        optimizer=optimizer,
        scheduler=SCHEDULERS[schedule],
        checkpoint_every=4,
    )
    assert same(*models)


def test_a_first_epoch_that_was_stopped_before_its_schedule_goes_on(tmp_path, monkeypatch):
    """torch warns where a schedule advances in a process that took no step itself."""
    settings = {"epochs": 2, "batch_size": 10, "checkpoint_every": 5, "progress": False}
    settings |= {"scheduler": SCHEDULERS["milestones"]}
    stopped, resumed, whole = (mlp() for _ in range(3))
    advance = MultiStepLR.step

    def stop(scheduler, *given):
        if scheduler.last_epoch == 0:
            raise Stop
        advance(scheduler, *given)

    torch.manual_seed(5)
    with monkeypatch.context() as patch:
        patch.setattr(MultiStepLR, "step", stop)
        with pytest.raises(Stop):
            fit(stopped, regression(), checkpoint_dir=tmp_path, **settings)
    fit(resumed, regression(), checkpoint_dir=tmp_path, resume=True, **settings)
    torch.manual_seed(5)
    fit(whole, regression(), **settings | {"checkpoint_every": None})
    assert same(resumed, whole)


@pytest.mark.parametrize("every", [None, 5])
def test_checkpoints_at_the_end_of_an_epoch(tmp_path, every):
    models = stopped_and_straight(
        tmp_path, regression, 8, epochs=4, batch_size=10, checkpoint_every=every
    )
    assert same(*models)


def test_float16_with_its_scaler(tmp_path):
    models = stopped_and_straight(tmp_path, regression, 8, steps=12, precision="float16")
    assert same(*models)


def test_a_finished_run_is_not_repeated_but_can_be_extended(tmp_path):
    arguments = {"batch_size": 10, "checkpoint_dir": tmp_path, "progress": False}
    data = regression()
    first, straight = mlp(), mlp()
    torch.manual_seed(0)
    fit(first, data, epochs=2, **arguments)
    again = mlp(seed=9)
    history = fit(again, data, epochs=2, resume=True, **arguments)
    assert len(history) == 2
    assert same(first, again)
    fit(again, data, epochs=5, resume=True, **arguments)
    torch.manual_seed(0)
    fit(straight, data, epochs=5, batch_size=10, progress=False)
    assert same(again, straight)


def test_resume_without_a_checkpoint_starts(tmp_path):
    history = fit(
        mlp(), regression(), steps=2, checkpoint_dir=tmp_path / "new", resume=True, progress=False
    )
    assert len(history) == 2
    assert [path.name for path in (tmp_path / "new").iterdir()] == [FILE]


@pytest.fixture
def finished(tmp_path):
    fit(mlp(), regression(), steps=4, checkpoint_dir=tmp_path, progress=False)
    return tmp_path


def refused(folder, message, model=None, data=None, **arguments):
    """Check that the run is refused, and that neither file nor model has changed."""
    model = mlp(seed=3) if model is None else model
    content, before = (folder / FILE).read_bytes(), weights(model)
    arguments = {"steps": 8, "resume": True, "progress": False} | arguments
    with pytest.raises(ValueError, match=message):
        fit(model, data or regression(), checkpoint_dir=folder, **arguments)
    assert (folder / FILE).read_bytes() == content
    assert all(torch.equal(a, b) for a, b in zip(before, weights(model), strict=True))


def test_an_existing_checkpoint_is_not_overwritten(finished):
    refused(finished, "pass resume=True", resume=False)


@pytest.mark.parametrize("keep", [0, 5, 100, -1])
def test_truncated_file(finished, keep):
    path = finished / FILE
    path.write_bytes(path.read_bytes()[:keep])
    refused(finished, f"cannot read checkpoint {path}.*restore the file")


def test_foreign_files(finished):
    save_file({"a": torch.zeros(1)}, finished / FILE)
    refused(finished, "without the metadata entry")
    save_file({"a": torch.zeros(1)}, finished / FILE, {"edgewise_checkpoint": '{"tensor": "b"}'})
    refused(finished, "cannot read checkpoint .*'b'")
    save_file({"a": torch.zeros(1)}, finished / FILE, {"edgewise_checkpoint": '{"dict": []}'})
    refused(finished, "got no run, no model")


def test_another_model_or_run(finished):
    refused(
        finished, r"0\.weight: expected float32 \(8, 4\), got", mlp(4), (torch.ones(50, 4),) * 2
    )
    refused(finished, "3.weight is only in the checkpoint", nn.Sequential(nn.Linear(3, 8)))
    refused(finished, r"float64 \(8, 3\)", mlp().double())
    refused(finished, "optimizer = 'AdamW', .* got 'LBFGS'", optimizer="lbfgs")
    refused(finished, "batch_size = 50, .* got 7", batch_size=7)
    refused(finished, "samples = 50, .* got 40", data=regression(40))
    refused(finished, "unit = 'steps'", steps=None, epochs=3)
    refused(finished, "scheduler = None", scheduler=SCHEDULERS["milestones"])


def rewrite(folder, change):
    """Change the state in a checkpoint."""
    state = checkpoint.load(folder)
    change(state)
    checkpoint.save(state, folder)


def test_an_optimizer_whose_state_has_other_names(finished):
    def rename_moment(state):
        for entry in state["optimizer"]["state"].values():
            entry["first"] = entry.pop("exp_avg")

    rewrite(finished, rename_moment)
    refused(finished, "does not fit this run: the optimizer expected .*exp_avg", steps=9)


@pytest.mark.parametrize(
    ("name", "value"),
    [("exp_avg", torch.zeros(1)), ("exp_avg_sq", torch.zeros(0)), ("step", torch.zeros(0))],
)
def test_an_optimizer_whose_state_has_other_shapes(finished, name, value):
    """A fused step would read past their ends."""

    def shorten(state):
        for entry in state["optimizer"]["state"].values():
            entry[name] = value.clone()

    rewrite(finished, shorten)
    refused(finished, f"does not fit this run .*{name} of shape", steps=9)


@pytest.mark.parametrize("name", ["exp_avg", "step"])
def test_an_optimizer_whose_state_is_complex(finished, name):
    """Loading would drop the imaginary part."""

    def rotate(state):
        for entry in state["optimizer"]["state"].values():
            entry[name] = entry[name] * 1j

    rewrite(finished, rotate)
    refused(finished, f"does not fit this run .*{name} to be real", steps=9)


@pytest.mark.parametrize("optimizer", ["adamw", "lbfgs"])
@pytest.mark.parametrize("error", [TypeError, KeyError, AttributeError])
def test_an_error_in_the_loss_is_not_the_checkpoints_fault(tmp_path, error, optimizer):
    common = {"checkpoint_dir": tmp_path, "progress": False, "optimizer": optimizer}
    fit(mlp(), regression(), steps=4, **common)

    def broken(prediction, target):
        raise error("of the user's own")

    with pytest.raises(error, match="of the user's own"):
        fit(mlp(), regression(), steps=8, resume=True, loss=broken, **common)


def test_an_error_of_the_optimizer_after_a_good_loss_is_the_checkpoints(finished):
    losses = []

    def loss(prediction, target):
        losses.append((prediction - target).square().mean())
        return losses[-1]

    rewrite(finished, lambda state: state["optimizer"]["param_groups"][0].pop("betas"))
    refused(finished, "does not fit this run: the optimizer expected .*betas", steps=9, loss=loss)
    assert len(losses) == 1


def test_a_state_nested_too_deeply(finished):
    deep = "[" * 100_000 + "]" * 100_000
    save_file({"a": torch.zeros(1)}, finished / FILE, {"edgewise_checkpoint": deep})
    refused(finished, "cannot read checkpoint .*RecursionError")


def test_one_run_at_a_time(finished):
    with checkpoint.reserve(finished):
        refused(finished, "checkpoint_dir of its own .*another run is using")
    assert [path.name for path in finished.iterdir()] == [FILE]


def test_parts_of_killed_runs_are_taken_away(finished):
    with replace_file(finished / FILE) as part:
        part.write_text("half of it")
        fit(mlp(), regression(), steps=9, checkpoint_dir=finished, resume=True, progress=False)
        assert not part.exists()
        part.write_bytes((finished / FILE).read_bytes())


def test_optimizer_with_other_groups(finished):
    def halves(params):
        return torch.optim.AdamW([{"params": params[:2]}, {"params": params[2:]}])

    refused(finished, "does not fit this run .*parameter group", optimizer=halves)
