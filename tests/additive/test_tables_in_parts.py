"""Parquet, batches and partitions give the model that the same rows give in memory."""

from pathlib import Path

import dask.dataframe
import numpy as np
import pandas as pd
import polars
import pyarrow
import pytest
from growing_models import fit_additive
from made_up_tables import make_table
from pyarrow import dataset, parquet

from edgewise.additive import sample
from edgewise.additive.batches import LocalSource, Parts, Reader, cut_rows
from edgewise.additive.columns import read_columns
from edgewise.additive.links import Log
from edgewise.additive.losses import Binomial, Gaussian, Multinomial, Poisson
from edgewise.additive.moments import make_design
from edgewise.additive.schema import read_schema
from edgewise.additive.scoring import hold_rows
from edgewise.additive.settings import Settings
from edgewise.additive.stages import fit_rows, make_problem
from edgewise.additive.streaming import (
    ClassCoding,
    NumberCoding,
    StreamingRefitter,
    code_classes,
)
from edgewise.sklearn import KANClassifier, KANRegressor

SCRIPT = Path(__file__).with_name("parts_run.py")


def make_frame(rows, seed=0):
    table, y, random = make_table(rows, seed)
    kind = np.where(y + random.normal(size=rows) > 0, "up", "down")
    weight = random.uniform(0.5, 2, rows)
    return table.assign(y=y + 0.3 * random.normal(size=rows), kind=kind, w=weight)


def write(frame, path, rows=150):
    parquet.write_table(pyarrow.Table.from_pandas(frame), path, row_group_size=rows)
    return path


def cut(frame, rows=130):
    return [frame.iloc[k : k + rows] for k in range(0, len(frame), rows)]


FEATURES = ["a", "b", "c", "d"]
WAYS = {
    "a path": lambda f, tmp: str(write(f, tmp / "t.parquet")),
    "a folder": lambda f, tmp: write(f, tmp / "t.parquet").parent,
    "a dataset": lambda f, tmp: dataset.dataset(write(f, tmp / "t.parquet")),
    "frames": lambda f, tmp: cut(f),
    "polars": lambda f, tmp: [polars.from_pandas(part) for part in cut(f)],
    "arrow": lambda f, tmp: lambda: iter(pyarrow.Table.from_pandas(f).to_batches(90)),
    "a function": lambda f, tmp: lambda: iter(cut(f, 77)),
    "dask": lambda f, tmp: dask.dataframe.from_pandas(f, npartitions=3, sort=False),
}


@pytest.fixture(scope="module")
def in_memory():
    """Rows, and the model of all of them at once."""
    rows = make_frame(400)[[*FEATURES, "y"]]
    return rows, KANRegressor(cv=2, random_state=0).fit(rows[FEATURES], rows["y"])


@pytest.mark.parametrize("way", WAYS)
def test_a_table_that_fits_in_memory_gives_the_same_model(way, in_memory, tmp_path):
    rows, expected = in_memory
    model = KANRegressor(cv=2, random_state=0).fit(WAYS[way](rows, tmp_path), "y")
    assert np.array_equal(model.predict(rows[FEATURES]), expected.predict(rows[FEATURES]))
    assert list(model.feature_names_in_) == FEATURES
    assert model.explain_global().frame().equals(expected.explain_global().frame())
    assert np.array_equal(
        model.predict_interval(rows[FEATURES]), expected.predict_interval(rows[FEATURES])
    )


def test_pairs_of_arrays_weights_and_targets():
    frame = make_frame(300)
    x, y, w = frame[["a", "d"]].to_numpy(), frame[["y", "b"]].to_numpy(float), frame["w"].to_numpy()
    expected = KANRegressor(cv=2, random_state=0).fit(x, y, w)
    batches = [(x[k : k + 100], y[k : k + 100], w[k : k + 100]) for k in (0, 100, 200)]
    assert np.array_equal(
        KANRegressor(cv=2, random_state=0).fit(batches).predict(x), expected.predict(x)
    )
    named = KANRegressor(cv=2, random_state=0).fit(
        cut(frame.drop(columns=["kind", "c"])), ["y", "b"], "w"
    )
    assert named._names == ["y", "b"]
    x = frame.drop(columns=["kind", "w"])
    names = KANClassifier(cv=2, random_state=0).fit(cut(frame), "kind", "w")
    again = KANClassifier(cv=2, random_state=0).fit(x, frame["kind"], w)
    assert np.array_equal(names.predict_proba(x), again.predict_proba(x))
    assert list(names.classes_) == ["down", "up"]


