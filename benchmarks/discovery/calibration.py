"""Whether a verdict of 90 % is right in 90 % of runs: a reliability diagram of fresh runs.

A row is right if the winner has the right form; where there is no law no form is right, so that
each probability above 0 counts against the verdict. Rows whose program gives no probability stand
in the table of verdicts, but not in the diagram.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from benchmarks.charts import make_panels, put_legend
from benchmarks.discovery.report_rows import FOUND, is_wrong_claim, number, programs_provenance
from benchmarks.markdown import table
from benchmarks.records import Row
from benchmarks.runs import group
from benchmarks.study import Figures, Rows, Study
from edgewise.charts.style import BLUE, GREY, PALETTE

BINS = 10
FEWEST = 20
"""Fewest rows of a bin whose gap is told."""

FEW = 20
"""Rows of a table below which it has few."""

CLAIMED = (0.90, 0.95)


@dataclass(frozen=True)
class Bin:
    """Rows of nearly one probability.

    Attributes:
        said: their mean probability.
        right: the share of them that is right.
    """

    low: float
    high: float
    rows: int
    said: float
    right: float

    @property
    def gap(self) -> float:
        """What is right less what was said."""
        return self.right - self.said

    @property
    def error(self) -> float:
        """The standard error of the share, of at least one row more of either kind."""
        share = (self.right * self.rows + 1) / (self.rows + 2)
        return float((share * (1 - share) / self.rows) ** 0.5)


def is_right(row: Row) -> bool:
    """Whether the winner has the right form."""
    return row["case"] != "no law" and row["right"] == "True"


def has_probability(row: Row) -> bool:
    """Whether the program gave one."""
    return bool(row["probability"])


def make_bin(low: float, high: float, rows: Sequence[Row]) -> Bin:
    """The bin of some rows."""
    said = fmean(float(r["probability"]) for r in rows)
    return Bin(low, high, len(rows), said, fmean(map(is_right, rows)))


def find_bins(rows: Rows, bins: int = BINS) -> list[Bin]:
    """Bins of equal width that hold any row."""
    found: dict[int, list[Row]] = {}
    for row in filter(has_probability, rows):
        found.setdefault(min(bins - 1, int(bins * float(row["probability"]))), []).append(row)
    return [make_bin(k / bins, (k + 1) / bins, found[k]) for k in sorted(found)]


def join_bins(rows: Rows) -> list[Bin]:
    """The bins, of which neighbours are joined, from the claims down, until each has enough rows.

    None where there are fewer rows.
    """
    found: list[Bin] = []
    for each in reversed(find_bins(rows)):
        if found and found[0].rows < FEWEST:
            found[0] = _join(each, found[0])
        else:
            found.insert(0, each)
    if len(found) > 1 and found[0].rows < FEWEST:
        found[:2] = [_join(*found[:2])]
    return [each for each in found if each.rows >= FEWEST]


def _join(low: Bin, high: Bin) -> Bin:
    rows = low.rows + high.rows
    said = (low.rows * low.said + high.rows * high.said) / rows
    right = (low.rows * low.right + high.rows * high.right) / rows
    return Bin(low.low, high.high, rows, said, right)


def largest_gap(bins: Iterable[Bin]) -> Bin | None:
    """The bin with the largest gap."""
    return max(bins, key=lambda b: abs(b.gap), default=None)


def sort_rows(rows: Rows) -> dict[str, Rows]:
    """All rows, each kind, little and much noise, few and many rows."""
    parts: dict[str, Rows] = {"all": rows}
    parts |= {kind: own for (kind,), own in group(rows, "case").items()}
    with_law = [r for r in rows if r["case"] != "no law"]
    parts |= {
        "without noise": [r for r in with_law if not noise_of(r)],
        "up to 1 % of noise": [r for r in with_law if 0 < noise_of(r) <= 0.01],
        "more noise": [r for r in with_law if noise_of(r) > 0.01],
        f"fewer than {FEW} rows": [r for r in with_law if int(r["rows"]) < FEW],
        f"{FEW} rows or more": [r for r in with_law if int(r["rows"]) >= FEW],
    }
    return {name: own for name, own in parts.items() if own}


def noise_of(row: Row) -> float:
    """The level of noise that the condition tells."""
    told = re.search(r"noise ([\d.e-]+)", row["condition"])
    return float(told[1]) if told else 0.0


def describe(rows: Rows) -> str:
    """Verdicts by kind, the diagram's bins, and the largest gap of each part."""
    return f"## Calibration\n\n{excerpt(rows)}"


def excerpt(rows: Rows) -> str:
    """The same without a head, for a page."""
    parts = sort_rows(rows)
    return "\n\n".join(
        [
            programs_provenance(rows),
            _tell_verdicts(parts),
            _tell_bins(find_bins(rows)),
            _tell_gaps(parts),
        ]
    )


