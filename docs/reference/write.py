"""Writes index.md, the list of all that is public: python docs/reference/write.py"""

from importlib import import_module
from pathlib import Path
from types import ModuleType

import edgewise

GROUPS = {
    "Layers": "nn",
    "Published models": "presets",
    "Models": "models",
    "The bare operation": "functional",
    "Bases": "bases",
    "Grids": "grids",
    "Continual training": "continual",
    "Training": "training",
    "Data": "datasets",
    "Reading a network": "explain",
    "Pictures": "plotting",
    "The explorer": "explorer",
    "Edits": "surgery",
    "Functions with names": "symbolic",
    "Formulas": "discovery",
    "Named laws": "laws",
    "Equations of motion": "ode",
    "Differential equations": "equations",
    "Tables": "sklearn",
    "Export": "export",
    "Files": "saving",
    "Other programs' files": "interop",
}
"""A title for each room that has a list of public names."""
PAGE = Path(__file__).parent / "index.md"


def write() -> str:
    """The page; what two rooms show is listed once."""
    listed: set[int] = set()
    parts = [
        "# Reference\n\nWhat is public, each with its formula, shapes, errors and an example that "
        "runs. `dir(edgewise)` lists what stands at the top.\n"
    ]
    for title, room in GROUPS.items():
        module = import_module(f"edgewise.{room}")
        names = [n for n in module.__all__ if callable(getattr(module, n))]
        names = [n for n in names if id(getattr(module, n)) not in listed]
        listed |= {id(getattr(module, n)) for n in names}
        short = [n for n in names if n in edgewise.__all__]
        parts.append(_list(title, short + [f"{room}.{n}" for n in names if n not in short]))
    left = [
        n for n in edgewise.__all__ if not _is_room(n) and id(getattr(edgewise, n)) not in listed
    ]
    if left:
        parts.append(_list("Other verbs", sorted(left)))
    return "\n".join(parts)


def _is_room(name: str) -> bool:
    return name.startswith("__") or isinstance(getattr(edgewise, name), ModuleType)


def _list(title: str, names: list[str]) -> str:
    lines = "".join(f"   edgewise.{name}\n" for name in names)
    head = "```{eval-rst}\n.. autosummary::\n   :toctree: generated\n   :nosignatures:\n\n"
    return f"## {title}\n\n{head}{lines}```\n"


if __name__ == "__main__":
    PAGE.write_text(write(), encoding="utf-8")
