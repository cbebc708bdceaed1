"""The comparison of accuracies: its protocol on tiny data, its scores, its sentences."""

import csv
import math
from pathlib import Path

import pytest
import torch
from click.testing import CliRunner

pytest.importorskip("sklearn")

from benchmarks.accuracy import recipe
from benchmarks.accuracy import study as accuracy
from benchmarks.accuracy.data import NAMES, TEST_ROWS, Split, load
from benchmarks.accuracy.models import CANDIDATES, multiply_adds
from benchmarks.accuracy.protocol import TRIALS, Cell, Form, measure, parameters_for
from benchmarks.accuracy.report import charts, describe, findings, front, summarize
from benchmarks.accuracy.scores import calibration_error, score_classes, score_numbers
from benchmarks.machine import PROVENANCE
from benchmarks.markdown import renew_part
from benchmarks.networks import count

ROOT = Path(__file__).parents[2]

TINY = Form("quick", 1, 1, 4, 8, 0.5, 60)


def clouds(classes=True):
    """Two clouds, or a line through them."""
    g = torch.Generator().manual_seed(0)
    y = torch.arange(90) % 2
    x = torch.randn(90, 3, generator=g) + 3 * y[:, None]
    target = y if classes else x[:, :1] / 2 - 1
    parts = [(x[a:b], target[a:b]) for a, b in ((0, 50), (50, 60), (60, 90))]
    return Split("clouds", *parts, is_classes=classes)


def run(model, comparison="small", classes=True, known=None, seeds=2):
    cell = Cell("clouds", comparison, model)
    return list(measure(cell, clouds(classes), TINY, seeds, known or {}))


def test_the_same_seed_gives_the_same_scores():
    own = ("accuracy", "nll", "ece", "lr", "weight_decay", "grid")
    first, second = ([[row[name] for name in own] for row in run("fastkan")] for _ in range(2))
    assert first == second
    assert first[-1] != first[-2]


def test_every_model_has_the_same_budget_and_test_rows_choose_nothing(monkeypatch):
    judged = []
    monkeypatch.setattr(
        "benchmarks.accuracy.protocol.score",
        lambda model, rows, judge, split: (
            judged.append(len(judge[0])) or {"accuracy": len(judged) / 100, "nll": 1.0}
        ),
    )
    for model in CANDIDATES:
        judged.clear()
        rows = run(model)
        assert not [row["error"] for row in rows if "error" in row]
        assert [row["kind"] for row in rows] == ["tuning"] * TRIALS + ["test"] * 2
        assert judged == [10] * TRIALS + [30] * 2
        # Later trials were more accurate, so the last of each coordinate is what was chosen.
        chosen = {name: rows[-1][name] for name in ("lr", "weight_decay", "grid")}
        assert chosen == {name: rows[TRIALS - 1][name] for name in chosen}
        assert len({row["grid"] for row in rows}) == 3


def test_a_cell_goes_on_where_it_stopped():
    rows = run("mlp-relu")
    known = {(row["kind"], row["number"]): row for row in rows[:5]}
    rest = run("mlp-relu", known=known)
    assert [(r["kind"], r["number"]) for r in rest] == [(r["kind"], r["number"]) for r in rows[5:]]
    assert [r["nll"] for r in rest] == [r["nll"] for r in rows[5:]]


def test_what_fails_is_a_row_with_its_error(monkeypatch):
    def fail(*args):
        raise ValueError("no\nsuch thing")

    monkeypatch.setattr("benchmarks.accuracy.protocol.train", fail)
    rows = run("mlp-silu")
    assert {row["error"] for row in rows} == {"ValueError: no such thing"}


@pytest.mark.parametrize("model", CANDIDATES)
def test_widths_meet_the_number_of_parameters(model):
    candidate, ends = CANDIDATES[model], (784, 10)
    for grid in candidate.grids:
        hidden = candidate.match(110_000, ends, grid)
        got = count(candidate.make(ends, hidden, grid, 0))
        step = count(candidate.make(ends, hidden + 1, grid, 0)) - got
        assert abs(got - 110_000) <= step / 2 + 1


def test_an_mlp_of_64_units_is_what_small_means_for_a_table():
    split = clouds()
    assert parameters_for("small", split) == count(CANDIDATES["mlp-relu"].make((3, 2), 64, {}, 0))


def test_multiply_adds_count_what_is_not_zero():
    make = CANDIDATES["mlp-relu"].make
    assert multiply_adds(make((3, 2), 5, {}, 0)) == 3 * 5 + 5 * 2
    splines = CANDIDATES["kan-bspline"].make((3, 2), 5, {"grid": 10}, 0)
    assert multiply_adds(splines) == (3 * 5 + 5 * 2) * (4 + 1)  # four splines and the base
    assert multiply_adds(CANDIDATES["chebykan"].make((3, 2), 5, {"degree": 4}, 0)) == 25 * 5


