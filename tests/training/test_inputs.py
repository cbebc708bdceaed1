"""What users pass as data: arrays, frames, lists, dicts, booleans, text, streams."""

import warnings

import numpy as np
import pandas as pd
import pytest
import torch
from torch.utils.data import DataLoader, IterableDataset, TensorDataset

import edgewise as ew
from edgewise.nn.reading import read_tensor
from edgewise.training import evaluate, fit
from edgewise.training.inputs import split

from .helpers import classification, mlp, regression, same

X, Y = regression()


def quiet(model, *data, **arguments):
    return fit(model, *data, progress=False, **arguments)


WAYS = {
    "two arguments": (X, Y),
    "arrays": (X.numpy(), Y.numpy()),
    "frames": (pd.DataFrame(X.numpy(), columns=list("abc")), pd.DataFrame(Y.numpy())),
    "frame and series": (pd.DataFrame(X.numpy()), pd.Series(Y[:, 0].numpy())),
    "pair with a series": ((pd.DataFrame(X.numpy()), pd.Series(Y[:, 0].numpy())),),
    "lists": (X.tolist(), Y.tolist()),
    "tensor and list": ((X, Y[:, 0].tolist()),),
    "dict": ({"x": X, "y": Y},),
    "dict batches": ([{"id": 3, "input": X, "label": Y}],),
    "reversed twice": (X.numpy()[::-1].copy()[::-1], Y),
    "big endian": (X.numpy().astype(">f4"), Y),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_pass_the_same_data_trains_the_same_model(way):
    expected, model = mlp(), mlp()
    plain = quiet(expected, (X, Y), steps=5)
    assert quiet(model, *WAYS[way], steps=5).loss == plain.loss
    assert same(model, expected)
    assert evaluate(model, *WAYS[way]) == evaluate(expected, (X, Y))


def test_a_frame_of_whole_numbers_and_booleans_is_a_table_of_inputs():
    frame = pd.DataFrame({"a": [1, 2, 3], "b": [True, False, True], "c": [4, 5, 6]})
    numbers = torch.tensor([[1.0, 1.0, 4.0], [2.0, 0.0, 5.0], [3.0, 1.0, 6.0]])
    first, second = mlp(), mlp()
    quiet(first, frame, Y[:3], steps=2)
    quiet(second, numbers, Y[:3], steps=2)
    assert same(first, second)
    assert read_tensor("data x", frame[["a", "c"]]).dtype == torch.float64
    assert read_tensor("data y", frame[["a"]]).dtype == torch.int64


def test_boolean_labels_are_two_classes():
    x, numbered = classification()
    labels = numbered > 0
    first, second = mlp(outputs=2), mlp(outputs=2)
    history = quiet(first, x, labels, steps=5)
    expected = quiet(second, x, labels.long(), steps=5)
    assert history.loss == expected.loss
    assert history.metrics == expected.metrics
    as_objects = pd.Series(labels.tolist(), dtype=object)
    assert quiet(mlp(outputs=2), x, as_objects, steps=5).loss == history.loss


def test_boolean_labels_and_one_output_are_a_logit():
    x, numbered = classification()
    labels = numbered > 0
    model = mlp()
    history = quiet(model, x, labels, steps=60, lr=0.05)
    probability = torch.sigmoid(model(x)[:, 0])
    assert evaluate(model, x, labels)["accuracy"] == ((probability > 0.5) == labels).double().mean()
    likelihood = torch.where(labels, probability, 1 - probability).log().mean()
    assert evaluate(model, x, labels)["loss"] == pytest.approx(-likelihood.item(), rel=1e-5)
    assert history.metrics["accuracy"][-1] > 0.8


REFUSED = {
    "text labels": ((X, ["cat", "dog"] * 25), r"text such as 'cat': number the classes .*unique"),
    "a frame with dates": (
        (pd.DataFrame({"a": range(50), "day": pd.date_range("2026-01-01", periods=50)}), X[:, 0]),
        r"times such as 2026-01-01 .* in column 'day', .*: convert them, for example to days",
    ),
    "a series of text": ((X, pd.Series(["a"] * 50)), "text such as 'a'"),
    "a column of text": (
        (pd.DataFrame({"a": [1.0, 2.0], "b": ["u", "v"]}), Y[:2]),
        r"text such as 'u' in column 'b': leave out or encode",
    ),
    "dates": ((pd.DataFrame({"a": pd.to_datetime(["2020-01-01"])}), Y[:1]), "expected numbers"),
    "missing": ((pd.DataFrame({"a": [1.0, None]}), Y[:2]), "first in row 1"),
    "a missing whole number": (
        (pd.DataFrame({"a": pd.array([1, None], dtype="Int64")}), Y[:2]),
        "can't be read as such|first in row 1",
    ),
    "ragged": (([[1.0], [1.0, 2.0]], Y[:2]), "rows of equal length"),
    "batches and y": ((DataLoader(TensorDataset(X, Y)), Y), "leave y out"),
    "other keys": (([{"a": X, "b": Y}],), r"dicts with x \(or inputs.*got a, b: rename"),
    "x alone": ((pd.DataFrame(X.numpy()),), r"got DataFrame alone: pass both, fit\(model, x, y\)"),
    "a scalar batch": (([(torch.tensor(1.0), torch.tensor(1.0))],), "in every batch, got tensor"),
    "five batches of nothing": (([(X[:0], Y[:0])] * 5,), "at least one batch"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused(case):
    data, message = REFUSED[case]
    with pytest.raises(ValueError, match=message):
        quiet(mlp(), *data, steps=1)


def test_validation_data_comes_in_the_same_ways():
    expected = quiet(mlp(), (X, Y), val=(X[:9], Y[:9]), steps=3).val_loss
    for data, val in [
        ((X.tolist(), Y.tolist()), (X[:9].tolist(), Y[:9].tolist())),
        ((X, Y), (pd.DataFrame(X[:9].numpy()), pd.Series(Y[:9, 0].numpy()))),
        ((X, Y), {"x": X[:9], "y": Y[:9]}),
        ((X, Y), ((X[:4], Y[:4]), (X[4:9], Y[4:9]))),
    ]:
        assert quiet(mlp(), *data, val=val, steps=3).val_loss == pytest.approx(expected)


def test_parts_of_a_dict_by_the_names_that_others_use():
    assert split({"features": 1, "targets": 2, "weights": 3, "id": 4}) == (1, 2, 3)


class Stream(IterableDataset):
    """Rows one after another, of which nobody knows how many there are."""

    def __iter__(self):
        return iter(zip(X, Y, strict=True))


def test_a_stream_trains_like_the_same_batches():
    expected, model = mlp(), mlp()
    batches = list(zip(X.split(8), Y.split(8), strict=True))
    plain = quiet(expected, batches, epochs=3)
    streamed = quiet(model, DataLoader(Stream(), batch_size=8), epochs=3)
    assert streamed.loss == plain.loss
    assert streamed.step == [7, 14, 21]
    assert same(model, expected)
    assert evaluate(model, DataLoader(Stream(), batch_size=8)) == evaluate(expected, batches)


def test_empty_batches_are_skipped_also_on_resuming(tmp_path):
    batches = list(zip(X.split(10), Y.split(10), strict=True))
    empty = (X[:0], Y[:0])
    holed = [empty, *batches[:2], empty, *batches[2:], empty]
    expected, model, resumed = mlp(), mlp(), mlp()
    plain = quiet(expected, batches, epochs=2, val=batches)
    assert quiet(model, holed, epochs=2, val=holed).loss == plain.loss
    assert same(model, expected)
    quiet(resumed, holed, steps=3, checkpoint_dir=tmp_path)
    resumed = mlp()
    quiet(resumed, holed, steps=10, checkpoint_dir=tmp_path, resume=True)
    assert same(resumed, expected)


@pytest.mark.parametrize(
    ("loss", "message"),
    [
        (lambda p, t: float((p - t).detach().square().mean()), "got float: compute it with torch"),
        (lambda p, t: (p - t).square().mean().item(), "without .item"),
        (lambda p, t: np.float64(1), "got float64"),
        (lambda p, t: (p.detach() - t).square().mean(), "without gradients: .*detach"),
        (torch.nn.MSELoss, r"got the class MSELoss: write MSELoss\(\)"),
    ],
)
def test_a_loss_without_gradients_is_named(loss, message):
    with pytest.raises(ValueError, match=message):
        quiet(mlp(), (X, Y), steps=1, loss=loss)


@pytest.mark.parametrize(
    ("arguments", "ours"),
    [
        ({"lamb": 0.01}, "regularizer=Sparsity.* instead of lamb="),
        ({"opt": "LBFGS"}, "optimizer= instead of opt="),
        ({"batch": 3, "verbose": 0}, r"batch_size= instead of batch= \(.*\); write progress="),
    ],
)
def test_names_of_other_programs(arguments, ours):
    with pytest.raises(TypeError, match=f"fit expected its own .*{ours}"):
        fit(mlp(), X, Y, steps=1, **arguments)


@pytest.mark.parametrize("call", [fit, evaluate])
def test_a_device_that_is_missing(call):
    with pytest.raises(ValueError, match=f"{call.__name__} expected a device .* got 'gpu': choose"):
        call(mlp(), (X, Y), device="gpu", **({"steps": 1} if call is fit else {}))


@pytest.mark.parametrize(
    "read",
    [
        ew.attribute,
        ew.prune,
        ew.grids.coverage,
        ew.grids.adapt,
        ew.plot,
    ],
    ids=["attribute", "prune", "coverage", "adapt", "plot"],
)
def test_what_reads_a_model_takes_frames_as_fit_does(read):
    model = ew.KAN([2, 3, 1], seed=torch.Generator().manual_seed(0))
    frame = pd.DataFrame({"a": np.linspace(-1, 1, 30), "b": np.arange(30) / 30})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read(model, frame)
    with pytest.raises(ValueError, match="expected numbers, got text such as 'u' in column 'b'"):
        read(model, frame.assign(b="u"))


def test_a_dataset_of_pykan_is_told_what_to_pass():
    x = torch.zeros(3, 2)
    theirs = dict.fromkeys(("train_input", "train_label", "test_input", "test_label"), x)
    with pytest.raises(ValueError, match=r"pass \(data\['train_input'\].*val=\(data\['test_input'"):
        ew.fit(ew.KAN([2, 2]), theirs, steps=1, progress=False)
