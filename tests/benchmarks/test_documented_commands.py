"""Commands of benchmarks that texts name are understood, and tables have a page to go to."""

import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import click
import pytest

ROOT = Path(__file__).parents[2]
TEXTS = {
    path: path.read_text(encoding="utf-8")
    for path in [
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "benchmarks").rglob("*.md"),
        *ROOT.glob("*.md"),
    ]
    if "_build" not in path.parts
}
SPAN = r"`(python -m benchmarks[^`]*)`|^(python -m benchmarks[^#\n]*)"
COMMANDS = sorted(
    {
        " ".join("".join(found).split())
        for t in TEXTS.values()
        for found in re.findall(SPAN, t, re.M)
    }
)


def find_command(module):
    """What `python -m` runs."""
    package = find_spec(module).submodule_search_locations is not None
    return getattr(import_module(f"{module}.__main__" if package else module), "main", None)


def parse(command, words):
    """Understand options and subcommands, without a look at the values."""
    with click.Context(command) as context:
        _, rest, _ = command.make_parser(context).parse_args(list(words))
        for name in rest[0].split("|") if rest and isinstance(command, click.Group) else ():
            found = command.get_command(context, name)
            assert found is not None or name.isupper(), f"no subcommand {name}"
            if found is not None:
                parse(found, rest[1:])


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_that_a_text_names_is_understood(line):
    _, _, module, *words = line.split()
    command = find_command(module)
    if isinstance(command, click.Command):
        parse(command, words)
    else:
        assert not words


def test_what_a_command_does_not_know_is_seen():
    discovery = find_command("benchmarks.discovery")
    with pytest.raises(click.NoSuchOption):
        parse(discovery, ["null", "--report", "--page", "docs/discovery.md"])
    with pytest.raises(AssertionError, match="no subcommand nil"):
        parse(discovery, ["null|nil"])


def test_tables_that_a_command_renews_have_their_marks_in_a_page():
    sources = "".join(path.read_text() for path in (ROOT / "benchmarks").rglob("*.py"))
    parts = set(re.findall(r'\bpart="([^"]+)"', sources))
    marks = r"<!-- (.+) -->\n(?:.*\n)*?<!-- end of \1 -->"
    marked = {name for text in TEXTS.values() for name in re.findall(marks, text)}
    assert {"laws", "recipe", "triton kernels"} <= parts <= marked
