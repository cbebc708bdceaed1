"""Losses and metrics by name, against scikit-learn and against repeated rows."""

import pytest
import torch
import torch.nn.functional as F
from sklearn import metrics as sklearn

from edgewise.training import evaluate, fit
from edgewise.training.losses import LOSSES, METRICS, match_target

from .helpers import classification, mlp, regression, same

X, Y = regression()


def test_names_are_the_formulas():
    generator = torch.Generator().manual_seed(0)
    p = torch.randn(40, 2, generator=generator, dtype=torch.float64) * 2
    y = torch.randn(40, 2, generator=generator, dtype=torch.float64)
    d = (p - y).abs()
    assert LOSSES["mae"](p, y).item() == pytest.approx(sklearn.mean_absolute_error(y, p))
    assert LOSSES["mse"](p, y).item() == pytest.approx(sklearn.mean_squared_error(y, p))
    huber = torch.where(d < 1, d**2 / 2, d - 0.5).mean().item()
    assert LOSSES["huber"](p, y).item() == pytest.approx(huber)
    yes = y > 0
    expected = sklearn.log_loss(yes.flatten(), torch.sigmoid(p).flatten())
    assert LOSSES["bce"](p, yes).item() == pytest.approx(expected)
    assert LOSSES["bce"](p, yes.long()).item() == pytest.approx(expected)
    assert METRICS["r2"](p, y).item() == pytest.approx(sklearn.r2_score(y, p))
    assert METRICS["rmse"](p, y).item() == pytest.approx(sklearn.mean_squared_error(y, p) ** 0.5)


@pytest.mark.parametrize("prediction", [[2.0, 2.0], [2.0, 3.0]])
def test_r2_of_constant_targets_is_scikit_learns(prediction):
    p, y = torch.tensor(prediction)[:, None], torch.tensor([[2.0], [2.0]])
    assert METRICS["r2"](p, y).item() == sklearn.r2_score(y, p)


@pytest.mark.parametrize("loss", ["mae", "huber", "bce", "mse"])
def test_a_column_of_targets_needs_no_second_dimension_and_never_broadcasts(loss):
    p, y = torch.randn(5, 1), (torch.rand(5) > 0.5).float()
    assert LOSSES[loss](p, y) == LOSSES[loss](p, y[:, None])
    with pytest.raises(ValueError, match=r"targets of the predictions' shape \(5, 1\), got \(4,\)"):
        LOSSES[loss](p, y[:4])


@pytest.mark.parametrize("loss", [*LOSSES, "MAE", None])
def test_whole_weights_are_rows_given_several_times(loss):
    classes = loss == "cross_entropy"
    x, y = classification() if classes else regression()
    y = (y > 2).float() if loss == "bce" else y
    weight = torch.arange(len(x)) % 4
    x2, y2 = x.repeat_interleave(weight, 0), y.repeat_interleave(weight, 0)
    models = [mlp(outputs=3 if classes else 1).double() for _ in range(2)]
    common = {"steps": 10, "loss": loss, "optimizer": "sgd", "progress": False}
    history = fit(models[0], x, y, sample_weight=7 * weight.numpy().astype(float), **common)
    expected = fit(models[1], x2, y2, **common)
    assert history.loss == pytest.approx(expected.loss, rel=1e-9)
    for a, b in zip(models[0].parameters(), models[1].parameters(), strict=True):
        torch.testing.assert_close(a, b, rtol=1e-9, atol=1e-12)
    alone = evaluate(models[0], (x, y, weight.double()), loss=loss)["loss"]
    assert alone == pytest.approx(evaluate(models[0], x2, y2, loss=loss)["loss"], rel=1e-9)


def test_weights_follow_their_rows_through_shuffled_batches():
    # The target is met where the weight is 1, and far away where it is 0.
    x = torch.linspace(-1, 1, 64)[:, None]
    good = torch.arange(64) % 2 == 0
    y = torch.where(good[:, None], 3 * x, 100.0)
    model = torch.nn.Linear(1, 1)
    fit(model, x, y, sample_weight=good.float(), batch_size=8, epochs=40, lr=0.1, progress=False)
    assert (model.weight - 3).abs().item() < 0.05
    assert model.bias.abs().item() < 0.05


