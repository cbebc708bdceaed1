"""The questions about memory, contention and the penalties: rows that are kept, tables of them."""

import csv
import functools
import shutil

import pytest
from click.testing import CliRunner

from benchmarks import contention, convolution, grids, jets, memory, sparsity
from benchmarks.machine import PROVENANCE
from benchmarks.networks import count
from edgewise.nn.conv import MOST_BYTES

COMMANDS = {
    "contention": contention.main,
    "convolution": convolution.main,
    "grids": grids.main,
    "jets": jets.main,
    "memory": memory.main,
    "sparsity": sparsity.main,
}
SMALL = {
    "contention": (
        "--networks",
        "FastKAN",
        "--batches",
        "4",
        "--ways",
        "fit",
        "--seconds",
        "0.05",
        "--neighbours",
        "0",
    ),
    "convolution": ("--quick",),
    "jets": ("--quick", "--rows", "20"),
    "grids": ("--verbs", "adapt", "--rows", "50", "--repeats", "1"),
    "memory": ("--networks", "cubic5", "--widths", "3-2", "--batches", "4"),
    "sparsity": ("--bases", "rswaf", "--batches", "32", "--threads", "1", "--repeats", "2"),
}
FIGURE = {
    "contention": "mean_ms",
    "convolution": "bytes",
    "grids": "seconds",
    "jets": "step_ms",
    "memory": "kan_bytes",
    "sparsity": "ratio",
}
LINES = {"contention": 1, "convolution": 2, "grids": 1, "jets": 2, "memory": 1, "sparsity": 1}


def invoke(question, *args):
    return CliRunner().invoke(COMMANDS[question], args, catch_exceptions=False)


def lines_of(text):
    """The lines of the Markdown table in a text, without its head."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@pytest.fixture(scope="module")
def measured(tmp_path_factory, peaks_measured_here):
    """The folder of each question's rows, and what was said when they were measured."""

    @functools.cache
    def measure(question):
        folder = tmp_path_factory.mktemp(question)
        return folder, invoke(question, *SMALL[question], "--results", str(folder))

    return measure


@pytest.mark.parametrize("question", COMMANDS)
def test_rows_are_measured_once_kept_and_shown(question, measured, tmp_path):
    folder, first = measured(question)
    assert first.exit_code == 0, first.output
    path = tmp_path / f"{question}.csv"
    shutil.copyfile(folder / path.name, path)
    args = (*SMALL[question], "--results", str(tmp_path))
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(float(row[FIGURE[question]]) > 0 for row in rows if row.get("measure") != "peak")
    assert all(row[column] for row in rows for column in PROVENANCE)
    lines = lines_of(first.stdout)
    assert len(lines) == LINES[question]
    assert invoke(question, *args).stdout == first.stdout  # what is there isn't measured again


def test_ratios_of_sparsity_are_to_the_step_without_penalty(measured):
    with (measured("sparsity")[0] / "sparsity.csv").open(newline="") as file:
        rows = {row["penalty"]: row for row in csv.DictReader(file)}
    assert set(rows) == set(sparsity.PENALTIES)
    for row in rows.values():
        expected = float(row["ms"]) / float(rows["none"]["ms"])
        assert float(row["ratio"]) == pytest.approx(expected, rel=1e-2)


def test_memory_beside_the_mlp(measured):
    with (measured("memory")[0] / "memory.csv").open(newline="") as file:
        kept = next(row for row in csv.DictReader(file) if row["measure"] == "kept")
    # The MLP keeps its inputs and the values of its hidden units.
    size = count(memory.networks.build("cubic5", [3, 2]), trainable=False)
    hidden = memory.networks.matching_mlp(size, [3, 2]).widths[1]
    assert int(kept["mlp_bytes"]) == 4 * 4 * (3 + hidden)


def convolution_row(layer, batch, ratio, commit="b", failure=""):
    return {
        "layer": layer, "batch": str(batch), "bytes": "2097152", "conv_bytes": "1048576",
        "ratio": ratio, "failure": failure, "commit": commit, "machine": "m", "date": "d",
    }  # fmt: skip


def test_convolutions_are_told_of_the_newest_run_and_largest_batch():
    rows = [
        convolution_row("Chebyshev 4", 64, "9", commit="a"),
        convolution_row("nn.Conv2d", 16, "1"),
        convolution_row("Chebyshev 4", 16, "1.096"),
        convolution_row("Chebyshev 4", 4, "3"),
        convolution_row("Wavelet 8 (plain torch)", 16, "14.29"),
        convolution_row("B-spline, grid 5", 16, "", failure="killed"),
    ]
    first, second = convolution.findings(rows)
    assert first.endswith("the native engine: 1.10 (Chebyshev 4).")
    assert second.endswith("plain torch: 14.29 (Wavelet 8).")
    assert "16 × 64 × 64 × 64" in first
    (axes,) = convolution.charts(rows)["convolution"].axes
    assert [bar.get_width() for bar in axes.patches] == [1.096, 14.29]
    assert "| B-spline, grid 5 | 16 | 2 |" in convolution.describe(rows)
    assert convolution.charts(rows[1:2]) == {}


def test_a_convolution_of_curves_takes_little_more_than_its_block(measured):
    with (measured("convolution")[0] / "convolution.csv").open(newline="") as file:
        rows = {row["layer"]: row for row in csv.DictReader(file)}
    spline = rows["B-spline, grid 5"]
    assert spline["conv_bytes"] == rows["nn.Conv2d"]["bytes"]
    assert int(spline["bytes"]) <= int(spline["conv_bytes"]) + 1.5 * MOST_BYTES
