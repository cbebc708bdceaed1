"""A program as one file of C99 that allocates nothing; a network's needs no library either."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import singledispatch
from typing import Any

import numpy as np

from edgewise.piecewise.program import (
    WEIGHT_BITS,
    Interval,
    Names,
    Number,
    Program,
    Reading,
    Stage,
    Table,
)
from edgewise.piecewise.reasons import list_reasons
from edgewise.piecewise.templates import fill

TYPES = {"float32": "float", "int16": "int16_t", "int8": "int8_t"}
SAFE = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _"
Levels = dict[int, list[str]]
"""The texts of each column that holds some, in the order of the numbers that stand for them."""


def write_c(program: Program, name: str, effects: Sequence[str], reasons: int) -> str:
    """``void name(const float *x, float *y)`` of tables, of doubles for an estimator."""
    network, classes = program.is_network, program.answer.classes
    number, levels = "float" if network else "double", list_levels(program)
    answers = len(classes) if classes else program.out_features
    parts = [
        f"/* {name}: {program.in_features} {'numbers' if network else 'columns'} to {answers}; by "
        "edgewise. C99. */",
        "#include <stdint.h>\n",
        *([] if network else ["#include <math.h>\n#include <string.h>\n"]),
    ]
    texts = {"inputs": program.input_names, "effects": effects, "classes": classes}
    for title, values in texts.items():
        if values:
            listed = ", ".join(quote(str(value)) for value in values)
            parts.append(f"const char *const {name}_{title}[] = {{{listed}}};")
    if network:
        bound = program.report.bound
        parts.append(_array("const double", f"{name}_bound", bound, _double) + "\n")
        parts.append(_HOLD)
        ends = program.domain[list(program.inputs)].T
        for title, values in zip(("least", "greatest"), ends, strict=True):
            parts.append(_array("static const float", title, values, _single) + "\n")
    else:
        parts += [_TERMS, *_write_levels(levels, name, program.in_features)]
        parts.append(_write_refusal(program))
    if any(stage.norm is not None for stage in program.stages):
        parts.append(_ROOT)
    widths = [len(program.inputs), *(stage.width for stage in program.stages)]
    for k, stage in enumerate(program.stages):
        parts.append(_write_stage(stage, k, widths[k], number, bool(effects), levels))
    parts += _write_sums(program, name, widths, number, effects)
    write = _write_shares if classes else _write_numbers
    parts.append(write(program, name, number, answers))
    if program.interval is not None:
        stage = program.interval.stage
        if stage.width:
            parts.append(_write_stage(stage, 1, widths[0], number, False, levels))
        parts.append((_write_set if classes else _write_interval)(program, program.interval, name))
    if reasons:
        parts.append(_write_reasons(program, name, reasons))
    if not network:
        place = parts.index(_TERMS)
        parts[place] = _keep_called(_TERMS, "\n".join(parts[place + 1 :]))
    return "\n".join(parts)


def _keep_called(functions: str, program: str) -> str:
    """The functions that a program calls: clang warns of others."""
    kept: list[str] = []
    for function in reversed(functions.split("\n\n")):
        found = re.search(r"static inline \w+ (\w+)\(", function)
        if found is None or f"{found[1]}(" in program:
            kept.insert(0, function)
            program += function
    return "\n\n".join(kept)


def list_levels(program: Program) -> Levels:
    """The levels of every column of texts.

    Raises:
        ValueError: if one holds a zero byte, which ends a text of C.
    """
    levels: Levels = {}
    for reading in program.readings():
        if isinstance(reading, Names) and not reading.numbers:
            known = levels.setdefault(reading.column, [])
            known += [n for n, _ in reading.cells if n is not None and n not in known]
    for text in (text for texts in levels.values() for text in texts):
        if "\0" in text:
            raise ValueError(f"to_c expected levels without a zero byte, got {text!r:.80}")
    return levels


# Numbers and texts.


def quote(text: str) -> str:
    """A text as a literal of C: everything but letters, digits and blanks by its bytes."""
    bytes_ = text.encode("utf-8", "replace")
    return '"' + "".join(chr(b) if b in SAFE else f"\\{b:03o}" for b in bytes_) + '"'


def _single(value: Any) -> str:
    text = f"{float(value):.9g}"
    return text + ("f" if "." in text or "e" in text else ".0f")


def _double(value: Any) -> str:
    number = float(value)
    if np.isinf(number):
        return "INFINITY" if number > 0 else "-INFINITY"
    return f"{number:.17g}" if not number.is_integer() else f"{number:.1f}"


def _whole(value: Any) -> str:
    return str(int(value))


def _array(kind: str, name: str, values: Any, write: Callable[[Any], str]) -> str:
    flat = np.asarray(values).ravel().tolist()
    lines = [", ".join(map(write, flat[k : k + 24])) for k in range(0, len(flat), 24)]
    return f"{kind} {name}[{len(flat)}] = {{\n" + ",\n".join(lines) + "\n};"


def _data(name: str, values: Any) -> str:
    return _array("static const double", name, values, _double)


# What is added up.

_ROOT = """static double root(double v)
{
    double r = v > 1 ? v : 1;
    for (int k = 0; k < 2000; k++) {
        double next = 0.5 * (r + v / r);
        if (next >= r) break;
        r = next;
    }
    return r;
}
"""

_HOLD = """/* By its bits, as compilers may take it for granted that no number is NaN. */
static inline float move_into(float v, float low, float high)
{
    union { float value; uint32_t bits; } seen = {v};
    if ((seen.bits & 0x7fffffffu) > 0x7f800000u) return low;
    return v > low ? v < high ? v : high : low;
}
"""

_TERMS = """
/* Whether x is NaN, or infinite or larger than 2^1022: by its bits, as compilers may take it for
   granted that no number is. */