def _tell_verdicts(parts: Mapping[str, Rows]) -> str:
    lines = []
    for name, rows in parts.items():
        claimed = [r for r in rows if r["verdict"] in ("exact", "law")]
        wrong = [r["verdict"] for r in rows if is_wrong_claim(r)]
        lines.append(
            [
                name,
                str(len(rows)),
                str(sum(map(is_right, rows))),
                str(len(claimed)),
                f"{wrong.count('exact')} + {wrong.count('law')}",
                f"{median(number(r['evaluations'], 0.0) for r in rows):.0f}",
                f"{median(number(r['seconds'], 0.0) for r in rows):.1f}",
                str(sum(bool(r["error"]) for r in rows)),
            ]
        )
    head = ["tables", "runs", "form right", "claimed", "wrong claims exact + law"]
    return table([*head, "median evaluations", "median s", "failures"], lines)


def _tell_bins(bins: Sequence[Bin]) -> str:
    if not bins:
        return "No verdict has a probability yet."
    lines = [
        [
            f"{b.low:.0%} to {b.high:.0%}",
            str(b.rows),
            f"{b.said:.1%}",
            f"{b.right:.1%} ± {b.error:.1%}",
            f"{b.gap:+.3f}",
        ]
        for b in bins
    ]
    return table(["probability", "runs", "said", "right", "gap"], lines)


def _tell_gaps(parts: Mapping[str, Rows]) -> str:
    lines = []
    for name, rows in parts.items():
        worst = largest_gap(join_bins(rows))
        if worst is not None:
            claimed = [r for r in rows if has_probability(r) and is_claimed_near(r)]
            near = make_bin(*CLAIMED, claimed) if claimed else None
            lines.append(
                [
                    name,
                    f"{worst.gap:+.3f} ± {worst.error:.3f}",
                    f"{worst.low:.0%} to {worst.high:.0%}",
                    f"{near.right:.1%} ± {near.error:.1%} of {near.rows}" if near else "–",
                ]
            )
    if not lines:
        return f"No bin has {FEWEST} runs yet."
    return table(["tables", "largest gap", "at", "right where 90 to 95 % was said"], lines)


def is_claimed_near(row: Row) -> bool:
    """Whether the probability is between 90 and 95 %."""
    return CLAIMED[0] <= float(row["probability"]) < CLAIMED[1]


def findings(rows: Rows) -> list[str]:
    """The largest gap, and what is claimed where there is no law."""
    sentences = []
    bins = join_bins(rows)
    worst = largest_gap(bins)
    if worst is not None:
        told = sum(map(has_probability, rows))
        sentences.append(
            f"Of {told} verdicts with a probability, {worst.rows} lie between {worst.low:.0%} and "
            f"{worst.high:.0%}: they say {worst.said:.1%} on average, and {worst.right:.1%} ± "
            f"{worst.error:.1%} are right. That is the largest gap of {len(bins)} bins of "
            f"{FEWEST} verdicts or more."
        )
    claims = [r for r in rows if r["verdict"] in ("exact", "law")]
    wrong = sum(map(is_wrong_claim, rows))
    is_wrong = "is" if wrong == 1 else "are"
    sentences.append(f"Of {len(claims)} claims in {len(rows)} runs {wrong} {is_wrong} wrong.")
    return sentences


def charts(rows: Rows) -> Figures:
    """The share that is right against the probability that was said."""
    kinds = {"all": rows} | {kind: own for (kind,), own in group(rows, "case").items()}
    if not find_bins(rows):
        return {}
    figure, (axes,) = make_panels(4.2)
    axes.plot([0, 1], [0, 1], color=GREY, linewidth=0.8)
    for place, (name, own) in enumerate(kinds.items()):
        bins = join_bins(own)
        if not bins or name == "no law":
            continue
        colour = BLUE if name == "all" else PALETTE[place % len(PALETTE)]
        axes.errorbar([b.said for b in bins], [b.right for b in bins], [b.error for b in bins],
                      fmt="o-" if name == "all" else ".:", color=colour, label=name,
                      linewidth=1.6 if name == "all" else 0.9)  # fmt: skip
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.set_xlabel("probability of the verdict", size=10)
    axes.set_ylabel("share that is right", size=10)
    put_legend(figure, [axes])
    return {"calibration": figure}


CALIBRATION = Study(
    "calibration",
    findings=findings,
    charts=charts,
    csvs=("discovery_calibration",),
    title="Is a law of 90 % right nine times in ten?",
    about="Fresh tables of random formulas, laws of handbooks, half of which are in no library, "
    "and of no law at all, with noise from none to 10 % and rows from 6 to 300: the probability of "
    "each verdict beside the share of verdicts that is right.",
    listed=(*FOUND, "probability"),
    command_line="python -m benchmarks.discovery calibration",
)
