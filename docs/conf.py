"""The site: Sphinx reads docs/, runs the tutorials, and takes the reference from docstrings."""

import html
import json
import re
from importlib.metadata import version as find_version
from pathlib import Path
from typing import Any

from docutils.nodes import FixedTextElement, SkipNode, Text, inline, literal, meta
from jupyter_cache import get_cache
from latex2mathml.converter import convert

project = "edgewise"
author = "the edgewise authors"
copyright = "2026, the edgewise authors"
version = release = find_version("edgewise")

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
]
templates_path = ["_templates"]
exclude_patterns = ["_build"]

# Tutorials run while the site is built; one that fails stops the build.
nb_execution_mode = "cache"
nb_execution_cache_path = str(Path(__file__).parent / "_build" / "executed")
nb_execution_timeout = 900  # a cell takes a minute at most; machines may be busy
nb_execution_raise_on_error = True
nb_output_stderr = "warn"  # a warning of a cell ends the build, as other warnings do
nb_merge_streams = True
myst_enable_extensions = ["dollarmath", "colon_fence", "attrs_inline"]
myst_heading_anchors = 3
suppress_warnings = ["mystnb.unknown_mime_type"]

autosummary_generate = True
autodoc_typehints = "none"
autodoc_member_order = "bysource"
napoleon_google_docstring = True
napoleon_use_rtype = False
napoleon_custom_sections = ["Shape", "Source", "Reference"]
default_role = "literal"

html_math_renderer = "mathml"
html_theme = "furo"
html_title = "edgewise"
html_theme_options = {"source_directory": "docs/"}
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_favicon = "_static/favicon.svg"
DESCRIPTION = (
    "Kolmogorov-Arnold networks for PyTorch: formulas out of data, models of tables that can be "
    "read, and every published fast KAN behind one layer."
)

SEARCH_WORDS = json.loads((Path(__file__).parent / "search_words.json").read_text("utf-8"))


def escape_formulas(
    app: Any, kind: str, name: str, thing: Any, options: Any, lines: list[str]
) -> None:
    """Let ``(*, in_features)`` and ``|x|`` be text: else they would begin a markup."""
    formula = False
    for k, line in enumerate(lines):
        formula = line.startswith(".. math::") or (formula and bool(line.strip()))
        if not formula and not line.lstrip().startswith((">>>", "...")):
            parts = re.split(r"(``.*?``|:math:`.*?`)", line)
            parts[::2] = [
                re.sub(r"(?<=\()\*(?=,)|(?<!\\)\|", r"\\\g<0>", part) for part in parts[::2]
            ]
            lines[k] = "".join(parts)


def show_formula(translator: Any, node: Any) -> None:
    """A formula as MathML, which every browser shows, without a network too."""
    display = "block" if node.tagname == "math_block" else "inline"
    translator.body.append(convert(node.astext(), display=display))
    raise SkipNode


def describe_page(app: Any, page: str, template: str, context: dict[str, Any], tree: Any) -> None:
    """What search engines and chats show of a link: title, description, picture.

    A picture needs an absolute address, so it is named where the site's own is known:
    ``make docs SITE=https://…``.
    """
    title = html.escape(re.sub(r"<[^>]*>", "", context.get("title", project)))
    tags = [
        ('name="description"', DESCRIPTION),
        ('property="og:title"', title),
        ('property="og:description"', DESCRIPTION),
    ]
    if site := app.config.html_baseurl.rstrip("/"):
        tags += [
            ('property="og:image"', f"{site}/_static/preview.png"),
            ('name="twitter:card"', "summary_large_image"),
        ]
    context["metatags"] = context.get("metatags", "") + "".join(
        f'<meta {kind} content="{text}">' for kind, text in tags
    )


def give_captions_a_level(
    app: Any, page: str, template: str, context: dict[str, Any], document: Any
) -> None:
    """Captions of the navigation are headings, of which a screen reader wants to know the level."""
    tree = context.get("furo_navigation_tree", "")
    context["furo_navigation_tree"] = tree.replace(
        'role="heading"', 'role="heading" aria-level="2"'
    )


def add_search_words(app: Any, document: Any) -> None:
    """Words that readers look for and a page doesn't say: the search finds them as keywords."""
    words = SEARCH_WORDS.get(app.env.docname)
    if words:
        document += meta("", name="keywords", content=words)


def keep_numbers_whole(app: Any, document: Any) -> None:
    """No line ends within a number such as 5.4e-4, after its hyphen."""
    for text in list(document.findall(Text)):
        parts = re.split(r"(\d[\d.]*e-\d+)", text)
        if len(parts) > 1 and not isinstance(text.parent, (literal, FixedTextElement)):
            kept = [
                inline("", p, classes=["whole"]) if k % 2 else Text(p) for k, p in enumerate(parts)
            ]
            text.parent.replace(text, kept)


def skip_requests(
    app: Any, what: str, name: str, obj: Any, skip: bool, options: Any
) -> bool | None:
    """scikit-learn makes these methods and writes their documentation, which refers to its own."""
    return True if re.fullmatch(r"set_\w+_request", name) else None


def create_notebook_cache(app: Any) -> None:
    """Create the database of executed notebooks before worker processes start.

    `get_cache` looks whether the file exists and then creates the tables, so that two workers that
    look at the same time both create them, and one of them fails.
    """
    path = Path(app.config.nb_execution_cache_path)
    path.mkdir(parents=True, exist_ok=True)
    get_cache(path).db.dispose()


def setup(app: Any) -> None:
    """What Sphinx calls first."""
    app.connect("builder-inited", create_notebook_cache)
    app.connect("html-page-context", describe_page)
    # Behind the theme, whose priority is 500.
    app.connect("html-page-context", give_captions_a_level, priority=900)
    app.connect("doctree-read", add_search_words)
    app.connect("doctree-read", keep_numbers_whole)
    app.add_html_math_renderer("mathml", (show_formula, None), (show_formula, None))
    app.connect("autodoc-process-docstring", escape_formulas)
    app.connect("autodoc-skip-member", skip_requests)