def test_weights_of_batches_count_as_they_are():
    first, second = mlp(), mlp()
    weight = torch.full((50,), 2.0)
    common = {"steps": 4, "optimizer": "sgd", "progress": False}
    doubled = fit(first, [{"x": X, "y": Y, "weight": weight}], lr=0.01, **common)
    plain = fit(second, [(X, Y)], lr=0.02, **common)
    assert doubled.loss == pytest.approx([2 * loss for loss in plain.loss])
    for a, b in zip(first.parameters(), second.parameters(), strict=True):
        torch.testing.assert_close(a, b)


def test_a_loss_of_ones_own_gets_the_weights():
    weight = torch.rand(50)
    own, named = mlp(), mlp()

    def loss(prediction, target, weight):
        return ((prediction - target).square().mean(1) * weight).mean()

    fit(own, X, Y, sample_weight=weight, loss=loss, steps=3, progress=False)
    fit(named, X, Y, sample_weight=weight, loss="mse", steps=3, progress=False)
    assert same(own, named)


@pytest.mark.parametrize(
    ("weight", "loss", "message"),
    [
        (torch.ones(49), None, r"\(50,\), got torch.float32 \(49,\)"),
        (torch.arange(50), None, "as floats .* got torch.int64"),
        (-torch.ones(50), None, "of at least 0, got -1"),
        (torch.zeros(50), None, "a weight above 0"),
        (torch.ones(50), lambda p, t: (p - t).abs().mean(), "prediction, target, weight"),
        (torch.ones(50), torch.nn.MSELoss(), "takes \\(prediction, target, weight\\)"),
    ],
)
def test_weights_that_make_no_sense(weight, loss, message):
    with pytest.raises(ValueError, match=message):
        fit(mlp(), X, Y, sample_weight=weight, loss=loss, steps=1, progress=False)


def test_weights_without_targets_and_yes_that_is_no_number_from_0_to_1():
    with pytest.raises(ValueError, match="sample_weight expected x and y as two"):
        fit(mlp(), (X, Y), sample_weight=torch.ones(50), steps=1)
    with pytest.raises(ValueError, match="from 0 to 1, got -1 … 1: pass booleans"):
        fit(mlp(), X, Y.sign(), loss="bce", steps=1, progress=False)


def test_accuracy_of_probabilities_and_of_one_logit():
    accuracy = METRICS["accuracy"]
    p = torch.tensor([[2.0, 1.0], [0.0, 1.0], [0.0, 3.0], [1.0, 0.0]])
    assert accuracy(p, F.one_hot(torch.tensor([0, 1, 0, 0]), 2).float()) == 0.75
    assert accuracy(p, torch.tensor([0, 1, 0, 0])) == 0.75
    assert accuracy(p[:, :1] - 0.5, torch.tensor([True, False, True, True])) == 0.75


def test_classes_are_counted_in_the_last_dimension():
    loss, logits = LOSSES["cross_entropy"], torch.randn(4, 1, 3)
    classes = torch.tensor([[0], [2], [1], [1]])
    expected = F.cross_entropy(logits[:, 0], classes[:, 0])
    torch.testing.assert_close(loss(logits, classes), expected)
    with pytest.raises(ValueError, match="class"):  # three places, but one class
        loss(torch.randn(4, 3, 1), torch.zeros(4, 3, dtype=torch.long))


@pytest.mark.parametrize("shape", [(4,), (4, 3), (4, 3, 2)])
def test_targets_may_lack_a_last_dimension_of_one(shape):
    target = torch.arange(24.0).reshape(4, 3, 2)[(..., *[0] * (3 - len(shape)))]
    made = match_target("mse", torch.zeros(*shape, 1, dtype=torch.float64), target)
    assert made.dtype == torch.float64
    assert torch.equal(made[..., 0].float(), target)
    assert torch.equal(match_target("mse", torch.zeros(shape), target), target)
