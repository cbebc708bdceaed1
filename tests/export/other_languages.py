"""Written estimators at work: each function answers rows of a frame as lists of numbers."""

from __future__ import annotations

import ctypes
import json
import shutil
import subprocess
from typing import Any, NamedTuple

import numpy as np
from hostile_models import (
    answer,
    count_outputs,
    has_interval,
    has_labels,
    is_refused,
    list_classes,
    predict,
)

from edgewise.additive.columns import read_columns
from edgewise.export import to_onnx
from edgewise.onnx.piecewise import MARK, feed_columns

NAN = float("nan")
COVERAGE, MOST = 0.8, 3
FLAGS = {
    "plain": "-std=c99 -O0 -Wall -Wextra -Werror -pedantic",
    "fast": "-std=c99 -O2 -ffast-math",
    "fused": "-std=gnu99 -O3 -march=native -ffp-contract=fast",
    "careful": "-std=c99 -O1 -ffp-contract=off -fsanitize=undefined "
    "-fsanitize-undefined-trap-on-error",
}
"""Of the compiler, by a name."""


class Answers(NamedTuple):
    """Of all rows: predictions (targets or classes), shares of classes, parts, and ends of the
    interval (of each target) or whether each class is in the set, and reasons."""

    predictions: list[Any]
    shares: Any = None
    parts: Any = None
    effects: Any = None
    ends: Any = None
    reasons: Any = None


def ask(model):
    """Everything that a program may answer."""
    coverage = COVERAGE if has_interval(model) else None
    return {"contributions": True, "coverage": coverage, "reasons": MOST}


def run_python(model, rows):
    space: dict[str, Any] = {}
    exec(model.to_python(**ask(model)), space)
    predictions, shares, parts, ends, reasons = [], [], [], [], []
    classes = () if (known := list_classes(model)) is None else known
    for row in rows.to_dict("records"):
        try:
            predictions.append(space["predict"](row))
            shares.append(space.get("predict_proba", lambda row: [])(row))
            parts.append(space["contributions"](row))
            reasons.append(space["reasons"](row))
        except ValueError:
            predictions.append(None)
            shares.append([NAN] * len(classes))
            parts.append(None)
            reasons.append(None)
        try:
            sets = len(classes) or has_labels(model)
            find = space.get("predict_set" if sets else "predict_interval")
            found = find(row) if find else []
            ends.append([c in found for c in classes] if len(classes) else found)
            if has_labels(model):
                ends[-1] = [[value in own for value in (0, 1)] for own in found]
        except ValueError:
            ends.append(None)
    return Answers(predictions, shares, parts, space["EFFECTS"], ends, reasons)


def run_javascript(model, rows, folder):
    """By node; what is infinite comes as 1e999."""
    (folder / "model.js").write_text(model.to_javascript(**ask(model)), encoding="utf-8")
    text = json.dumps(rows.astype(object).where(rows.notna(), None).to_dict("records"))
    text = text.replace("-Infinity", "-1e999").replace("Infinity", "1e999")
    (folder / "rows.json").write_text(text)
    code = (
        'const f = require("./model.js"), rows = require("./rows.json");'
        "const attempt = (g) => rows.map((row) => {"
        "try { return g(row); } catch (error) {"
        "if (error instanceof RangeError) return null; throw error; } });"
        "console.log(JSON.stringify([attempt(f), attempt(f.shares || (() => [])),"
        "attempt(f.contributions), f.effects, attempt(f.interval || (!f.set ? () => [] : "
        "(row) => f.classes ? f.classes.map((label) => f.set(row).includes(label)) :"
        "f.set(row).map((own) => [0, 1].map((value) => own.includes(value))))),"
        "attempt(f.reasons)]))"
    )
    command = ["node", "-e", code]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr[-2000:]
    predictions, shares, parts, effects, ends, reasons = json.loads(ran.stdout)
    known = list_classes(model)
    nothing = [] if known is None else [NAN] * len(known)
    shares = [s or nothing for s in shares]
    return Answers(predictions, shares, parts, effects, ends, reasons)


def compilers():
    """Those that are installed."""
    return [name for name in ("gcc", "clang") if shutil.which(name)]


