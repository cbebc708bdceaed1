"""The rows as a table, as sentences, and as charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import mean, stdev
from typing import Any

from benchmarks.charts import put_legend
from benchmarks.markdown import provenance, table
from edgewise.charts.style import GREY, PALETTE, figure_class, style_axes

Row = Mapping[str, str]
STREAMS = {
    "peaks": "five peaks",
    "split-class": "split-MNIST, class-incremental",
    "split-domain": "split-MNIST, domain-incremental",
    "permuted": "permuted MNIST",
}
NAMES = {
    "mlp": "MLP",
    "bspline": "B-spline",
    "gaussian": "Gaussian",
    "rswaf": "RSWAF",
    "legendre": "Legendre",
    "chebyshev": "Chebyshev",
    "fourier": "Fourier",
    "imagekan": "ImageKAN",
}
COLOURS = (*PALETTE, GREY)
SETTING = (
    "stream", "model", "method", "strength", "optimizer", "norm", "extras", "rows", "epochs",
)  # fmt: skip


def describe(rows: Sequence[Row]) -> str:
    """Sentences and tables in Markdown."""
    if not rows:
        return "Nothing is measured yet."
    parts = [provenance(rows), "\n".join(f"- {sentence}" for sentence in findings(rows))]
    for stream, title in STREAMS.items():
        own = [r for r in rows if r["stream"] == stream]
        for size, mine in by_size(own).items():
            told = "" if stream == "peaks" else f", {size}"
            parts.append(f"**{title}{told}**\n\n{_table(mine)}")
    return "\n\n".join(parts)


def _table(rows: Sequence[Row]) -> str:
    error = rows[0]["measure"] == "rmse"
    head = ["network", "kept by", "trained with", "learned", "at the end", "forgotten",
            "overlap", "untouched cells moved", "seeds"]  # fmt: skip
    lines = []
    for own in group(rows).values():
        row = own[0]
        figures = [_spread(own, c, error) for c in ("learned", "average", "forgotten")]
        lines.append(
            [
                _model(row),
                _method(row),
                _course(row),
                *figures,
                _share(own, "overlap"),
                _share(own, "untouched_moved"),
                str(len(own)),
            ]
        )
    return table(head, lines)


def group(rows: Sequence[Row]) -> dict[tuple[str, ...], list[Row]]:
    """Rows that differ in their seed only, by their setting."""
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(tuple(row[c] for c in SETTING), []).append(row)
    return found


def by_size(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """The rows of each size of tasks, the size that most of them have first."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        count = "all" if row["rows"] == "0" else row["rows"]
        found.setdefault(f"{count} images a task", []).append(row)
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def _values(rows: Sequence[Row], column: str) -> list[float]:
    return [float(row[column]) for row in rows if row[column]]


def _spread(rows: Sequence[Row], column: str, error: bool) -> str:
    values = _values(rows, column)
    if error:
        return f"{mean(values):.1e}"
    around = f" ± {100 * stdev(values):.1f}" if len(values) > 1 else ""
    return f"{100 * mean(values):.1f}{around} %"


def _share(rows: Sequence[Row], column: str) -> str:
    values = _values(rows, column)
    return f"{mean(values):.2g}" if values else "–"


def _model(row: Row) -> str:
    return NAMES[row["model"]]


def _method(row: Row) -> str:
    strength = f" {float(row['strength']):.0e}" if row["method"] == "anchored" else ""
    return ("nothing" if row["method"] == "plain" else row["method"]) + strength


def _course(row: Row) -> str:
    parts = [row["optimizer"]]
    parts += [] if row["norm"] == "auto" else [f"norm {row['norm']}"]
    parts += [] if row["extras"] == "True" else ["no base, no bias"]
    return ", ".join(parts)


def _is_standard(row: Row) -> bool:
    return (row["optimizer"], row["norm"], row["extras"]) == ("adam", "auto", "True")


