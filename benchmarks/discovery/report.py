"""What the rows about discovery say: tables, sentences and charts."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from statistics import median

from benchmarks.charts import make_panels, put_legend
from benchmarks.discovery.report_laws import (
    list_measured,
    refusals,
    summarise_laws,
    summarise_measured,
)
from benchmarks.discovery.report_rows import (
    FOUND,
    code,
    is_wrong_claim,
    number,
    programs_provenance,
)
from benchmarks.markdown import table
from benchmarks.records import Row
from benchmarks.runs import group
from benchmarks.study import Figures, Rows, Study
from edgewise.charts.style import BLUE, PALETTE, SILVER

FEWEST = 20
"""Runs of a program, below which its share of right answers isn't told."""
HEADS = {
    "formulas": "Random formulas",
    "feynman": "The 120 Feynman equations",
    "laws": "Real laws",
    "measured": "Measured tables whose law is known",
    "null": "Data without a law",
    "tables": "Tables: R² on other rows",
    "tasks": "Twelve tasks with known answers",
}


def describe(rows: Rows, question: str) -> str:
    """The tables of a question, below its head."""
    return "\n\n".join(
        [f"## {HEADS[question]}", programs_provenance(rows), *TABLES[question](rows)]
    )


def summarise(rows: Rows, question: str) -> str:
    """What a page holds of a question: the first of its tables, and of what rows they are."""
    return f"{TABLES[question](rows)[0]}\n\n{programs_provenance(rows)}"


def summary(rows: Rows, *by: str) -> str:
    """How many are right, for each program and value of some columns."""
    lines = []
    for key, own in group(rows, "program", "condition", *by, "budget").items():
        errors = sorted(number(r["relative_error"]) for r in own)
        right = sum(r["right"] == "True" for r in own)
        claims = sum(r["verdict"] in ("exact", "law") for r in own)
        wrong = [r["verdict"] for r in own if is_wrong_claim(r)]
        silent = all(not r["verdict"] for r in own)
        lines.append(
            [
                *key,
                str(len(own)),
                f"{right} ({right / len(own):.0%})",
                "–" if silent else str(claims),
                "–" if silent else f"{wrong.count('exact')} + {wrong.count('law')}",
                f"{median(errors):.1e}",
                f"{median([number(r['seconds'], 0.0) for r in own]):.1f}",
                str(sum(bool(r["error"]) for r in own)),
            ]
        )
    head = ["program", "condition", *by, "budget", "runs", "right", "claimed"]
    return table([*head, "wrong claims exact + law", "median error", "median s", "failures"], lines)


def failures(rows: Rows, program: str = "edgewise") -> str:
    """Each row that isn't right, or whose claim is wrong."""
    lines = [
        [
            f"{r['case']} {r['condition']} {r['seed']}",
            code(r["truth"]),
            r["verdict"] or "failed",
            f"{number(r['relative_error']):.1e}",
            code(r["formula"] or r["error"]),
        ]
        for r in rows
        if r["program"] == program and r["right"] == "False"
    ]
    if not lines:
        return f"No failures of {program}."
    return table(["not right", "truth", "verdict", "error", "answer"], lines)


def tables_by_program(rows: Rows) -> str:
    """A line for each table, a column for each program's R²."""
    programs = [name for (name,) in group(rows, "program")]
    lines = []
    for key, own in group(rows, "case", "seed").items():
        r2 = {r["program"]: number(r["r2"], -math.inf) for r in own}
        ours = next((r for r in own if r["program"] == "edgewise"), None)
        others = [value for name, value in r2.items() if name != "edgewise"]
        behind = max(others) - r2["edgewise"] if ours and others else math.nan
        lines.append(
            [
                *key,
                *(f"{r2[n]:.3f}" if n in r2 else "" for n in programs),
                f"{behind:+.3f}",
                *((ours["verdict"], code(ours["formula"])) if ours else ("", "")),
            ]
        )
    return table(["table", "seed", *programs, "behind the best", "verdict", "formula"], lines)


def list_rows(rows: Rows) -> str:
    """A line for each row."""
    lines = [
        [
            r["case"],
            r["truth"],
            r["condition"],
            r["program"],
            "yes" if r["right"] == "True" else "no",
            f"{number(r['relative_error']):.1e}",
            f"{number(r['seconds']):.1f}",
            code(r["formula"] or r["error"]),
        ]
        for r in sorted(rows, key=lambda r: r["case"])
    ]
    head = ["task", "truth", "basis", "program", "right", "error", "seconds", "formula"]
    return table(head, lines)


TABLES: Mapping[str, Callable[[Rows], list[str]]] = {
    "formulas": lambda rows: [
        summary(rows, "case"),
        summary(rows, "case", "difficulty"),
        failures(rows),
    ],
    "feynman": lambda rows: [summary(rows), failures(rows)],
    "laws": lambda rows: [summarise_laws(rows), failures(rows), refusals(rows)],
    "measured": lambda rows: [summarise_measured(rows), list_measured(rows)],
    "null": lambda rows: [summary(rows, "case"), failures(rows)],
    "tables": lambda rows: [tables_by_program(rows)],
    "tasks": lambda rows: [summary(rows), list_rows(rows)],
}
"""What is shown of each question."""


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
    """By kind of case and program: right answers, and runs, of the cases that all programs ran."""
    found = {}
    for kind, runs in group_runs(rows).items():
        shared = set.intersection(*(set(own) for own in runs.values()))
        found[kind] = {
            program: (sum(own[case] for case in shared), len(shared))
            for program, own in runs.items()
        }
    return found