static inline int is_special(double x, int large)
{
    union { double value; uint64_t bits; } seen = {x};
    uint64_t bits = seen.bits & 0x7fffffffffffffffu;
    int nan = bits > 0x7ff0000000000000u;
    return large ? !nan && bits > 0x7fd0000000000000u : nan;
}

static inline double hold(double v, double low, double high)
{
    return v < low ? low : v > high ? high : v;
}

static inline int read_number(double x, double centre, double scale, int tame, double low,
                              double high, const double *places, int count, int missing, double *t)
{
    if (is_special(x, 0)) return missing;
    double u = (x - centre) / scale;
    u = hold(tame ? asinh(u) : u, low, high);
    int cell = 0;
    while (cell < count && places[cell] <= u) cell++;
    *t = u - places[cell > 0 ? cell - 1 : 0];
    return cell;
}

static inline int read_level(double x, const double *levels, const int *cells, int count,
                             int absent)
{
    if (is_special(x, 0) || x != floor(x)) return absent;
    int first = 0, last = count;
    while (first < last) {
        int middle = (first + last) / 2;
        if (levels[middle] < x) first = middle + 1;
        else last = middle;
    }
    return first < count && levels[first] == x ? cells[first] : -1;
}

static inline void add_term(double *sum, const double *table, int others, int powers, int inner,
                            int out, int cell, double t, int other, double v)
{
    if (cell < 0 || other < 0) return;
    table += ((long)cell * others + other) * powers * inner * out;
    for (int o = 0; o < out; o++) {
        double value = 0;
        for (int p = powers - 1; p >= 0; p--) {
            double factor = 0;
            for (int q = inner - 1; q >= 0; q--)
                factor = factor * v + table[(p * inner + q) * out + o];
            value = value * t + factor;
        }
        sum[o] += value;
    }
}
"""


def _write_levels(levels: Levels, name: str, columns: int) -> list[str]:
    """A function that gives the number of a text."""
    if not levels:
        return []
    counts = ", ".join(str(len(levels.get(k, ()))) for k in range(columns))
    lists = [k for k, texts in sorted(levels.items()) if texts]
    texts = ", ".join(f"texts{k}" if k in lists else "0" for k in range(columns))
    return [
        *(
            f"static const char *const texts{k}[] = {{{', '.join(map(quote, levels[k]))}}};"
            for k in lists
        ),
        f"""
