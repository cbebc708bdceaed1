"""benchmarks.continual: the tasks, the numbers of a run, and the sentences made of them."""

from __future__ import annotations

import pytest
import torch

from benchmarks.continual import measure, streams
from benchmarks.continual.measure import run
from benchmarks.continual.networks import IMAGE_BASES, MODELS, Case, build
from benchmarks.continual.report import charts, describe, findings, opponents
from benchmarks.continual.streams import Stream, make_stream, peaks
from benchmarks.continual.study import KEY, STUDY, list_cases
from edgewise.datasets import Dataset


@pytest.fixture
def images(monkeypatch):
    """Forty grey images, four of each digit, in place of MNIST."""
    x = torch.rand(40, 784, generator=torch.Generator().manual_seed(0))
    y = torch.arange(40) % 10
    data = Dataset("mnist", x, y, x, y, "classification")
    monkeypatch.setattr(streams, "mnist", lambda: data)


def row(model, method, learned, forgotten, *, strength=0.0, seed=1000, **more):
    """A row of split-MNIST, as the CSV has it."""
    filled = dict.fromkeys(STUDY.columns, "")
    case = Case("split-class", model, method, strength, seed=seed)
    shown = {name: str(getattr(case, name)) for name in KEY[:-2]}
    average = learned - 0.8 * forgotten
    measured = {"measure": "accuracy", "rows": "1000", "epochs": "5", "learned": str(learned)}
    measured |= {"average": str(average), "forgotten": str(forgotten)}
    measured |= {"first": f"1;{1 - forgotten}", "last": "1;1", "commit": "a", "machine": "b"}
    return filled | shown | measured | {"date": "2026-11-26 09:00"} | more


def test_classes_are_shown_two_at_a_time(images):
    stream = make_stream("split-class", 8, 0)
    assert [sorted(set(y.tolist())) for _, y in stream.train] == [
        [2 * k, 2 * k + 1] for k in range(5)
    ]
    assert [len(y) for _, y in stream.train] == [8] * 5
    assert [len(y) for _, y in stream.test] == [8] * 5
    assert {int(v) for _, y in make_stream("split-domain", 0, 0).train for v in y} == {0, 1}


def test_pixels_are_permuted_alike_for_training_and_test(images):
    stream = make_stream("permuted", 0, 3)
    (x, y), (tx, ty) = stream.train[2], stream.test[2]
    order = x[y == 7].sum(0).argsort()
    assert torch.equal(order, tx[ty == 7].sum(0).argsort())
    assert not torch.equal(order, stream.test[0][0][ty == 7].sum(0).argsort())


def test_peaks_are_those_of_the_known_answer():
    tasks = peaks().train
    x = torch.cat([x for x, _ in tasks])
    assert [len(x) for x, _ in tasks] == [100] * 5
    assert (float(x.min()), float(x.max())) == (-1.0, 1.0)
    middle = tasks[2][1][49:51]
    torch.testing.assert_close(middle, torch.exp(-300 * tasks[2][0][49:51] ** 2))


def test_networks_have_about_as_many_parameters():
    stream = Stream([(torch.zeros(1, 784), torch.zeros(1).long())], [], 10)
    sizes = [
        sum(p.numel() for p in build(Case("split-class", model, "plain"), stream).parameters())
        for model in MODELS
    ]
    assert set(MODELS) == {"mlp", "imagekan", *IMAGE_BASES}
    assert max(sizes) / min(sizes) < 1.02


def test_the_plan_runs_each_case_once_and_the_first_seed_first():
    cases = list(list_cases(["peaks", "split-class", "split-domain", "permuted"], 2))
    assert len(set(cases)) == len(cases)
    assert [case.seed for case in cases] == sorted(case.seed for case in cases)


def test_two_runs_with_the_same_seed_give_the_same(images):
    case = Case("split-class", "bspline", "frozen", seed=3)
    first, second = (run(case, 4, 1) for _ in range(2))
    for result in (first, second):
        del result["seconds"]
    assert first == second


def test_forgetting_is_the_loss_since_it_was_learned():
    scores = [[0.9, 0.0, 0.0], [0.5, 0.8, 0.0], [0.3, 0.6, 1.0]]
    stream = Stream([(torch.zeros(1, 1), torch.zeros(1).long())], [], 2)
    found = measure._summary(scores, stream)
    assert found["forgotten"] == pytest.approx((0.6 + 0.2) / 2)
    assert found["average"] == pytest.approx(1.9 / 3)
    assert found["learned"] == pytest.approx(2.7 / 3)
    assert found["first"] == "0.9;0.5;0.3"


def test_untouched_cells_are_compared_with_touched_ones(monkeypatch):
    stream = Stream([(torch.zeros(1, 1), torch.zeros(1, 1))], [], 1)
    model = build(Case("peaks", "bspline", "plain"), stream)
    before = model.stack()[0].coef.detach().clone()
    with torch.no_grad():
        model.stack()[0].coef[0, :10] += 2.0
        model.stack()[0].coef[0, 10:] += 1.0
    now = torch.zeros(1, 100, dtype=torch.bool)
    now[0, :10] = True
    assert measure._shift(model, before, now) == pytest.approx(0.5)


def test_the_sentence_says_whether_half_the_forgetting_was_reached():
    theirs = [row("mlp", "plain", 0.98, 0.9), row("gaussian", "plain", 0.98, 0.95)]
    theirs.append(row("mlp", "anchored", 0.9, 0.5, strength=100.0))
    good = [*theirs, row("bspline", "moments", 0.9, 0.24)]
    poor = [*theirs, row("bspline", "moments", 0.9, 0.26)]
    assert len(opponents(good)) == 3
    assert "(MLP, anchored 1e+02) forgets 50.0 %" in " ".join(findings(good))
    assert "at no less accuracy is reached." in " ".join(findings(good))
    assert "at no less accuracy is not reached." in " ".join(findings(poor))


def test_a_low_accuracy_is_not_a_success():
    rows = [row("mlp", "plain", 0.98, 0.9), row("bspline", "frozen", 0.1, 0.0)]
    assert "is not reached." in " ".join(findings(rows))


def test_seeds_are_averaged_and_drawn(tmp_path):
    rows = [row("mlp", "plain", 0.9, f, seed=s) for s, f in ((1000, 0.5), (1001, 0.7))]
    assert "| 60.0 ± 14.1 % |" in describe(rows)
    figures = charts(rows)
    assert list(figures) == ["continual_split-class"]
    figures["continual_split-class"].savefig(tmp_path / "a.png")
