"""``bench discovery`` in tables."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from edgewise.bench.discovery import Outcome, Results, summary
from edgewise.bench.program_results import path_of
from edgewise.bench.report import records_csv

PEERS = ("operon", "gplearn")


def to_csv(outcomes: Sequence[Outcome]) -> str:
    """Every outcome."""
    return records_csv(Outcome, outcomes)


def markdown(results: Results, peers: Path | None = None) -> str:
    """Rows by basis, then the equations beside other programs."""
    parts = ["\n".join(f"- {k}: {v}" for k, v in results.about.items())]
    if results.rows:
        parts += [_rows(results.rows, peers), f"All rows: {summary(results.rows)}."]
    if results.equations:
        parts += [_programs(results.equations, peers), _equations(results.equations)]
    return "\n\n".join(parts) + "\n"


def _rows(outcomes: Sequence[Outcome], peers: Path | None = None) -> str:
    """A line for each row and basis, and pykan's below them where there is one."""
    lines = [
        "| row | truth | basis | right | RMSE | seconds | formula |",
        "|---|---|---|---|---|---|---|",
    ]
    for k, o in enumerate(outcomes):
        right, error = _verdict(o.right, o.rmse, o.accuracy)
        lines.append(
            f"| {o.row} | {o.truth} | {o.basis} | {right} | {error} | {o.seconds:.1f} | "
            f"{_short(o.formula)} |"
        )
        last = k + 1 == len(outcomes) or outcomes[k + 1].row != o.row
        if last and peers is not None and (path := path_of(peers, "pykan", o.row)).exists():
            lines.append(_pykan(o, json.loads(path.read_text())))
    return "\n".join(lines)


def _pykan(row: Outcome, result: dict[str, Any]) -> str:
    start = f"| {row.row} | {row.truth} | *pykan*"
    if "error" in result:
        return f"{start} | no | – | – | {_short(str(result['error']).splitlines()[-1])} |"
    right, error = _verdict(result["right"], result["rmse"], result["accuracy"])
    formula = _short(result["formula"])
    return (
        f"{start}, {result['course']} | {right} | {error} | {result['seconds']:.1f} | {formula} |"
    )


def _verdict(right: bool, rmse: float, accuracy: float | None) -> tuple[str, str]:
    error = f"{rmse:.1e}" if accuracy is None else f"accuracy {accuracy:.3f}"
    return ("yes" if right else "no"), error


def _short(formula: str, most: int = 60) -> str:
    formula = formula.replace("|", "\\|")
    return f"`{formula}`" if len(formula) <= most else f"`{formula[:most]}…`"


def _programs(equations: Sequence[Outcome], peers: Path | None) -> str:
    """Recovery of each program on those of our equations that it has a result for."""
    lines = [
        "| program | equations | equal to 1e-6 | R² > 0.999 | median relative RMSE | median s |",
        "|---|---|---|---|---|---|",
    ]
    ours = {o.row: (o.relative, o.r2, o.seconds) for o in equations}
    tables = {"edgewise": ours}
    for peer in PEERS if peers is not None else ():
        found = {}
        for name in ours:
            path = path_of(peers or Path(), peer, name)
            if path.exists():
                result = json.loads(path.read_text())
                relative = result.get("relative_rmse", float("inf"))
                found[name] = (relative, 1 - relative**2, result.get("seconds", float("nan")))
        tables[peer] = found
    for program, found in tables.items():
        if not found:
            continue
        errors = sorted(v[0] for v in found.values())
        seconds = sorted(v[2] for v in found.values() if v[2] == v[2])
        median = f"{seconds[len(seconds) // 2]:.1f}" if seconds else "–"
        same = sum(e <= 1e-6 for e in errors)
        good = sum(v[1] > 0.999 for v in found.values())
        lines.append(
            f"| {program} | {len(found)} | {same} ({same / len(found):.0%}) | {good} | "
            f"{errors[len(errors) // 2]:.1e} | {median} |"
        )
    return "\n".join(lines)


def _equations(outcomes: Sequence[Outcome]) -> str:
    lines = [
        "| equation | truth | equal | R² | RMSE | seconds | formula |",
        "|---|---|---|---|---|---|---|",
    ]
    for o in outcomes:
        lines.append(
            f"| {o.row} | `{o.truth}` | {'yes' if o.right else 'no'} | {o.r2:.6f} | {o.rmse:.1e} | "
            f"{o.seconds:.1f} | {_short(o.formula)} |"
        )
    return "\n".join(lines)
