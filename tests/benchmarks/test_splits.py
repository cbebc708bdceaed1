"""Other splits of measured tables."""

from __future__ import annotations

import numpy as np
import pytest
from click.testing import CliRunner

from benchmarks.discovery import __main__ as program
from benchmarks.discovery import splits
from benchmarks.discovery.cases import Data


def _line(seed: int) -> Data:
    """A line with noise: ridge is the best of three, and any choice by folds finds it."""
    g = np.random.default_rng(seed)
    x = g.normal(size=(400, 3))
    y = x @ [1.0, -2.0, 0.5] + 0.5 * g.normal(size=400)
    return Data(x[:120], y[:120], x[120:], y[120:])


def test_gaps_to_the_best_of_three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(splits.MEASURED, "iris", _line)  # type: ignore[index]
    result = CliRunner().invoke(program.main, ["splits", "--tables", "iris", "--seeds", "0:2"])
    assert result.exit_code == 0, result.output
    rows = [[c.strip() for c in line.split("|")[1:-1]] for line in result.output.splitlines()]
    gaps = {row[0]: float(row[1]) for row in rows[2:] if row}
    assert gaps["ridge"] < 0.005
    assert gaps["additive"] > gaps["ridge"]
    assert abs(gaps[splits.OURS]) < 0.01
    assert abs(gaps[splits.CHOOSER]) < 0.01
    assert rows[0][0] == "iris, 2 splits"
