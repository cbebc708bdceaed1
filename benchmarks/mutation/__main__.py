"""The command line: draw faults, put each into the package, ask the tests, make the table."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from benchmarks.markdown import table
from benchmarks.mutation import cpp, mutants, run
from benchmarks.mutation.mutants import Mutant
from benchmarks.mutation.patch import outermost
from benchmarks.mutation.plan import Lines, runs_elsewhere
from benchmarks.mutation.run import Verdict
from benchmarks.options import Names
from benchmarks.records import RESULTS, Records

ROOT = Path(__file__).parents[2]
WORK = ROOT / "runs" / "mutation"
PACKAGE = "src/edgewise"
COUNT = 300
KEY = ("folder", "file", "line", "start", "kind", "before", "after")
Wanted = dict[Mutant, dict[str, str]]
"""Faults, and the columns of their rows that are known before anyone is asked."""
COLUMNS = (*KEY, "verdict", "by", "seconds", "argument", "commit")


def lines_of_rooms(root: Path) -> dict[str, int]:
    """The rooms of the package with the number of their lines; that of ``edgewise`` has no folder.

    The C++ of ``csrc`` is no room of the package.
    """
    return {
        room: sum(path.read_bytes().count(b"\n") for path in files)
        for room in ["edgewise", *sorted(p.name for p in (root / PACKAGE).iterdir() if p.is_dir())]
        if (files := _files(root, room))
    }


def _files(root: Path, room: str) -> list[Path]:
    if room == "edgewise":
        return sorted((root / PACKAGE).glob("*.py"))
    return sorted((root / PACKAGE / room).rglob("*.py"))


def share(count: int, sizes: Mapping[str, int]) -> dict[str, int]:
    """Divide a number of faults in proportion to sizes, by the method of the largest remainders."""
    parts = {name: count * size / sum(sizes.values()) for name, size in sizes.items()}
    shares = {name: int(part) for name, part in parts.items()}
    for name in sorted(parts, key=lambda n: shares[n] - parts[n])[: count - sum(shares.values())]:
        shares[name] += 1
    return shares


def candidates(root: Path, folder: str) -> list[Mutant]:
    """All faults of a room, or of ``csrc``."""
    if folder == "csrc":
        files = sorted((root / "csrc").iterdir())
        return [m for p in files for m in cpp.cpp_mutants(root, f"csrc/{p.name}")]
    return [
        m
        for p in _files(root, folder)
        for m in mutants.python_mutants(root, folder, str(p.relative_to(root)))
    ]


def markdown(rows: Sequence[Mapping[str, str]]) -> str:
    """A line for each folder."""
    if not rows:
        return "Nothing is measured yet."
    lines = []
    for folder in [*dict.fromkeys(row["folder"] for row in rows), "all"]:
        own = [row for row in rows if folder in (row["folder"], "all")]
        count = Counter(_word(row) for row in own)
        killed, real = count["killed"] + count["timeout"], len(own) - count["equivalent"]
        lines.append([folder, str(len(own)), str(killed), str(count["equivalent"]),
                      str(count["survived"]), f"{100 * killed / max(real, 1):.1f} %"])  # fmt: skip
    head = ["folder", "faults", "seen by a test", "change nothing", "unseen", "seen"]
    return table(head, lines)


def _word(row: Mapping[str, str]) -> str:
    return "equivalent" if row["verdict"] == "survived" and row["argument"] else row["verdict"]


def _commit(root: Path) -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short=12", "HEAD"], cwd=root, capture_output=True, text=True
    )
    return done.stdout.strip() or "unknown (not a git checkout)"


@click.command()
@click.option("--folders", help="Rooms of the package, or csrc. [default: all rooms]")
@click.option("--count", type=int, default=COUNT, show_default=True, help="Faults in all.")
@click.option("--seed", type=int, default=0, show_default=True)
@click.option(
    "--limit",
    type=float,
    default=20.0,
    show_default=True,
    help="Seconds of the processor that the tests of one fault may take without it.",
)
@click.option(
    "--again", is_flag=True, help="Ask about those that survived, each with an import of its own."
)
@click.option("--report", is_flag=True, help="Ask nothing: print the table by folder.")
@click.option("--results", type=click.Path(path_type=Path), default=RESULTS / "mutation.csv")
def main(
    folders: str | None, count: int, seed: int, limit: float, again: bool, report: bool,
    results: Path,
) -> None:  # fmt: skip
    """Put small faults into the package, one at a time, and see whether a test fails."""
    records = Records(results.absolute(), KEY, COLUMNS)  # it goes to another folder
    if not report:
        sizes = _chosen(folders)
        if not list(WORK.glob("*.json")):
            raise click.ClickException(
                f"expected files that say which test runs which line in {WORK}, found none: "
                "docs/testing.md says how they are made"
            )
        tree = WORK / f"tree-{os.getpid()}"  # several may run at once, for other folders
        run.copy_tree(ROOT, tree)
        run.import_heavy()
        run.enter(tree)
        find = _unseen(tree, sizes, records) if again else _fresh(tree, share(count, sizes), seed)
        wanted = {m: row for m, row in find.items() if again or row not in records}
        in_cpp = {m: row for m, row in wanted.items() if m.folder == "csrc"}
        if in_cpp:
            _ask_cpp(tree, in_cpp, records, limit)
        in_python = {m: row for m, row in wanted.items() if m not in in_cpp}
        _ask(tree, in_python, records, limit, anew=again)
        os.chdir(ROOT)
        shutil.rmtree(tree)
    click.echo(markdown(records.rows()))


def _chosen(folders: str | None) -> dict[str, int]:
    """The rooms that were asked for, with their lines."""
    rooms = lines_of_rooms(ROOT)
    if folders is None:
        return rooms
    csrc = {"csrc": sum(p.read_bytes().count(b"\n") for p in (ROOT / "csrc").iterdir())}
    return {name: (rooms | csrc)[name] for name in Names(rooms | csrc).convert(folders, None, None)}


def _fresh(tree: Path, shares: Mapping[str, int], seed: int) -> Wanted:
    """Faults that are drawn anew, with the beginnings of their rows.

    Each room has a seed of its own: with one for all, every room drew the same kinds in a row.
    """
    drawn = [
        mutant
        for folder, number in shares.items()
        for mutant in mutants.draw(tree, candidates(tree, folder), number, f"{seed} {folder}")
    ]
    random.Random(seed).shuffle(drawn)  # a run that is stopped has asked about a sample of them
    commit = {"commit": _commit(ROOT)}
    return {m: {k: v for k, v in asdict(m).items() if k in KEY} | commit for m in drawn}


def _unseen(tree: Path, folders: Iterable[str], records: Records) -> Wanted:
    """Those that no test has seen, where they stand now."""
    rows = [r for r in records.rows() if r["folder"] in folders and _word(r) == "survived"]
    columns = (*KEY, "commit")
    return {m: {k: row[k] for k in columns} for row in rows if (m := _find(tree, row))}


def _find(tree: Path, row: Mapping[str, str]) -> Mutant | None:
    """The fault of a row in a source that has changed since: the nearest place with its text."""
    source = (tree / row["file"]).read_bytes()
    words = [re.escape(word) for word in row["before"].split()]
    found = re.finditer(r"\s+".join(words).encode(), source)
    start, end = min(
        (match.span() for match in found),
        key=lambda span: abs(span[0] - int(row["start"])),
        default=(0, 0),
    )
    if not end:
        click.echo(f"{row['file']} has no {row['before']!r} any more: drop its row", err=True)
        return None
    line = source[:start].count(b"\n") + 1
    where = row["folder"], row["file"], line, start, end
    return Mutant(*where, row["kind"], source[start:end].decode(), row["after"])


def _ask(tree: Path, wanted: Wanted, records: Records, limit: float, anew: bool) -> None:
    """Ask about faults in Python, and keep the answers with the beginnings of their rows."""
    lines, order = Lines(WORK), list(wanted)
    answered = tree / "answered.txt"  # a file, since it is a child that asks about most of them
    answered.write_text("")

    def answer(mutant: Mutant, verdict: Verdict) -> None:
        with answered.open("a") as file:
            print(order.index(mutant), file=file)
        _keep(records, wanted[mutant], verdict)

    plans, running = {}, []
    for mutant in wanted:
        inside = outermost(mutant, (tree / mutant.file).read_bytes()) is not None
        plans[mutant] = lines.plan(mutant, inside, limit)
        if not (runs_elsewhere(mutant) or lines.needs_import(mutant, inside)):
            running.append(mutant)
    asked = [(m, plans[m]) for m in running if plans[m].tests]
    if not anew:
        child = os.fork()  # what a session imports must not be there for the faults that follow
        if child == 0:
            run.ask_session(tree, asked, lambda: run.into_functions(tree), answer)
            os._exit(0)
        os.waitpid(child, 0)
    done = {order[int(number)] for number in answered.read_text().split()}
    for mutant, plan in plans.items():
        if mutant in done:
            continue
        if not plan.tests:
            answer(mutant, Verdict("survived", "", 0.0))
        else:
            with run.in_place(tree, mutant):
                answer(mutant, run.ask_anew(tree, plan))


def _ask_cpp(tree: Path, wanted: Wanted, records: Records, limit: float) -> None:
    """The same for C++: one build has all faults in it; those that it can't have are left out."""
    built = cpp.build(tree, list(wanted))
    number = {mutant: n for n, mutant in enumerate(built, 1)}
    plan = Lines(WORK).plan(built[0], True, limit)

    def put_of(mutant: Mutant) -> run.Put:
        return lambda: cpp.turn_on(tree, number[mutant])

    def answer(mutant: Mutant, verdict: Verdict) -> None:
        _keep(records, wanted[mutant], verdict)

    run.ask_session(tree, [(mutant, plan) for mutant in built], lambda: put_of, answer)


def _keep(records: Records, row: dict[str, str], verdict: Verdict) -> None:
    found = {"verdict": verdict.verdict, "by": verdict.by, "argument": ""}
    records.append(row | found | {"seconds": f"{verdict.seconds:.1f}"})
    where = f"{row['file']}:{row['line']}"
    click.echo(f"{verdict.verdict:9} {where} {row['kind']} {verdict.by}", file=sys.stderr)


if __name__ == "__main__":
    main()