def findings(rows: Sequence[Row]) -> list[str]:
    """What the rows say, as sentences made from their numbers."""
    found = []
    for stream in STREAMS:
        own = [r for r in rows if r["stream"] == stream]
        if stream == "peaks":
            found += _peak_findings(own) if own else []
            continue
        for size, mine in by_size(own).items():
            found += _image_findings(f"{STREAMS[stream]}, {size}", mine)
    return found


def _peak_findings(rows: Sequence[Row]) -> list[str]:
    groups = group(rows)
    kept = {k: max(float(v) for r in own for v in r["last"].split(";")[:-1])
            for k, own in groups.items()}  # fmt: skip
    sentences = []
    for method, verb in (("plain", "Without any help"), ("frozen", "With frozen cells")):
        for optimizer, told in (
            ("adam", "a new Adam for each peak"),
            ("one adam", "one Adam for all of them"),
            ("sgd", "plain SGD"),
        ):
            mine = {k: v for k, v in kept.items() if k[2] == method and k[4] == optimizer
                    and k[5:7] == ("none", "False")}  # fmt: skip
            if mine:
                listed = ", ".join(f"{NAMES[k[1]]} {v:.1e}" for k, v in mine.items())
                sentences.append(
                    f"{verb} and {told}, without normalisation, base branch and bias, the first "
                    f"four peaks have after the fifth an RMSE of at most: {listed}."
                )
    usual = {k: v for k, v in kept.items() if k[4:7] == ("adam", "auto", "True")}
    for method in ("plain", "frozen", "anchored", "moments"):
        mine = {k: v for k, v in usual.items() if k[2] == method}
        if mine:
            told = "no help" if method == "plain" else method
            listed = ", ".join(f"{NAMES[k[1]]} {v:.1e}" for k, v in mine.items())
            sentences.append(f"With base branch and bias, under Adam, {told}: {listed}.")
    return sentences


def opponents(rows: Sequence[Row]) -> dict[tuple[str, ...], list[Row]]:
    """The MLP, the MLP with elastic weight consolidation at its best strength, and plain KANs.

    The strength is the one with the best average on the test images: an advantage for the MLP.
    """
    usual = group([r for r in rows if _is_standard(r)])
    found = {k: own for k, own in usual.items() if k[2] == "plain"}
    anchored = {k: own for k, own in usual.items() if k[1:3] == ("mlp", "anchored")}
    if anchored:
        best = max(anchored, key=lambda k: mean(_values(anchored[k], "average")))
        found[best] = anchored[best]
    return found


def _image_findings(title: str, rows: Sequence[Row]) -> list[str]:
    usual = group([r for r in rows if _is_standard(r)])

    def averages(column: str, which: Any) -> dict[tuple[str, ...], float]:
        return {k: mean(_values(own, column)) for k, own in usual.items() if which(k)}

    sentences = []
    plain = averages("forgotten", lambda k: k[2] == "plain")
    mlp = next((v for k, v in plain.items() if k[1] == "mlp"), None)
    kans = {k: v for k, v in plain.items() if k[1] != "mlp"}
    if mlp is not None and kans:
        worse = [k for k, v in kans.items() if v > mlp]
        low, high = min(kans.values()), max(kans.values())
        sentences.append(
            f"{title}: without help the MLP forgets {100 * mlp:.1f} points, KANs "
            f"{100 * low:.1f} to {100 * high:.1f}; {len(worse)} of {len(kans)} bases forget more "
            "than it."
        )
    theirs = opponents(rows)
    ours = {k: own for k, own in usual.items() if k[1] != "mlp" and k[2] != "plain"}
    if theirs and ours:
        sentences += _compare(title, theirs, ours)
    alone = [own for k, own in usual.items() if k[1:3] == ("mlp", "moments")]
    if alone:
        sentences.append(
            f"{title}: the same sums keep an MLP as well, at "
            f"{_spread(alone[0], 'average', False)} with {_spread(alone[0], 'forgotten', False)} "
            "forgotten: this cure is not the KAN's own."
        )
    return sentences


