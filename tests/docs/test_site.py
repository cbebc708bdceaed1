"""The site says what is so: its code runs, links lead somewhere, nothing is left out.

Tutorials and recipes run when `make docs` builds the site; one that fails ends it.
"""

import ast
import json
import re
import runpy
from functools import partial
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

import edgewise as ew

plt.switch_backend("Agg")
ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(p for p in DOCS.rglob("*.md") if not {"_build", "generated"} & set(p.parts))
PYTHON = r"```python\n(.*?)```"


def run_blocks(path, pattern, least=1):
    scope = {}
    blocks = re.findall(pattern, path.read_text(encoding="utf-8"), re.S)
    assert len(blocks) >= least, path
    for block in blocks:
        code = block.replace('device="cuda"', 'device="cpu"')
        exec(compile(code, str(path), "exec"), scope)
    plt.close("all")


def test_readme_runs(tmp_path, monkeypatch, capsys):
    """With a third of the evaluations that the example takes, which find its formula."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(ew, "discover", partial(ew.discover, evaluations=25_000))
    run_blocks(ROOT / "README.md", PYTHON, least=4)
    said = (ROOT / "README.md").read_text(encoding="utf-8")
    printed = capsys.readouterr().out.strip().splitlines()
    assert len(printed) == 3
    for line in printed:
        assert f"It prints `{line}`" in said


CELL = r"```\{code-cell\} ipython3\n(.*?)```"


def make_networks_of_any_seed(page):
    """Calls in a page that runs which make a network of ours without a seed."""
    code = "\n".join(re.findall(CELL, page.read_text(encoding="utf-8"), re.S))
    lines = (line for line in code.splitlines() if not line.startswith(("%", "!", ":")))
    for call in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(call, ast.Call) and "torch.manual_seed" not in code:
            made = re.fullmatch(r"ew\.(KAN|presets\.\w+|F\w*KAN)", ast.unparse(call.func))
            if made and not any(k.arg in ("seed", "init", "width") for k in call.keywords):
                yield ast.unparse(call)


def test_tutorials_make_the_same_networks_each_time():
    """Otherwise a warning about a draw of weights ends one build of the site in six."""
    assert not [call for page in PAGES for call in make_networks_of_any_seed(page)]


QUESTIONS = sorted((DOCS / "questions").glob("*.md"))


@pytest.mark.parametrize("page", QUESTIONS, ids=lambda p: p.stem)
def test_questions_run(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run_blocks(page, PYTHON, least=2)


def test_the_list_of_questions_leads_to_each_answer():
    """Each entry keeps the address that its answer had when all of them were on that page."""
    entry = r'- <a id="(.*)"></a>\[(.*)\]\((questions/\w+\.md)#(.*)\)'
    listed = re.findall(entry, (DOCS / "questions.md").read_text(encoding="utf-8"))
    assert all(old == new for old, _, _, new in listed)
    answered = [
        (heading, str(page.relative_to(DOCS)))
        for page in QUESTIONS
        for heading in re.findall(r"^## (.*)", page.read_text(encoding="utf-8"), re.M)
    ]
    assert sorted((heading, page) for _, heading, page, _ in listed) == sorted(answered)


RUN_ELSEWHERE = [
    *QUESTIONS,
    *(DOCS / f"{page}.md" for page in ("laws", "how-to/use-in-models", "how-to/parts-of-models")),
    DOCS / "export.md",  # in tests/export
]
EXAMPLES = [
    page
    for page in PAGES
    if "```python" in (text := page.read_text(encoding="utf-8"))
    and "{code-cell}" not in text
    and page not in RUN_ELSEWHERE
]


@pytest.mark.parametrize("page", EXAMPLES, ids=lambda p: str(p.relative_to(DOCS)))
def test_examples_of_pages_run(page, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    run_blocks(page, PYTHON)
    printed = capsys.readouterr().out
    for line in re.findall(r"[Ii]t prints `(.*?)`", page.read_text(encoding="utf-8")):
        assert line in printed


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
@pytest.mark.parametrize(("page", "blocks"), [("use-in-models", 4), ("parts-of-models", 5)])
def test_models_of_other_libraries_run(page, blocks):
    run_blocks(DOCS / "how-to" / f"{page}.md", PYTHON, least=blocks)


@pytest.mark.parametrize(
    "page",
    [
        *("accuracy", "building-blocks", "continual", "convolutions", "discover-ode"),
        *("discover-pde", "discovery", "equations", "explorer", "export", "losses"),
        *("model-surgery", "performance", "tables", "from-pykan", "questions/training"),
        *("how-to/use-in-models", "how-to/parts-of-models", "how-to/train-a-kan"),
    ],
)
def test_a_page_of_a_capability_is_short_and_shows_how(page):
    """Details have pages of their own: how-tos, theory, benchmarks/results and benchmarks/notes."""
    text = (DOCS / f"{page}.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 100
    assert "```" in text, "no command"


def test_every_question_names_threads():
    sections = [
        section
        for page in QUESTIONS
        for section in page.read_text(encoding="utf-8").split("\n## ")[1:]
    ]
    assert len(sections) >= 20
    asked = [s for s in sections if re.search(r"#\d+|thread", s)]
    assert len(asked) >= 20, [s.splitlines()[0] for s in sections if s not in asked]


@pytest.mark.parametrize(
    "word",
    [
        "overfitting",
        "early stopping",
        "monotone",
        "missing",
        "categories",
        "seed",
        "GPU",
        "NaN",
        "save",
        "units",
    ],
)
def test_what_readers_search_for_is_in_a_heading(word):
    headings = [
        line
        for page in [*QUESTIONS, *(DOCS / "how-to").glob("*.md")]
        for line in page.read_text(encoding="utf-8").splitlines()
        if line.startswith("#") and line.lstrip("#").startswith(" ")
    ]
    assert any(word.lower() in line.lower() for line in headings)


def test_a_number_is_never_broken_at_its_hyphen():
    core, nodes = (pytest.importorskip(f"docutils.{part}") for part in ("core", "nodes"))
    for name in ("latex2mathml", "jupyter_cache"):
        pytest.importorskip(name)
    keep = runpy.run_path(str(DOCS / "conf.py"))["keep_numbers_whole"]
    document = core.publish_doctree("It is 5.4e-4 or 12e-10, ``1e-3`` stays code: 784-64-10.")
    keep(None, document)
    kept = [node.astext() for node in document.findall(nodes.inline)]
    assert kept == ["5.4e-4", "12e-10"]
    assert document.astext() == "It is 5.4e-4 or 12e-10, 1e-3 stays code: 784-64-10."


def test_search_words_are_of_pages_that_exist():
    words = json.loads((DOCS / "search_words.json").read_text(encoding="utf-8"))
    assert {str(page.relative_to(DOCS).with_suffix("")) for page in PAGES} >= set(words)


@pytest.mark.parametrize(
    ("word", "page"),
    [
        ("symbolic regression", "discovery"),
        ("GAM", "tables"),
        ("PINN", "equations"),
        ("catastrophic forgetting", "continual"),
        ("curve fitting", "laws"),
        ("remove a node", "model-surgery"),
        ("SINDy", "discover-ode"),
        ("error bars", "how-to/measurements"),
        ("deployment", "how-to/production"),
    ],
)
def test_the_fields_words_lead_to_our_pages(word, page):
    words = json.loads((DOCS / "search_words.json").read_text(encoding="utf-8"))
    assert word in words[page].split(", ")


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(DOCS)))
def test_links_lead_somewhere(path):
    text = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text(encoding="utf-8"), flags=re.S)
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if not re.match(r"[a-z]+:", target):
            assert (path.parent / target).exists(), target


def test_the_rules_of_a_verdict_are_those_of_the_code():
    written = runpy.run_path(str(DOCS / "theory" / "write.py"))["write"]()
    assert (DOCS / "theory" / "verdicts.md").read_text(encoding="utf-8") == written, (
        "run python docs/theory/write.py"
    )


def test_the_list_of_laws_is_that_of_the_code():
    written = runpy.run_path(str(DOCS / "write_laws.py"))["write"]()
    assert (DOCS / "laws.md").read_text(encoding="utf-8") == written, (
        "run python docs/write_laws.py"
    )


def test_the_examples_of_laws_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run_blocks(DOCS / "laws.md", PYTHON)


def test_reference_lists_all_that_is_public():
    written = runpy.run_path(str(DOCS / "reference" / "write.py"))["write"]()
    assert (DOCS / "reference" / "index.md").read_text(encoding="utf-8") == written, (
        "run python docs/reference/write.py"
    )


def test_every_page_is_in_the_contents():
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    patterns = [
        word.strip("<>")
        for block in re.findall(r"```\{toctree\}(.*?)```", index, re.S)
        for word in block.split()
    ]
    for page in PAGES:
        name = str(page.relative_to(DOCS).with_suffix(""))
        assert name == "index" or any(Path(name).match(p) for p in patterns), name


def test_the_guide_for_agents_runs_and_names_what_exists():
    """SKILL.md stands at the top of the project and in the package; it is one file."""
    path = ROOT / "SKILL.md"
    assert path.resolve() == Path(ew.__file__).parent / "SKILL.md"
    run_blocks(path, PYTHON, least=3)
    for chain in set(re.findall(r"`ew\.([a-zA-Z_.]+)", path.read_text(encoding="utf-8"))):
        thing = ew
        for name in chain.strip(".").split("."):
            thing = getattr(thing, name)


def test_every_picture_says_what_it_shows():
    """A link whose only picture has no words has no name for a screen reader."""
    pages = [page for page in DOCS.rglob("*.md") if "_build" not in page.parts]
    assert pages
    for page in pages:
        assert "![](" not in page.read_text(encoding="utf-8"), page
