"""What the rows about laws and measured tables say."""

from __future__ import annotations

from statistics import median

from benchmarks.charts import make_panels, name_lines, put_legend
from benchmarks.discovery.report_rows import FOUND, code, is_wrong_claim, number
from benchmarks.markdown import table
from benchmarks.runs import group
from benchmarks.study import Figures, Rows, Study
from edgewise.charts.style import BLUE, SILVER

SETS = {"nist": "NIST StRD", "laboratory": "R's laboratory tables", "physics": "EmpiricalBench"}


def summarise_measured(rows: Rows) -> str:
    """A line for each set and program: right, on the front at least, claimed, wrongly claimed."""
    lines = []
    for (name, program), own in group(rows, "condition", "program").items():
        right = [r for r in own if r["right"] == "True"]
        lines.append(
            [
                SETS[name],
                program,
                str(len(own)),
                str(len(right)),
                str(sum(bool(r["place"]) for r in own)),
                str(sum(r["verdict"] in ("exact", "law") for r in right)),
                str(sum(is_wrong_claim(r) for r in own)),
                f"{median([number(r['seconds'], 0.0) for r in own]):.1f}",
                str(sum(bool(r["error"]) for r in own)),
            ]
        )
    head = ["set", "program", "runs", "right", "known form on the front", "right and claimed"]
    return table([*head, "claimed, not right", "median s", "failures"], lines)


def list_measured(rows: Rows) -> str:
    """A line for each table."""
    lines = [
        [
            SETS[r["condition"]],
            f"{r['case']} {r['seed']}",
            r["program"],
            "yes" if r["right"] == "True" else "no",
            r["form"],
            r["place"],
            f"{number(r['deviation']):.3f}" if r["deviation"] else "",
            r["verdict"],
            code(r["truth"]),
            code(r["formula"] or r["error"]),
        ]
        for r in sorted(rows, key=lambda r: (r["condition"], r["case"], r["seed"], r["program"]))
    ]
    head = ["set", "table", "program", "right", "form", "place", "residual deviation, of certified"]
    return table([*head, "verdict", "known form", "answer"], lines)


def summarise_laws(rows: Rows) -> str:
    """A line for each condition and program: where the right form is, and what is claimed."""
    lines = []
    for (program, condition), own in group(rows, "program", "condition").items():
        right = [r for r in own if r["right"] == "True"]
        wrong = [r["verdict"] for r in own if is_wrong_claim(r)]
        evaluations = [number(r["evaluations"], 0.0) for r in own]
        lines.append(
            [
                program,
                condition,
                str(len(own)),
                f"{len(right)} ({len(right) / len(own):.0%})",
                str(sum(r["form"] == "nested" for r in right)),
                str(sum(r["place"] == "front" for r in own)),
                str(sum(r["verdict"] in ("exact", "law") for r in right)),
                f"{wrong.count('exact')} + {wrong.count('law')}",
                f"{median([number(r['relative_error']) for r in own]):.1e}",
                f"{median([number(r['seconds'], 0.0) for r in own]):.1f}",
                f"{median(evaluations):.0f}",
                str(sum(bool(r["error"]) for r in own)),
            ]
        )
    head = [
        "program",
        "condition",
        "runs",
        "form right",
        "of these nested",
        "right one on the front",
    ]
    return table(
        [*head, "right and claimed", "wrong claims exact + law", "median error", "median s",
         "median evaluations", "failures"],
        lines,
    )  # fmt: skip


def refusals(rows: Rows, program: str = "edgewise") -> str:
    """Each right form that isn't claimed, with the reason."""
    lines = [
        [f"{r['case']} {r['condition']} {r['seed']}", code(r["formula"]), r["reason"]]
        for r in rows
        if r["program"] == program and r["right"] == "True" and r["verdict"] == "approximation"
    ]
    if not lines:
        return f"No right form is refused by {program}."
    return table(["right, not claimed", "answer", "reason"], lines)


def count_forms(rows: Rows) -> dict[str, tuple[int, int, int, int]]:
    """By program and condition: runs, right forms, claims of them, wrong claims."""
    found = {}
    for (program, condition), own in group(rows, "program", "condition").items():
        right = [r for r in own if r["right"] == "True"]
        claimed = sum(r["verdict"] in ("exact", "law") for r in right)
        told = SETS.get(condition) or condition or "without noise"
        counts = (len(own), len(right), claimed, sum(map(is_wrong_claim, own)))
        found[f"{told}, {program}"] = counts
    return found


def find_forms(rows: Rows) -> list[str]:
    """How many laws are found, claimed, and wrongly claimed."""
    return [
        f"{told}: {right} of {runs} are right, {claimed} of these are claimed, and {wrong} claims "
        "are wrong."
        for told, (runs, right, claimed, wrong) in count_forms(rows).items()
    ]


def draw_forms(rows: Rows) -> Figures:
    """A bar for what is right, and within it one for what is claimed, for each condition."""
    found = count_forms(rows)
    if not found:
        return {}
    figure, (axes,) = make_panels(0.9 + 0.42 * len(found))
    places = range(len(found))
    right = [100 * r / runs for runs, r, _, _ in found.values()]
    claimed = [100 * c / runs for runs, _, c, _ in found.values()]
    axes.barh(places, right, 0.7, color=SILVER, label="right")
    axes.barh(places, claimed, 0.4, color=BLUE, label="right and claimed")
    for place, (runs, count, claims, wrong) in enumerate(found.values()):
        told = f"{count} of {runs},\n{claims} claimed, {wrong} wrong"
        axes.annotate(told, (100, place), (4, 0), textcoords="offset points", va="center", size=8)
    name_lines(axes, [name.replace(", ", ",\n") for name in found])
    axes.set_xlim(0, 100)
    axes.set_xticks(range(0, 101, 50))
    axes.set_xlabel("runs, %", size=10)
    put_legend(figure, [axes])
    return {"laws": figure}


LAWS = Study(
    "laws",
    findings=find_forms,
    charts=draw_forms,
    csvs=("discovery_laws", "discovery_measured"),
    title="And in measurements?",
    about="Laws of handbooks with realistic constants, ranges and noise; the 27 sets of NIST's "
    "nonlinear regression, R's laboratory tables, and the ten laws of EmpiricalBench. Who is right "
    "is judged by functions, whatever their spelling.",
    listed=(*FOUND, "form", "place", "deviation", "probability"),
    command_line="python -m benchmarks.discovery laws|measured",
)
