"""What the rows about continual learning say: tables, sentences and charts."""

from __future__ import annotations

from itertools import product
from statistics import mean
from typing import Any

from benchmarks.charts import make_panels, put_legend
from benchmarks.markdown import provenance, table
from benchmarks.records import Row
from benchmarks.runs import Runs, group
from benchmarks.study import Figures, Rows
from edgewise.charts.style import GREY, PALETTE

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


def describe(rows: Rows) -> str:
    """Sentences and tables in Markdown."""
    parts = [provenance(rows), "\n".join(f"- {sentence}" for sentence in findings(rows))]
    for stream, title in STREAMS.items():
        own = [r for r in rows if r["stream"] == stream]
        for size, mine in by_size(own).items():
            told = "" if stream == "peaks" else f", {size}"
            parts.append(f"**{title}{told}**\n\n{_table(mine)}")
    return "\n\n".join(parts)


def _table(rows: Rows) -> str:
    error = rows[0]["measure"] == "rmse"
    head = ["network", "kept by", "trained with", "learned", "at the end", "forgotten",
            "overlap", "untouched cells moved", "seeds"]  # fmt: skip
    lines = []
    for own in group(rows, *SETTING).values():
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


def by_size(rows: Rows) -> dict[str, list[Row]]:
    """The rows of each size of tasks, the size that most of them have first."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        count = "all" if row["rows"] == "0" else row["rows"]
        found.setdefault(f"{count} images a task", []).append(row)
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def _spread(rows: Rows, column: str, error: bool) -> str:
    runs = Runs(rows)
    if error:
        return f"{runs.mean(column):.1e}"
    deviation = runs.deviation(column)
    around = "" if deviation is None else f" ± {100 * deviation:.1f}"
    return f"{100 * runs.mean(column):.1f}{around} %"


def _share(rows: Rows, column: str) -> str:
    runs = Runs(rows)
    return f"{runs.mean(column):.2g}" if runs.values(column) else "–"


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


HELP = {
    "plain": "without help",
    "frozen": "with frozen cells",
    "anchored": "with anchored weights",
    "moments": "with a last layer that is solved from sums over all tasks (moments)",
}
"""The methods, as sentences call them."""
COURSES = {
    "adam": "a new Adam for each peak",
    "one adam": "one Adam for all peaks",
    "sgd": "plain SGD",
}


def findings(rows: Rows) -> list[str]:
    """What the rows say: images, what helps there, peaks, and remedies beside the MLP's."""
    plain, solved, compared = [], [], []
    for stream in (name for name in STREAMS if name != "peaks"):
        for size, mine in by_size([r for r in rows if r["stream"] == stream]).items():
            title, usual = f"{STREAMS[stream]}, {size}", pick_usual(mine)
            plain += _tell_plain(title, usual)
            solved += _tell_moments(title, usual)
            compared += _compare(title, mine, usual)
    return [
        *plain,
        *solved,
        *_peak_findings([r for r in rows if r["stream"] == "peaks"]),
        *compared,
    ]


def pick_usual(rows: Rows) -> dict[tuple[str, ...], list[Row]]:
    """The rows of each setting with Adam, normalisation, base branch and bias."""
    return group([r for r in rows if _is_standard(r)], *SETTING)


def _peak_findings(rows: Rows) -> list[str]:
    groups = group(rows, *SETTING)
    kept = {k: max(float(v) for r in own for v in r["last"].split(";")[:-1])
            for k, own in groups.items()}  # fmt: skip
    usual, alone = ("auto", "True"), ("none", "False")
    kinds = [("adam", usual, "networks with base branch and bias")]
    bare = "networks of curves alone (no normalisation, base branch or bias)"
    kinds += [(optimizer, alone, bare) for optimizer in COURSES]
    sentences = []
    for method, (optimizer, parts, networks) in product(HELP, kinds):
        mine = {k: v for k, v in kept.items() if (k[2], *k[4:7]) == (method, optimizer, *parts)}
        sentences += _tell_peaks(method, optimizer, networks, mine)
    return sentences


def _tell_peaks(
    method: str, optimizer: str, networks: str, kept: dict[tuple[str, ...], float]
) -> list[str]:
    """The largest RMSE of the first four peaks once the fifth is learned, by basis."""
    listed = ", ".join(f"{NAMES[k[1]]} {v:.2g}" for k, v in kept.items())
    return (
        [
            f"Five peaks of a curve, learned one after another {HELP[method]}, by {networks} and "
            f"{COURSES[optimizer]}. Afterwards the RMSE of the worst of the first four peaks is: "
            f"{listed}."
        ]
        if listed
        else []
    )


def opponents(rows: Rows) -> dict[tuple[str, ...], list[Row]]:
    """The MLP, the MLP with elastic weight consolidation at its best strength, and plain KANs.

    The strength is the one with the best average on the test images: an advantage for the MLP.
    """
    usual = pick_usual(rows)
    found = {k: own for k, own in usual.items() if k[2] == "plain"}
    anchored = {k: own for k, own in usual.items() if k[1:3] == ("mlp", "anchored")}
    if anchored:
        best = max(anchored, key=lambda k: Runs(anchored[k]).mean("average"))
        found[best] = anchored[best]
    return found


