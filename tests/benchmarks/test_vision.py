"""benchmarks.vision: networks of matched sizes, runs that can be repeated, what rows say."""

import pytest
import torch

from benchmarks.networks import count
from benchmarks.vision import protocol, study
from benchmarks.vision.networks import KINDS
from benchmarks.vision.protocol import COMPARISONS, PARAMETERS, Cell, Form, build

TINY = Form("tiny", 48, 1, 20, 2)


@pytest.fixture
def images(monkeypatch):
    """Bright or dark images, a class each, in the place of a data set."""
    g = torch.Generator().manual_seed(0)
    y = torch.arange(68) % 2
    x = torch.randn(68, 1, 28, 28, generator=g) * 0.1 + y[:, None, None, None]
    sets = (x[:48], y[:48]), (x[48:], y[48:])
    monkeypatch.setattr(protocol, "load", lambda dataset, form: sets)
    monkeypatch.setattr(protocol, "BATCH", 8)
    return sets


@pytest.mark.parametrize("name", KINDS)
def test_networks_of_a_comparison_have_nearly_as_many_parameters(name):
    model = build(Cell("mnist", "parameters", name), 0)
    assert count(model) == pytest.approx(PARAMETERS, rel=0.12)
    assert model(torch.rand(3, 1, 28, 28)).shape == (3, 10)


def test_a_seed_makes_the_same_network_and_leaves_torchs_own_generator_alone():
    before = torch.get_rng_state()
    a, b, c = (build(Cell("mnist", "channels", "kan-bspline"), seed) for seed in (1, 1, 2))
    assert torch.equal(torch.get_rng_state(), before)
    states = [torch.cat([p.flatten() for p in model.parameters()]) for model in (a, b, c)]
    assert torch.equal(states[0], states[1])
    assert not torch.equal(states[0], states[2])


@pytest.mark.usefixtures("images")
def test_rows_are_trials_then_seeds_and_those_that_are_known_are_not_run_again():
    cell = Cell("mnist", "channels", "kan-gaussian")
    rows = list(protocol.measure(cell, TINY, {}))
    kinds = [(row["kind"], row["number"]) for row in rows]
    trials = [("trial", k) for k in range(len(protocol.RATES))]
    assert kinds == [*trials, ("test", 1000), ("test", 1001)]
    best = max(rows[: len(trials)], key=lambda row: row["accuracy"])
    assert {row["lr"] for row in rows[len(trials) :]} == {best["lr"]}
    known = {(row["kind"], str(row["number"])): row for row in rows[:-1]}
    (last,) = protocol.measure(cell, TINY, known)
    for column in ("number", "lr", "accuracy", "nll"):
        assert last[column] == rows[-1][column]


def test_trials_never_see_the_test_images(images, monkeypatch):
    scored = []
    score = protocol._score
    monkeypatch.setattr(
        protocol, "_score", lambda model, x, y: scored.append(x) or score(model, x, y)
    )
    list(protocol.measure(Cell("mnist", "channels", "cnn-relu"), TINY, {}))
    apart = images[0][0][40:]
    assert all(torch.equal(x, apart) for x in scored[:-2])
    assert all(torch.equal(x, images[1][0]) for x in scored[-2:])


def test_as_many_seconds_mean_as_many_passes_as_fit(images, monkeypatch):
    layers = len(KINDS["kan-gaussian"].build(8))
    seconds = lambda model, *_: 3.0 if len(model) == layers else 1.5  # noqa: E731
    monkeypatch.setattr(protocol, "_train", seconds)
    shares = [
        protocol._share_of_time(Cell("mnist", comparison, "kan-gaussian"), images[0])
        for comparison in COMPARISONS
    ]
    assert dict(zip(COMPARISONS, shares, strict=True)) == {
        "channels": 1.0, "parameters": 1.0, "time": 0.5,
    }  # fmt: skip


def row(model, comparison, kind, number, accuracy, seconds=2.0):
    return {
        "form": "full", "dataset": "mnist", "comparison": comparison, "model": model,
        "kind": kind, "number": str(number), "lr": "0.01", "parameters": "100", "passes": "5",
        "seconds": str(seconds), "nll": "0.1", "accuracy": str(accuracy), "commit": "c",
        "machine": "m", "date": "d", "edgewise": "e", "torch": "t",
    }  # fmt: skip


def test_what_rows_say_is_of_the_networks_that_tuning_prefers():
    rows = [
        row("cnn-relu", "parameters", "trial", 0, 0.90),
        row("cnn-relu", "parameters", "test", 1000, 0.95),
        row("cnn-relu", "parameters", "test", 1001, 0.97),
        row("kan-gaussian", "parameters", "trial", 0, 0.90),
        row("kan-gaussian", "parameters", "test", 1000, 0.98, 3.0),
        row("kan-bspline", "parameters", "trial", 0, 0.85),
        row("kan-bspline", "parameters", "test", 1000, 0.99),
    ]
    (sentence,) = study.findings(rows)
    assert sentence == (
        "With as many parameters, convolutional KANs against CNNs: MNIST 98.00 ± 0.00 % against "
        "96.00 ± 1.41 %, with 1.0 times the parameters in 1.5 times the seconds."
    )
    assert "kan-bspline" in study.describe(rows)
    assert set(study.charts(rows)) == {"vision"}
    assert study.charts([]) == {}
    assert set(study.SAME) == set(COMPARISONS)