def test_training_as_long_as_the_mlp_takes_other_steps(monkeypatch):
    monkeypatch.setattr("benchmarks.accuracy.protocol._Course._ratio", lambda self, model: 2.0)
    alike, timed = run("fastkan"), run("fastkan", "time")
    assert abs(timed[-1]["steps"] - alike[-1]["steps"] / 2) <= 1
    assert run("mlp-relu", "time")[-1]["steps"] == alike[-1]["steps"]


def test_scores_are_those_of_their_definitions():
    shares = torch.tensor([[0.9, 0.1], [0.9, 0.1], [0.35, 0.65], [0.35, 0.65]])
    y = torch.tensor([0, 1, 1, 1])
    # Half of those with .9 are right, and all of those with .65.
    assert calibration_error(shares, y) == pytest.approx(0.5 * 0.4 + 0.5 * 0.35)
    got = score_classes(shares.log(), y)
    assert got["accuracy"] == 0.75
    assert got["nll"] == pytest.approx(-(math.log(0.9 * 0.1) + 2 * math.log(0.65)) / 4)
    prediction, target = torch.tensor([[0.0], [2.0]]), torch.tensor([[1.0], [3.0]])
    got = score_numbers(prediction, target, 1.0, 10.0)
    assert (got["r2"], got["rmse"]) == (0.0, 10.0)
    density = torch.distributions.Normal(10 * prediction, 10.0).log_prob(10 * target)
    assert got["nll"] == pytest.approx(-float(density.mean()))


def test_numbers_are_judged_too():
    rows = run("kan-gaussian", classes=False)
    assert all(row["r2"] <= 1 and "accuracy" not in row for row in rows)


def row(model, number=0, **changes):
    base = dict.fromkeys((*accuracy.STUDY.columns, *PROVENANCE), "")
    return base | {
        "form": "full", "dataset": "mnist", "comparison": "small", "model": model, "kind": "test",
        "number": str(number), "lr": "0.001", "weight_decay": "0", "grid": "{}", "seconds": "2",
        "parameters": "100", "multiply_adds": "90", "nll": "0.1", "ece": "0.01",
        **changes,
    }  # fmt: skip


def test_sentences_say_what_the_numbers_say():
    rows = [row("mlp-relu", k, accuracy=a) for k, a in enumerate(("0.97", "0.975", "0.98"))]
    rows += [row("fastkan", k, accuracy=a) for k, a in enumerate(("0.95", "0.951", "0.952"))]
    rows += [row("kalnet", 0, accuracy="0.99", form="quick"), row("kalnet", 0, accuracy="0.96")]
    rows += [row("rbfkan", 0, error="it failed")]
    # On the test rows kalnet is better: it is what rows to tune by say that decides.
    rows += [row("fastkan", kind="tuning", accuracy="0.9")]
    rows += [row("kalnet", kind="tuning", accuracy="0.8")]
    count_, one = findings(rows)
    assert count_.startswith(
        "At the same number of parameters, small networks, the best of 2 KANs is ahead of the "
        "better of 1 MLPs on 0 of 1 data sets, equal within chance on 0, and behind on 1 (mnist "
        "95.10 against 97.50 %). The best is chosen on validation rows and scored on test rows, "
        "with 3 seeds. A KAN's training takes 1.00 of the MLP's time"
    )
    assert "fastkan (100 parameters) is less accurate than mlp-relu" in one
    assert "95.10 ± 0.10 % against 97.50 ± 0.50 %, in 1.00 of its training time" in one
    assert {s["model"]: s["form"] for s in summarize(rows)} == {
        "mlp-relu": "full", "fastkan": "full", "kalnet": "full",
    }  # fmt: skip


def test_fair_comparisons_come_before_the_same_width():
    rows = [
        row(model, comparison=comparison, accuracy="0.9", parameters=parameters)
        for comparison in ("width", "small", "large", "time")
        for model, parameters in (("mlp-relu", "100"), ("fastkan", "900"))
    ]
    counts = [text for text in findings(rows) if text.startswith("At ")]
    assert ["small net" in counts[0], "large net" in counts[1], "equal time" in counts[2]] == [
        True
    ] * 3
    assert counts[3].startswith("At the same hidden width")
    assert counts[3].endswith("A KAN has up to 9.0 times the MLP's parameters.")
    assert findings(rows).index(counts[3]) == len(findings(rows)) - 2  # then MNIST at that width


def test_one_row_more_of_few_is_chance():
    rows = [row("fastkan", dataset="wine", accuracy="1"), row("mlp-relu", dataset="wine",
            accuracy="0.978")]  # fmt: skip
    assert "equal within chance on 1" in findings(rows)[0]
    rows = [row("fastkan", accuracy="0.99"), row("mlp-relu", accuracy="0.984")]
    assert "is more accurate than mlp-relu" in findings(rows)[1]