def _tell_plain(title: str, usual: dict[tuple[str, ...], list[Row]]) -> list[str]:
    """By how much accuracy falls without help, of the MLP and of KANs."""
    lost = {k[1]: Runs(own).mean("forgotten") for k, own in usual.items() if k[2] == "plain"}
    mlp = lost.pop("mlp", None)
    if mlp is None or not lost:
        return []
    low, high = (100 * pick(lost.values()) for pick in (min, max))
    fall = f"{low:.1f} to {high:.1f}" if len(lost) > 1 else f"{low:.1f}"
    kans = f"KANs of {len(lost)} bases" if len(lost) > 1 else f"the KAN ({NAMES[next(iter(lost))]})"
    worse = sum(v > mlp for v in lost.values())
    count = f"{worse} of these bases forget" if len(lost) > 1 else f"{worse} of 1 KANs forgets"
    return [
        f"{title}: without help the accuracy on earlier tasks falls by {100 * mlp:.1f} points for "
        f"the MLP and by {fall} points for {kans}; {count} more than the MLP."
    ]


def _tell_moments(title: str, usual: dict[tuple[str, ...], list[Row]]) -> list[str]:
    """What sums over all tasks keep, of the best KAN and of the MLP."""
    solved = {k[1]: own for k, own in usual.items() if k[2] == "moments"}
    mlp = solved.pop("mlp", None)
    if mlp is None or not solved:
        return []
    best = max(solved, key=lambda name: Runs(solved[name]).mean("average"))
    kan, other = (
        f"ends at {_spread(own, 'average', False)} with {_spread(own, 'forgotten', False)} "
        "forgotten"
        for own in (solved[best], mlp)
    )
    return [
        f"{title}: {HELP['moments']} the best KAN ({NAMES[best]}) {kan}, and an MLP {other}: this "
        "help works for other networks, too."
    ]


def _compare(title: str, rows: Rows, usual: dict[tuple[str, ...], list[Row]]) -> list[str]:
    """Each remedy of KANs beside the MLP, its anchors and plain KANs."""
    theirs = opponents(rows)
    ours = {k: own for k, own in usual.items() if k[1] != "mlp" and k[2] != "plain"}
    if not theirs or not ours:
        return []
    least = min(theirs.values(), key=lambda own: Runs(own).mean("forgotten"))
    best = max(theirs.values(), key=lambda own: Runs(own).mean("average"))
    sentences = []
    for method in ("frozen", "anchored", "moments"):
        mine = [own for k, own in ours.items() if k[2] == method]
        if not mine:
            continue
        own = max(mine, key=lambda own: Runs(own).mean("average"))
        lost, bar = (Runs(o).mean("forgotten") for o in (own, least))
        reached = lost <= bar / 2 and Runs(own).mean("average") >= Runs(best).mean("average")
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


def charts(rows: Rows) -> Figures:
    """Figures by name: the first task and the tasks so far, after each task; and mechanisms."""
    found: dict[str, Any] = {}
    for stream in STREAMS:
        own = [r for r in rows if r["stream"] == stream and _is_standard(r)]
        if own:
            largest = next(iter(by_size(own).values()))
            found[f"continual_{stream}"] = _curves(stream, largest)
    return found


def _curves(stream: str, rows: Rows) -> Any:
    """A panel for each way of keeping: the first task's score after 1, 2, … tasks."""
    methods = [m for m in ("plain", "anchored", "frozen", "moments")
               if any(r["method"] == m for r in rows)]  # fmt: skip
    across = min(len(methods), 2)
    down = -(-len(methods) // across)
    figure, panels = make_panels(1.0 + 2.0 * down, across, down, letters=8.5, sharey=True)
    error = rows[0]["measure"] == "rmse"
    for axes, method in zip(panels, methods, strict=False):
        for model, own in _best_of_each(rows, method, error).items():
            curves = [[float(v) for v in row["first"].split(";")] for row in own]
            means = [mean(values) for values in zip(*curves, strict=True)]
            place = list(NAMES).index(model)
            axes.plot(range(1, len(means) + 1), means, color=COLOURS[place], marker="o",
                      markersize=3, linewidth=1.3, label=NAMES[model])  # fmt: skip
        axes.set_title("no help" if method == "plain" else method, size=9)
        axes.locator_params(axis="x", integer=True)
        if error:
            axes.set_yscale("log")
    for axes in panels[len(methods) :]:
        axes.set_visible(False)
    figure.supxlabel(f"tasks learned, {STREAMS[stream]}", size=9)
    figure.supylabel("RMSE of the first task" if error else "accuracy of the first task", size=9)
    put_legend(figure, panels[: len(methods)])
    return figure


def _best_of_each(rows: Rows, method: str, error: bool) -> dict[str, list[Row]]:
    """The rows of each network, at the strength with the best average."""
    found: dict[str, list[Row]] = {}
    sign = -1 if error else 1
    for key, own in group([r for r in rows if r["method"] == method], *SETTING).items():
        best = found.get(key[1])
        if best is None or sign * Runs(own).mean("average") > sign * Runs(best).mean("average"):
            found[key[1]] = own
    return {model: found[model] for model in NAMES if model in found}
