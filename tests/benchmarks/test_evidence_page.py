"""The page of all questions: what it says of known rows, and what a browser makes of it."""

import base64
import csv
import hashlib
import re
from importlib import import_module
from itertools import count, islice
from pathlib import Path

import click
import markupsafe
import pytest
from click.testing import CliRunner

from benchmarks import evidence
from benchmarks.discovery import report as discovery
from benchmarks.evidence import Step, run_steps
from benchmarks.records import RESULTS
from benchmarks.report import __main__ as command
from benchmarks.report import page as pages
from benchmarks.report.page import OPEN, answer, typeset, write_page
from benchmarks.report.questions import QUESTIONS, read_rows
from benchmarks.report.quotes import renew_quotes
from benchmarks.study import Study
from benchmarks.tables import report as tables

HOSTILE = "<script>window.executed=1;console.error('ran')</script>"
ABOUT = {"commit": "abc", "machine": "a machine, 1 cores", "date": "2026-01-01 10:00"}
DRAWN = 5
"""Charts on the page, which take most of its time: test_charts_of_the_report.py has all."""
BY_KEY = {question.name: question for question in QUESTIONS}
MEASURE = """(width => ({
  wide: document.documentElement.scrollWidth - width,
  outside: [...document.querySelectorAll("body *")].filter(e => {
    if (e.closest("svg, .table") || !e.offsetParent) return false;
    const r = e.getBoundingClientRect();
    return r.right > width + .5 || r.left < -.5; }).map(e => e.outerHTML.slice(0, 80)),
  executed: window.executed || 0,
  charts: document.querySelectorAll("figure svg").length,
  small: [...document.querySelectorAll("figure svg")].filter(e =>
    e.getBoundingClientRect().width < .7 * parseFloat(e.style.width)).length,
}))"""


# ---- sentences --------------------------------------------------------------------------------


def table_row(table, model, loss):
    return {"table": table, "model": model, "loss": str(loss), **ABOUT}


def test_tables_are_compared_with_the_better_of_two():
    models = ("linear", "boosting", "kan")
    rows = [
        *(table_row("a", *each) for each in zip(models, (4, 2, 1), strict=True)),
        *(table_row("b", *each) for each in zip(models, (1, 2, 2), strict=True)),
        table_row("c", "kan", 7),  # nothing to compare it with
        table_row("a", "other", ""),
    ]  # fmt: skip
    assert tables.relate_tables(rows)["a"] == {"linear": 2, "boosting": 1, "kan": 0.5}
    sentence = tables.findings(rows)[0]
    assert sentence.startswith("On 1 of 2 tables")
    assert (
        "1.250 of that one's in the median, 1.000 in the geometric mean (2.000 without a, "
        in sentence
    )
    assert "at worst (b) 2 times as large" in sentence


def test_tables_are_compared_with_every_program_of_the_rows():
    rows = [
        *(table_row("a", model, loss) for model, loss in (("linear", 4), ("kan", 1), ("ebm", 2))),
        *(table_row("b", model, loss) for model, loss in (("linear", 4), ("kan", 2), ("ebm", 1))),
    ]
    others = tables.findings(rows)[1]
    assert "lower than that of EBM on 1 of 2 (1.000); in brackets" in others
    assert others.endswith("It has the lowest loss of all on 1 of 2 tables.")


def test_the_chart_of_tables_tells_of_drawn_models_alone():
    """A loss beyond the chart's edge is written there, if its model has a colour."""
    models = ("linear", "boosting", "kan", "pygam")
    rows = [table_row("a", *each) for each in zip(models, (1, 2, 5, 8), strict=True)]
    (axes,) = tables.charts(rows)["tables"].axes
    assert [text.get_text() for text in axes.texts] == ["→ 5 ×"]


