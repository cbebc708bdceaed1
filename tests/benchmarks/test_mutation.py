"""The tool that puts faults into the package: what it puts in, where, and whom it asks."""

import gc
import json
import sys
from dataclasses import replace as replace_field
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from benchmarks.mutation import clauses, cpp, mutants, run
from benchmarks.mutation.__main__ import (
    ROOT,
    _fresh,
    candidates,
    lines_of_rooms,
    main,
    markdown,
    share,
)
from benchmarks.mutation.mutants import Mutant
from benchmarks.mutation.patch import Functions, replace
from benchmarks.mutation.plan import ENTRANCES, Lines

SOURCE = '''"""A text that stays."""
LIMIT = 3


def grow(x: int, *, by: int = 1) -> int:
    """Stays, too."""
    if x > LIMIT and not by < 0:
        raise ValueError(f"{x + 1} is too much")
    x += by
    return max(x * 2, len([x]) - 1, key=abs)
'''


@pytest.fixture
def found(tmp_path):
    (tmp_path / "it.py").write_text(SOURCE)
    return mutants.python_mutants(tmp_path, "bases", "it.py")


def test_faults_of_every_kind_and_none_in_texts(found):
    pairs = {(m.kind, m.before, m.after) for m in found}
    assert {
        ("constant", "3", "4"),
        ("constant", "1", "2"),
        ("comparison", "x > LIMIT", "(x >= LIMIT)"),
        ("and, or", "x > LIMIT and not by < 0", "((x > LIMIT) or (not by < 0))"),
        ("condition", "x > LIMIT and not by < 0", "(not (x > LIMIT and not by < 0))"),
        ("sign", "not by < 0", "(by < 0)"),
        ("statement", "x += by", "pass"),
        ("arithmetic", "x * 2", "((x) / (2))"),
        ("off by one", "len([x])", "(len([x]) - 1)"),
        ("keyword", "max(x * 2, len([x]) - 1, key=abs)", "max(x * 2, len([x]) - 1)"),
        ("return", "max(x * 2, len([x]) - 1, key=abs)", "None"),
    } <= pairs
    assert not any("Stays" in m.before or "too much" in m.before for m in found)
    assert not any(m.before == "int" for m in found)


def test_a_fault_is_where_it_says(found):
    source = SOURCE.encode()
    for m in found:
        assert source[m.start : m.end].decode() == m.before
        assert m.applied(source) == source[: m.start] + m.after.encode() + source[m.end :]
        assert source[: m.start].count(b"\n") + 1 == m.line


def test_the_same_seed_draws_the_same(tmp_path, found):
    first = mutants.draw(tmp_path, found, 8, seed=1)
    assert first == mutants.draw(tmp_path, found, 8, seed=1)
    assert len(set(first)) == 8
    assert first != mutants.draw(tmp_path, found, 8, seed=2)
    assert len({m.kind for m in first}) >= 4  # constants don't crowd out the others


def test_rooms_draw_other_kinds():
    drawn = _fresh(ROOT, {"onnx": 12, "charts": 12}, seed=3)
    kinds = {room: [m.kind for m in drawn if m.folder == room] for room in ("onnx", "charts")}
    assert len(kinds["onnx"]) == len(kinds["charts"]) == 12
    assert sorted(kinds["onnx"]) != sorted(kinds["charts"])


CHOICE = """
def choose(a, b, c=None):
    if a > 0 and b > 0:
        raise ValueError(a or b)
    return c or (a < 0 or b) or 3
"""


def test_clauses_of_one_value_are_listed(monkeypatch):
    monkeypatch.setattr(clauses, "_CLAUSES", [])
    monkeypatch.setattr(clauses, "_MET", clauses.defaultdict(set))
    code, names = clauses.with_notes(CHOICE, "it.py"), {}
    exec(code, names)

    def told():
        return [line.split(" in ")[0] for line in clauses.list_undecided()]

    first = told()
    assert first[0] == "it.py:3 a > 0 is never reached"
    assert len(first) == 6  # neither the constant 3 nor what a message says
    choose = names["choose"]
    assert (choose(1, 0), choose(-1, 5), choose(0, 5), choose(0, 0, [1])) == (3, True, 5, [1])
    assert told() == ["it.py:3 b > 0 is always false"]
    with pytest.raises(ValueError, match="1"):
        choose(1, 1)
    assert told() == []


def test_the_code_of_a_function_is_replaced_where_it_is(tmp_path, found):
    (tmp_path / "edgewise_fault.py").write_text(SOURCE)
    sys.path.insert(0, str(tmp_path))
    try:
        import edgewise_fault as module
    finally:
        sys.path.remove(str(tmp_path))
    gc.freeze()  # as tests/conftest.py does
    functions, kept = Functions(tmp_path), module.grow
    moved = [replace_field(m, file="edgewise_fault.py") for m in found]
    (fault,) = (m for m in moved if m.before == "x * 2")
    assert kept(2) == 6
    replace(functions.replacement(fault, SOURCE.encode()))
    assert kept(2) == 1.5
    for m in moved:  # those that only an import sees
        if m.line in (2, 5):
            assert functions.replacement(m, SOURCE.encode()) == []