def compile_c(source, folder, compiler="gcc", flags="plain"):
    """The library of a source."""
    name = f"{compiler}-{flags}"
    (folder / "model.c").write_text(source)
    compiled, library = folder / f"{name}.o", folder / f"{name}.so"
    options = [*FLAGS[flags].split(), "-fPIC", "-c", "-o", compiled, folder / "model.c"]
    subprocess.run([compiler, *options], check=True, timeout=120)
    # Linked with -ffast-math a library would flush denormal numbers of this whole process to 0.
    linked = [compiler, "-shared", "-o", library, compiled, "-lm"]
    subprocess.run(linked, check=True, timeout=120)
    return ctypes.CDLL(str(folder / f"{name}.so"))


def as_doubles(library, model, rows):
    """The columns of a table as the C function takes them."""
    x = np.zeros((len(rows), rows.shape[1]))
    finite = rows.copy()
    for k, name in enumerate(rows):
        if model.schema_.categorical[k]:
            library.model_level.restype = ctypes.c_double
            library.model_level.argtypes = ctypes.c_int, ctypes.c_char_p
            (column,) = read_columns(finite[[name]], narrow(model.schema_, k))
            x[:, k] = [library.model_level(k, v if v is None else v.encode()) for v in column]
        else:
            x[:, k] = rows[name].to_numpy(dtype=float)
    return x


def narrow(schema, k):
    """The schema of one column."""
    return type(schema)(schema.names[k : k + 1], schema.categorical[k : k + 1], schema.named)


def call_c(function, x, answers):
    """The function's own value and what it writes, for each row of x."""
    written = np.zeros((len(x), answers))
    values = [
        function(ctypes.c_void_p(a.ctypes.data), ctypes.c_void_p(b.ctypes.data))
        for a, b in zip(x, written, strict=True)
    ]
    return values, written


def run_c(model, rows, folder, compiler="gcc", flags="plain"):
    library = compile_c(model.to_c(**ask(model)), folder, compiler, flags)
    x, classes = as_doubles(library, model, rows), list_classes(model)
    names = list_texts(library, "model_effects", count_effects(model))
    count = count_outputs(model) if classes is None else len(classes)
    values, written = call_c(library.model, x, count)
    outputs = count if classes is None or count > 2 else 1
    _, parts = call_c(library.model_contributions, x, len(names) * outputs)
    parts = parts.reshape(len(x), len(names), outputs)
    reasons = []
    for row in x:
        told = (ctypes.c_char_p * (MOST * (1 if classes is not None else count)))()
        library.model_reasons(ctypes.c_void_p(row.ctypes.data), told)
        reasons.append([None if text is None else text.decode() for text in told])
    if count > 1 and classes is None:
        assert list_texts(library, "model_outputs", count) == model._names
    if classes is None and not has_labels(model):
        ends = call_c(library.model_interval, x, 2 * count)[1] if has_interval(model) else x
        return Answers(written.tolist(), None, parts, names, ends.tolist(), reasons)
    inside = np.zeros((len(x), count * (2 if classes is None else 1)), dtype=np.int32)
    for a, b in zip(x, inside, strict=True):
        library.model_set(ctypes.c_void_p(a.ctypes.data), ctypes.c_void_p(b.ctypes.data))
    if classes is None:
        return Answers(written.tolist(), None, parts, names, inside.tolist(), reasons)
    labels = [None if v < 0 else classes[v] for v in values]
    return Answers(labels, written.tolist(), parts, names, inside.tolist(), reasons)


def count_effects(model):
    return len(model._program().effects)


def list_texts(library, name, count):
    return [text.decode() for text in (ctypes.c_char_p * count).in_dll(library, name)]