def discovery_row(program="edgewise", right=True, condition="", verdict="exact", **changes):
    row = {"csv": "discovery_feynman", "program": program, "condition": condition, "case": "I.6.2"}
    row["seed"] = "0"
    return row | {"right": str(right), "verdict": verdict, **ABOUT} | changes


def test_right_formulas_and_false_claims_are_counted():
    rows = [
        discovery_row("operon", right=False, verdict=""),
        discovery_row(),
        discovery_row(right=False, case="I.6.2a"),
        discovery_row(condition="noise 0.01"),
        discovery_row(csv="discovery_null", case="noise", right=False, verdict="law"),
        discovery_row(csv="discovery_null", case="noise", verdict="approximation"),
    ]
    assert discovery.findings(rows) == [
        "How many formulas are found, Feynman's equations: edgewise 1 of 1, operon 0 of 1. Of all "
        "2 (the others ran 1 of them) edgewise finds 1.",
        "On 2 tables that no formula explains, discover claimed a law 1 times.",
    ]


def test_noise_counts_levels_with_enough_runs():
    rows = [discovery_row(right=k < 15, condition=c) for c in ("", "noise 0.1") for k in range(20)]
    rows += [discovery_row(condition="units")] * 30
    rows += [discovery_row("operon", condition="noise 0.1")] * 5
    assert discovery.measure_noise(rows) == {"edgewise": {0.0: (15, 20), 0.1: (15, 20)}}
    assert discovery.find_noise(rows) == [
        "edgewise finds the right form of Feynman's equations under noise: 15 of 20 without, 15 of "
        "20 with 10 %."
    ]


@pytest.mark.parametrize("name", ["speed", "originals", "memory"])
def test_sentences_of_time_and_memory_name_machine_day_and_commit(name):
    for sentence in BY_KEY[name].findings(read_rows(BY_KEY[name], RESULTS)):
        assert re.search(r"; [^;]+, \d{4}-\d\d-\d\d, commit [0-9a-f]{7}\.$", sentence)


def test_a_question_without_rows_says_so(tmp_path):
    text = write_page(tmp_path)
    assert text.count("Not measured yet: there is no ") == len(QUESTIONS)
    assert f"0 of {len(QUESTIONS)} questions have rows" in text
    assert "<svg" not in text


def test_quick_rows_are_marked_as_such():
    question = BY_KEY["equations"]
    common = dict.fromkeys(question.columns, "") | {"question": "equations", **ABOUT}
    common |= {"task": "poisson", "model": "MLP", "error": "1", "seconds": "1", "number": "1"}
    rows = [common | {"form": "quick"}]
    assert answer(question, rows)["quick"]
    assert not answer(question, [*rows, rows[0] | {"form": "full"}])["quick"]


def test_the_first_findings_are_open_and_the_others_folded():
    said = [f"finding {k}" for k in range(12)]
    question = Study("made up", findings=lambda rows: said, listed=("table",))
    part = answer(question, [table_row("a", "kan", 1)])
    assert [part["finding"], *part["more"], *part["folded"]] == said
    assert len(part["more"]) == OPEN


def test_code_and_numbers_of_a_sentence_are_kept_whole():
    assert typeset("`ew.solve` has 5.4e-04 in 0.1 s, -83.3 ± 2 <b> (97 %) of a784-64") == (
        '<code>ew.solve</code> has <span class="whole">5.4e-04</span> in '
        '<span class="whole">0.1 s</span>, <span class="whole">-83.3</span> ± '
        '<span class="whole">2</span> &lt;b&gt; (<span class="whole">97 %</span>) of a784-64'
    )


def test_every_row_of_a_file_is_listed_and_long_values_are_kept_whole():
    question = BY_KEY["tables"]
    rows = [
        dict.fromkeys(question.listed, "") | table_row(HOSTILE * 2, "kan", 0.123456789),
        dict.fromkeys(question.listed, "") | table_row("b", "kan", 2),
    ]
    part = answer(question, rows)
    names = [name for name, _ in part["head"]]
    assert names == ["table", "model", "loss", "commit", "machine", "date"]
    assert part["head"][2] == ("loss", True)
    assert part["lines"][0][2] == ("0.1235", "0.123456789")
    assert part["lines"][1][:3] == [("b", ""), ("kan", ""), ("2", "")]
    assert part["lines"][0][0][1].startswith(HOSTILE)


