"""The house as docs/architecture.md and pyproject.toml describe it: no circles, nothing hidden."""

import ast
import re
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "edgewise"
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

LATE = {
    ("plotting/plot.py", "edgewise.plotting.plot_network"),
    ("engines/triton/engine.py", "edgewise.engines.triton"),
}
"""Imports inside functions because what they load needs an optional library: matplotlib, triton."""


def in_circles(imports):
    """The modules that are left when those go, again and again, that import no other one."""
    left = {m: set(found) - {m} for m, found in imports.items()}
    while done := {m for m, found in left.items() if not found}:
        left = {m: found - done for m, found in left.items() if m not in done}
    importers = {m: {n for n, found in left.items() if m in found} for m in left}
    while done := {m for m, found in importers.items() if not found}:
        importers = {m: found - done for m, found in importers.items() if m not in done}
    return sorted(importers)


def test_what_is_in_a_circle():
    assert not in_circles({"a": {"b", "c"}, "b": {"c"}, "c": set()})
    circle = {"top": {"a"}, "a": {"b"}, "b": {"c"}, "c": {"a", "low"}, "low": set()}
    assert in_circles(circle) == ["a", "b", "c"]


def test_no_two_files_import_each_other():
    graph = grimp.build_graph("edgewise", exclude_type_checking_imports=False, cache_dir=None)
    assert len(graph.modules) > 150
    imports = {m: graph.find_modules_directly_imported_by(m) for m in graph.modules}
    assert in_circles(imports) == []


def hidden_imports(path):
    """Our own modules that a file imports inside of functions."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    for node in (n for function in functions for n in ast.walk(function)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "edgewise":
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name.split(".")[0] == "edgewise")


def test_no_import_hides_in_a_function():
    """But in the command line, which must answer --help before torch is loaded."""
    files = [p for p in PACKAGE.rglob("*.py") if "cli" not in p.relative_to(PACKAGE).parts]
    found = {(str(p.relative_to(PACKAGE)), m) for p in files for m in hidden_imports(p)}
    assert found == LATE


def test_the_tree_on_the_page_is_the_tree_on_the_disk():
    (tree,) = re.findall(r"```\nsrc/edgewise/\n(.*?)```", PAGE, flags=re.DOTALL)
    assert all(re.fullmatch(r"( {2})?\S+ +\S.*", line) for line in tree.splitlines())
    rooms = [line.startswith("  ") for line in tree.splitlines()]
    names = [line.split()[0] for line in tree.splitlines()]
    shown = {name for name, inside in zip(names, rooms, strict=True) if inside}
    there = {f"{p.name}/" for p in PACKAGE.iterdir() if (p / "__init__.py").exists()}
    there |= {p.name for p in PACKAGE.glob("*.py")}
    assert shown == there
    beside = {name for name, inside in zip(names, rooms, strict=True) if not inside}
    assert beside == {"frontend/", "csrc/", "benchmarks/", "tests/", "docs/"}
    assert all((ROOT / name).is_dir() for name in beside)


@pytest.mark.parametrize("page", [PAGE, GUIDE], ids=["architecture", "contributing"])
def test_every_path_on_the_page_exists(page):
    paths = re.findall(r"`((?:src|frontend|tests|csrc|docs|benchmarks)/[\w./*-]*)`", page)
    assert len(paths) > 10
    missing = [p for p in paths if not list(ROOT.glob(p.rstrip("/")))]
    assert not missing


def test_every_file_that_a_row_names_is_in_a_folder_of_that_row():
    for row in (line for line in PAGE.splitlines() if line.startswith("|")):
        paths = re.findall(r"`((?:src|frontend|tests|csrc|docs|benchmarks)/[\w./-]*)`", row)
        folders = [ROOT / path if path.endswith("/") else (ROOT / path).parent for path in paths]
        for name in re.findall(r"`(\w[\w-]*\.(?:py|ts|h))`", row):
            assert any((folder / name).exists() for folder in folders), name


def test_contributing_has_a_row_for_every_room():
    rooms = {p.name for p in PACKAGE.iterdir() if (p / "__init__.py").exists()}
    rows = [line for line in GUIDE.splitlines() if line.startswith("|")]
    assert {r for r in rooms if not any(f"src/edgewise/{r}/" in row for row in rows)} == set()


def read_first_line(path):
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))).split("\n")[0]


def test_the_first_line_of_a_file_is_whole():
    """Lists of files show it alone: it doesn't go on in the second line."""
    lines = {
        str(path.relative_to(PACKAGE)): read_first_line(path) for path in PACKAGE.rglob("*.py")
    }
    assert not {path: line for path, line in lines.items() if not line.endswith(".")}
