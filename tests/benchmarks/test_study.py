"""What all studies do: measure what is missing, go on, print, write into a page, draw."""

import csv
from functools import partial

import click
import pytest
from click.testing import CliRunner
from joblib import parallel_config

from benchmarks.charts import make_panels
from benchmarks.machine import PROVENANCE
from benchmarks.markdown import table
from benchmarks.options import counts
from benchmarks.runs import Runs, geometric_mean, group, prefer_full
from benchmarks.study import NOTHING, Job, Study, make_command, make_group, one_row

MEASURED = []


def square(offset, number):
    MEASURED.append(number)
    return {"value": float(number**2 + offset), "note": None}


def both(number):
    MEASURED.append(number)
    yield {"sign": "+", "value": 1.0}
    yield {"sign": "-", "value": -1.0}


def plan(choice):
    return [one_row(square, {"number": number}, choice.offset) for number in choice.numbers]


def draw(rows):
    figure, (axes,) = make_panels(1.0)
    axes.plot([float(row["value"]) for row in rows])
    return {"squares": figure}


STUDY = Study(
    "squares",
    key=("number",),
    columns=("number", "value", "note"),
    help="Squares of numbers.",
    plan=plan,
    describe=lambda rows: table(["n", "n²"], [[r["number"], r["value"]] for r in rows]),
    charts=draw,
    options=(counts("--numbers", "1,2,3"), click.option("--offset", type=int, default=0)),
    quick={"numbers": [5], "offset": 1},
    side_by_side=True,
    said="value",
    part="squares",
)


@pytest.fixture(autouse=True)
def forget():
    MEASURED.clear()


def run(*args, main=STUDY.command):
    done = CliRunner().invoke(main, [str(a) for a in args], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done


def test_what_is_missing_is_measured_and_a_row_that_was_cut_off_again(tmp_path):
    first = run("--results", tmp_path)
    assert first.stdout.splitlines()[2:] == ["| 1 | 1 |", "| 2 | 4 |", "| 3 | 9 |"]
    assert first.stderr.startswith("1/3 1: 1; 0.0 min spent, about 0.0 min left")
    path = tmp_path / "squares.csv"
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row[column] for row in rows for column in PROVENANCE)
    path.write_bytes(path.read_bytes()[:-9])
    again = run("--results", tmp_path, "--numbers", "3,4")
    assert MEASURED == [1, 2, 3, 3, 4]
    assert again.stdout.splitlines()[-1] == "| 4 | 16 |"
    before = path.read_bytes()
    assert run("--results", tmp_path, "--report").stdout == again.stdout
    assert path.read_bytes() == before
    assert MEASURED == [1, 2, 3, 3, 4]
    run("--results", tmp_path, "--numbers", "2", "--offset", "1", "--again")
    assert "| 2 | 5 |" in run("--results", tmp_path, "--report").stdout


def test_without_rows_there_is_nothing(tmp_path):
    assert run("--results", tmp_path, "--report").stdout.strip() == NOTHING
    assert not list(tmp_path.iterdir())


def test_the_quick_form_yields_to_the_command_line(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "| 5 | 26 |" in run("--quick").stdout
    assert (tmp_path / "runs" / "benchmarks" / "squares.csv").exists()
    run("--quick", "--numbers", "7")
    assert MEASURED == [5, 7]


def test_no_time_is_no_run(tmp_path):
    done = run("--results", tmp_path, "--hours", "1e-300")
    assert MEASURED == []
    assert "hours are over; call again to go on" in done.stderr


def test_jobs_side_by_side_give_the_same_rows(tmp_path):
    with parallel_config(backend="threading"):
        run("--results", tmp_path, "--jobs", "2")
    assert sorted(row["value"] for row in STUDY.open(tmp_path).rows()) == ["1", "4", "9"]


def test_tables_go_into_a_page_and_pictures_into_a_folder_or_a_file(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- squares -->\nold\n<!-- end of squares -->\nb\n")
    run("--results", tmp_path, "--page", page, "--chart", tmp_path / "new")
    run("--results", tmp_path, "--chart", tmp_path / "one.png")
    assert "| 3 | 9 |" in page.read_text()
    assert "old" not in page.read_text()
    assert (tmp_path / "new" / "squares.png").stat().st_size > 1000
    assert (tmp_path / "one.png").stat().st_size > 1000


def test_rows_of_a_job_share_what_is_equal_and_are_measured_together(tmp_path):
    cases = [{"number": 1, "sign": sign} for sign in "+-"]
    study = Study(
        "signs", key=("number", "sign"), columns=("number", "sign", "value"),
        plan=lambda choice: [Job(partial(both, 1), cases)],
        describe=lambda rows: ", ".join(row["sign"] + row["number"] for row in rows),
    )  # fmt: skip
    assert run("--results", tmp_path, main=study.command).stdout == "+1, -1\n"
    path = tmp_path / "signs.csv"
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]))
    assert run("--results", tmp_path, main=study.command).stdout == "+1, -1\n"
    assert MEASURED == [1, 1]


def test_a_job_that_the_check_refuses_is_not_run(tmp_path):
    study = Study("few", ("number",), ("number", "value", "note"), plan=plan,
                  options=STUDY.options, check=lambda jobs: jobs[:1])  # fmt: skip
    run("--results", tmp_path, main=study.command)
    assert MEASURED == [1]


def test_only_the_newest_rows_are_told_if_a_study_wants_that():
    study = Study("x", describe=lambda rows: str(len(rows)), newest=True)
    rows = [{"commit": c, "machine": "m"} for c in "aab"]
    assert study.tell(rows) == "1"


def test_a_command_of_two_studies_and_a_group(tmp_path):
    other = Study("more", ("number",), ("number", "value", "note"), plan=plan,
                  describe=lambda rows: f"{len(rows)} more")  # fmt: skip
    main = make_command(STUDY, other)
    assert run("--results", tmp_path, main=main).stdout.endswith("| 3 | 9 |\n3 more\n")
    both_of_them = make_group("Two.", STUDY.command, other.command)
    assert "9 |" in run("squares", "--results", tmp_path, "--report", main=both_of_them).stdout


def test_figures_of_runs_and_the_better_form():
    rows = [
        {"form": form, "task": task, "value": value}
        for form, task, value in (("full", "a", "1"), ("full", "a", "3"), ("quick", "b", ""))
    ]
    rows.append({"form": "quick", "task": "a", "value": "9"})
    kept = prefer_full(rows, "task")
    assert kept == rows[:3]
    (a,), (b,) = group(kept, "task")
    assert (a, b) == ("a", "b")
    runs = Runs(rows[:2], rows[3:])
    assert (runs["task"], runs.mean("value"), runs.median("value")) == ("a", 2, 2)
    assert runs.deviation("value") == pytest.approx(2**0.5)
    assert runs.best_trial("value") == 9
    assert Runs(rows[2:3]).values("value") == []
    assert Runs(rows[:1]).deviation("value") is None
    assert geometric_mean([1, 100]) == pytest.approx(10)
