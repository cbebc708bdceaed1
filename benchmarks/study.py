"""A study: one question, the jobs that answer it, the CSV that keeps their rows, and what it says.

Every study has the same command line: it measures what its CSV lacks, goes on where it stopped,
and prints what all rows say.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
from click.core import ParameterSource
from joblib import Parallel, delayed

from benchmarks.charts import save_charts, save_with_provenance
from benchmarks.machine import PROVENANCE, describe_run
from benchmarks.markdown import renew_part
from benchmarks.options import AGAIN, CHART, HOURS, JOBS, PAGE, REPORT, TRIAL
from benchmarks.records import RESULTS, Records, Row, pick_newest
from benchmarks.timing import tell_time, use_threads

Choice = SimpleNamespace
"""The options of a command by name, and ``known``, the rows that needn't be measured again."""
Rows = Sequence[Mapping[str, str]]
Figures = Mapping[str, Any]
NOTHING = "Nothing is measured yet."


@dataclass(frozen=True)
class Job:
    """Rows that are measured together.

    Attributes:
        measure: yields the rows; columns that are equal in all cases may be left out.
        cases: the columns that tell each of the rows from all others.
        work: how long it takes, relative to the other jobs.
    """

    measure: Callable[[], Iterable[Row]]
    cases: Sequence[Row]
    work: float = 1.0

    @property
    def common(self) -> dict[str, Any]:
        """The columns that are equal in all cases."""
        first, *others = self.cases
        return {k: v for k, v in first.items() if all(case[k] == v for case in others)}


def one_row(measure: Callable[..., Row], case: Row, *more: Any) -> Job:
    """A job whose only row has the case and what ``measure(*more, **case)`` returns."""
    return Job(partial(_measure_one, measure, case, more), [case])


def _measure_one(measure: Callable[..., Row], case: Row, more: Sequence[Any]) -> list[Row]:
    return [measure(*more, **case)]


