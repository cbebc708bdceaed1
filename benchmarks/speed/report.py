"""The rows of speed.csv as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.contention import is_busy
from benchmarks.markdown import pivot, provenance, table
from benchmarks.speed.measure import PASSES
from benchmarks.speed.networks import NETWORKS

CASE = ("network", "widths", "batch")
Row = Mapping[str, Any]


def describe(row: Row) -> str:
    """A row in a line."""
    return (
        f"{row['network']:<10} {row['widths']:>11} batch {row['batch']:<4} {row['threads']} "
        f"threads {row['engine']:<9} {row['pass']:<16} {float(row['kan_ms']):8.3f} ms "
        f"{float(row['ratio']):6.2f} × MLP {'(busy)' if is_busy(row) else ''}"
    )


def markdown(rows: Sequence[Row]) -> str:
    """Every measurement of a commit and machine, and the ratios of all sizes side by side."""
    if not rows:
        return "Nothing is measured yet."
    busy = sum(map(is_busy, rows))
    parts = [provenance(rows)]
    if busy:
        parts.append(
            f"{busy} of {len(rows)} measurements are marked busy: other processes needed the "
            "cores meanwhile. Run the benchmark alone."
        )
    for threads, engine in dict.fromkeys((r["threads"], r["engine"]) for r in rows):
        own = [r for r in rows if (r["threads"], r["engine"]) == (threads, engine)]
        parts += [f"## Threads: {threads}; engine: {engine}", times(own), ratios(own)]
    return "\n\n".join(parts)


def times(rows: Sequence[Row]) -> str:
    """A line for each network and size: both passes beside the MLP's."""
    head = ["layer", "widths", "batch"]
    for name in PASSES:
        head += [f"{name}, ms", "MLP", "ratio (quartiles)", "GFLOP/s"]
    lines = []
    for (network, widths, batch), passes in pivot(
        (r for r in rows if r["kan_ms"]), CASE, "pass"
    ).items():
        line = [NETWORKS[network].label, widths, batch]
        for name in PASSES:
            line += _columns(passes[name]) if name in passes else [""] * 4
        lines.append(line)
    return table(head, lines)


def _columns(row: Row) -> list[str]:
    faster = row["mlp_ms"]
    if row["compiled_ms"] and float(row["compiled_ms"]) < float(faster or "inf"):
        faster = f"{row['compiled_ms']} c"
    spread = f" ({_short(row['ratio_q1'])}–{_short(row['ratio_q3'])})" if row["ratio_q1"] else ""
    mark = ", busy" if is_busy(row) else ""
    return [row["kan_ms"], faster, f"{_short(row['ratio'])}{spread}{mark}", row["gflops"]]


def ratios(rows: Sequence[Row]) -> str:
    """Forward+backward relative to the MLP: a line for each network, a column for each size."""
    cells = {
        (network, f"{widths}, {batch}"): _short(passes[PASSES[1]]["ratio"])
        for (network, widths, batch), passes in pivot(rows, CASE, "pass").items()
        if PASSES[1] in passes
    }
    names, sizes = (list(dict.fromkeys(key[k] for key in cells)) for k in (0, 1))
    lines = [[NETWORKS[n].label, *(cells.get((n, size), "") for size in sizes)] for n in names]
    return table(["layer", *sizes], lines)


def _short(ratio: str) -> str:
    return f"{float(ratio):.2f}" if ratio else ""
