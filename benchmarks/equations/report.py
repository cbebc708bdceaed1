"""The rows of equations.csv as sentences, tables and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks.charts import put_legend
from benchmarks.equations.course import COMPARISONS
from benchmarks.equations.models import BASES, INITS
from benchmarks.equations.summary import Row, Summary, best, geometric_mean, select, summarize
from benchmarks.markdown import provenance, table
from edgewise.charts.style import BLUE, GREEN, ORANGE, PURPLE, figure_class, style_axes

INIT_NAMES = {"variance": "default", "power": "power law", "torch": "torch's"}
SUBJECTS = {"formula": "Formulas", "equation": "Differential equations"}
TITLES = {"steps": "as many steps", "time": "as much training time"}
PUBLISHED_LOSS = {"variance": 9.8e-4, "power": 8.0e-7}
"""Geometric means of the median final loss on 20 Feynman formulas, large spline networks: the
baseline and the power law of S. Rigas et al., arXiv:2509.03417. Their default isn't ours."""
PUBLISHED_ERROR = {"Helmholtz": (0.0169, 0.0128), "Burgers": (0.070, 0.029),
                   "Allen-Cahn": (0.236, 0.036)}  # fmt: skip
"""Medians of the relative L2 error of spline networks there: the baseline, and the power law at its
best setting. Their Allen-Cahn has d = 0.0001, which is harder than ours."""
COLOURS = {"B-spline": BLUE, "Gaussian": GREEN, "Chebyshev": PURPLE}
MARKERS = {"variance": "o", "power": "D", "torch": "s"}


def markdown(rows: Sequence[Row]) -> str:
    """The findings, a table for each question, and what others published."""
    summaries = summarize(rows)
    if not summaries:
        return "Nothing is measured yet."
    parts = [provenance(rows), "\n".join(f"- {finding}" for finding in findings(rows))]
    for question, tell in (("formula", tell_formulas), ("equation", tell_equations)):
        own = select(summaries, question=question)
        if own:
            parts.append(tell(own))
    return "\n\n".join([*parts, "Quoted, not measured here:", quoted()])


def findings(rows: Sequence[Row]) -> list[str]:
    """Sentences that the numbers make."""
    summaries = summarize(rows)
    return [
        *(s for q in ("formula", "equation") for s in _compare_with_mlp(summaries, q)),
        *_compare_inits(select(summaries, question="formula")),
    ]


def _compare_inits(summaries: Sequence[Summary]) -> list[str]:
    sentences = []
    for basis in BASES:
        by_init = [
            {s.task: s.loss for s in select(summaries, comparison="steps", model=basis, init=init)}
            for init in INITS
        ]
        both = [task for task in by_init[0] if task in by_init[1]]
        if both:
            usual, power = (geometric_mean(losses[t] for t in both) for losses in by_init)
            better = sum(by_init[1][t] < by_init[0][t] for t in both)
            sentences.append(
                f"{basis}, formulas ({len(both)}): the geometric mean of the final loss is "
                f"{usual:.1e} by the default initialisation and {power:.1e} by the power law, "
                f"which is the better one on {better} of them."
            )
    return sentences


def _compare_with_mlp(summaries: Sequence[Summary], question: str) -> list[str]:
    sentences = []
    for comparison in reversed(COMPARISONS):
        own = select(summaries, question=question, comparison=comparison)
        pairs = [
            (kan, mlp)
            for task in dict.fromkeys(s.task for s in own)
            if (kan := best(select(own, task=task), mlp=False))
            and (mlp := best(select(own, task=task), mlp=True))
        ]
        if pairs:
            ahead = sum(kan.error < mlp.error for kan, mlp in pairs)
            ratio = geometric_mean(mlp.error / kan.error for kan, mlp in pairs)
            word = f"{ratio:.1f} times" if ratio >= 1 else f"only {ratio:.2f} times"
            sentences.append(
                f"{SUBJECTS[question]}, with as many parameters and {TITLES[comparison]}: the best "
                f"KAN is ahead of the best MLP on {ahead} of {len(pairs)}; the MLP's error is "
                f"{word} as large, in the geometric mean."
            )
    return sentences