def group_runs(rows: Rows) -> dict[str, dict[str, dict[tuple[str, str], bool]]]:
    """By kind of case, program, and case with seed: whether the answer is right."""
    found: dict[str, dict[str, dict[tuple[str, str], bool]]] = {}
    ours_first = sorted(rows, key=lambda r: r["program"] != "edgewise")
    for kind, belongs in KINDS.items():
        for row in filter(belongs, ours_first):
            program = row["program"]
            if row["csv"] == "discovery_tasks" and program == "edgewise":
                program = f"edgewise ({row['condition']})"
            own = found.setdefault(kind, {}).setdefault(program, {})
            own[row["case"], row["seed"]] = row["right"] == "True"
    return found


def findings(rows: Rows) -> list[str]:
    """Right answers of each program, and false claims where there is no law."""
    sentences = []
    runs = group_runs(rows)
    for kind, programs in count_right(rows).items():
        told = ", ".join(f"{name} {right} of {count}" for name, (right, count) in programs.items())
        sentences.append(f"How many formulas are found, {kind}: {told}.{_tell_rest(runs[kind])}")
    null = [r for r in rows if r["csv"] == "discovery_null" and r["program"] == "edgewise"]
    if null:
        claimed = sum(is_wrong_claim(r) for r in null)
        sentences.append(
            f"On {len(null)} tables that no formula explains, discover claimed a law "
            f"{claimed} times."
        )
    return sentences


def _tell_rest(runs: Mapping[str, Mapping[tuple[str, str], bool]]) -> str:
    """What edgewise found in all cases, where the others ran fewer."""
    own = runs.get("edgewise", {})
    shared = min(len(each) for each in runs.values())
    if len(own) <= shared:
        return ""
    return (
        f" Of all {len(own)} (the others ran {shared} of them) edgewise finds {sum(own.values())}."
    )


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


def charts(rows: Rows) -> Figures:
    """A bar a program and kind of case: the share of right formulas."""
    found = count_right(rows)
    bars = [(kind, program, *both) for kind, ps in found.items() for program, both in ps.items()]
    if not bars:
        return {}
    places, names, top, before = [], [], 0.0, ""
    for kind, program, *_ in bars:
        top += 0.7 if kind != before and before else 0.0
        places.append(top)
        names.append(program)
        top, before = top + 1, kind
    figure, (axes,) = make_panels(1.0 + 0.27 * top)
    shares = [100 * right / runs for *_, right, runs in bars]
    colours = [BLUE if program.startswith("edgewise") else SILVER for _, program, *_ in bars]
    axes.barh(places, shares, 0.8, color=colours)
    for place, share, (*_, right, runs) in zip(places, shares, bars, strict=True):
        axes.annotate(f"{right} of {runs}", (share, place), (4, 0), textcoords="offset points",
                      va="center", size=8.5)  # fmt: skip
    axes.set_yticks(places, names)
    axes.set_ylim(top - 0.4, -1.2)
    axes.tick_params(axis="y", length=0)
    for kind in found:
        first = min(p for p, bar in zip(places, bars, strict=True) if bar[0] == kind)
        axes.annotate(
            kind, (0, first), (0, 11), textcoords="offset points", size=8.5, weight="bold"
        )
    axes.set_xlim(0, 100)
    axes.set_xlabel("right formulas, %", size=10)
    return {"discovery": figure}


def draw_noise(rows: Rows) -> Figures:
    """The share of right forms against the noise."""
    found = measure_noise(rows)
    levels = sorted({level for of in found.values() for level in of})
    if not levels:
        return {}
    figure, (axes,) = make_panels(2.9)
    for program, own in found.items():
        places = [levels.index(level) for level in own]
        shares = [100 * right / runs for right, runs in own.values()]
        ours = program == "edgewise"
        colour = BLUE if ours else PALETTE[1 + list(found).index(program)]
        axes.plot(places, shares, "-o", color=colour, label=program)
        for place, share, (right, runs) in zip(places, shares, own.values(), strict=True):
            axes.annotate(f"{right} of {runs}", (place, share), (0, 7), size=8.5,
                          textcoords="offset points", ha="center")  # fmt: skip
    axes.set_xticks(
        range(len(levels)), [f"{100 * level:g} %" if level else "none" for level in levels]
    )
    axes.set_ylim(0, 100)
    axes.margins(x=0.12)
    axes.set_xlabel("noise, relative to the deviation of y", size=9.5)
    axes.set_ylabel("right forms, %", size=10)
    put_legend(figure, [axes])
    return {"noise": figure}


DISCOVERY = Study(
    "discovery",
    findings=findings,
    charts=charts,
    csvs=("discovery_feynman", "discovery_formulas", "discovery_tasks", "discovery_null"),
    title="Do they find the formula behind a table?",
    about="discover beside other programs on the same cases and rows, with the same seconds and "
    "one core each (pykan: ten times the seconds). Networks are one of discover's strategies "
    "among others, so this says how well formulas are found, not how readable a KAN is. In data "
    "without any law nothing may be claimed.",
    listed=FOUND,
    command_line="python -m benchmarks.discovery formulas|feynman|tasks|null|peers|pykan",
)


NOISE = Study(
    "noise",
    findings=find_noise,
    charts=draw_noise,
    csvs=("discovery_feynman",),
    title="And under noise?",
    about="The 120 equations of the Feynman list with noise on y. A form is right if it equals the "
    "truth once its numbers are refitted to clean data.",
    listed=FOUND,
    keeps=lambda row: row["condition"].startswith("noise"),
    command_line="python -m benchmarks.discovery feynman --noise 0.001|0.01|0.1",
)