@pytest.mark.parametrize(
    "loss",
    [Gaussian(), Gaussian(Log()), Binomial(), Multinomial(), Poisson()],
    ids=lambda loss: f"{loss.name} {loss.link.name}",
)
def test_sums_over_batches_give_the_coefficients_of_all_rows_at_once(loss):
    """The terms are those that a sample has; the coefficients those of every row."""
    link = loss.link
    frame = make_frame(600)
    schema = read_schema(frame[FEATURES])
    columns = read_columns(frame[FEATURES], schema)
    if link.name in ("logistic", "softmax"):
        names = ["down", "up"] if link.name == "logistic" else ["high", "low", "middle"]
        labels = (
            frame["kind"]
            if len(names) == 2
            else pd.cut(frame["y"], 3, labels=["low", "middle", "high"])
        )
        frame["target"] = labels.astype(str)
        codes = np.searchsorted(names, frame["target"])
        y, coding = (
            code_classes(codes, len(names)),
            ClassCoding(np.array(names, dtype=object), np.ones(3)),
        )
    else:
        frame["target"] = np.exp(frame["y"] / 2) if link.name == "log" else frame["y"]
        coding = NumberCoding(0, 0.5, 2.0) if link.name == "identity" else NumberCoding(0, 0.0, 2.0)
        y, _ = coding.encode([frame["target"].to_numpy()])
    weight = frame["w"].to_numpy()
    first = slice(0, 200)
    some = [column[first] for column in columns]
    settings = Settings(order=1)
    lines, model, *_ = fit_additive(some, y[first], weight[first], loss, settings)
    expected = []
    for one in (lines, model):
        rows = hold_rows(make_design(one.terms, columns), y, weight)
        expected.append(
            fit_rows(one, loss, rows, [s.ridge for s in one.solutions], one is lines)[0]
        )
    source = LocalSource(lambda: (((0, k), part) for k, part in enumerate(cut(frame, 111))))
    parts = Parts(source, Reader(("target",), "w", schema), float(weight.sum()))
    sampled = make_problem(some, y[first], weight[first], loss, settings)
    found = StreamingRefitter(parts, coding).fit(sampled, lines, model)
    for ours, theirs, one in zip(found, expected, (lines, model), strict=True):
        tolerance = 1e-8 if link.name == "identity" else 0.03
        scale = theirs.effects(columns).std()
        assert np.abs(ours.effects(columns) - theirs.effects(columns)).max() < tolerance * scale
        assert np.abs(one.effects(columns) - theirs.effects(columns)).max() > 0.1 * scale


def test_more_rows_than_the_sample(monkeypatch):
    monkeypatch.setattr(sample, "SAMPLE_ROWS", 1000)
    frame, held = make_frame(8_000, 3), make_frame(4000, 4)
    truth = make_table(4000, 4)[1]
    cv = {"cv": 3, "random_state": 0}

    def measure(model):
        return np.sqrt(np.mean((model.predict(held[FEATURES]) - truth) ** 2))

    few = KANRegressor(**cv).fit(frame[FEATURES][:1000], frame["y"][:1000])
    parts = KANRegressor(**cv).fit(cut(frame[[*FEATURES, "y"]], 1100), "y")
    whole = KANRegressor(**cv).fit(frame[FEATURES], frame["y"])
    assert measure(parts) < 0.7 * measure(few)
    assert measure(parts) < 1.7 * measure(whole)  # whose curves have twice the knots
    assert np.isclose(parts.summary_.rows, 8_000)
    assert not parts.outside(frame[FEATURES]).any()  # ends and levels are those of all rows
    threads = KANRegressor(**cv, n_jobs=2).fit(cut(frame[[*FEATURES, "y"]], 1100), "y")
    assert np.array_equal(threads.predict(held[FEATURES]), parts.predict(held[FEATURES]))