def tell_formulas(summaries: Sequence[Summary]) -> str:
    """A line a network and comparison: geometric means over the formulas."""
    head = ["network", "initialisation", "comparison", "formulas", "parameters", "steps"]
    lines = []
    for comparison in COMPARISONS:
        for model, init in dict.fromkeys((s.model, s.init) for s in summaries):
            own = select(summaries, comparison=comparison, model=model, init=init)
            if own:
                lines.append(
                    [
                        *(model, INIT_NAMES[init], TITLES[comparison], str(len(own))),
                        f"{_middle([s.parameters for s in own]):,}",
                        f"{_middle([s.steps for s in own]):,}",
                        f"{geometric_mean(s.loss for s in own):.1e}",
                        f"{geometric_mean(s.error for s in own):.1e}",
                        f"{geometric_mean(s.seconds for s in own):.1f}",
                    ]
                )  # fmt: skip
    title = "Feynman formulas, geometric means over them of the medians over seeds:"
    return f"{title}\n\n{table([*head, 'final loss', 'relative L2', 'seconds'], lines)}"


def _middle(values: list[int]) -> int:
    return sorted(values)[len(values) // 2]


def tell_equations(summaries: Sequence[Summary]) -> str:
    """A line a network and comparison, with a column of errors for each equation."""
    tasks = list(dict.fromkeys(s.task for s in summaries))
    lines = []
    for comparison in COMPARISONS:
        for model, init in dict.fromkeys((s.model, s.init) for s in summaries):
            own = {
                s.task: s for s in select(summaries, comparison=comparison, model=model, init=init)
            }
            if own:
                cells = [f"{own[t].error:.2g}" if t in own else "" for t in tasks]
                lines.append([model, INIT_NAMES[init], TITLES[comparison], *cells])
    title = "Differential equations, median relative L2 error of the solution:"
    return f"{title}\n\n{table(['network', 'initialisation', 'comparison', *tasks], lines)}"


def quoted() -> str:
    """What others published, as a table."""
    lines = [
        [
            "20 Feynman formulas, geometric mean of the final loss",
            *(f"{PUBLISHED_LOSS[init]:.1e}" for init in INITS),
        ],
        *(
            [f"{name}, median relative L2", *map(str, both)]
            for name, both in PUBLISHED_ERROR.items()
        ),
    ]
    return table(["arXiv:2509.03417, spline networks", "baseline", "power law"], lines)


def charts(rows: Sequence[Row]) -> dict[str, Any]:
    """Figures by name: the errors on the formulas, and on the equations."""
    summaries = summarize(rows)
    return {
        f"equations_{question}s": _draw_errors(own, label)
        for question, label in (("formula", "formulas"), ("equation", "differential equations"))
        if (own := select(summaries, question=question))
    }


def _draw_errors(summaries: Sequence[Summary], label: str) -> Any:
    """A panel a comparison, a line a task, a mark a network."""
    tasks = list(dict.fromkeys(s.task for s in summaries))
    figure = figure_class("a chart")(figsize=(5.0, 1.9 + 0.3 * len(tasks)), layout="constrained")
    panels = figure.subplots(1, len(COMPARISONS), sharey=True, sharex=True)
    for axes, comparison in zip(panels, COMPARISONS, strict=True):
        for model, init in dict.fromkeys((s.model, s.init) for s in summaries):
            own = select(summaries, comparison=comparison, model=model, init=init)
            colour = COLOURS.get(model, ORANGE)
            hollow = init == "power" or model == "MLP silu"
            axes.plot(
                [s.error for s in own], [tasks.index(s.task) for s in own], MARKERS[init],
                color=colour, markersize=5, markerfacecolor="none" if hollow else colour,
                label=model if init in ("torch", "variance") else f"{model}, power law",
            )  # fmt: skip
        axes.set_xscale("log")
        axes.set_title(TITLES[comparison], size=9.5)
        axes.tick_params(labelsize=8.5)
        style_axes(axes)
    panels[0].set_yticks(range(len(tasks)), tasks)
    panels[0].set_ylim(len(tasks) - 0.5, -0.5)
    figure.supxlabel(f"relative L2 error, {label}", size=10)
    put_legend(figure, panels)
    return figure
