"""Pages of every room have one look: the colours and letters of `_pages/page.css`."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "src/edgewise/_pages/page.css"
OWN = [
    ROOT / "src/edgewise/discovery/templates/report.css",
    ROOT / "src/edgewise/additive/templates/explanation.css",
    ROOT / "benchmarks/report/templates/report.css",
]
EXPLORER = ROOT / "frontend/src/style.css"


def colours(css):
    """The colours by name: of a bright screen, and of a dark one."""
    dark = re.search(r"@media[^{]*prefers-color-scheme: dark\) \{(.*?)\n\}", css, re.S)
    bright = css[: dark.start()]
    return [
        dict(re.findall(r"--(\w+): (#[0-9a-fA-F]+)", part.lower())) for part in (bright, dark[1])
    ]


def test_the_explorer_has_the_colours_of_the_pages():
    ours, theirs = colours(PAGE.read_text()), colours(EXPLORER.read_text())
    for page, explorer in zip(ours, theirs, strict=True):
        shared = page.keys() & explorer.keys()
        assert {"back", "ink", "soft", "line", "panel", "blue", "orange", "good"} <= shared
        assert {name: page[name] for name in shared} == {name: explorer[name] for name in shared}


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.parts[-3])
def test_a_page_of_its_own_adds_no_colours(path):
    css = path.read_text()
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", css)
    used = set(re.findall(r"var\(--(\w+)\)", css)) - set(re.findall(r"--(\w+):", css))
    assert used <= colours(PAGE.read_text())[0].keys() | {"natural"}
    texts = [each.read_text() for each in path.parent.glob("*.j2")]
    template = next(text for text in texts if 'include "page.css"' in text)
    assert template.index('include "page.css"') < template.index(f'include "{path.name}"')
