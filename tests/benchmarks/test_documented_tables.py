"""Tables in docs/ that a report prints are what it prints of the committed CSVs."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import contention, convolution, deep, export, learning_rates, memory
from benchmarks.accuracy import study as accuracy
from benchmarks.continual import study as continual
from benchmarks.discovery.study import markdown as tell_discovery
from benchmarks.originals import study as originals
from benchmarks.recipes import study as recipes
from benchmarks.records import RESULTS
from benchmarks.speed import study as speed
from benchmarks.tables import report as tables
from benchmarks.triton_kernels import __main__ as triton_kernels
from benchmarks.vision import study as vision

DOCS = Path(__file__).parents[2] / "docs"


def read(name):
    with (RESULTS / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def by_run(name, tell):
    """What a report prints of each commit and machine."""
    groups = {}
    for row in read(name):
        groups.setdefault((row["commit"], row["machine"]), []).append(row)
    return "\n".join(map(tell, groups.values()))


PAGES = {
    "performance": (
        lambda: "\n".join(
            by_run(name, tell)
            for name, tell in (
                *(("speed", speed.describe), ("memory", memory.describe)),
                *(("originals", originals.describe), ("contention", contention.describe)),
                ("triton_kernels", triton_kernels.describe),
            )
        ),
        7,
    ),
    "tables": (
        lambda: "\n".join(tables.describe(read(name)) for name in ("tables", "tables_repeats")),
        2,
    ),
    "discovery": (lambda: tell_discovery(RESULTS), 9),
    "accuracy": (lambda: accuracy.describe(read("accuracy")), 4),
    "continual": (lambda: continual.describe(read("continual")), 0),
    "how-to/constraints": (lambda: tables.describe(read("tables_interactions")), 1),
    "how-to/size": (lambda: deep.describe(read("deep")), 1),
    "how-to/train-a-kan": (lambda: learning_rates.describe(read("learning_rates")), 1),
    "how-to/use-in-models": (lambda: recipes.describe(read("recipes")), 1),
    "convolutions": (
        lambda: "\n".join(
            (by_run("convolution", convolution.describe), vision.describe(read("vision")))
        ),
        4,
    ),
    "export": (
        lambda: "\n".join(
            export.list_rows(read(f"export-{name}"), columns)
            for name, columns in (("agreement", export.AGREEING), ("speed", export.TIMED))
        ),
        2,
    ),
}
"""By page: what its reports print, and how many of its tables are known to come from them."""
ELSEWHERE = {
    "performance": (
        "docs/performance.md",
        "benchmarks/results/performance.md",
        "benchmarks/notes/performance.md",
    ),
    "tables": ("docs/tables-measured.md",),
    "discovery": ("benchmarks/results/discovery.md",),
    "continual": ("benchmarks/results/continual.md",),
    "accuracy": ("benchmarks/results/accuracy.md",),
    "convolutions": ("benchmarks/results/convolutions.md",),
    "how-to/train-a-kan": ("benchmarks/notes/training.md",),
    "how-to/use-in-models": ("benchmarks/results/recipes.md",),
    "export": ("benchmarks/results/export.md",),
}
"""Where the tables of a page are, if not on the page alone."""


def list_cells(line):
    return Counter(c.strip() for c in re.split(r"(?<!\\)\|", line.strip().strip("|")) if c.strip())


def find_tables(text):
    """The lines below the head of each table."""
    found = re.findall(r"^\|.*\n\|[ :|-]+\n((?:\|.*\n?)+)", text, flags=re.MULTILINE)
    return [body.strip().splitlines() for body in found]


def compare(text, printed):
    """Lines that no report prints, of tables of which most lines are printed; and how many tables.

    A line may leave columns out: its cells have to be among those of one printed line.
    """
    known = [list_cells(line) for line in printed.splitlines() if line.startswith("|")]
    wrong, recognised = [], 0
    for body in find_tables(text):
        strange = [line for line in body if not any(list_cells(line) <= each for each in known)]
        if len(strange) < len(body) / 2:
            recognised += 1
            wrong += strange
    return wrong, recognised


def test_a_wrong_number_is_seen_and_a_table_by_hand_left_alone():
    printed = "| a | b | c |\n| --- | --- | --- |\n| x | 1 | 2 |\n| y | 3 | 4 |\n| z | 5 | 5 |\n"
    page = "| a | c |\n|---|---|\n| x | 2 |\n| y | 4 |\n| z | 5 |\n\n| other |\n|---|\n| 7 |\n"
    assert compare(page, printed) == ([], 1)
    assert compare(page.replace("| 4", "| 9"), printed) == (["| y | 9 |"], 1)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_what_its_reports_print(page):
    tell, least = PAGES[page]
    files = ELSEWHERE.get(page, (f"docs/{page}.md",))
    text = "\n".join((DOCS.parent / name).read_text(encoding="utf-8") for name in files)
    wrong, recognised = compare(text, tell())
    assert wrong == []
    assert recognised >= least
