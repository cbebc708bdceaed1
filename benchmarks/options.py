"""What the command lines of the questions share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from benchmarks.records import RESULTS

TRIAL = Path("runs/benchmarks")
"""Where a quick run writes, so that it never mixes with what the documentation rests on."""


class Names(click.ParamType):
    """Names separated by commas, each once, among those that are known; "all" for every one."""

    name = "NAME,…"

    def __init__(self, known: Iterable[str]) -> None:
        self.known = list(known)

    def convert(self, value: Any, param: Any, ctx: Any) -> list[str]:
        names = self.known if value == "all" else split(value)
        if unknown := [name for name in names if name not in self.known]:
            self.fail(f"expected names among {', '.join(self.known)}; got {unknown[0]!r}")
        return list(names)


class Counts(click.ParamType):
    """``64,1024`` as positive integers; "all" stands for ``every``, if that is given."""

    name = "N,…"

    def __init__(self, every: int | None = None) -> None:
        self.every = every

    def convert(self, value: Any, param: Any, ctx: Any) -> list[int]:
        parts = split(value)
        if self.every is not None:
            parts = [str(self.every) if part == "all" else part for part in parts]
        if not all(part.isdecimal() and int(part) > 0 for part in parts):
            word = ", or the word all" if self.every else ""
            self.fail(f"expected positive integers such as 64,1024{word}; got {value!r}")
        return list(dict.fromkeys(int(part) for part in parts))


class Widths(click.ParamType):
    """``784-64-10,2-5-1``: the widths of networks."""

    name = "N-N-N,…"

    def convert(self, value: Any, param: Any, ctx: Any) -> list[str]:
        networks = split(value)
        for text in networks:
            parts = text.split("-")
            if len(parts) < 2 or not all(p.isdecimal() and int(p) > 0 for p in parts):
                self.fail(f"expected widths such as 784-64-10,2-5-1; got {text!r}")
        return networks


class Seeds(click.ParamType):
    """``1000:1100`` as a range of seeds, or one seed."""

    name = "A:B"

    def convert(self, value: Any, param: Any, ctx: Any) -> range:
        first, _, last = value.partition(":")
        if not first.isdigit() or not (last.isdigit() or ":" not in value):
            self.fail(f"expected seeds such as 1000:1100, got {value!r}")
        return range(int(first), int(last) if last else int(first) + 1)


def split(text: str) -> list[str]:
    """The parts between commas, each once."""
    return list(dict.fromkeys(part.strip() for part in text.split(",")))


PAGE = click.option(
    "--page",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A page that gets these tables, too, such as benchmarks/results/accuracy.md.",
)
JOBS = click.option(
    "--jobs",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="Processes, each with one thread.",
)
SEED_COUNT = click.option("--seeds", type=click.IntRange(1), help="[default: 3; 1 for --quick]")
RESULTS_FOLDER = click.option(
    "--results",
    type=click.Path(file_okay=False, path_type=Path),
    default=RESULTS,
    help="Folder of the CSVs. [default: benchmarks/results]",
)
AGAIN = click.option("--again", is_flag=True, help="Measure what is in the CSV, too.")
REPORT = click.option("--report", is_flag=True, help="Measure nothing: print what is in the CSV.")
CHART = click.option(
    "--chart",
    type=click.Path(path_type=Path),
    help="Draw what is in the CSV, too: a folder, or a file if there is only one picture.",
)
NETWORK_WIDTHS = click.option(
    "--widths", type=Widths(), help="Such as 784-64-10,2-5-1. [default: all]"
)
TIMING = (
    click.option("--repeats", type=click.IntRange(2), default=20, show_default=True,
                 help="Rounds."),
    click.option("--compile/--no-compile", default=True,
                 help="Time torch.compile of the others, too."),
)  # fmt: skip
HOURS = click.option(
    "--hours",
    type=click.FloatRange(0, min_open=True),
    default=float("inf"),
    help="Start no run after this time; the next call goes on. [default: no limit]",
)


def names(flag: str, known: Iterable[str], default: str = "all") -> Callable[..., Any]:
    """The option of some names out of those that are known."""
    return click.option(flag, type=Names(known), default=default, show_default=True)


def counts(flag: str, default: str, every: int | None = None) -> Callable[..., Any]:
    """The option of some positive integers."""
    return click.option(flag, type=Counts(every), default=default, show_default=True)


def seed_range(default: str | None, note: str = "") -> Callable[..., Any]:
    """The option of a range of seeds."""
    return click.option(
        "--seeds",
        type=Seeds(),
        default=default,
        show_default=default is not None,
        help=f"The first and the one after the last. {note}".strip(),
    )