/* What x[column] is where the column holds a text: NaN for NULL, -1 for one that is unknown. */
double {name}_level(int column, const char *text)
{{
    static const char *const *const texts[] = {{{texts}}};
    static const int counts[] = {{{counts}}};
    if (text == 0 || strcmp(text, "<NA>") == 0) return NAN;
    if (column < 0 || column >= {columns}) return -1;
    for (int k = 0; k < counts[column]; k++)
        if (strcmp(text, texts[column][k]) == 0) return k;
    return -1;
}}
""",
    ]


def _write_refusal(program: Program) -> str:
    """A function that tells whether one of the numbers that are read is infinite or too large."""
    readings = program.readings()
    columns = sorted({r.column for r in readings if not program.categorical[r.column]})
    head = "static int is_refused(const double *x)\n{\n"
    if not columns:
        return f"{head}    (void)x;\n    return 0;\n}}\n"
    listed = ", ".join(map(str, columns))
    return f"""{head}    static const int columns[] = {{{listed}}};
    for (int k = 0; k < {len(columns)}; k++)
        if (is_special(x[columns[k]], 1)) return 1;
    return 0;
}}
"""


def _write_stage(
    stage: Stage, k: int, width: int, number: str, contributions: bool, levels: Levels
) -> str:
    """A function that sets sums, or with contributions those of each effect by itself."""
    out, start = stage.width, stage.start
    if not contributions:
        start = start.sum(0)
    elif stage.tables:
        start = np.pad(start, [(0, 1 + width - len(start)), (0, 0)])
    parts = [_data(f"start{k}", start)]
    body = [f"    for (int k = 0; k < {start.size}; k++) sum[k] = start{k}[k];"]
    if stage.norm is not None:
        parts += [
            _data(f"norm_weight{k}", stage.norm.weight),
            _data(f"norm_shift{k}", stage.norm.bias),
        ]
        body += _write_norm(k, width, stage.norm.eps)
    for n, table in enumerate(stage.tables):
        parts += _write_data(table, f"{k}_{n}")
        body += ["    {", *_write_cells(table, f"{k}_{n}", width)]
        body += [*_write_sum(table, f"{k}_{n}", width, out, contributions), "    }"]
    if not stage.tables:
        body += _write_terms(stage, k, parts, contributions, levels)
    head = f"static void stage{k}(const {number} *restrict x, double *restrict sum)\n{{\n"
    return "\n".join([*parts, head + "\n".join(body) + "\n}\n"])


def _write_norm(k: int, width: int, eps: float) -> list[str]:
    return [
        f"    float z[{width}];",
        "    double mean = 0, square = 0;",
        f"    for (int i = 0; i < {width}; i++) mean += x[i];",
        f"    mean /= {width};",
        f"    for (int i = 0; i < {width}; i++) square += (x[i] - mean) * (x[i] - mean);",
        f"    double deviation = root(square / {width} + {_double(eps)});",
        f"    for (int i = 0; i < {width}; i++)",
        f"        z[i] = (float)((x[i] - mean) / deviation * norm_weight{k}[i]"
        f" + norm_shift{k}[i]);",
    ]


def _write_data(table: Table, tag: str) -> list[str]:
    kind = str(table.values.dtype)
    write = _single if kind == "float32" else _whole
    parts = [
        _array("static const float", f"{title}{tag}", values, _single)
        for title, values in (("low", table.low), ("high", table.high), ("inverse", table.inverse))
    ]
    parts.append(_array(f"static const {TYPES[kind]}", f"table{tag}", table.values, write))
    if kind != "float32":
        scale = table.scale.copy()
        scale[1:] *= 2.0**-WEIGHT_BITS
        parts.append(_data(f"scale{tag}", scale))
    return parts


def _write_cells(table: Table, tag: str, width: int) -> list[str]:
    """The cell of each input and how far it is into it."""
    source = "z" if table.standardized else "x"
    return [
        f"        int cell[{width}];",
        f"        float t[{width}];",
        f"        for (int i = 0; i < {width}; i++) {{",
        f"            float v = {source}[i];",
        f"            v = v > low{tag}[i] ? v : low{tag}[i];",
        f"            v = v < high{tag}[i] ? v : high{tag}[i];",
        f"            float u = (v - low{tag}[i]) * inverse{tag}[i];",
        "            int k = (int)u;",
        f"            k = k < {table.cells - 1} ? k : {table.cells - 1};",
        "            cell[i] = k;",
        "            t[i] = u - (float)k;",
        "        }",
        *([] if table.degree else ["        (void)t;"]),
    ]


def _write_sum(table: Table, tag: str, width: int, out: int, contributions: bool) -> list[str]:
    """Add polynomials in float32, or whole numbers that are scaled at the end."""
    powers, cells = table.degree + 1, table.cells
    kind = TYPES[str(table.values.dtype)]
    begin = f"        for (int i = 0; i < {width}; i++) {{"
    row = f"const {kind} *row = table{tag} + ((long)i * {cells} + cell[i]) * {powers * out};"
    each = f"for (int o = 0; o < {out}; o++)"
    at = f"sum[(i + 1) * {out} + o]" if contributions else "sum[o]"
    if kind == "float":
        value = f"row[{table.degree * out} + o]"
        for p in reversed(range(table.degree)):
            value = f"({value} * t[i] + row[{p * out} + o])"
        return [begin, f"            {row}", f"            {each} {at} += {value};", "        }"]
    wide = 127 * 4097 * width < 2**31 and kind == "int8_t"
    total = "int32_t" if wide else "int64_t"
    lines = [f"            {row}", f"            {each} acc[o] += row[o];"]
    power = "t[i]"
    for p in range(1, powers):
        lines.append(f"            {total} w{p} = ({total})({power} * {2**WEIGHT_BITS}.0f + 0.5f);")
        place = f"[{p * out} + o]"
        lines.append(f"            {each} acc{place} += w{p} * row{place};")
        power += " * t[i]"
    empty = f"        {total} acc[{powers * out}] = {{0}};"
    scaled = [
        f"        {each} {at} += scale{tag}[{p * out} + o] * (double)acc[{p * out} + o];"
        for p in range(powers)
    ]
    if contributions:
        return [begin, empty, *lines, *scaled, "        }"]
    return [empty, begin, *lines, "        }", *scaled]


def _write_terms(
    stage: Stage, k: int, parts: list[str], contributions: bool, levels: Levels
) -> list[str]:
    """Cells of all readings, then the terms; their data become further parts."""
    readings = stage.readings()
    if not readings:
        return ["    (void)x;"]
    body = [f"    int cell[{len(readings)}];", f"    double t[{len(readings)}] = {{0}};"]
    for i, reading in enumerate(readings):
        data, call = _write_reading(reading, i, f"{k}_{i}", levels)
        parts += data
        body.append(f"    cell[{i}] = {call};")
    for n, term in enumerate(stage.terms):
        parts.append(_data(f"table{k}_{n}", term.table))
        first = term.first + (stage.width * term.effect if contributions else 0)
        at = [readings.index(reading) for reading in term.readings]
        cells = [f"cell[{i}], t[{i}]" for i in at] + ["0, 0"] * (2 - len(at))
        sizes = ", ".join(map(str, term.table.shape[1:]))
        body.append(f"    add_term(sum + {first}, table{k}_{n}, {sizes}, {', '.join(cells)});")
    return body


@singledispatch
def _write_reading(reading: Reading, i: int, tag: str, levels: Levels) -> tuple[list[str], str]:
    """Data, and a call for the cell."""
    raise TypeError(f"expected a way of reading a column, got {type(reading).__name__}")


@_write_reading.register
def _write_number(reading: Number, i: int, tag: str, levels: Levels) -> tuple[list[str], str]:
    unit = f"{_double(reading.centre)}, {_double(reading.scale)}, {int(reading.tame)}"
    ends = f"{_double(reading.low)}, {_double(reading.high)}"
    places = f"places{tag}, {len(reading.places)}, {reading.missing}, &t[{i}]"
    call = f"read_number(x[{reading.column}], {unit}, {ends}, {places})"
    return [_data(f"places{tag}", reading.places)], call


@_write_reading.register
def _write_names(reading: Names, i: int, tag: str, levels: Levels) -> tuple[list[str], str]:
    numbers = {name: k for k, name in enumerate(levels.get(reading.column, ()))}
    found = sorted(
        (int(name) if reading.numbers else numbers[name], cell)
        for name, cell in reading.cells
        if name is not None
    )
    absent = dict(reading.cells).get(None, -1)
    if not found:
        return [], f"read_level(x[{reading.column}], 0, 0, 0, {absent})"
    data = [
        _data(f"levels{tag}", [level for level, _ in found]),
        _array("static const int", f"cells{tag}", [cell for _, cell in found], _whole),
    ]
    lists = f"levels{tag}, cells{tag}, {len(found)}, {absent}"
    return data, f"read_level(x[{reading.column}], {lists})"


def _write_sums(
    program: Program, name: str, widths: Sequence[int], number: str, effects: Sequence[str]
) -> list[str]:
    """A function of the last sums; with contributions it adds them up."""
    lines = [f"    float h0[{widths[0]}];"] if program.is_network else []
    if program.is_network:
        moved = "h0[{0}] = move_into(x[{1}], least[{0}], greatest[{0}]);"
        lines += [f"    {moved.format(k, i)}" for k, i in enumerate(program.inputs)]
        if tuple(program.inputs) == tuple(range(widths[0])):
            lines[1:] = [f"    for (int i = 0; i < {widths[0]}; i++) {moved.format('i', 'i')}"]
    source = "h0" if program.is_network else "x"
    head = f"static void add_up(const {number} *x, double *sum)\n{{\n"
    if effects:
        out, count = widths[-1], len(effects)
        if not program.is_network:
            lines += _refuse("parts", count * out, "")
        body = "\n".join([*lines, f"    stage0({source}, parts);"])
        return [
            f"/* parts[k * {out} + o]: what {name}_effects[k] of {count} adds to sum o. */",
            f"void {name}_contributions(const {number} *x, double *parts)\n{{\n{body}\n}}\n",
            f"""{head}    double parts[{count * out}];
    {name}_contributions(x, parts);
    for (int o = 0; o < {out}; o++) {{
        sum[o] = 0;
        for (int k = 0; k < {count}; k++) sum[o] += parts[k * {out} + o];
    }}
}}
""",
        ]
    for k, width in enumerate(widths[1:-1]):
        lines += [f"    float h{k + 1}[{width}];", f"    double sum{k}[{width}];"]
        lines.append(f"    stage{k}({source}, sum{k});")
        lines.append(f"    for (int i = 0; i < {width}; i++) h{k + 1}[i] = (float)sum{k}[i];")
        source = f"h{k + 1}"
    return [head + "\n".join([*lines, f"    stage{len(widths) - 2}({source}, sum);", "}\n"])]


# What is predicted.


def _begin(program: Program, name: str, kind: str, number: str, answers: int) -> str:
    head = [f"{kind} {name}(const {number} *x, {number} *y)", "{"]
    if not program.is_network:
        head += _refuse("y", answers, "" if kind == "void" else " -1")
    return "\n".join([*head, f"    double sum[{program.out_features}];", "    add_up(x, sum);\n"])


def _refuse(array: str, count: int, answer: str) -> list[str]:
    """Nothing is answered where a number is too large."""
    return [
        "    if (is_refused(x)) {",
        f"        for (int k = 0; k < {count}; k++) {array}[k] = NAN;",
        f"        return{answer};",
        "    }",
    ]


_MEANS = {"log": "exp({})", "logistic": "1.0 / (1.0 + exp(-{}))"}
"""By links that aren't the identity."""