def _compare(
    title: str, theirs: dict[tuple[str, ...], list[Row]], ours: dict[tuple[str, ...], list[Row]]
) -> list[str]:
    least = min(theirs.values(), key=lambda own: mean(_values(own, "forgotten")))
    best = max(theirs.values(), key=lambda own: mean(_values(own, "average")))
    sentences = []
    for method in ("frozen", "anchored", "moments"):
        mine = [own for k, own in ours.items() if k[2] == method]
        if not mine:
            continue
        own = max(mine, key=lambda own: mean(_values(own, "average")))
        lost, bar = (mean(_values(o, "forgotten")) for o in (own, least))
        reached = lost <= bar / 2 and mean(_values(own, "average")) >= mean(
            _values(best, "average")
        )
        sentences.append(
            f"{title}: {_method(own[0])}, at best with {_model(own[0])}, ends at "
            f"{_spread(own, 'average', False)} and forgets {_spread(own, 'forgotten', False)}; of "
            f"MLP, MLP with anchors and plain KANs the least forgetful ({_model(least[0])}, "
            f"{_method(least[0])}) forgets {_spread(least, 'forgotten', False)} and the most "
            f"accurate ({_model(best[0])}, {_method(best[0])}) ends at "
            f"{_spread(best, 'average', False)}: half the forgetting at no less accuracy is "
            f"{'reached' if reached else 'not reached'}."
        )
    return sentences


def charts(rows: Sequence[Row]) -> dict[str, Any]:
    """Figures by name: the first task and the tasks so far, after each task; and mechanisms."""
    found: dict[str, Any] = {}
    for stream in STREAMS:
        own = [r for r in rows if r["stream"] == stream and _is_standard(r)]
        if own:
            largest = next(iter(by_size(own).values()))
            found[f"continual_{stream}"] = _curves(stream, largest)
    return found


def _curves(stream: str, rows: Sequence[Row]) -> Any:
    """A panel for each way of keeping: the first task's score after 1, 2, … tasks."""
    methods = [m for m in ("plain", "anchored", "frozen", "moments")
               if any(r["method"] == m for r in rows)]  # fmt: skip
    size = (2.6 * len(methods) + 0.8, 3.1)
    figure = figure_class("a chart")(figsize=size, layout="constrained")
    panels = figure.subplots(1, len(methods), squeeze=False, sharey=True)[0]
    error = rows[0]["measure"] == "rmse"
    for axes, method in zip(panels, methods, strict=True):
        for model, own in _best_of_each(rows, method, error).items():
            curves = [[float(v) for v in row["first"].split(";")] for row in own]
            means = [mean(values) for values in zip(*curves, strict=True)]
            place = list(NAMES).index(model)
            axes.plot(range(1, len(means) + 1), means, color=COLOURS[place], marker="o",
                      markersize=3, linewidth=1.3, label=NAMES[model])  # fmt: skip
        axes.set_title("no help" if method == "plain" else method, size=9)
        axes.set_xlabel("tasks learned")
        axes.locator_params(axis="x", integer=True)
        style_axes(axes)
        if error:
            axes.set_yscale("log")
    panels[0].set_ylabel("RMSE of the first task" if error else "accuracy of the first task")
    figure.suptitle(STREAMS[stream], size=10)
    put_legend(figure, panels)
    return figure


def _best_of_each(rows: Sequence[Row], method: str, error: bool) -> dict[str, list[Row]]:
    """The rows of each network, at the strength with the best average."""
    found: dict[str, list[Row]] = {}
    sign = -1 if error else 1
    for key, own in group([r for r in rows if r["method"] == method]).items():
        best = found.get(key[1])
        if best is None or sign * mean(_values(own, "average")) > sign * mean(
            _values(best, "average")
        ):
            found[key[1]] = own
    return {model: found[model] for model in NAMES if model in found}
