"""Write formulas as programs: numpy functions, torch modules, Python, C and spreadsheets."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise.formula.constants import UNITS
from edgewise.formula.expression import Expression, Number
from edgewise.formula.folding import fold_constants
from edgewise.formula.function import Function
from edgewise.formula.module import FormulaModule
from edgewise.formula.printing.names import safe_names
from edgewise.formula.printing.text import check_names, unspelled
from edgewise.formula.printing.writer import PRODUCT, SUM, Snippet, Writer
from edgewise.formula.program import Program

LONGEST_CELL = 8192
"""Most characters of a spreadsheet formula."""


def to_numpy(tree: Expression) -> Callable[..., NDArray[np.float64]]:
    """A numpy function of the columns; NaN where the formula isn't defined.

    Example:
        >>> from edgewise.formula.expression import Input, power
        >>> from edgewise.formula.printing import to_numpy
        >>> to_numpy(power(Input(0), 2))([1.0, 2.0, 3.0])
        array([1., 4., 9.])
    """
    program = Program(tree)
    needed = max(tree.inputs, default=-1) + 1

    def call(*columns: Any) -> NDArray[np.float64]:
        if len(columns) < needed:
            raise ValueError(
                f"expected at least {needed} columns, got {len(columns)}: pass one for each input"
            )
        real = [_real(c) for c in columns]
        shape = np.broadcast_shapes(*(c.shape for c in real))
        x = np.stack([np.broadcast_to(c, shape).reshape(-1) for c in real], 1) if real else None
        values = program.values(np.empty((1, 0)) if x is None else x)
        return np.array(values).reshape(shape)

    return call


def _real(column: Any) -> NDArray[np.float64]:
    values = np.asarray(column)
    if values.dtype.kind == "c":
        raise TypeError(
            f"expected real numbers, got {values.dtype}: pass real and imaginary parts as "
            "separate columns"
        )
    return values.astype(np.float64)


def to_torch(tree: Expression) -> FormulaModule:
    """A module of (rows, in) → (rows,); see :class:`.FormulaModule`."""

    return FormulaModule(tree)


# Python.


def to_python(tree: Expression, names: Sequence[Any], function: str = "f") -> str:
    """The source of a Python function of columns; it needs numpy, and scipy for some functions.

    Example:
        >>> from edgewise.formula.expression import Input, power
        >>> from edgewise.formula.printing import to_python
        >>> print(to_python(power(Input(0), 2), ["x"]))
        import numpy as np
        <BLANKLINE>
        <BLANKLINE>
        def f(x):
            x = np.asarray(x).astype(np.float64, casting="same_kind")
            with np.errstate(all="ignore"):
                return x**2
        <BLANKLINE>
    """
    check_names(tree, names)
    safe = safe_names(names)
    tree = fold_constants(tree)
    functions = unspelled(tree, "python")
    own = {id(f): f"_function_{k}" for k, f in enumerate(functions)}
    modules, helpers = _python_helpers(functions, list(own.values()))
    writer = _PythonWriter(safe, own)
    value = writer.write(tree).text
    convert = [f'    {n} = np.asarray({n}).astype(np.float64, casting="same_kind")\n' for n in safe]
    if not writer.used:
        shapes = ", ".join(f"{n}.shape" for n in safe)
        value = f"np.full(np.broadcast_shapes({shapes}), {value})"
    return (
        "".join(f"import {m}\n" for m in ["numpy as np", *modules])
        + "".join(f"\n\n{h}" for h in helpers)
        + f"\n\ndef {function}({', '.join(safe)}):\n"
        + "".join(convert)
        + f'    with np.errstate(all="ignore"):\n        return {value}\n'
    )


def _python_helpers(
    functions: Sequence[Function], names: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Modules to import, and the source of users' functions as sympy writes it."""
    if not functions:
        return [], []
    import sympy
    from sympy.printing.numpy import SciPyPrinter

    modules, helpers = set(), []
    for function, name in zip(functions, names, strict=True):
        printer = SciPyPrinter()
        code = printer.doprint(function.sympy(sympy.Symbol("u")))
        if "Not supported" in code:
            raise ValueError(
                f"expected functions that sympy can write in Python, got {function.name!r}: use "
                "to_numpy or to_torch"
            )
        modules |= set(printer.module_imports)
        low, high = (_python_number(v) for v in function.domain)
        inside = f"(u >= {low}) & (u <= {high})"
        if function.pole is not None:
            inside += f" & (u != {function.pole!r})"
        helpers.append(f"def {name}(u):\n    return np.where({inside}, {code}, np.nan)\n")
    return sorted(modules), helpers


def _python_number(value: float) -> str:
    if math.isnan(value):
        return "np.nan"
    return repr(value) if math.isfinite(value) else "np.inf" if value > 0 else "-np.inf"