def _write_numbers(program: Program, name: str, number: str, answers: int) -> str:
    begun, answer = _begin(program, name, "void", number, answers), program.answer
    if program.is_network:
        return f"{begun}    for (int o = 0; o < {answers}; o++) y[o] = (float)sum[o];\n}}\n"
    bounds = ", ".join(map(_double, answer.bounds))
    text = "static void find_targets(const double *sum, double *y)\n{\n"
    for o, (link, ends) in enumerate(zip(answer.links, answer.limits, strict=True)):
        held = f"hold(sum[{o}], {', '.join(map(_double, ends))})"
        mean = _MEANS.get(link, f"sum[{o}]").format(held)
        text += f"    y[{o}] = hold({mean}, {bounds});\n"
    return f"{text}}}\n\n{begun}    find_targets(sum, y);\n}}\n"


def _write_shares(program: Program, name: str, number: str, answers: int) -> str:
    """Shares of classes; the function's own value is the place of the likeliest."""
    begun = _begin(program, name, "int", number, answers)
    text = "static void find_shares(const double *sum, double *y)\n{\n"
    if program.answer.links[0] == "logistic":
        limits = ", ".join(map(_double, program.answer.limits[0]))
        text += f"    y[1] = 1 / (1 + exp(-hold(sum[0], {limits})));\n    y[0] = 1 - y[1];\n"
    else:
        text += f"""    double largest = sum[0], whole = 0;
    for (int o = 1; o < {answers}; o++) largest = sum[o] > largest ? sum[o] : largest;
    for (int o = 0; o < {answers}; o++) whole += y[o] = exp(sum[o] - largest);
    for (int o = 0; o < {answers}; o++) y[o] /= whole;
"""
    return f"""{text}}}

{begun}    find_shares(sum, y);
    int likeliest = 0;
    for (int o = 1; o < {answers}; o++) likeliest = y[o] > y[likeliest] ? o : likeliest;
    return likeliest;
}}
"""