def test_tests_of_a_line_the_cheapest_first_and_further_cases_as_dearer_ones(tmp_path):
    here, there = "tests/bases/a.py::", "tests/nn/b.py::"
    tests = {f"{here}f[1]": 0.1, f"{here}f[2]": 0.2, f"{here}g": 0.3}
    law = "tests/laws/test_library_of_laws.py::test[field]"
    tests |= {f"{there}h": 0.5, f"{there}i": 9.0, law: 1.0}
    files = {"src/x.py": {"7": [0, 1, 2, 3], "9": [4]}}  # by their numbers among the tests
    content = {"seconds": tests, "files": files, "imports": {"src/x.py": [9, 11]}}
    (tmp_path / "lines.json").write_text(json.dumps(content))
    lines = Lines(tmp_path)
    fault = Mutant("bases", "src/x.py", 7, 0, 1, "constant", "1", "2")
    plan = lines.plan(fault, True, 100)
    assert plan.tests == (f"{here}f[1]", f"{here}g", f"{here}f[2]", f"{there}h")
    assert plan.seconds == pytest.approx(1.1)
    assert f"{here}g" not in lines.plan(fault, True, 0.35).tests
    assert len(lines.plan(fault, False, 100).tests) == 5  # an import's line: all of the file
    only = {n for n in range(6, 13) if lines.needs_import(replace_field(fault, line=n), True)}
    assert only == {11}
    assert len(lines.plan(replace_field(fault, line=11), True, 100).tests) == 5
    interpreted = replace_field(fault, file="src/edgewise/engines/triton/layer.py")
    assert len(lines.plan(interpreted, True, 100).tests) == 1  # it runs in another process
    data = replace_field(fault, file="src/edgewise/laws/library/physics.py")
    assert lines.plan(data, False, 100).tests == (law,)


def test_a_third_of_the_time_is_for_tests_of_entrances(tmp_path):
    here, entrance = "tests/bases/a.py::", f"{ENTRANCES[0]}::answer"
    tests = {f"{here}f": 2.0, f"{here}g": 2.0, f"{entrance}[a]": 1.0, f"{entrance}[b]": 1.1}
    files = {"src/x.py": {"7": [0, 1, 2, 3], "8": [3]}}
    content = {"seconds": tests, "files": files, "imports": {}}
    (tmp_path / "lines.json").write_text(json.dumps(content))
    fault = Mutant("bases", "src/x.py", 7, 0, 1, "constant", "1", "2")
    for limit, asked in ((3.0, [f"{here}f", f"{entrance}[a]"]), (12.0, list(tests))):
        plan = Lines(tmp_path).plan(fault, True, limit)
        assert sorted(plan.tests) == sorted(asked)
        assert plan.seconds == pytest.approx(sum(tests[test] for test in asked))


def test_a_test_that_fails_without_the_fault_says_nothing(tmp_path, monkeypatch):
    def judge(note, ask, seconds):
        return run.Verdict("killed", "wrong", 0.1)

    monkeypatch.setattr(run, "judge", judge)
    wrong = SimpleNamespace(nodeid="wrong")
    session = run.Session(tmp_path, [], None, None)
    assert session._settle(lambda: None, 1.0, [wrong]).verdict == "survived"


def test_an_interrupt_that_leaves_its_test_is_seen(tmp_path):
    def interrupt(item, nextitem):
        raise KeyboardInterrupt

    hook = SimpleNamespace(pytest_runtest_protocol=interrupt)
    test = SimpleNamespace(nodeid="interrupted", config=SimpleNamespace(hook=hook))
    session = run.Session(tmp_path, [], None, None)
    assert session._run(lambda: None, [test]) == run.FAILED
    assert session._note.read() == "interrupted"


def test_arguments_on_which_no_result_depends_are_left(tmp_path):
    source = 'zip(a, strict=True), sort(a, kind="stable"), load(a, strict=b), np.errstate(all=c)\n'
    (tmp_path / "it.py").write_text(source)
    found = mutants.python_mutants(tmp_path, "bases", "it.py")
    assert [m.after for m in found] == ["load(a)"]