def test_scores_of_all_models_and_their_mean_rank():
    scores = {"mlp-relu": ("0.97", "0.5"), "fastkan": ("0.98", "0.25"), "kalnet": ("0.9", "")}
    rows = [
        row(model, dataset=dataset, accuracy=a if dataset == "wine" else "",
            r2="" if dataset == "wine" else a)
        for model, both in scores.items()
        for dataset, a in zip(("wine", "Star"), both, strict=True) if a
    ]  # fmt: skip
    text = describe([r | {"rmse": "1"} for r in rows])
    lines = text.split("small networks\n\n")[1].split("\n\n")[0].splitlines()
    assert lines[0] == "| model | mean rank | wine | Star |"
    assert lines[2:] == [  # kalnet has no row of Star, so that only wine ranks
        "| fastkan | 1.0 | 98 | 0.25 |",
        "| mlp-relu | 2.0 | 97 | 0.5 |",
        "| kalnet | 3.0 | 90 |  |",
    ]


def test_the_front_holds_what_nothing_beats():
    rows = [
        row(name, accuracy=a, parameters=p)
        for name, a, p in (("a", "0.9", "10"), ("b", "0.8", "20"), ("c", "0.95", "30"))
    ]
    assert [s["model"] for s in front(summarize(rows), "parameters")] == ["a", "c"]
    assert set(charts(rows)) == {"accuracy_parameters", "accuracy_seconds"}


def test_tables_are_split_alike_and_scaled_by_what_is_trained_on():
    one, two = load.__wrapped__("diabetes"), load.__wrapped__("diabetes")  # not the cache
    assert torch.equal(one.test[0], two.test[0])
    x, y = one.train
    assert x.mean(0).abs().max() < 1e-5
    assert abs(float(y.std(correction=0)) - 1) < 1e-5
    assert len(x) + len(one.test[0]) == 442
    assert one.out_features == 1
    assert len(one.test[0]) == TEST_ROWS["diabetes"]
    assert set(TEST_ROWS) == set(NAMES)
    assert load("wine").out_features == 3


def test_the_command_keeps_its_rows_and_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(accuracy, "QUICK", TINY)
    args = ["--quick", "--datasets", "wine", "--models", "mlp-relu,fastkan"]
    args += ["--comparisons", "width", "--results", str(tmp_path), "--chart", str(tmp_path)]
    first = CliRunner().invoke(accuracy.main, args, catch_exceptions=False)
    assert first.exit_code == 0
    assert "## At the same hidden width" in first.output
    assert "97.94 %" in first.output.split("## Quoted")[1]
    path = tmp_path / "accuracy.csv"
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 2 * (TRIALS + 1)
    assert all(row[column] for row in rows for column in PROVENANCE)
    assert (tmp_path / "accuracy_seconds.png").stat().st_size > 5000
    before = path.read_bytes()
    again = CliRunner().invoke(accuracy.main, args, catch_exceptions=False)
    assert again.exit_code == 0
    assert path.read_bytes() == before


def test_the_threads_mlp_is_as_sure_as_a_sigmoid_lets_it_be():
    model = recipe.VARIANTS["the thread's MLP on test images"].make()
    shares = model(100 * torch.randn(50, 784)).softmax(1)
    assert shares.max() <= math.e / (math.e + 9) + 1e-6


def test_the_page_holds_the_rows_of_the_csvs(tmp_path):
    page = tmp_path / "accuracy.md"
    text = (ROOT / "benchmarks" / "results" / "accuracy.md").read_text(encoding="utf-8")
    page.write_text(text, encoding="utf-8")
    for command in (accuracy.main, recipe.main):
        done = CliRunner().invoke(command, ["--report", "--page", str(page)])
        assert done.exit_code == 0
    assert page.read_text(encoding="utf-8") == text
    page.write_text("nothing", encoding="utf-8")
    with pytest.raises(ValueError, match="end of tables"):
        renew_part(page, "tables", "")


def test_the_recipe_is_chosen_by_rows_to_tune_by(monkeypatch, tmp_path):
    g = torch.Generator().manual_seed(0)
    x, y = torch.rand(90, 784, generator=g) * 2 - 1, torch.arange(90) % 10
    parts = [(x[a:b], y[a:b]) for a, b in ((0, 60), (60, 80), (80, 90))]
    monkeypatch.setattr(recipe, "load", lambda name, most: Split(name, *parts, is_classes=True))
    judged = []
    monkeypatch.setattr(
        recipe,
        "score",
        lambda model, rows, judge, split: judged.append(judge) or {"accuracy": 0.5, "nll": 1.0},
    )
    args = ["--quick", "--datasets", "mnist", "--results", str(tmp_path)]
    args += ["--variants", "ImageKAN,MLP,--fast", "--seeds", "2"]
    before = torch.get_num_threads()
    try:
        done = CliRunner().invoke(recipe.main, args, catch_exceptions=False)
    finally:
        torch.set_num_threads(before)
    assert done.exit_code == 0
    assert [len(rows) for rows, _ in judged] == [20] * 4  # twice two; --fast is not quick
    assert "| ImageKAN | 50.00% |" in done.output


def test_variants_have_the_same_number_of_parameters():
    for name, variant in recipe.VARIANTS.items():
        wanted = 224_522 if name.startswith("--fast") else 110_000
        if "thread" in name or "that MLP without" in name:
            wanted = 255_000
        assert abs(count(variant.make()) / wanted - 1) < 0.03