def _write_interval(program: Program, interval: Interval, name: str) -> str:
    """Both ends of every target, which include the prediction."""
    count, width = len(interval.ends), interval.stage.width
    known = "find_targets(found + {0}, known);" if interval.edited else "{1}(x, known);"
    limits, ends = np.array(interval.limits), np.array(interval.ends)
    low, high = map(_double, program.answer.bounds)
    return f"""/* ends[2 * k] and ends[2 * k + 1]: of target k; coverage {interval.coverage:g}. */
void {name}_interval(const double *x, double *ends)
{{
{_indent(_data("least", limits[:, 0]))}
{_indent(_data("most", limits[:, 1]))}
{_indent(_data("below", ends[:, 0]))}
{_indent(_data("above", ends[:, 1]))}
    double y[{count}], known[{count}], found[{width}];
{chr(10).join(_refuse("ends", 2 * count, ""))}
    {name}(x, y);
    stage1(x, found);
    {known.format(count, name)}
    for (int k = 0; k < {count}; k++) {{
        double size = exp(hold(found[k], least[k], most[k]));
        double low = known[k] + below[k] * size, high = known[k] + above[k] * size;
        ends[2 * k] = hold(low < y[k] ? low : y[k], {low}, {high});
        ends[2 * k + 1] = hold(high > y[k] ? high : y[k], {low}, {high});
    }}
}}
"""


