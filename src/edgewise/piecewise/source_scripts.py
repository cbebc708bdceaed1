"""Tables as one file of JavaScript, or of Python with NumPy alone."""

from __future__ import annotations

import json
import os
from typing import Any

from edgewise._files import write_text
from edgewise.piecewise.lookup import Table, Tables, check_tables
from edgewise.piecewise.source_c import check_name

_JAVASCRIPT = """// %(name)s: %(count)s numbers to %(out)s; by edgewise.
"use strict";
const %(name)s = (function () {
  const data = %(data)s;
  for (const stage of data.stages)
    for (const table of stage.tables) table.values = Float64Array.from(table.values);

  function standardize(norm, x) {
    const mean = x.reduce((a, b) => a + b, 0) / x.length;
    const square = x.reduce((a, b) => a + (b - mean) * (b - mean), 0) / x.length;
    const deviation = Math.sqrt(square + norm.eps);
    return x.map((v, i) => ((v - mean) / deviation) * norm.weight[i] + norm.bias[i]);
  }

  function add(table, x, sum) {
    const out = sum.length, size = table.powers * out;
    for (let i = 0; i < x.length; i++) {
      const v = Math.min(Math.max(x[i], table.low[i]), table.high[i]);
      const u = (v - table.low[i]) * table.inverse[i];
      const cell = Math.min(Math.floor(u), table.cells - 1) || 0;
      const t = u - cell, row = (i * table.cells + cell) * size;
      for (let o = 0; o < out; o++) {
        let value = 0;
        for (let p = table.powers - 1; p >= 0; p--)
          value = value * t + table.scale[p * out + o] * table.values[row + p * out + o];
        sum[o] += value;
      }
    }
  }

  function answer(x) {
    if (x.length !== data.in_features)
      throw new RangeError("expected " + data.in_features + " numbers, got " + x.length);
    let h = data.inputs.map((i) => Number(x[i]));
    for (const stage of data.stages) {
      const sum = stage.bias.slice();
      const z = stage.norm ? standardize(stage.norm, h) : h;
      for (const table of stage.tables) add(table, table.standardized ? z : h, sum);
      h = sum;
    }
    return h;
  }
  answer.bound = data.bound;
  answer.inputs = data.input_names;
  return answer;
})();
if (typeof module !== "undefined") module.exports = %(name)s;
"""

_PYTHON = '''"""%(name)s: rows of %(count)s numbers to %(out)s; by edgewise, with NumPy alone."""

import numpy as np

DATA = %(data)s
BOUND = DATA["bound"]
INPUTS = DATA["input_names"]


def _standardize(norm, x):
    away = x - x.mean(1, keepdims=True)
    deviation = np.sqrt(np.square(away).mean(1, keepdims=True) + norm["eps"])
    return away / deviation * norm["weight"] + norm["bias"]


def _add(table, x, total):
    cells, powers, out = table["cells"], table["powers"], total.shape[1]
    values = np.reshape(table["values"], (x.shape[1], cells, powers, out))
    scale = np.reshape(table["scale"], (powers, out))
    u = (np.clip(x, table["low"], table["high"]) - table["low"]) * table["inverse"]
    cell = np.minimum(np.nan_to_num(u).astype(int), cells - 1)
    for i in range(x.shape[1]):
        chosen, t = values[i, cell[:, i]] * scale, (u - cell)[:, i, None]
        value = chosen[:, -1]
        for p in range(powers - 2, -1, -1):
            value = value * t + chosen[:, p]
        total += value


def %(name)s(rows):
    """What the model answers, (rows, %(count)s) to (rows, %(out)s), within BOUND."""
    x = np.asarray(rows, dtype=float)
    if x.ndim != 2 or x.shape[1] != %(count)s:
        raise ValueError(f"expected rows of %(count)s numbers, got shape {x.shape}")
    x = x[:, DATA["inputs"]]
    for stage in DATA["stages"]:
        total = np.tile(stage["bias"], (len(x), 1)).astype(float)
        z = _standardize(stage["norm"], x) if stage["norm"] else x
        for table in stage["tables"]:
            _add(table, z if table["standardized"] else x, total)
        x = total
    return x
'''


def to_javascript(
    tables: Tables, path: str | os.PathLike[str] | None = None, *, name: str = "model"
) -> str:
    """One file of JavaScript with a function of an array of numbers; for browsers and node.

    ``name.bound`` holds the bounds, ``name.inputs`` what the inputs are called.

    Raises:
        TypeError: if it is given a model and no tables.
        ValueError: if the name is no identifier.

    Example:
        >>> import edgewise as ew
        >>> model = ew.surgery.from_formula("mass + speed**2", basis="bspline")
        >>> text = ew.export.to_javascript(ew.export.tabulate(model, (-1, 1)), name="energy")
        >>> print(text.splitlines()[0])
        // energy: 2 numbers to 1; by edgewise.
        >>> '"input_names": ["mass", "speed"]' in text
        True
    """
    check_tables("to_javascript", tables)
    check_name("to_javascript", name)
    data = json.dumps(_data(tables)).replace("<", "\\u003c")
    return _fill(_JAVASCRIPT, tables, name, data, path)


def to_python(
    tables: Tables, path: str | os.PathLike[str] | None = None, *, name: str = "model"
) -> str:
    """One module with a function of rows, which needs NumPy alone.

    ``BOUND`` holds the bounds, ``INPUTS`` what the inputs are called. Of rows with NaN it is NaN.

    Raises:
        TypeError: if it is given a model and no tables.
        ValueError: if the name is no identifier.

    Example:
        >>> import edgewise as ew
        >>> model = ew.surgery.from_formula("mass + speed**2", basis="bspline")
        >>> text = ew.export.to_python(ew.export.tabulate(model, (-1, 1)), name="energy")
        >>> exec(text, module := {})
        >>> module["energy"]([[0.25, 0.5]]).round(4).tolist(), module["INPUTS"]
        ([[0.5]], ['mass', 'speed'])
    """
    check_tables("to_python", tables)
    check_name("to_python", name)
    return _fill(_PYTHON, tables, name, ascii(_data(tables)), path)


def _fill(
    template: str, tables: Tables, name: str, data: str, path: str | os.PathLike[str] | None
) -> str:
    count, out = str(tables.in_features), str(tables.out_features)
    for key, value in (("name", name), ("count", count), ("out", out), ("data", data)):
        template = template.replace(f"%({key})s", value)  # data last: its texts are left alone
    if path is not None:
        write_text(path, template)
    return template


def _data(tables: Tables) -> dict[str, Any]:
    stages = [
        {
            "bias": stage.bias.tolist(),
            "norm": None
            if stage.norm is None
            else {
                "weight": stage.norm.weight.tolist(),
                "bias": stage.norm.bias.tolist(),
                "eps": stage.norm.eps,
            },
            "tables": [_table(table) for table in stage.tables],
        }
        for stage in tables.stages
    ]
    return {
        "in_features": tables.in_features,
        "inputs": list(tables.inputs),
        "input_names": list(tables.input_names),
        "bound": tables.report.bound.tolist(),
        "stages": stages,
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "standardized": table.standardized,
        "low": table.low.tolist(),
        "high": table.high.tolist(),
        "inverse": table.inverse.tolist(),
        "cells": table.cells,
        "powers": table.degree + 1,
        "scale": table.scale.ravel().tolist(),
        "values": table.values.ravel().tolist(),
    }