class _PythonWriter(Writer):
    """Python with numpy; users' functions get their own helper functions."""

    language, rooted = "python", "np.sqrt"

    def __init__(self, names: Sequence[str], own: dict[int, str]) -> None:
        super().__init__(names)
        self.own = own
        self.used: set[int] = set()

    def decimal(self, number: Number) -> Snippet:
        return Snippet(_python_number(number.value))

    def unit(self, name: str) -> Snippet:
        return Snippet({"pi": "np.pi", "e": "np.e"}.get(name, repr(UNITS[name])))

    def input(self, index: int) -> Snippet:
        self.used.add(index)
        return Snippet(self.names[index])

    def name_of(self, function: Function) -> str:
        return self.own[id(function)]


# C.


def to_c(tree: Expression, names: Sequence[Any], function: str = "f") -> str:
    """The source of a C99 function of an array of inputs; it needs only math.h.

    Raises:
        ValueError: for functions without a spelling in C.

    Example:
        >>> from edgewise.formula.expression import Input, power
        >>> from edgewise.formula.printing import to_c
        >>> print(to_c(power(Input(0), 2), ["x"]))
        #include <math.h>
        <BLANKLINE>
        /* x[0]: x */
        double f(const double *x)
        {
            return pow(x[0], 2.0);
        }
        <BLANKLINE>
    """
    check_names(tree, names)
    _refuse_unspelled(tree, "c", "C")
    cells = [f"x[{k}]" for k in range(len(names))]
    value = _CWriter(cells).write(fold_constants(tree)).text
    comments = "".join(f"/* x[{k}]: {n} */\n" for k, n in enumerate(safe_names(names)))
    unused = "" if "x[" in value else "    (void)x;\n"
    return (
        "#include <math.h>\n\n"
        + f"{comments}double {function}(const double *x)\n{{\n{unused}    return {value};\n}}\n"
    )


def _refuse_unspelled(tree: Expression, language: str, title: str) -> None:
    if unknown := unspelled(tree, language):
        raise ValueError(
            f"expected functions that exist in {title}, got {unknown[0].name!r}: give it a "
            f"spelling, Spelling({language}=…), discover without it, or use to_numpy, to_python or "
            "to_torch"
        )


class _CWriter(Writer):
    """C with math.h; all numbers are doubles."""

    language = "c"

    def decimal(self, number: Number) -> Snippet:
        if not math.isfinite(number.value):
            return Snippet("INFINITY" if number.value > 0 else "NAN")
        return Snippet(repr(number.value))

    def whole(self, value: int) -> Snippet:
        return Snippet(f"{value}.0")

    def unit(self, name: str) -> Snippet:
        return Snippet(repr(UNITS[name]))

    def power(self, base: Snippet, exponent: Snippet) -> Snippet:
        return Snippet(f"pow({base.text}, {exponent.text})")


# Spreadsheets.


def to_excel(tree: Expression, columns: Sequence[str] | None = None) -> str:
    """A formula for a spreadsheet, with the inputs in A1, B1, … or in the given cells.

    Raises:
        ValueError: for functions without a spelling in spreadsheets, numbers that aren't finite,
            and formulas that are too long for a cell.

    Example:
        >>> from edgewise.formula.expression import Input, exact, multiply, power
        >>> from edgewise.formula.printing import to_excel
        >>> to_excel(multiply(exact(-1), power(Input(0), 2)))
        '=-(A1^2)'
    """
    needed = max(tree.inputs, default=-1) + 1
    cells = [f"{column_letters(k)}1" for k in range(needed)] if columns is None else columns
    check_names(tree, cells)
    _refuse_unspelled(tree, "excel", "a spreadsheet")
    text = f"={_ExcelWriter(cells).write(fold_constants(tree)).text}"
    if len(text) > LONGEST_CELL:
        raise ValueError(
            f"expected a formula of at most {LONGEST_CELL} characters for a cell, got "
            f"{len(text)}: choose a shorter formula of the front"
        )
    return text


def column_letters(index: int) -> str:
    """The name of a spreadsheet's column: A, …, Z, AA, …"""
    letters = ""
    while index >= 0:
        index, last = divmod(index, 26)
        letters = chr(ord("A") + last) + letters
        index -= 1
    return letters


class _ExcelWriter(Writer):
    """Spreadsheet formulas, in which a leading minus binds more tightly than a power."""

    language, raised, rooted = "excel", "^", "SQRT"

    def decimal(self, number: Number) -> Snippet:
        if not math.isfinite(number.value):
            raise ValueError(
                f"expected finite numbers for a spreadsheet, got {number.value}: refit the formula"
            )
        return Snippet(f"{number.value:.15G}")

    def unit(self, name: str) -> Snippet:
        return Snippet({"pi": "PI()", "e": "EXP(1)"}.get(name, name.upper()))

    def negative(self, piece: Snippet) -> Snippet:
        if "^" in piece.text:
            return Snippet(f"-({piece.text})", SUM)
        return Snippet(f"-{piece.within(PRODUCT)}", SUM)