def _write_set(program: Program, interval: Interval, name: str) -> str:
    """Which classes a row may have."""
    count, width = len(program.answer.classes or ()), interval.stage.width
    known = f"{name}(x, known);"
    if interval.edited:
        known = f"double found[{width}];\n    stage1(x, found);\n    find_shares(found, known);"
    return f"""/* in[k]: whether it may be class k, with a coverage of {interval.coverage:g}. */
void {name}_set(const double *x, int *in)
{{
    double y[{count}], known[{count}];
    int likeliest = {name}(x, y);
    {known}
    for (int k = 0; k < {count}; k++)
        in[k] = likeliest >= 0 && (known[k] >= {_double(interval.least)} || y[k] >= y[likeliest]);
}}
"""


_REASONS = """/* reasons[k * %(most)s + i]: the strongest effects in words, 0 where there are no
   more; of target k, or of the likeliest class with k = 0. */
void %(name)s_reasons(const double *x, const char **reasons)
{
    static const char *const texts[%(answers)s][%(effects)s][2] = {%(texts)s};
    double parts[%(count)s];
    %(name)s_contributions(x, parts);
%(likeliest)s
    for (int k = 0; k < %(told)s; k++) {
        int used[%(effects)s] = {0};
        for (int i = 0; i < %(most)s; i++) {
            int best = -1;
            double largest = 0;
            for (int e = 0; e < %(known)s; e++) {
                double value = parts[(e + 1) * %(outputs)s + %(place)s];
                double size = value < 0 ? -value : value;
                if (!used[e] && size > largest) {
                    best = e;
                    largest = size;
                }
            }
            reasons[k * %(most)s + i] = 0;
            if (best < 0) continue;
            used[best] = 1;
            double value = %(sign)sparts[(best + 1) * %(outputs)s + %(place)s];
            reasons[k * %(most)s + i] = texts[%(answer)s][best][value > 0];
        }
    }
}
"""


def _write_reasons(program: Program, name: str, reasons: int) -> str:
    """A function that gives the texts of the strongest effects; refused rows have none."""
    texts, outputs = list_reasons(program), program.out_features
    known, classes = len(program.effects) - 1, program.answer.classes
    each = [", ".join(f"{{{quote(a)}, {quote(b)}}}" for a, b in own) for own in texts]
    likeliest = ""
    if classes:
        likeliest = f"    double y[{len(classes)}];\n    int likeliest = {name}(x, y);\n"
        likeliest += f"    for (int i = 0; i < {reasons}; i++) reasons[i] = 0;\n"
        likeliest += "    if (likeliest < 0) return;"
    else:
        likeliest = f"    if (is_refused(x)) for (int e = 0; e < {known * outputs + outputs}; e++) "
        likeliest += "parts[e] = 0;"
    values = {
        "name": name,
        "most": reasons,
        "answers": len(texts),
        "effects": max(1, known),
        "texts": ", ".join(f"{{{one or '{0, 0}'}}}" for one in each),
        "count": (1 + known) * outputs,
        "likeliest": likeliest,
        "told": 1 if classes else outputs,
        "known": known,
        "outputs": outputs,
        "place": "k" if not classes else "likeliest" if len(classes) > 2 else "0",
        "sign": "(likeliest ? 1 : -1) * " if classes and len(classes) == 2 else "",
        "answer": "likeliest" if classes else "k",
    }
    return fill(_REASONS, {key: str(value) for key, value in values.items()})


def _indent(text: str) -> str:
    return "    " + text.replace("\n", "\n    ")