# ---- the page ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """What is measured so far, 100 rows of each at most, and a table with a hostile name."""
    folder = tmp_path_factory.mktemp("results")
    for path in RESULTS.glob("*.csv"):
        if path.stem not in ("discovery_null", "mutation", "mutation_fresh"):
            with path.open(newline="") as file:
                some = list(islice(csv.reader(file), 101))
            with (folder / path.name).open("w", newline="") as file:
                csv.writer(file).writerows(some)
    with (folder / "tables.csv").open(newline="") as file:
        columns = next(csv.reader(file))
    with (folder / "tables.csv").open("a", newline="") as file:
        writer = csv.DictWriter(file, columns)
        for model, loss in (("linear", 1), ("boosting", 2), ("kan", 100)):
            empty = dict.fromkeys(columns, "")
            writer.writerow(empty | table_row(HOSTILE, model, loss))
    embed, number = pages._embed, count()

    def embed_few(*given):
        return embed(*given) if next(number) < DRAWN else markupsafe.Markup("<svg></svg>")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "_embed", embed_few)
        run = CliRunner().invoke
        done = run(command.main, ["--results", str(folder)], catch_exceptions=False)
    assert done.exit_code == 0
    return folder / "report.html"


def test_it_refers_to_nothing_and_runs_one_script(page):
    text = page.read_text(encoding="utf-8")
    assert not re.findall(r"(?:src|href)=\"(?!#)|@import|url\((?!#)|https?://", text)
    (script,) = re.findall(r"<script>(.*?)</script>", text, flags=re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in text
    ids = re.findall(r'\sid="([^"]*)"', text)
    assert len(set(ids)) == len(ids)
    assert set(re.findall(r'href="#([^"]*)"', text)) <= set(ids)


def test_it_has_a_sentence_and_a_chart_for_all_that_is_measured(page):
    text = page.read_text(encoding="utf-8")
    for question in QUESTIONS:
        section = text[text.index(f'<section id="{question.name}">') :].split("</section>")[0]
        measured = any((page.parent / f"{name}.csv").exists() for name in question.csvs)
        assert ('<p class="finding">' in section) == measured
        assert ("<svg" in section) == (measured and question.charts is not None)
        assert ("<tbody>" in section) == measured


@pytest.mark.parametrize("width", [390, 1200])
def test_a_browser_shows_it_without_scrolling_sideways(width, browser, page):
    browser.open(page, width=width, dark=width == 390)
    seen = browser.run(f"{MEASURE}({width})")
    assert seen["wide"] <= 0
    assert seen["outside"] == []
    assert seen["executed"] == 0
    assert seen["charts"] >= 9
    assert seen["small"] == 0
    assert browser.messages == []
    assert len(browser.requests) == 1  # the page itself


def test_rows_are_sorted_as_numbers_with_the_empty_ones_last(browser, page):
    browser.open(page)
    column = """(() => { const t = document.querySelector("#tables table");
      const heads = [...t.querySelectorAll("th")];
      const k = heads.findIndex(h => h.textContent === "loss");
      heads[k].firstChild.click();
      return [heads[k].getAttribute("aria-sort"),
        [...t.tBodies[0].rows].map(r => r.cells[k].title || r.cells[k].textContent)]; })()"""
    for direction, reverse in (("ascending", False), ("descending", True)):
        said, values = browser.run(column)
        assert said == direction
        numbers = [float(v) for v in values if v]
        assert numbers == sorted(numbers, reverse=reverse)
        assert values[: len(numbers)] == [v for v in values if v]


def test_it_prints_without_the_rows(browser, page, tmp_path):
    browser.open(page, media="print")
    shown = """[...document.querySelectorAll("nav, details.rows")].map(
      e => getComputedStyle(e).display)"""
    assert set(browser.run(shown)) == {"none"}
    browser.print(tmp_path / "page.pdf")
    closed = "[...document.querySelectorAll('details:not(.rows):not([open])')].length"
    assert browser.run(closed) == 0
    assert (tmp_path / "page.pdf").stat().st_size > 10_000


# ---- everything anew --------------------------------------------------------------------------


def test_a_step_that_fails_does_not_end_the_others(tmp_path, capsys):
    steps = (Step("no.such.module", (), 1.0), Step("json.tool", ("--help",), 1.0))
    assert run_steps(steps, tmp_path, tmp_path) == ["no.such.module"]
    told = capsys.readouterr()
    assert "1/2 no.such.module: 0.0 min spent, about 2.0 min left" in told.out
    assert "2/2 json.tool" in told.out
    assert "No module named" in told.err
    assert "usage" in (tmp_path / "02_tool.log").read_text()


@pytest.mark.parametrize("steps", [evidence.QUICK, evidence.FULL], ids=["quick", "full"])
def test_steps_are_commands_that_write_into_the_folder_that_is_asked_for(steps):
    for step in steps:
        _, _, module, *arguments = step.command(Path("somewhere"))
        entry = module if hasattr(import_module(module), "main") else f"{module}.study"
        command = import_module(entry).main
        if isinstance(command, click.Group):
            command = command.commands[arguments.pop(0)]
        assert command.make_context(module, arguments).params["results"] == Path("somewhere")


def test_how_long_everything_takes():
    assert sum(step.minutes for step in evidence.QUICK) < 15
    assert sum(step.minutes for step in evidence.FULL) < 480


def test_questions_differ_and_their_commands_exist():
    assert len(BY_KEY) == len(QUESTIONS)
    for question in QUESTIONS:
        module = question.command_line.split()[2].replace(".", "/")
        root = Path(__file__).parents[2]
        assert (root / f"{module}.py").exists() or (root / module / "__main__.py").exists()


@pytest.mark.parametrize(
    ("name", "least"),
    [("accuracy", 4), ("are-kans-good", 8), ("convolutions", 3), ("performance", 5)],
)
def test_what_a_page_quotes_are_findings_of_the_csvs(name, least):
    """If it fails because a CSV has new rows: `python -m benchmarks.report --quotes docs`."""
    page = Path(__file__).parents[2] / "docs" / f"{name}.md"
    text = page.read_text(encoding="utf-8")
    assert renew_quotes(text, RESULTS) == text, (
        "run python -m benchmarks.report --images docs/images --quotes docs"
    )
    quoted = re.findall(r"^> ", text, flags=re.MULTILINE)
    assert len(quoted) == len(re.findall("<!-- finding: ", text)) >= least
    assert "> Not measured yet." not in text


def test_quotes_are_renewed_where_they_are_marked(tmp_path):
    (tmp_path / "grids.csv").write_bytes((RESULTS / "grids.csv").read_bytes())
    rows = read_rows(BY_KEY["grids"], tmp_path)
    second = BY_KEY["grids"].findings(rows)[1]
    text = (
        "a\n<!-- finding: grids: 100,000 -->\n> old 5\n> kept\n\n<!-- finding: speed: x -->\n> x\n"
    )
    assert renew_quotes(text, tmp_path) == (
        f"a\n<!-- finding: grids: 100,000 -->\n> {second}\n> kept\n\n<!-- finding: speed: x -->\n"
        "> Not measured yet.\n"
    )
    with pytest.raises(ValueError, match=r"among accuracy.*got 'nothing'"):
        renew_quotes("<!-- finding: nothing: x -->\n> x", tmp_path)
