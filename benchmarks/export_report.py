"""The rows of export-….csv as sentences and pictures."""

from __future__ import annotations

import statistics
from typing import Any

from benchmarks.charts import make_panels, name_lines, put_legend, scale_log
from benchmarks.markdown import pivot
from benchmarks.records import Row, pick_newest
from benchmarks.study import Figures, Rows
from edgewise.charts.style import BLUE, GREY, ORANGE


def _of(rows: Rows, name: str) -> list[Row]:
    return [row for row in rows if row["csv"] == f"export-{name}"]


def findings(rows: Rows) -> list[str]:
    """A sentence for each of the questions that has rows."""
    agreeing, certified = pick_newest(_of(rows, "agreement")), _of(rows, "certificates")
    timed = pick_newest(_of(rows, "speed"))
    sentences = []
    if agreeing:
        exceeded = sum(int(row["exceeded"]) for row in agreeing)
        shares = [float(row["measured"]) / float(row["bound"]) for row in agreeing]
        targets = ", ".join(dict.fromkeys(row["target"] for row in agreeing))
        sentences.append(
            f"A network in {targets} was off by more than its proven bound in {exceeded} of "
            f"{len(agreeing)} comparisons on {int(agreeing[0]['rows']):,} inputs; the largest "
            f"error was {min(shares):.2f} to {max(shares):.2f} of the bound."
        )
    if certified:
        bad = sum(int(row["violated"]) + int(row["table_violated"]) for row in certified)
        ratios = [float(row["width_over_found"]) for row in certified]
        sentences.append(
            f"Of {len(certified):,} random networks, an attack left {bad} proven bounds; the "
            f"proven range over the one found is {statistics.median(ratios):.2f} in the median "
            f"and {max(ratios):.1f} at worst."
        )
    kans, mlps = ([r for r in timed if r["program"].startswith(kind)] for kind in ("KAN", "MLP"))
    if kans and mlps:
        told = " and ".join(f"{float(row['us_per_row']):.1f}" for row in mlps)
        best = min(kans, key=lambda row: float(row["us_per_row"]))
        sentences.append(
            "[784, 64, 10] as int8 tables in C answers a row in "
            f"{float(best['us_per_row']):.1f} µs on one core, onnxruntime's MLP of as many "
            f"parameters in {told} µs, alone and in batches."
        )
    return sentences


def charts(rows: Rows) -> Figures:
    """Errors beside their bounds, and proven ranges over those found, by norm."""
    agreeing, certified = pick_newest(_of(rows, "agreement")), _of(rows, "certificates")
    found = {}
    if agreeing:
        found["agreement"] = _draw_agreement(agreeing)
    if certified:
        found["certificates"] = _draw_certificates(certified)
    return found


def _draw_agreement(rows: Rows) -> Any:
    cases = pivot(rows, ("dtype", "degree"), "target")
    figure, (axes,) = make_panels(1.2 + 0.35 * len(cases))
    for k, targets in enumerate(cases.values()):
        errors = [float(row["measured"]) for row in targets.values()]
        bound = float(next(iter(targets.values()))["bound"])
        axes.plot(errors, [k] * len(errors), "o", color=BLUE, label="largest error of a language")
        axes.plot([bound], [k], "|", color=ORANGE, markersize=14, label="proven bound")
    axes.set_xscale("log")
    name_lines(axes, [f"{dtype}, degree {degree}" for dtype, degree in cases])
    axes.set_xlabel("difference from the network", fontsize=9)
    put_legend(figure, [axes])
    return figure


def _draw_certificates(rows: Rows) -> Any:
    norms = list(dict.fromkeys(row["norm"] for row in rows))
    figure, (axes,) = make_panels(1.1 + 0.35 * len(norms))
    for k, norm in enumerate(norms):
        ratios = [float(row["width_over_found"]) for row in rows if row["norm"] == norm]
        axes.plot(ratios, [k] * len(ratios), "o", color=BLUE, alpha=0.15, markersize=4)
        axes.plot([statistics.median(ratios)], [k], "|", color=ORANGE, markersize=14)
    axes.axvline(1, color=GREY, linewidth=1)
    scale_log(axes, "x", 10)
    name_lines(axes, [f"norm {norm}" for norm in norms])
    axes.set_xlabel("proven range over the one found; orange: median", fontsize=9)
    return figure
