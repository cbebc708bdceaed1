"""Tables as one file of C99 that needs no library and allocates nothing."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import Any

import numpy as np

from edgewise._files import write_text
from edgewise.piecewise.lookup import WEIGHT_BITS, Table, Tables, TableStage, check_tables

_TAKEN = """auto break case char const continue default do double else enum extern float for goto
if inline int long main register restrict return short signed sizeof static struct switch typedef
union unsigned void volatile while root exp log sin cos class function let new this var
yield delete and or not in is def lambda import from global with as try except raise pass del None
True False null true false await async export super typeof instanceof catch finally throw debugger
implements interface package private protected public arguments eval module np DATA BOUND INPUTS"""
KEYWORDS = frozenset(_TAKEN.split())
"""Words of C, JavaScript and Python, and names in the files that are written."""
TYPES = {"float32": "float", "int16": "int16_t", "int8": "int8_t"}


def to_c(tables: Tables, path: str | os.PathLike[str] | None = None, *, name: str = "model") -> str:
    """One file of C99 with ``void name(const float *x, float *y)``; no library, no allocation.

    It answers within ``tables.report.bound`` of the model. ``name_bound`` holds the bounds and
    ``name_inputs`` what the inputs are called. A NaN counts as the least of its feature's domain.

    Args:
        tables: of :func:`tabulate`.
        path: a file to write; None for none.
        name: of the function.

    Raises:
        TypeError: if it is given a model and no tables.
        ValueError: if the name is no identifier.

    Example:
        >>> import torch, edgewise as ew
        >>> model = ew.KAN([2, 3, 1], seed=0)
        >>> source = ew.export.to_c(ew.export.tabulate(model, (-1, 1)), name="answer")
        >>> "void answer(const float *x, float *y)" in source
        True
    """
    check_tables("to_c", tables)
    check_name("to_c", name)
    parts = [
        f"/* {name}: {tables.in_features} numbers to {tables.out_features}; by edgewise. C99. */",
        "#include <stdint.h>\n",
        f"const char *const {name}_inputs[] = {{{', '.join(map(quote, tables.input_names))}}};",
        _array("const double", f"{name}_bound", tables.report.bound, _double) + "\n",
    ]
    widths = [len(tables.inputs), *(len(stage.bias) for stage in tables.stages)]
    if any(stage.norm is not None for stage in tables.stages):
        parts.append(_ROOT)
    for k, stage in enumerate(tables.stages):
        parts.append(_write_stage(stage, k, widths[k], tables.dtype))
    lines = [f"    float h0[{widths[0]}];"]
    lines += [f"    h0[{k}] = x[{i}];" for k, i in enumerate(tables.inputs)]
    if tuple(tables.inputs) == tuple(range(widths[0])):
        lines[1:] = [f"    for (int i = 0; i < {widths[0]}; i++) h0[i] = x[i];"]
    for k, width in enumerate(widths[1:]):
        last = k == len(tables.stages) - 1
        lines += [] if last else [f"    float h{k + 1}[{width}];"]
        lines.append(f"    stage{k}(h{k}, {'y' if last else f'h{k + 1}'});")
    body = "\n".join(lines)
    parts.append(f"void {name}(const float *x, float *y)\n{{\n{body}\n}}\n")
    text = "\n".join(parts)
    if path is not None:
        write_text(path, text)
    return text


def check_name(owner: str, name: Any) -> None:
    """Raise ValueError unless ``name`` is an identifier of C, JavaScript and Python."""
    if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,60}", name):
        raise ValueError(
            f"{owner} expected a name of letters, digits and _ that begins with a letter, got "
            f"{name!r:.80}"
        )
    if name in KEYWORDS or re.fullmatch(r"(stage|table|bias|scale|low|high|inverse)\d.*", name):
        raise ValueError(f"{owner} expected a name that isn't taken, got {name!r}: try my_{name}")


def quote(text: str) -> str:
    """A text as a literal of C: everything but letters, digits and blanks by its bytes."""
    safe = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _"
    bytes_ = text.encode("utf-8", "replace")
    return '"' + "".join(chr(b) if b in safe else f"\\{b:03o}" for b in bytes_) + '"'


def _single(value: Any) -> str:
    text = f"{float(value):.9g}"
    return text + ("f" if "." in text or "e" in text else ".0f")


def _double(value: Any) -> str:
    return f"{float(value):.17g}" if not float(value).is_integer() else f"{float(value):.1f}"


def _whole(value: Any) -> str:
    return str(int(value))


def _array(kind: str, name: str, values: Any, write: Any) -> str:
    flat = np.asarray(values).ravel().tolist()
    lines = [", ".join(map(write, flat[k : k + 24])) for k in range(0, len(flat), 24)]
    return f"{kind} {name}[{len(flat)}] = {{\n" + ",\n".join(lines) + "\n};"


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


def _write_stage(stage: TableStage, k: int, width: int, dtype: str) -> str:
    out = len(stage.bias)
    parts: list[str] = [_array("static const double", f"bias{k}", stage.bias, _double)]
    body = [f"    double sum[{out}];", f"    for (int o = 0; o < {out}; o++) sum[o] = bias{k}[o];"]
    if stage.norm is not None:
        for title, values in (("weight", stage.norm.weight), ("shift", stage.norm.bias)):
            parts.append(_array("static const double", f"norm_{title}{k}", values, _double))
        body += _write_norm(k, width, stage.norm.eps)
    for n, table in enumerate(stage.tables):
        parts += _write_data(table, f"{k}_{n}", dtype)
        body += ["    {", *_write_cells(table, f"{k}_{n}", width)]
        body += [*_write_sum(table, f"{k}_{n}", width, out, dtype), "    }"]
    body.append(f"    for (int o = 0; o < {out}; o++) y[o] = (float)sum[o];")
    head = f"static void stage{k}(const float *restrict x, float *restrict y)\n{{\n"
    return "\n".join([*parts, head + "\n".join(body) + "\n}\n"])


def _write_norm(k: int, width: int, eps: float) -> Iterable[str]:
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


def _write_data(table: Table, tag: str, dtype: str) -> list[str]:
    write = _single if dtype == "float32" else _whole
    parts = [
        _array("static const float", f"{title}{tag}", values, _single)
        for title, values in (("low", table.low), ("high", table.high), ("inverse", table.inverse))
    ]
    parts.append(_array(f"static const {TYPES[dtype]}", f"table{tag}", table.values, write))
    if dtype != "float32":
        scale = table.scale.copy()
        scale[1:] *= 2.0**-WEIGHT_BITS
        parts.append(_array("static const double", f"scale{tag}", scale, _double))
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


def _write_sum(table: Table, tag: str, width: int, out: int, dtype: str) -> list[str]:
    powers, cells = table.degree + 1, table.cells
    kind = TYPES[dtype]
    row = f"const {kind} *row = table{tag} + ((long)i * {cells} + cell[i]) * {powers * out};"
    if dtype == "float32":
        value = f"row[{table.degree * out} + o]"
        for p in reversed(range(table.degree)):
            value = f"({value} * t[i] + row[{p * out} + o])"
        loop = f"            for (int o = 0; o < {out}; o++) sum[o] += {value};"
        return [
            f"        for (int i = 0; i < {width}; i++) {{",
            f"            {row}",
            loop,
            "        }",
        ]
    wide = 127 * 4097 * width < 2**31 and dtype == "int8"
    total = "int32_t" if wide else "int64_t"
    lines = [f"        {total} acc[{powers * out}] = {{0}};"]
    lines += [f"        for (int i = 0; i < {width}; i++) {{", f"            {row}"]
    lines.append(f"            for (int o = 0; o < {out}; o++) acc[o] += row[o];")
    power = "t[i]"
    for p in range(1, powers):
        lines.append(f"            {total} w{p} = ({total})({power} * {2**WEIGHT_BITS}.0f + 0.5f);")
        at = f"[{p * out} + o]"
        lines.append(f"            for (int o = 0; o < {out}; o++) acc{at} += w{p} * row{at};")
        power += " * t[i]"
    lines.append("        }")
    for p in range(powers):
        term = f"scale{tag}[{p * out} + o] * (double)acc[{p * out} + o]"
        lines.append(f"        for (int o = 0; o < {out}; o++) sum[o] += {term};")
    return lines