def open_session(graph):
    """A session of onnxruntime."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    providers = ["CPUExecutionProvider"]
    return onnxruntime.InferenceSession(graph.SerializeToString(), options, providers=providers)


def run_onnx(model, rows):
    graph = to_onnx(model, **ask(model))
    session = open_session(graph)
    properties = {entry.key: entry.value for entry in graph.metadata_props}
    columns = [
        read_columns(rows[[name]], narrow(model.schema_, k))[0]
        if model.schema_.categorical[k]
        else rows[name].to_numpy(dtype=float)
        for k, name in enumerate(rows)
    ]
    titles = [output.name for output in session.get_outputs()]
    found = session.run(None, feed_columns(columns, properties[MARK]))
    found = dict(zip(titles, found, strict=True))
    names = [properties[f"effect_{k}"] for k in range(found["contributions"].shape[1])]
    shares, predictions = found.get("shares"), found["prediction"].tolist()
    if shares is not None:
        nothing = np.isnan(shares).all(1)
        predictions = [None if n else p for p, n in zip(predictions, nothing, strict=True)]
        shares = shares.tolist()
    ends = found.get("interval", found.get("set", np.zeros((len(rows), 0)))).tolist()
    if len(getattr(model, "models_", ())) > 1:
        assert [properties[f"output_{k}"] for k in range(len(model.models_))] == model._names
    reasons = found["reasons"].tolist()
    return Answers(predictions, shares, found["contributions"], names, ends, reasons)


TYPES = {"f": "DOUBLE PRECISION", "i": "BIGINT", "b": "BOOLEAN"}


def load_rows(engine, table, rows, nan):
    """A table with an id; every second NaN is a NULL, if there is NaN at all."""
    columns: dict[str, list[Any]] = {"id": list(range(len(rows)))}
    types = {"id": "INTEGER"}
    for name in rows:
        values = rows[name].astype(object).tolist()
        missing = [v is None or v != v for v in values]
        columns[name] = [
            (NAN if nan and k % 2 and rows[name].dtype.kind == "f" else None) if m else v
            for k, (v, m) in enumerate(zip(values, missing, strict=True))
        ]
        types[name] = TYPES.get(rows[name].dtype.kind, "TEXT")
    engine.load(table, columns, types)


def run_sql(model, rows, engine, nan, table="my data"):
    load_rows(engine, table, rows, nan)
    query = model.to_sql(table, keep=["id"], **ask(model))
    found = sorted(engine.ask(query))
    assert [row[0] for row in found] == list(range(len(rows)))
    known = list_classes(model)
    classes = 0 if known is None else len(known)
    outputs = classes if classes > 2 else count_outputs(model)
    answers = [row[1 : 2 if classes else 1 + outputs] for row in found]
    shares = [row[2 : 2 + classes] for row in found]
    first = 2 + classes if classes else 1 + outputs
    width = (classes or 2 * outputs) * has_interval(model)
    ends = [row[first : first + width] for row in found]
    first += width
    told = MOST if classes else MOST * outputs
    reasons = [row[first : first + told] for row in found]
    rest = [row[first + told :] for row in found]
    parts = np.array(rest, dtype=float).reshape(len(rows), -1, outputs)
    predictions = [a[0] if classes or outputs == 1 else a for a in answers]
    return Answers(predictions, shares, parts, None, ends, reasons)


def check(model, rows, got: Answers):
    """Compare with the model itself."""
    refused = is_refused(model, rows)
    if list_classes(model) is not None:
        expected = answer(model.predict_proba, rows, refused).astype(float)
        shares = np.array(got.shares, dtype=float)
        assert np.array_equal(np.isnan(shares).all(1), refused)
        assert np.nanmax(np.abs(shares - expected)) < 1e-9
        for label, share, mine in zip(got.predictions, shares, expected, strict=True):
            if np.isnan(share[0]):
                assert label is None
            elif np.diff(np.sort(mine)[-2:])[0] > 1e-9:  # no tie
                assert label == model.classes_[mine.argmax()]
    else:
        expected = answer(lambda x: predict(model, x), rows, refused).astype(float)
        numbers = np.array(
            [[NAN] * expected.shape[1] if p is None else np.ravel(p) for p in got.predictions],
            dtype=float,
        )
        assert np.array_equal(np.isnan(numbers).all(1), refused)
        off = np.abs(numbers - expected)[~refused] / (1 + np.abs(expected[~refused]))
        assert off.max() <= 1e-9, (off.max(), rows[~refused].iloc[int(off.max(1).argmax())])
    if has_interval(model):
        check_ends(model, rows, got, refused)
    if hasattr(model, "edges_"):  # explanations of survival are of the hazard, not of its integral
        return
    check_parts(model, rows, got, refused)
    check_reasons(model, rows, got, refused)


def check_parts(model, rows, got, refused):
    """Contributions are those of the explanation, and add up to the argument of the link."""
    with np.errstate(over="ignore"):
        told = model.explain_local(finite := rows[~refused])
    if got.effects is not None:
        assert list(got.effects) == ["(base)", *told.names]
    kept = [p for p, r in zip(got.parts, refused, strict=True) if not r]
    parts = np.array(kept, dtype=float).reshape(len(finite), 1 + len(told.names), -1)
    for k, unit in enumerate(told.units):
        expected = unit.read(told.parts[..., k])
        off = np.abs(parts[:, 1:, k] - expected) / (1 + np.abs(expected))
        assert off.size == 0 or off.max() <= 1e-9, off.max()
        total = unit.read(told.totals[:, k])
        off = np.abs(parts[..., k].sum(1) - total) / (1 + np.abs(total))
        assert off.max() <= 1e-9, off.max()


def check_ends(model, rows, got, refused):
    """Ends of intervals and sets are those of the model."""
    finite = ~refused
    found = [row for row, keep in zip(got.ends, finite, strict=True) if keep]
    with np.errstate(over="ignore"):
        if list_classes(model) is not None or has_labels(model):
            expected = model.predict_set(rows[finite], COVERAGE).reshape(len(found), -1)
            shares = model.predict_proba(rows[finite])
            shares = np.stack([1 - shares, shares], 2) if has_labels(model) else shares[:, None]
            least = np.array([1 - scores.quantile(COVERAGE) for scores in model.scores_])
            edge = np.abs(shares - least[:, None]).min((1, 2)) < 1e-9
            edge |= has_labels(model) & (np.abs(shares - 0.5).min((1, 2)) < 1e-9)
            sets = np.array(found, dtype=bool).reshape(expected.shape)
            assert np.array_equal(sets[~edge], expected[~edge])
            return
        expected = model.predict_interval(rows[finite], COVERAGE).reshape(len(found), -1)
    found = np.array(found, dtype=float).reshape(expected.shape)
    found = np.where(np.isnan(found), np.where(np.isinf(expected), expected, np.nan), found)
    off = np.abs(found - expected) / (1 + np.abs(expected))
    assert np.nanmax(off) <= 1e-9, np.nanmax(off)
    assert np.isfinite(off[np.isfinite(expected)]).all()


def check_reasons(model, rows, got, refused):
    """Reasons are the strongest effects in order, where none is 0 or as strong as another one to
    rounding."""
    with np.errstate(over="ignore"):
        told = model.explain_local(rows[~refused])
        classes = list_classes(model)
        places = None if classes is None else model.predict_proba(rows[~refused]).argmax(1)
    values = np.stack([u.read(told.parts[..., k]) for k, u in enumerate(told.units)], 1)
    kept = [r for r, refuse in zip(got.reasons, refused, strict=True) if not refuse]
    known = np.zeros(len(kept))
    if getattr(model, "offset_", None) is not None:
        known = rows[~refused].iloc[:, model.offset_.columns[0]].to_numpy(dtype=float)
    vanishing = (known != 0) & (np.abs(known) < 1e-300)  # its product may be 0 here, not there
    ours = told.reasons(MOST)
    assert not any(map(_first, (r for r, n in zip(got.reasons, refused, strict=True) if n)))
    compared = 0
    for i, reasons in enumerate(kept):
        words = _list_texts(reasons)
        if places is None:
            names = told.outputs
            outputs = [(values[i, k], f"the prediction of {name}") for k, name in enumerate(names)]
            if len(outputs) == 1:
                outputs = [(values[i, 0], "the prediction")]
            kinds = ("lowers", "raises")
        else:
            sign = -1 if len(classes) == 2 and not places[i] else 1
            place = 0 if len(classes) == 2 else places[i]
            outputs = [(sign * values[i, place], classes[places[i]])]
            kinds = ("speaks against", "speaks for")
        expected, gaps = [], [1.0]
        for parts, title in outputs:
            order = [e for e in np.argsort(-np.abs(parts), kind="stable") if parts[e]][:MOST]
            expected += [f"{told.names[e]} {kinds[int(parts[e] > 0)]} {title}" for e in order]
            gaps += np.diff(np.sort(np.abs([0.0, *parts[parts != 0]]))).tolist()
        if min(gaps) > 1e-12 and not vanishing[i]:
            assert words == expected, (words, expected)
            several = places is None and values.shape[1] > 1
            assert expected == [w for part in (ours[i] if several else [ours[i]]) for w in part]
            compared += 1
    assert compared > len(kept) / 2


def _list_texts(reasons):
    """The texts of a row: of one target, or of a list for each, which may be of any lengths."""
    if reasons is None or isinstance(reasons, str):
        return [reasons] if reasons else []
    return [text for part in reasons for text in _list_texts(part)]


def _first(reasons):
    """One text of a row, None where it has none."""
    texts = _list_texts(reasons)
    return texts[0] if texts else None
