"""The numbers as pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from edgewise.bench.peers import Comparison
from edgewise.bench.speed import PASSES, Cell

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7")  # safe for colour-blind readers
CHART_BATCHES = (64, 1024)


def require_matplotlib() -> None:
    """Fail before the measurements, not after.

    Raises:
        ImportError: if matplotlib isn't installed.
    """
    try:
        import matplotlib  # noqa: F401
    except ImportError as error:
        raise ImportError(
            "bench speed draws its chart with matplotlib, which is not installed: run "
            "`pip install edgewise[plot]`"
        ) from error


def draw_speed(cells: Sequence[Cell], about: dict[str, str], path: Path) -> None:
    """Ratios to the MLP: a panel for each shape and thread count, a line for each row."""
    from matplotlib.figure import Figure

    steps = [c for c in cells if c.mode == PASSES[1]]
    labels = list(dict.fromkeys(c.row.label for c in steps))
    shapes = list(dict.fromkeys(c.shape for c in steps))
    threads = list(dict.fromkeys(c.threads for c in steps))
    size = (2.2 + 2.5 * len(shapes), 1.5 + (0.7 + 0.27 * len(labels)) * len(threads))
    figure = Figure(figsize=(max(size[0], 6.4), size[1]), layout="constrained")
    grid = figure.subplots(len(threads), len(shapes), squeeze=False, sharex=True, sharey=True)
    for axes_row, count in zip(grid, threads, strict=True):
        for axes, shape in zip(axes_row, shapes, strict=True):
            found = [c for c in steps if (c.shape, c.threads) == (shape, count)]
            _ratios(axes, found, labels)
            title = f"{shape}, {count} thread{'s' if count > 1 else ''}"
            batches = {c.batch for c in found}
            alone = f", batch {batches.pop()}" if len(batches) == 1 else ""
            axes.set_title(title + alone, size=9)
    grid[0][0].set_yticks(range(len(labels)), labels)
    grid[0][0].invert_yaxis()
    figure.supxlabel("forward+backward, time relative to the MLP with as many parameters", size=10)
    _legend(figure, grid[0])
    _save(figure, about, path)


def _ratios(axes: Axes, cells: Sequence[Cell], labels: Sequence[str]) -> None:
    batches = sorted({c.batch for c in cells})
    shown = [b for b in CHART_BATCHES if b in batches] or batches[: len(COLOURS)]
    axes.axvline(1, color="0.25", linewidth=1.0, label="as fast as the MLP")
    for k, batch in enumerate(shown):
        colour = COLOURS[CHART_BATCHES.index(batch) if batch in CHART_BATCHES else 2 + k % 2]
        mine = [c for c in cells if c.batch == batch]
        shift = 0.17 * (2 * k - len(shown) + 1)
        y = [labels.index(c.row.label) + shift for c in mine]
        ratio = [c.ratio for c in mine]
        low = [r - min(r, c.ratio_quartiles[0]) for r, c in zip(ratio, mine, strict=True)]
        high = [max(r, c.ratio_quartiles[1]) - r for r, c in zip(ratio, mine, strict=True)]
        axes.errorbar(
            ratio,
            y,
            xerr=[low, high],
            fmt="o",
            color=colour,
            markersize=4.5,
            elinewidth=1.2,
            label=f"batch {batch}",
        )
        marked = [(c.target, at) for c, at in zip(mine, y, strict=True) if c.target is not None]
        if marked:
            x, at = zip(*marked, strict=True)
            axes.plot(
                x,
                at,
                "|",
                color=colour,
                markersize=9,
                markeredgewidth=1.8,
                alpha=0.55,
                label=f"target, batch {batch}",
            )
    _ratio_axis(axes)


def _ratio_axis(axes: Axes) -> None:
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    axes.set_xscale("log")
    axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.xaxis.set_minor_formatter(NullFormatter())
    _plain(axes)
    axes.tick_params(axis="y", length=0)
    axes.margins(y=0.06)


def draw_peers(comparisons: Sequence[Comparison], about: dict[str, str], path: Path) -> None:
    """Forward and backward of each original, eager and compiled, above ours."""
    from matplotlib.figure import Figure

    cases = list(dict.fromkeys((c.shape, c.batch, c.threads) for c in comparisons))
    bars = [[c for c in comparisons if (c.shape, c.batch, c.threads) == case] for case in cases]
    heights = [0.6 + sum(len(_bars(c)) + 0.6 for c in group) for group in bars]
    figure = Figure(figsize=(7.2, 1.3 + 0.24 * sum(heights)), layout="constrained")
    grid = figure.subplots(len(cases), 1, squeeze=False, height_ratios=heights)[:, 0]
    for axes, case, group in zip(grid, cases, bars, strict=True):
        _peer_panel(axes, group)
        axes.set_title("{}, batch {}, threads {}".format(*case), size=9)
    figure.supxlabel("milliseconds", size=10)
    _legend(figure, [grid[0]])
    _save(figure, about, path)


def _bars(c: Comparison) -> list[tuple[str, float, float, bool]]:
    """(name, forward ms, backward ms, whether it is ours), from top to bottom."""
    found = [(c.theirs.name, c.theirs.eager, False)]
    if c.compiled is not None:
        found.append((f"{c.theirs.name}, compiled", c.compiled, False))
    found.append((f"edgewise ({c.times_faster:.1f} × as fast)", c.ours.eager, True))
    return [
        (name, halves.forward.median * 1e3, halves.backward.median * 1e3, ours)
        for name, halves, ours in found
    ]


def _peer_panel(axes: Axes, group: Sequence[Comparison]) -> None:
    ticks, names, top = [], [], 0.0
    for c in group:
        for name, forward, backward, ours in _bars(c):
            colour = COLOURS[0] if ours else "0.45"
            who = "edgewise" if ours else "the original"
            axes.barh(top, forward, 0.8, color=colour, label=f"{who}, forward")
            axes.barh(
                top, backward, 0.8, left=forward, color=colour, alpha=0.5, label=f"{who}, backward"
            )
            axes.annotate(
                f"{forward + backward:.3g}",
                (forward + backward, top),
                (3, 0),
                textcoords="offset points",
                va="center",
                size=7.5,
            )
            ticks.append(top)
            names.append(name)
            top += 1
        top += 0.6
    axes.set_yticks(ticks, names)
    axes.invert_yaxis()
    axes.margins(x=0.1)
    axes.tick_params(axis="y", length=0)
    _plain(axes)


def _plain(axes: Axes) -> None:
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.grid(True, which="major", axis="x", color="0.9", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=8.5)


def _legend(figure: Figure, panels: Sequence[Axes]) -> None:
    """One legend above all panels, each entry once."""
    entries: dict[str, Artist] = {}
    for axes in panels:
        for handle, label in zip(*axes.get_legend_handles_labels(), strict=True):
            entries.setdefault(label, handle)
    figure.legend(
        list(entries.values()),
        list(entries),
        loc="outside upper center",
        ncols=3,
        frameon=False,
        fontsize=8.5,
    )


def _save(figure: Figure, about: dict[str, str], path: Path) -> None:
    note = (
        f"{about['machine']}; {about['versions']}; engine {about['engine']}\n"
        f"commit {about['commit']}; {about['date']}; {about['command']}"
    )
    # Below the figure's own area; the tight box takes it in.
    figure.text(0.01, -0.01, note, size=6, color="0.4", va="top", wrap=True)
    temporary = path.with_name(f".{path.name}.part.png")
    metadata = {"Title": "edgewise bench speed", "Description": "; ".join(about.values())}
    figure.savefig(temporary, dpi=200, bbox_inches="tight", metadata=metadata)
    temporary.replace(path)
