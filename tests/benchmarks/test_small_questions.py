"""The questions about memory, contention and the penalties: rows that are kept, tables of them."""

import csv
import functools
import shutil

import pytest
from click.testing import CliRunner

from benchmarks import contention, grids, memory, sparsity
from benchmarks.machine import PROVENANCE

COMMANDS = {
    "contention": contention.main,
    "grids": grids.main,
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
        "one thread,fit",
        "--seconds",
        "0.05",
        "--neighbours",
        "0",
    ),
    "grids": ("--verbs", "adapt", "--rows", "50", "--repeats", "1"),
    "memory": ("--networks", "cubic5", "--widths", "3-2", "--batches", "4"),
    "sparsity": ("--bases", "rswaf", "--batches", "32", "--threads", "1", "--repeats", "2"),
}
FIGURE = {"contention": "mean_ms", "grids": "seconds", "memory": "kan_bytes", "sparsity": "ratio"}
LINES = {"contention": 2, "grids": 1, "memory": 1, "sparsity": 1}


def invoke(question, *args):
    return CliRunner().invoke(COMMANDS[question], args, catch_exceptions=False)


def lines_of(text):
    """The lines of the Markdown table in a text, without its head."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
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
    lines = lines_of(first.output)
    assert len(lines) == LINES[question]
    before = path.read_bytes()
    assert invoke(question, *args).output == first.output
    assert invoke(question, *args, "--report").output == first.output
    assert path.read_bytes() == before
    invoke(question, *args, "--again")
    assert len(path.read_bytes()) > len(before)


@pytest.mark.parametrize("question", COMMANDS)
def test_without_rows_there_is_no_table(question, tmp_path):
    result = invoke(question, "--report", "--results", str(tmp_path))
    assert "Nothing is measured yet." in result.output
    assert not list(tmp_path.iterdir())


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
    hidden = memory.networks.matching_mlp(
        memory.networks.count(memory.networks.build("cubic5", [3, 2])), [3, 2]
    ).widths[1]
    assert int(kept["mlp_bytes"]) == 4 * 4 * (3 + hidden)