def test_faults_in_cpp_are_whole_expressions(tmp_path):
    (tmp_path / "k.h").write_text(
        "template <int N> struct A;\n"
        "for (int i = 0; i < n; ++i) to[i] = a + b;\n"
        "  if (p.rows >= 3 && f(x)) y = std::min(a, b);\n"
        "  total += 2 * a;\n"
    )
    pairs = {(m.line, m.kind, m.before, m.after) for m in cpp.cpp_mutants(tmp_path, "k.h")}
    assert {
        (2, "comparison", "i < n", "i <= n"),
        (2, "arithmetic", "a + b", "a - b"),
        (3, "condition", "p.rows >= 3 && f(x)", "!(p.rows >= 3 && f(x))"),
        (3, "call", "std::min", "std::max"),
        (4, "statement", "total += 2 * a;", ";"),
    } <= pairs
    assert not any(line == 1 for line, *_ in pairs)


TESTS = """
import pytest
from edgewise._checks import quote

@pytest.mark.parametrize("case", range(9))
def test_many(case):
    assert quote(case)

def test_endless():
    while True:
        quote(1)

def test_wrong():
    assert quote(1) == 7

@pytest.fixture
def forks():
    return None

def test_elsewhere(forks):
    quote(2)
"""


def test_lines_of_quick_tests_that_pass(tmp_path, monkeypatch, forks):
    (tmp_path / "test_it.py").write_text(TESTS)
    settings = {"EDGEWISE_LINES": str(tmp_path / "it.json")}
    program = (
        f"import os, sys; os.environ |= {settings}; sys.path.append({str(ROOT)!r}); "
        "import pytest; from benchmarks.mutation import lines; lines.PATIENCE = 1.0; "
        "pytest.main(['-p', 'benchmarks.mutation.lines', '-p', 'no:cacheprovider', 'test_it.py'])"
    )
    monkeypatch.chdir(tmp_path)
    forks.run("-c", program)
    lines, source = Lines(tmp_path), "src/edgewise/_checks.py"
    cases = {f"test_it.py::test_many[{case}]" for case in range(9)}
    assert set(lines.seconds) == cases
    before, _, _ = (ROOT / source).read_text().partition("    shape =")
    fault = Mutant("edgewise", source, before.count("\n") + 1, 0, 1, "constant", "1", "2")
    assert lines.tests_of(fault, inside=True) == cases
    at_import = {m.line for m in candidates(ROOT, "laws") if m.file.endswith("library/curves.py")}
    fault = Mutant("laws", "src/edgewise/laws/library/curves.py", 0, 0, 1, "constant", "1", "2")
    assert all(lines.needs_import(replace_field(fault, line=n), True) for n in at_import)


def test_every_room_gets_faults_in_proportion_to_its_lines(tmp_path):
    for name, lines in {"a.py": 3, "bases/b.py": 10, "laws/deep/c.py": 7, "laws/d.txt": 99}.items():
        path = tmp_path / "src" / "edgewise" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1\n" * lines)
    sizes = lines_of_rooms(tmp_path)
    assert sizes == {"edgewise": 3, "bases": 10, "laws": 7}
    assert share(10, sizes) == {"edgewise": 2, "bases": 5, "laws": 3}  # 1.5, 5 and 3.5
    assert share(7, {"a": 1, "b": 1, "c": 1}) == {"a": 3, "b": 2, "c": 2}
    assert {m.file for m in candidates(tmp_path, "laws")} == {"src/edgewise/laws/deep/c.py"}
    assert {m.file for m in candidates(tmp_path, "edgewise")} == {"src/edgewise/a.py"}


def test_the_tool_imports_nothing_of_the_package(monkeypatch, forks):
    """Its children import a copy with a fault in it."""
    program = "import sys, benchmarks.mutation.__main__ as tool; tool.run.import_heavy()"
    monkeypatch.chdir(ROOT)
    forks.run("-c", program)


def test_no_room_of_the_package_is_left_out():
    rooms = {path.parent.name for path in (ROOT / "src" / "edgewise").glob("*/__init__.py")}
    assert rooms | {"edgewise"} <= set(lines_of_rooms(ROOT))


def test_every_folder_has_faults():
    for folder in ("engines", "csrc"):
        assert len(candidates(ROOT, folder)) > 100


def test_the_table_counts_what_changes_nothing_apart():
    row = {"folder": "bases", "verdict": "killed", "argument": ""}
    rows = [row, row | {"verdict": "timeout"}, row | {"verdict": "survived"},
            row | {"verdict": "survived", "argument": "the same"}]  # fmt: skip
    assert "| bases | 4 | 2 | 1 | 1 | 66.7 % |" in markdown(rows)


def test_without_knowing_which_test_runs_which_line_nothing_is_asked(tmp_path, monkeypatch):
    monkeypatch.setattr("benchmarks.mutation.__main__.WORK", tmp_path)
    done = CliRunner().invoke(main, ["--results", str(tmp_path / "rows.csv")])
    assert done.exit_code == 1
    assert "docs/testing.md" in done.output
    assert not (tmp_path / "rows.csv").exists()
