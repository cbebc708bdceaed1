"""One sentence or a few for each question, made from the numbers of its CSV and nothing else."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence

from benchmarks.discovery.run import is_wrong_claim
from benchmarks.markdown import pivot
from benchmarks.runs import geometric_mean

Row = Mapping[str, str]
Rows = Sequence[Row]
FEWEST = 20
"""Runs of a program, below which its share of right answers isn't told."""


def find_tables(rows: Rows) -> list[str]:
    """The KAN's loss over the better of boosting's and the linear model's."""
    ratios = {table: best["kan"] for table, best in relate_tables(rows).items() if "kan" in best}
    if not ratios:
        return []
    ahead = sum(ratio <= 1 for ratio in ratios.values())
    worst = max(ratios, key=lambda t: ratios[t])
    return [
        f"On {ahead} of {len(ratios)} tables the KAN without any setting is as good as the better "
        f"of gradient boosting and a linear model, or better; its loss is "
        f"{statistics.median(ratios.values()):.3f} of that one's in the median, "
        f"{geometric_mean(ratios.values()):.3f} in the geometric mean, and at worst ({worst}) "
        f"{ratios[worst]:.3g} times as large."
    ]


def relate_tables(rows: Rows) -> dict[str, dict[str, float]]:
    """By table and model: the loss over that of the better of boosting and a linear model."""
    losses = pivot([r for r in rows if r["loss"]], ("table",), "model")
    found = {}
    for (table,), models in losses.items():
        if {"linear", "boosting"} <= set(models):
            best = min(float(models[m]["loss"]) for m in ("linear", "boosting"))
            found[table] = {m: float(r["loss"]) / best for m, r in models.items()}
    return found


KINDS: Mapping[str, Callable[[Row], bool]] = {
    "Feynman's equations": lambda r: r["csv"] == "discovery_feynman" and not r["condition"],
    "random formulas of one input": lambda r: r["case"] == "random 1" and not r["condition"],
    "random formulas of two to five inputs": lambda r: (
        r["case"] == "random many" and not r["condition"]
    ),
    "tasks of pykan's tutorials": lambda r: r["csv"] == "discovery_tasks",
}
"""Kinds of cases that have a right answer."""


def count_right(rows: Rows) -> dict[str, dict[str, tuple[int, int]]]:
    """By kind of case and program: right answers, and runs."""
    found: dict[str, dict[str, tuple[int, int]]] = {}
    ours_first = sorted(rows, key=lambda r: r["program"] != "edgewise")
    for kind, belongs in KINDS.items():
        for row in filter(belongs, ours_first):
            program = row["program"]
            if row["csv"] == "discovery_tasks" and program == "edgewise":
                program = f"edgewise ({row['condition']})"
            right, runs = found.setdefault(kind, {}).get(program, (0, 0))
            found[kind][program] = (right + (row["right"] == "True"), runs + 1)
    return found


def find_discovery(rows: Rows) -> list[str]:
    """Right answers of each program, and false claims where there is no law."""
    sentences = []
    for kind, programs in count_right(rows).items():
        told = ", ".join(f"{name} {right} of {runs}" for name, (right, runs) in programs.items())
        sentences.append(f"How many formulas are found, {kind}: {told}.")
    null = [r for r in rows if r["csv"] == "discovery_null" and r["program"] == "edgewise"]
    if null:
        claimed = sum(is_wrong_claim(dict(r)) for r in null)
        sentences.append(
            f"On {len(null)} tables that no formula explains, discover claimed a law "
            f"{claimed} times."
        )
    return sentences


def measure_noise(rows: Rows) -> dict[str, dict[float, tuple[int, int]]]:
    """By program and level of noise: right forms, and runs."""
    found: dict[str, dict[float, tuple[int, int]]] = {}
    for row in rows:
        words = row["condition"].split()
        if row["condition"] and words[0] != "noise":
            continue
        level = float(words[1]) if words else 0.0
        levels = found.setdefault(row["program"], {})
        right, runs = levels.get(level, (0, 0))
        levels[level] = (right + (row["right"] == "True"), runs + 1)
    enough = {p: {n: v for n, v in ls.items() if v[1] >= FEWEST} for p, ls in found.items()}
    return {program: dict(sorted(levels.items())) for program, levels in enough.items() if levels}


def find_noise(rows: Rows) -> list[str]:
    """Right forms at each level."""
    sentences = []
    for program, levels in measure_noise(rows).items():
        if len(levels) > 1:
            told = ", ".join(
                f"{right} of {runs} {f'with {100 * level:g} %' if level else 'without'}"
                for level, (right, runs) in levels.items()
            )
            sentences.append(
                f"{program} finds the right form of Feynman's equations under noise: {told}."
            )
    return sentences


def find_ladders(rows: Rows) -> list[str]:
    """The last rung of each basis."""
    sentences = []
    for ladder in dict.fromkeys(r["ladder"] for r in rows):
        own = [r for r in rows if r["ladder"] == ladder]
        size = max((r["size"] for r in own), key=int)
        told = ", ".join(
            f"{r['basis']} {float(r['test_rmse']):.0e}" for r in own if r["size"] == size
        )
        sentences.append(
            f"With {size} cells on every edge, the formula of the ladder “{ladder}” is learned to "
            f"a test RMSE of {told}."
        )
    return sentences