@dataclass(frozen=True)
class Study:
    """One question that measurements answer.

    Attributes:
        name: the name of the study, and of its CSV unless ``csvs`` says another.
        key: the columns that tell one row from another; a known row isn't measured again.
        columns: the columns of the CSV, without those of :data:`PROVENANCE`.
        help: what the command says of itself.
        plan: lists the jobs that the options ask for.
        check: the jobs that can be measured, once all that must hold before has been looked at.
        describe: the rows as Markdown; empty where they say nothing yet.
        findings: sentences made from the rows, the most important one first.
        charts: figures by name.
        options: the command's own options.
        quick: what ``--quick`` sets unless the command line does; None without such an option.
        cores: the number of threads that a job may use.
        side_by_side: whether jobs may run at the same time, each in a process.
        newest: whether only the rows of the last commit and machine are told.
        said: the column that is printed as a row is measured.
        part: the name of its tables in the page that holds them; without one no ``--page``.
        excerpt: what that page holds; by default all that is told.
        csvs: the names of the files with the rows, the study's own first.
        choose_csv: the name of its own file, where the options decide.
        title: the question, as the page of all studies asks it; empty if it isn't there.
        about: what was done, in a sentence or two.
        listed: the columns that the page lists.
        keeps: whether the page lists a row.
        command_line: what measures the rows; by default the module of this name.
    """

    name: str
    key: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    help: str = ""
    plan: Callable[[Choice], Iterable[Job]] = lambda choice: ()
    check: Callable[[list[Job]], list[Job]] = lambda jobs: jobs
    describe: Callable[[Rows], str] = lambda rows: ""
    findings: Callable[[Rows], Sequence[str]] = lambda rows: ()
    charts: Callable[[Rows], Figures] | None = None
    options: Sequence[Callable[..., Any]] = ()
    quick: Mapping[str, Any] | None = None
    cores: int = 1
    side_by_side: bool = False
    newest: bool = False
    said: str = ""
    part: str = ""
    excerpt: Callable[[Rows], str] | None = None
    csvs: tuple[str, ...] = ()
    choose_csv: Callable[[Choice], str] | None = None
    title: str = ""
    about: str = ""
    listed: tuple[str, ...] = ()
    keeps: Callable[[Row], bool] = lambda row: True
    command_line: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "csvs", self.csvs or (self.name,))
        line = self.command_line or f"python -m benchmarks.{self.name}"
        object.__setattr__(self, "command_line", line)

    def open(self, folder: Path, choice: Choice | None = None) -> Records:
        """The rows in a folder of CSVs."""
        name = self.csvs[0]
        if self.choose_csv is not None and choice is not None:
            name = self.choose_csv(choice)
        return Records(folder / f"{name}.csv", self.key, (*self.columns, *PROVENANCE))

    def tell(self, rows: Rows) -> str:
        """What the rows say, as Markdown."""
        told = pick_newest(rows) if self.newest and rows else rows
        return (self.describe(told) if told else "") or NOTHING

    def fill(self, records: Records, choice: Choice) -> None:
        """Measure what is missing, and print progress and the remaining time."""
        choice.known = [] if choice.again else records.rows()
        here = describe_run(self.cores)
        jobs = self.check([
            job
            for job in self.plan(choice)
            if choice.again or any({**case, **here} not in records for case in job.cases)
        ])  # fmt: skip
        total, done, began = sum(job.work for job in jobs), 0.0, time.monotonic()
        end = began + 3600 * choice.hours
        places = takewhile(lambda place: time.monotonic() < end, range(len(jobs)))
        count = 0
        for count, (place, rows) in enumerate(self._run(jobs, places, choice.jobs), 1):
            said = ""
            for row in rows:
                records.append(row)
                said = f": {self._say(row)}" if self.said else ""
            done += jobs[place].work
            name = ", ".join(
                str(v) for k, v in jobs[place].common.items() if v != "" and k != "form"
            )
            click.echo(
                f"{count}/{len(jobs)} {name}{said}; {tell_time(began, done / total)}", err=True
            )
        if count < len(jobs):
            click.echo(f"{choice.hours:g} hours are over; call again to go on", err=True)

    def _run(
        self, jobs: Sequence[Job], places: Iterable[int], processes: int
    ) -> Iterator[tuple[int, Iterable[Row]]]:
        """Yield the place of a job and its rows, in the order in which jobs end."""
        if processes == 1:
            yield from ((place, _stream(jobs[place], self.cores)) for place in places)
            return
        calls = (delayed(_collect)(place, jobs[place], self.cores) for place in places)
        yield from Parallel(processes, return_as="generator_unordered")(calls)

    def _say(self, row: Row) -> str:
        value = row.get(self.said)
        return str(row.get("error") or (f"{value:.4g}" if isinstance(value, float) else value))

    def run(self, choice: Choice) -> None:
        """Measure unless only a report is asked for, then print, write and draw what is there."""
        records = self.open(choice.results or (TRIAL if choice.quick else RESULTS), choice)
        if not choice.report:
            try:
                self.fill(records, choice)
            finally:
                records.drop_superseded()
        rows: Rows = records.rows()
        click.echo(self.tell(rows))
        if choice.page is not None:
            renew_part(choice.page, self.part, (self.excerpt or self.tell)(rows))
        if choice.chart is not None and self.charts is not None:
            self.draw(rows, choice.chart)

    def drawn(self, rows: Rows) -> Rows:
        """The rows that its charts show."""
        return pick_newest(rows) if self.newest and rows else rows

    def draw(self, rows: Rows, path: Path) -> None:
        """Draw all figures into a folder, or the only one into a file."""
        rows = self.drawn(rows)
        figures = self.charts(rows) if self.charts else {}
        if path.suffix and figures:
            (figure,) = figures.values()
            save_with_provenance(figure, rows, path)
            click.echo(f"drawn: {path}", err=True)
            return
        for drawn in save_charts(figures, rows, path):
            click.echo(f"drawn: {drawn}", err=True)

    @property
    def command(self) -> click.Command:
        """The study's command line."""
        return make_command(self)

    def shared_options(self) -> Iterator[Callable[..., Any]]:
        """The options that do not depend on the question."""
        yield from [JOBS] if self.side_by_side else []
        yield from [PAGE] if self.part else []
        yield from [CHART] if self.charts else []
        quick = "" if self.quick is None else f"; {TRIAL} for --quick"
        yield click.option(
            "--results",
            type=click.Path(file_okay=False, path_type=Path),
            help=f"Folder of the CSVs. [default: benchmarks/results{quick}]",
        )
        yield from (AGAIN, REPORT, HOURS)
        if self.quick is not None:
            yield click.option("--quick", is_flag=True, help="A small part, in minutes at most.")


def make_command(*studies: Study) -> click.Command:
    """The command line of the first study, which runs the others, too, with the options of all."""

    @click.pass_context
    def main(context: click.Context, /, **given: Any) -> None:
        for study in studies:
            absent = {"quick": False, "jobs": 1, "page": None, "chart": None}
            choice = Choice(**(absent | given))
            if study is not studies[0] and choice.chart is not None and choice.chart.suffix:
                choice.chart = None  # the file is the first study's
            for name, value in (study.quick or {}).items() if choice.quick else ():
                if context.get_parameter_source(name) is not ParameterSource.COMMANDLINE:
                    setattr(choice, name, value)
            study.run(choice)

    command = main
    options = [option for study in studies for option in study.options]
    for option in reversed((*options, *studies[0].shared_options())):
        command = option(command)
    return click.command(name=studies[0].name, help=studies[0].help)(command)


def make_group(help: str, *commands: click.Command) -> click.Group:
    """A command of several, by their names."""
    return click.Group(help=help, commands={str(command.name): command for command in commands})


def _stream(job: Job, cores: int) -> Iterator[Row]:
    with use_threads(cores):
        for row in job.measure():
            yield {**job.common, **row, **describe_run(cores)}


def _collect(place: int, job: Job, cores: int) -> tuple[int, list[Row]]:
    return place, list(_stream(job, cores))
