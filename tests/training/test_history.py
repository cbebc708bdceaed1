"""The history as table, file and figure."""

import builtins
import csv
import math

import pytest

from edgewise.training import History, fit

from .helpers import classification, mlp


@pytest.fixture
def history():
    data = classification()
    return fit(mlp(outputs=3), data, val=data, epochs=4, batch_size=20, progress=False)


def test_lists_line_up(history):
    assert len(history) == 4
    lists = [history.epoch, history.loss, history.val_loss, history.lr, history.seconds]
    assert {len(column) for column in [*lists, *history.metrics.values()]} == {4}
    assert history.seconds == sorted(history.seconds)


def test_dataframe_and_csv_hold_the_same_numbers(history, tmp_path):
    frame = history.to_dataframe()
    assert list(frame.columns)[-1] == "accuracy"
    assert frame["loss"].tolist() == history.loss
    history.to_csv(tmp_path / "run.csv")
    with (tmp_path / "run.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [float(row["val_loss"]) for row in rows] == history.val_loss
    assert [int(row["step"]) for row in rows] == history.step
    assert [path.name for path in tmp_path.iterdir()] == ["run.csv"]


@pytest.mark.parametrize(
    ("package", "method"), [("pandas", "to_dataframe"), ("matplotlib", "plot")]
)
def test_missing_package_is_named_with_its_remedy(history, monkeypatch, package, method):
    real = builtins.__import__

    def refuse(name, *args, **kwargs):
        if name.split(".")[0] == package:
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(ImportError, match=r"pip install edgewise\["):
        getattr(history, method)()


def test_plot_has_labelled_curves(history, tmp_path):
    figure = history.plot(tmp_path / "run.png")
    losses, metric = figure.axes
    assert losses.get_xlabel() == "epoch"
    assert [text.get_text() for text in losses.get_legend().get_texts()] == ["train", "validation"]
    assert losses.lines[0].get_ydata().tolist() == history.loss
    assert metric.get_ylabel() == "accuracy"
    assert (tmp_path / "run.png").read_bytes().startswith(b"\x89PNG")


def test_every_metric_has_axes_of_its_own():
    history = History()
    for step in range(1, 5):
        row = dict.fromkeys(("epoch", "loss", "val_loss", "regularization", "lr", "seconds"), 1.0)
        metrics = {"mae": 2.0 / step, "r2": -3.0 + step, "mse": 1.0, "huber": 0.5}
        history._append(row | {"step": step}, metrics)
    losses, *others = history.plot().axes
    assert [axes.get_ylabel() for axes in others] == ["mae", "r2", "mse", "huber"]
    assert [axes.lines[0].get_ydata().tolist() for axes in others] == list(history.metrics.values())
    corners = {
        (round(a.x0, 2), round(a.y0, 2)) for a in (x.get_position() for x in (losses, *others))
    }
    assert len(corners) == 5


@pytest.mark.parametrize(("duration", "label"), [({"steps": 3}, "step"), ({"epochs": 3}, "epoch")])
def test_plot_names_what_a_row_is(duration, label):
    # One batch an epoch: the numbers of steps and epochs are the same, and say nothing.
    history = fit(mlp(outputs=3), classification(), progress=False, **duration)
    assert {axes.get_xlabel() for axes in history.plot().axes} == {label}


@pytest.mark.parametrize(
    ("losses", "scale"), [([1.0, 0.5], "linear"), ([1.0, 0.01], "log"), ([1.0, -1.0], "linear")]
)
def test_log_scale_for_more_than_a_decade(losses, scale):
    history = History()
    for step, loss in enumerate(losses, start=1):
        row = {"step": step, "epoch": 1, "loss": loss, "val_loss": math.nan}
        history._append(row | {"regularization": 0.0, "lr": 1.0, "seconds": 1.0}, {})
    (axes,) = history.plot().axes
    assert axes.get_yscale() == scale
    assert axes.get_legend() is None
    assert axes.get_xlabel() == "step"


def test_empty_history_cannot_be_plotted():
    with pytest.raises(ValueError, match="at least one row"):
        History().plot()


def test_heavy_packages_are_not_imported_and_pyplot_stays_out(forks):
    code = (
        "import sys; from edgewise.training import History; "
        "assert not {'pandas', 'matplotlib', 'sklearn'} & set(sys.modules); "
        "h = History(); h._append(dict.fromkeys('step epoch loss val_loss regularization lr "
        "seconds'.split(), 1), {}); h.plot(); assert 'matplotlib.pyplot' not in sys.modules"
    )
    forks.run("-c", code)


def test_a_metric_that_comes_late_or_ends_early_stands_in_its_rows():
    history = History()
    for step, metrics in ((1, {"mae": 1.0}), (2, {"mae": 2.0, "r2": 0.5}), (3, {"r2": 0.7})):
        row = dict.fromkeys(("epoch", "loss", "val_loss", "regularization", "lr", "seconds"), 1.0)
        history._append(row | {"step": step}, metrics)
    found = history.to_dataframe()
    assert found["mae"].fillna(-1).tolist() == [1.0, 2.0, -1]
    assert found["r2"].fillna(-1).tolist() == [-1, 0.5, 0.7]
