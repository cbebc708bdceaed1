"""C source of a program's sums: levels, cells and polynomials."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import singledispatch

import numpy as np

from edgewise.piecewise.c_literals import (
    quote,
    write_array,
    write_data,
    write_double,
    write_single,
    write_whole,
)
from edgewise.piecewise.cells import Names, Number, Reading
from edgewise.piecewise.program import WEIGHT_BITS, CellTable, Program, Stage

TYPES = {"float32": "float", "int16": "int16_t", "int8": "int8_t"}
Levels = dict[int, list[str]]
"""The levels of each column of texts, in the order of their codes."""

ROOT = """static double root(double v)
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

HOLD = """/* By its bits, as compilers may take it for granted that no number is NaN. */
static inline float move_into(float v, float low, float high)
{
    union { float value; uint32_t bits; } seen = {v};
    if ((seen.bits & 0x7fffffffu) > 0x7f800000u) return low;
    return v > low ? v < high ? v : high : low;
}
"""

TERMS = """
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


def write_levels(levels: Levels, name: str, columns: int) -> list[str]:
    """A function that returns the code of a text."""
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


def write_refusal(program: Program) -> str:
    """A function that returns whether an input is a number that isn't accepted."""
    readings = program.readings()
    columns = sorted({r.column for r in readings if not program.categorical[r.column]})
    accepted = [program.accepted[k] for k in columns]
    head = "static int is_refused(const double *x)\n{\n"
    if not columns:
        return f"{head}    (void)x;\n    return 0;\n}}\n"
    listed = write_array("static const int", "columns", columns, write_whole)
    known = [not each.missing for each in accepted]
    return f"""{head}    {listed}
    {write_array("static const int", "known", known, write_whole)}
    {write_data("least", [each.low for each in accepted])}
    {write_data("most", [each.high for each in accepted])}
    for (int k = 0; k < {len(columns)}; k++) {{
        double v = x[columns[k]];
        if (is_special(v, 0) ? known[k] : is_special(v, 1) || v < least[k] || v > most[k]) return 1;
    }}
    return 0;
}}
"""


def write_stage(
    stage: Stage, k: int | str, width: int, number: str, contributions: bool, levels: Levels
) -> str:
    """A function that computes sums, with contributions those of each effect separately."""
    out, start = stage.width, stage.start
    if not contributions:
        start = start.sum(0)
    elif stage.tables:
        start = np.pad(start, [(0, 1 + width - len(start)), (0, 0)])
    parts = [write_data(f"start{k}", start)]
    body = [f"    for (int k = 0; k < {start.size}; k++) sum[k] = start{k}[k];"]
    if stage.hidden is not None:
        parts.append(write_stage(stage.hidden, f"{k}_hidden", width, number, False, levels))
        body += [f"    double hidden[{stage.hidden.width}];", f"    stage{k}_hidden(x, hidden);"]
    if stage.norm is not None:
        parts += [
            write_data(f"norm_weight{k}", stage.norm.weight),
            write_data(f"norm_shift{k}", stage.norm.bias),
        ]
        body += _write_norm(k, width, stage.norm.eps)
    for n, table in enumerate(stage.tables):
        parts += _write_table(table, f"{k}_{n}")
        body += ["    {", *_write_cells(table, f"{k}_{n}", width)]
        body += [*_write_sum(table, f"{k}_{n}", width, out, contributions), "    }"]
    if not stage.tables:
        body += _write_terms(stage, k, parts, contributions, levels)
    head = f"static void stage{k}(const {number} *restrict x, double *restrict sum)\n{{\n"
    return "\n".join([*parts, head + "\n".join(body) + "\n}\n"])


def _write_norm(k: int | str, width: int, eps: float) -> list[str]:
    return [
        f"    float z[{width}];",
        "    double mean = 0, square = 0;",
        f"    for (int i = 0; i < {width}; i++) mean += x[i];",
        f"    mean /= {width};",
        f"    for (int i = 0; i < {width}; i++) square += (x[i] - mean) * (x[i] - mean);",
        f"    double deviation = root(square / {width} + {write_double(eps)});",
        f"    for (int i = 0; i < {width}; i++)",
        f"        z[i] = (float)((x[i] - mean) / deviation * norm_weight{k}[i]"
        f" + norm_shift{k}[i]);",
    ]


def _write_table(table: CellTable, tag: str) -> list[str]:
    kind = str(table.values.dtype)
    write = write_single if kind == "float32" else write_whole
    parts = [
        write_array("static const float", f"{title}{tag}", values, write_single)
        for title, values in (("low", table.low), ("high", table.high), ("inverse", table.inverse))
    ]
    parts.append(write_array(f"static const {TYPES[kind]}", f"table{tag}", table.values, write))
    if kind != "float32":
        scale = table.scale.copy()
        scale[1:] *= 2.0**-WEIGHT_BITS
        parts.append(write_data(f"scale{tag}", scale))
    return parts


def _write_cells(table: CellTable, tag: str, width: int) -> list[str]:
    """The cell of each input and the distance within it."""
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


def _write_sum(table: CellTable, tag: str, width: int, out: int, contributions: bool) -> list[str]:
    """Add polynomials in float32, or integers that are scaled at the end."""
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
    stage: Stage, k: int | str, parts: list[str], contributions: bool, levels: Levels
) -> list[str]:
    """The cells of all readings, then the terms; their data are added to the parts."""
    readings = stage.readings()
    if not readings:
        return ["    (void)x;"]
    body = [f"    int cell[{len(readings)}];", f"    double t[{len(readings)}] = {{0}};"]
    for i, reading in enumerate(readings):
        data, call = _write_reading(reading, i, f"{k}_{i}", levels)
        parts += data
        body.append(f"    cell[{i}] = {call};")
    for n, term in enumerate(stage.terms):
        parts.append(write_data(f"table{k}_{n}", term.table))
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
    unit = f"{write_double(reading.centre)}, {write_double(reading.scale)}, {int(reading.tame)}"
    ends = f"{write_double(reading.low)}, {write_double(reading.high)}"
    places = f"places{tag}, {len(reading.places)}, {reading.missing}, &t[{i}]"
    source = "hidden" if reading.hidden else "x"
    call = f"read_number({source}[{reading.column}], {unit}, {ends}, {places})"
    return [write_data(f"places{tag}", reading.places)], call


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
        write_data(f"levels{tag}", [level for level, _ in found]),
        write_array("static const int", f"cells{tag}", [cell for _, cell in found], write_whole),
    ]
    lists = f"levels{tag}, cells{tag}, {len(found)}, {absent}"
    return data, f"read_level(x[{reading.column}], {lists})"


def write_sums(
    program: Program, name: str, widths: Sequence[int], number: str, effects: Sequence[str]
) -> list[str]:
    """A function that computes the last sums, from contributions if there are any."""
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
            lines += refuse("parts", count * out, "")
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


def refuse(array: str, count: int, answer: str, value: str = "NAN") -> list[str]:
    """Return NaN, or another value, if a number is too large."""
    return [
        "    if (is_refused(x)) {",
        f"        for (int k = 0; k < {count}; k++) {array}[k] = {value};",
        f"        return{answer};",
        "    }",
    ]


def keep_called(functions: str, program: str) -> str:
    """The functions that a program calls: clang warns of unused ones."""
    kept: list[str] = []
    for function in reversed(functions.split("\n\n")):
        found = re.search(r"static inline \w+ (\w+)\(", function)
        if found is None or f"{found[1]}(" in program:
            kept.insert(0, function)
            program += function
    return "\n\n".join(kept)
