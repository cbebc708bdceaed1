"""Every type of column of pandas, polars, Arrow and numpy: numbers, levels, or refused by name."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from edgewise.additive.columns import read_columns
from edgewise.additive.schema import read_schema
from edgewise.sklearn import KANClassifier, KANRegressor
from repeats import seeds

ROWS = 60
NUMBERS = np.arange(ROWS) % 12 / 4 - 1.0
WHOLE = np.arange(ROWS) % 12 - 3
NAMES = np.array(["red", "green", "blue"])[np.arange(ROWS) % 3].tolist()
GONE = np.arange(ROWS) % 7 == 3


def arrow(kind):
    return pd.ArrowDtype(kind)


def frame_of(values):
    return pd.DataFrame({"it": values})


NUMERIC = {
    "float64": lambda v: pd.Series(v, dtype="float64"),
    "float32": lambda v: pd.Series(v, dtype="float32"),
    "Float64": lambda v: pd.Series(v, dtype="Float64"),
    "Float32": lambda v: pd.Series(v, dtype="Float32"),
    "double[pyarrow]": lambda v: pd.Series(v, dtype=arrow(pa.float64())),
    "halffloat[pyarrow]": lambda v: pd.Series(v, dtype="float64").astype(arrow(pa.float16())),
    "decimal[pyarrow]": lambda v: pd.Series(
        [None if x is None else Decimal(x) for x in v], dtype=arrow(pa.decimal128(6, 2))
    ),
    "object": lambda v: pd.Series(v, dtype=object),
    "objects of numpy": lambda v: pd.Series(
        [None if x is None else np.float32(x) for x in v], dtype=object
    ),
    "Decimal": lambda v: pd.Series([None if x is None else Decimal(x) for x in v], dtype=object),
    "Decimal NaN": lambda v: pd.Series(
        [Decimal("NaN") if x is None else Decimal(x) for x in v], dtype=object
    ),
    "Fraction": lambda v: pd.Series([None if x is None else Fraction(x) for x in v], dtype=object),
    "Sparse": lambda v: pd.Series(pd.arrays.SparseArray(np.array(v, dtype=float))),
    "polars": lambda v: pl.Series("it", v, dtype=pl.Float64),
    "polars float32": lambda v: pl.Series("it", v, dtype=pl.Float32),
    "polars Decimal": lambda v: pl.Series("it", v, dtype=pl.Float64).cast(pl.Decimal(6, 2)),
    "Arrow": lambda v: pa.array(v, type=pa.float64()),
    "Arrow decimal": lambda v: pa.array(
        [None if x is None else Decimal(x) for x in v], type=pa.decimal128(6, 2)
    ),
}
INTEGERS = {
    "Int64": lambda v: pd.Series(v, dtype="Int64"),
    "UInt8": lambda v: pd.Series([None if x is None else x + 3 for x in v], dtype="UInt8"),
    "int16[pyarrow]": lambda v: pd.Series(v, dtype=arrow(pa.int16())),
    "polars Int32": lambda v: pl.Series("it", v, dtype=pl.Int32),
    "Arrow int64": lambda v: pa.array(v, type=pa.int64()),
    "objects": lambda v: pd.Series(v, dtype=object),
}
TEXT = {
    "object": lambda v: pd.Series(v, dtype=object),
    "str": lambda v: pd.Series(v),
    "string": lambda v: pd.Series(v, dtype="string"),
    "string[pyarrow]": lambda v: pd.Series(v, dtype="string[pyarrow]"),
    "Arrow string": lambda v: pd.Series(v, dtype=arrow(pa.string())),
    "Arrow dictionary": lambda v: pd.Series(v, dtype=arrow(pa.dictionary(pa.int32(), pa.string()))),
    "category": lambda v: pd.Series(v, dtype="category"),
    "ordered": lambda v: pd.Series(pd.Categorical(v, ["red", "green", "blue"], ordered=True)),
    "Sparse": lambda v: pd.Series(pd.arrays.SparseArray(np.array(v, dtype=object))),
    "polars": lambda v: pl.Series("it", v),
    "polars categories": lambda v: pl.Series("it", v, dtype=pl.Categorical),
    "polars enumeration": lambda v: pl.Series("it", v, dtype=pl.Enum(["red", "green", "blue"])),
    "Arrow": lambda v: pa.array(v),
    "Arrow codes": lambda v: pa.array(v).dictionary_encode(),
}
TRUTH = {
    "object": lambda v: pd.Series(v, dtype=object),
    "boolean": lambda v: pd.Series(v, dtype="boolean"),
    "bool[pyarrow]": lambda v: pd.Series(v, dtype=arrow(pa.bool_())),
    "polars": lambda v: pl.Series("it", v),
    "Arrow": lambda v: pa.array(v),
}
DAYS = pd.date_range("2024-01-01", periods=ROWS)
REFUSED = {
    "complex": (pd.Series(NUMBERS * 1j), "complex numbers"),
    "complex objects": (pd.Series((NUMBERS * 1j).tolist(), dtype=object), "complex numbers"),
    "bytes": (pd.Series([b"a"] * ROWS, dtype=object), "bytes"),
    "lists": (pd.Series([[1, 2]] * ROWS, dtype=object), "type list"),
    "dictionaries": (pd.Series([{"a": 1}] * ROWS, dtype=object), "type dict"),
    "Arrow lists": (pd.Series([[1]] * ROWS, dtype=arrow(pa.list_(pa.int64()))), "type"),
    "dates among text": (pd.Series([DAYS[0].date(), "a"] * 30, dtype=object), "dates among others"),
}
MATRICES = [
    (NUMERIC, NUMBERS.tolist(), False),
    (INTEGERS, WHOLE.tolist(), False),
    (TEXT, NAMES, True),
    (TRUTH, (np.arange(ROWS) % 2 == 0).tolist(), True),
]
CASES = [
    pytest.param(make, values, levels, missing, id=f"{name}-{'missing' if missing else 'complete'}")
    for makers, values, levels in MATRICES
    for name, make in makers.items()
    for missing in (False, True)
]


def make_table(make, values, gone):
    given = [None if lost else v for v, lost in zip(values, gone, strict=True)]
    column = make(given)
    if isinstance(column, pl.Series):
        return pl.DataFrame({"it": column})
    return pa.table({"it": column}) if isinstance(column, pa.Array) else frame_of(column)


def expect(values, levels, gone):
    """The column as it should be read: float64 with NaN, or labels with None."""
    if levels:
        return [None if g else str(v) for v, g in zip(values, gone, strict=True)]
    return np.where(gone, np.nan, np.array(values, dtype=float))


@pytest.mark.parametrize(("make", "values", "levels", "missing"), CASES)
def test_a_column_is_read_as_what_it_holds(make, values, levels, missing):
    check_reading(make, values, levels, GONE & missing)


def check_reading(make, values, levels, gone):
    table = make_table(make, values, gone)
    schema = read_schema(table)
    (column,) = read_columns(table, schema)
    assert schema.categorical == (levels,)
    expected = expect(values, levels, gone)
    if levels:
        assert column.tolist() == expected
    else:
        shift = np.nanmin(column) - np.nanmin(expected)  # unsigned types hold none below 0
        np.testing.assert_array_equal(column - shift, expected)


@pytest.mark.parametrize("seed", seeds(10))
def test_a_drawn_column_is_read_as_what_it_holds(seed):
    draw = np.random.default_rng(seed)
    makers, pool, levels = MATRICES[draw.integers(len(MATRICES))]
    name = draw.choice(sorted(makers))
    values = [pool[k] for k in draw.integers(0, len(pool), draw.integers(2, 40))]
    gone = draw.random(len(values)) < draw.choice([0, 0.1, 0.5, 0.9])
    if makers is INTEGERS:
        values[0] = min(pool)  # unsigned types count from it
    gone[0] = False
    check_reading(makers[name], values, levels, gone)


FITTED = [
    *(("Decimal", NUMERIC), ("Sparse", NUMERIC), ("decimal[pyarrow]", NUMERIC)),
    *(("Int64", INTEGERS), ("string", TEXT), ("string[pyarrow]", TEXT), ("category", TEXT)),
    *(("boolean", TRUTH), ("bool[pyarrow]", TRUTH), ("polars Decimal", NUMERIC)),
]


@pytest.mark.parametrize(("name", "makers"), FITTED, ids=[name for name, _ in FITTED])
def test_fit_predict_and_python_agree_with_missing_values(name, makers):
    values, levels = next((v, kind) for m, v, kind in MATRICES if m is makers)
    table = make_table(makers[name], values, GONE)
    known = expect(values, levels, GONE)
    plain = pd.DataFrame({"it": pd.Series(known, dtype=object if levels else float)})
    y = np.array([2.5 if v is None or v != v else (hash(v) % 5 if levels else v) for v in known])
    model, reference = (KANRegressor(cv=2, random_state=0).fit(t, y) for t in (table, plain))
    np.testing.assert_allclose(model.predict(table), reference.predict(plain), atol=1e-12)
    assert model.score(table, y) > 0.95
    written: dict = {}
    exec(model.to_python(), written)  # it is our own source
    raw = table["it"].to_list()
    rows = [written["predict"]({"it": value}) for value in raw]
    np.testing.assert_allclose(np.ravel(rows), model.predict(table), atol=1e-9)


@pytest.mark.parametrize(("column", "word"), REFUSED.values(), ids=list(REFUSED))
@pytest.mark.parametrize("when", ["fit", "predict"])
def test_what_is_neither_numbers_nor_levels_is_refused_by_name(column, word, when):
    if isinstance(column, pl.Series):
        table = pl.DataFrame({"it": column})
    else:
        table = pa.table({"it": column}) if isinstance(column, pa.Array) else frame_of(column)
    numbers = frame_of(NUMBERS)
    with pytest.raises(ValueError, match=f"column 'it' holds .*{word}.*or leave it out"):
        read_schema(table) if when == "fit" else read_columns(table, read_schema(numbers))


def test_decimals_lie_between_those_of_the_fit():
    table = frame_of(pd.Series([Decimal(k) / 8 for k in range(100)], dtype=object))
    y = np.arange(100) / 8
    model = KANRegressor(cv=2, random_state=0).fit(table, y)
    between = frame_of(pd.Series([Decimal(k) / 8 + Decimal("0.05") for k in range(99)]))
    assert np.abs(model.predict(between) - y[:-1] - 0.05).max() < 0.05


def test_names_that_are_long_numbers_stay_apart():
    large = pd.Series([2**60, 2**60 + 1, None, 7], dtype="Int64")
    table = frame_of(large)
    (column,) = read_columns(table, read_schema(table, ["it"]))
    assert column.tolist() == [str(2**60), str(2**60 + 1), None, "7"]


def test_lazy_frames_are_collected():
    lazy = pl.DataFrame({"it": NUMBERS}).lazy()
    model = KANRegressor(cv=2, random_state=0).fit(lazy, NUMBERS)
    assert model.score(lazy, NUMBERS) > 0.99


@pytest.mark.parametrize("kind", ["object", "string"])
def test_a_missing_class_is_refused(kind):
    y = pd.Series(["a", "b", None] * 20, dtype=kind)
    with pytest.raises(ValueError, match="a class in every row"):
        KANClassifier().fit(frame_of(NUMBERS), y)


def test_numbers_whose_differences_overflow_are_refused_by_name():
    table = frame_of([1e308, -1e308, *NUMBERS])
    with pytest.raises(ValueError, match=r"'it' expected numbers of at most .*divide it"):
        read_columns(table, read_schema(table))


@pytest.mark.parametrize("kind", ["numbers", "texts"])
def test_masked_values_are_missing(kind):
    """numpy forgets the mask where it makes a plain array."""
    x = np.linspace(-1, 1, 200)
    hidden = x < -0.5
    y = np.where(hidden, 7.0, np.round(x))
    column = x if kind == "numbers" else np.where(x > 0.5, "a", "b").astype(object)
    table = np.ma.masked_array(column, hidden)[:, None]
    plain = np.where(hidden, np.nan if kind == "numbers" else None, column)[:, None]
    fits = [KANRegressor(cv=2, random_state=0).fit(each, y) for each in (table, plain)]
    assert np.array_equal(fits[0].predict(table), fits[1].predict(plain))
    assert np.allclose(fits[0].predict(table)[hidden], 7.0, atol=0.1)


@pytest.mark.parametrize(
    ("new", "like"),
    [("red ", "red"), ("Red", "red"), ("3.00", "3"), ("03", "3"), ("light  blue", "light blue")],
)
def test_new_levels_that_are_levels_of_the_fit_in_another_spelling_are_pointed_out(new, like):
    random = np.random.default_rng(0)
    kinds = np.array(["red", "3", "light blue", None], dtype=object)
    table = pd.DataFrame({"kind": random.choice(kinds, 90)})
    model = KANRegressor(cv=2, random_state=0).fit(table, 1.0 * (table["kind"] == like))
    with pytest.warns(UserWarning, match=f"'kind' has the level {new!r}, .* it had {like!r}"):
        model.predict(pd.DataFrame({"kind": [new, None]}))
    model.predict(table)
    model.predict(pd.DataFrame({"kind": ["green", "4", None]}))


@pytest.mark.parametrize(
    ("fitted", "given"),
    [
        (["00e158", "a1"], "000e9531"),  # both 0 as powers of ten
        (["7e400", "a1"], "8e999"),  # both infinite
        (["12345678901234567", "8"], "12345678901234568"),  # the same float64
    ],
)
def test_codes_that_look_like_numbers_are_no_spellings_of_each_other(fitted, given):
    codes = np.arange(ROWS) % 2
    table = pd.DataFrame({"code": pd.Categorical([fitted[k] for k in codes])})
    model = KANRegressor(cv=2, random_state=0).fit(table, codes.astype(float))
    assert model.outside(pd.DataFrame({"code": [given, fitted[0]]})).ravel().tolist() == [1, 0]


@pytest.mark.parametrize(
    ("fitted", "given"), [(["m", "f"], [1, 0]), ([1, 0], ["m", "f"]), (["a1", "b2"], [1.5, 2.5])]
)
def test_numbers_where_the_fit_had_texts_are_warned_of(fitted, given):
    codes = np.arange(ROWS) % 2
    table = pd.DataFrame({"sex": pd.Categorical([fitted[k] for k in codes])})
    model = KANRegressor(cv=2, random_state=0).fit(table, codes.astype(float))
    rows = pd.DataFrame({"sex": [given[k] for k in codes]})
    with pytest.warns(UserWarning, match=r"has the level .*, which the fit didn't have; it had"):
        assert model.outside(rows).all()
    model.predict(pd.DataFrame({"sex": ["c3", fitted[0]]}))