def test_a_level_that_one_row_of_all_has(monkeypatch):
    monkeypatch.setattr(sample, "SAMPLE_ROWS", 300)
    frame = make_frame(5000)
    frame.loc[4321, ["c", "a", "y"]] = ["rare", 99.0, 50.0]
    model = KANRegressor(cv=2, random_state=0).fit(cut(frame[[*FEATURES, "y"]]), "y")
    assert not model.outside(frame[FEATURES]).any()
    assert "rare" in model.summary_.labels[2].names


def test_the_sample_is_drawn_evenly(monkeypatch):
    monkeypatch.setattr(sample, "SAMPLE_ROWS", 2000)
    x = np.arange(20_000.0)
    y = np.zeros(20_000)
    frame = pd.DataFrame({"x": x, "y": y})
    source = LocalSource(lambda: (((0, k), part) for k, part in enumerate(cut(frame, 999))))
    reader = Reader(("y",), None, read_schema(frame[["x"]]))
    found = Parts(source, reader).run(sample.Draw(0))
    rows = found.finish()
    assert len(rows.weight) in range(2000, 2004)
    assert {0.0, 19_999.0} <= set(rows.values[0])
    assert np.all(np.diff(rows.values[0]) > 0)
    counts, _ = np.histogram(rows.values[0], 10)
    assert np.all(np.abs(counts - 200) < 4 * np.sqrt(200))
    assert np.isclose(rows.weight.sum(), len(rows.weight))
    assert np.isclose(np.average(rows.values[0], weights=rows.weight), 9999.5, rtol=0.05)


def test_two_processes_with_their_own_row_groups(tmp_path, forks):
    path = write(make_frame(700), tmp_path / "t.parquet")
    bad = make_frame(900)
    bad.loc[800, "d"] = np.inf  # in the second process's part
    worse = write(bad.drop(columns="kind"), tmp_path / "bad.parquet")
    forks.run(SCRIPT, path, tmp_path)
    forks.run_two(SCRIPT, path, tmp_path, worse)
    expected, first, second = (np.load(tmp_path / f"rank{k}.npy") for k in ("alone", 0, 1))
    assert np.array_equal(first, second)
    assert np.abs(first - expected).max() < 1e-6
    for rank in (0, 1):
        message = (tmp_path / f"error{rank}").read_text()
        assert "'d' expected finite numbers" in message


@pytest.mark.parametrize(
    ("table", "y", "message"),
    [
        (iter([1]), "y", "read several times, got list_iterator.*a function"),
        ([pd.DataFrame({"x": [1.0]})], "y", "a column of the table as y.*it has x"),
        ([pd.DataFrame({"x": [1.0]})], np.zeros(1), "names of columns as y"),
        ([pd.DataFrame({"x": [1.0]})], None, "a column of the table as y"),
        ([pd.DataFrame({"x": [], "y": []})], "y", "0 sample"),
        ([pd.DataFrame({"x": [1.0, 2], "y": [1.0, np.nan]})] * 2, "y", "NaN"),
        (
            [pd.DataFrame({"x": [1.0, 2], "y": 0.0}), pd.DataFrame({"z": [1.0], "y": 0.0})],
            "y",
            "'x' is absent",
        ),
    ],
)
def test_parts_that_make_no_sense(table, y, message):
    with pytest.raises(ValueError, match=message):
        KANRegressor(cv=2).fit(table, y)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError, match="expected a file or folder of Parquet"):
        KANRegressor().fit(tmp_path / "none.parquet", "y")


@pytest.mark.parametrize("weight", [[1.0, 0.0, 2.0, 0.0], [1.0, 1.0, 1.0, 1.0]])
def test_parts_of_rows_in_memory_leave_out_those_of_weight_0(weight):
    weight = np.array(weight)
    columns, target = [np.arange(4.0), np.array(list("abcd"), dtype=object)], np.arange(4.0) ** 2
    parts = cut_rows(columns, [target], weight)
    (batch,) = [raw for _, raw in parts.source.open()]
    counted = weight > 0
    for got, given in zip([*batch.columns, *batch.targets], [*columns, target], strict=True):
        assert got.tolist() == given[counted].tolist()
    assert batch.weight.tolist() == weight[counted].tolist()
    assert parts.total == weight.sum()
