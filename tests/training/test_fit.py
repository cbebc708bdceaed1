"""The loop computes what a bare loop would, and reports it."""

import math
from functools import partial

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from edgewise.training import evaluate, fit

from .helpers import classification, mlp, regression, same, weights


def quiet(model, data, **arguments):
    return fit(model, data, progress=False, **arguments)


BY_NAME = {
    "adam": partial(torch.optim.Adam, fused=True),
    "adamw": partial(torch.optim.AdamW, fused=True),
    "sgd": partial(torch.optim.SGD, momentum=0.9),
}


@pytest.mark.parametrize("name", BY_NAME)
def test_full_batch_equals_a_bare_loop(name):
    x, y = regression()
    model, expected = mlp(), mlp()
    history = quiet(model, (x, y), steps=30, optimizer=name, lr=0.01, weight_decay=0.1)
    weights, biases = ([p for p in expected.parameters() if p.dim() == d] for d in (2, 1))
    groups = [{"params": weights, "weight_decay": 0.1}, {"params": biases, "weight_decay": 0.0}]
    optimizer = BY_NAME[name](groups, lr=0.01)
    losses = []
    for _ in range(30):
        optimizer.zero_grad()
        loss = F.mse_loss(expected(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert history.loss == losses
    assert same(model, expected)
    assert history.step == list(range(1, 31))
    assert history.lr == [0.01] * 30


def test_minibatches_visit_every_row_once_per_epoch_in_a_new_order():
    seen: list[list[int]] = []
    x = torch.arange(23.0).unsqueeze(1)
    model = nn.Linear(1, 1)
    model.register_forward_hook(lambda _, inputs, __: seen.append(inputs[0][:, 0].tolist()))
    epochs = 3 * [5, 5, 5, 5, 3]
    quiet(model, (x, x / 23), epochs=3, batch_size=5, lr=1e-6)
    assert [len(batch) for batch in seen] == [*epochs, 3]
    assert seen.pop() == seen[-1]  # once more, to judge the weights that are returned
    orders = [[row for batch in seen[i : i + 5] for row in batch] for i in (0, 5, 10)]
    assert all(sorted(order) == list(range(23)) for order in orders)
    assert orders[0] != orders[1] != orders[2]


def test_epoch_loss_is_the_mean_over_samples():
    x, y = regression(23)
    model = mlp()
    history = quiet(model, (x, y), epochs=2, batch_size=5, optimizer="adamw", lr=0.0)
    expected = F.mse_loss(model(x), y).item()
    assert history.loss == pytest.approx([expected] * 2, rel=1e-6)
    assert (history.step, history.epoch) == ([5, 10], [1, 2])


def test_seed_or_generator_decides_the_order():
    data = regression()
    models = [mlp() for _ in range(4)]
    for model in models[:2]:
        torch.manual_seed(3)
        quiet(model, data, epochs=2, batch_size=8)
    assert same(models[0], models[1])
    for model in models[2:]:
        torch.rand(5)
        order = torch.Generator().manual_seed(5)
        quiet(model, data, epochs=2, batch_size=8, seed=order)
    assert same(models[2], models[3])
    assert not same(models[0], models[2])


def test_loader_equals_memory_and_numpy_is_converted():
    x, y = regression()
    loader = DataLoader(TensorDataset(x, y), batch_size=50)
    models = [mlp() for _ in range(3)]
    quiet(models[0], (x, y), epochs=5)
    quiet(models[1], loader, epochs=5)
    frozen = x.double().numpy()
    frozen.flags.writeable = False
    quiet(models[2], (frozen, y.double().numpy()), epochs=5)
    assert same(models[0], models[1])
    assert same(models[0], models[2])


def test_steps_may_end_inside_an_epoch():
    history = quiet(mlp(), regression(), steps=8, batch_size=10)
    assert history.epoch == [1] * 5 + [2] * 3


def test_classification_reports_cross_entropy_and_accuracy():
    x, y = classification()
    model = mlp(outputs=3)
    history = quiet(model, (x, y), val=(x, y), epochs=200, lr=0.05)
    with torch.no_grad():
        logits = model(x)
    assert history.val_loss[-1] == pytest.approx(F.cross_entropy(logits, y).item(), rel=1e-6)
    hits = (logits.argmax(1) == y).float().mean().item()
    assert history.metrics["accuracy"][-1] == pytest.approx(hits)
    assert hits > 0.9
    assert evaluate(model, (x, y)).keys() == {"loss", "accuracy"}


def test_sequence_classification_has_classes_last():
    y = torch.arange(12).reshape(4, 3) % 5
    x = torch.randn(4, 3, 2)
    model = nn.Linear(2, 5)
    expected = F.cross_entropy(model(x).reshape(12, 5), y.reshape(12)).item()
    assert evaluate(model, (x, y))["loss"] == pytest.approx(expected)


def test_metrics_of_training_batches_without_validation():
    x, y = regression(23)
    metrics = {"mae": lambda p, t: (p - t).abs().mean(), "one": lambda p, t: 1.0}
    model = mlp()
    history = quiet(model, (x, y), epochs=2, batch_size=5, lr=0.0, metrics=metrics)
    expected = (model(x) - y).abs().mean().item()
    assert history.metrics["mae"] == pytest.approx([expected] * 2, rel=1e-6)
    assert history.metrics["one"] == [1.0, 1.0]
    assert all(math.isnan(value) for value in history.val_loss)


def test_metric_need_not_be_an_average():
    x, y = regression(23)
    model = mlp()
    rmse = {"rmse": lambda p, t: (p - t).square().mean().sqrt()}
    result = evaluate(model, (x, y), metrics=rmse, batch_size=4)
    assert result["rmse"] == pytest.approx(math.sqrt(result["loss"]), rel=1e-6)
    assert result["loss"] == pytest.approx(F.mse_loss(model(x), y).item(), rel=1e-6)


def test_regularizer_is_added_and_recorded():
    x, y = regression()
    model, expected = mlp(), mlp()

    def ridge(module, inputs):
        assert inputs is not None
        return 0.1 * sum(p.square().sum() for p in module.parameters())

    history = quiet(model, (x, y), steps=5, regularizer=ridge)
    optimizer = torch.optim.AdamW(expected.parameters(), lr=3e-3, weight_decay=0.0, fused=True)
    for step in range(5):
        optimizer.zero_grad()
        penalty = ridge(expected, x)
        loss = F.mse_loss(expected(x), y) + penalty
        loss.backward()
        optimizer.step()
        assert history.loss[step] == loss.item()
        assert history.regularization[step] == penalty.item()
    assert same(model, expected)


def test_evaluation_is_thinned_out_in_long_runs_but_done_at_the_end():
    data = regression(10)
    history = quiet(mlp(), data, val=data, steps=301)
    known = [step for step, v in zip(history.step, history.val_loss, strict=True) if v == v]
    assert known == [*range(3, 301, 3), 301]


def test_modes_are_restored_and_right_in_between():
    x, y = regression()
    model = mlp(dropout=0.5)
    model.eval()
    model[0].train()
    modes: list[tuple[bool, bool]] = []
    hook = model.register_forward_hook(
        lambda m, _, out: modes.append((m[2].training, out.requires_grad))
    )
    quiet(model, (x, y), val=(x, y), epochs=2)
    hook.remove()
    assert modes == [(True, True), (False, False)] * 2
    assert [m.training for m in model.modules()] == [False, True, False, False, False]
    assert all(p.grad is None for p in model.parameters())


def test_ctrl_c_returns_the_history_so_far():
    calls = []

    def stop(model, x):
        calls.append(1)
        if len(calls) == 5:
            raise KeyboardInterrupt
        return 0.0

    history = quiet(mlp(), regression(), steps=50, regularizer=stop)
    assert history.interrupted
    assert history.step == [1, 2, 3, 4]
    assert not quiet(mlp(), regression(), steps=2).interrupted


def test_progress_goes_to_stderr_and_can_be_silenced(capsys):
    fit(mlp(outputs=3), classification(), epochs=2)
    shown = capsys.readouterr().err
    assert all(word in shown for word in ("loss=", "accuracy=", "lr=0.003", "it/s", "2/2"))
    quiet(mlp(outputs=3), classification(), epochs=2)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("precision", "dtype"),
    [("float64", torch.float64), ("float32", torch.float32), ("bfloat16", torch.float32)],
)
def test_precision(precision, dtype):
    seen = set()
    model = mlp()
    model[0].register_forward_hook(lambda _, __, out: seen.add(out.dtype))
    x, y = regression()
    history = quiet(model, (x, y), val=[(x, y)], steps=30, lr=0.02, precision=precision)
    assert {p.dtype for p in model.parameters()} == {dtype}
    assert seen == {torch.bfloat16 if precision == "bfloat16" else dtype}
    assert history.loss[-1] < 0.8 * history.loss[0]


def test_float16_scales_the_loss_but_reports_it_unscaled():
    model = mlp()
    data = regression()
    history = quiet(model, data, steps=40, lr=0.02, precision="float16")
    assert history.loss[0] == pytest.approx(evaluate(mlp(), data)["loss"], rel=1e-2)
    assert history.loss[-1] < 0.8 * history.loss[0]
    with pytest.raises(ValueError, match="bfloat16"):
        quiet(model, data, steps=1, optimizer="lbfgs", precision="float16")


def test_evaluate_leaves_the_model_alone():
    model = mlp(dropout=0.5)
    before = weights(model)
    results = [evaluate(model, regression(), batch_size=7)["loss"] for _ in range(2)]
    assert results[0] == results[1]
    assert model.training
    assert all(torch.equal(a, b) for a, b in zip(before, weights(model), strict=True))


def test_device_is_honoured():
    model = mlp()
    quiet(model, regression(), steps=1, device="cpu")
    assert evaluate(model, regression(), device=torch.device("cpu"))["loss"] > 0


def test_training_works_inside_no_grad():
    model, expected = mlp(), mlp()
    quiet(expected, regression(), steps=2)
    with torch.no_grad():
        quiet(model, regression(), steps=2)
    assert same(model, expected)


def test_arrays_of_integers_stay_integers():
    x = np.arange(6)
    model = nn.Embedding(6, 2)
    quiet(model, (x, np.zeros((6, 2))), steps=200, lr=0.05)
    assert model.weight.abs().max() < 0.1


class Watched(nn.Linear):
    """Remembers the devices that it was moved to."""

    def to(self, *args, **settings):
        self.asked = [*getattr(self, "asked", []), *args]
        return super().to(*args, **settings)


def test_evaluate_moves_the_model_to_the_device_asked_for():
    """There may be one device only, so it counts what is asked of the model."""
    model = Watched(3, 1)
    before = evaluate(model, regression())
    assert not hasattr(model, "asked")
    assert evaluate(model, regression(), device="cpu") == before
    assert model.asked == ["cpu"]
    with pytest.raises(ValueError, match="device meta"):  # nothing there has a value
        evaluate(model, regression(), device="meta")
    assert next(model.parameters()).device.type == "meta"
