"""Write formulas as text, sympy, LaTeX, numpy, torch, Python, C and spreadsheet formulas."""

from edgewise.formula.printing.latex import to_latex
from edgewise.formula.printing.names import name_mapping, safe_names, shown_names
from edgewise.formula.printing.sources import to_c, to_excel, to_numpy, to_python, to_torch
from edgewise.formula.printing.text import to_shown_text, to_sympy, to_text

__all__ = [
    "name_mapping",
    "safe_names",
    "shown_names",
    "to_c",
    "to_excel",
    "to_latex",
    "to_numpy",
    "to_python",
    "to_shown_text",
    "to_sympy",
    "to_text",
    "to_torch",
]
