"""`to_c`, `to_javascript`, `to_python` and `to_sql`, of tables of networks and of estimators."""

from __future__ import annotations

import os
import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from edgewise._files import write_text
from edgewise.nn.arguments import renamed
from edgewise.piecewise.formulas import make_sympy, write_formula
from edgewise.piecewise.program import (
    Interval,
    Program,
    add_interval,
    list_effects,
    read_interval,
    read_program,
)
from edgewise.piecewise.reasons import check_reasons
from edgewise.piecewise.source_c import write_c
from edgewise.piecewise.source_javascript import write_javascript
from edgewise.piecewise.source_python import write_python
from edgewise.piecewise.source_sql import write_sql

Path = str | os.PathLike[str] | None
_TAKEN = """auto break case char const continue default do double else enum extern float for goto
if inline int long main register restrict return short signed sizeof static struct switch typedef
union unsigned void volatile while root exp log sin cos class function let new this var
yield delete and or not in is def lambda import from global with as try except raise pass del None
True False null true false await async export super typeof instanceof catch finally throw debugger
implements interface package private protected public arguments eval module np DATA BOUND INPUTS
EFFECTS CLASSES STAGE ANSWER contributions exports require hold read_number read_level add_term
add_up isnan floor asinh strcmp bisect_right inf sqrt pow tan sinh cosh tanh acos asin atan atan2
acosh atanh ceil round fabs fmax fmin fmod hypot cbrt erf erfc tgamma lgamma exp2 log2 log10"""
_NUMBERED = (
    r"(stage|table|start|norm_weight|norm_shift|scale|low|high|inverse|places|levels|cells|texts)"
    r"\d.*"
)
KEYWORDS = frozenset(_TAKEN.split())
"""Words of C, JavaScript and Python, and names in the files that are written."""


@renamed(tables="model")
def to_c(
    model: Any,
    path: Path = None,
    *,
    name: str = "model",
    contributions: bool = False,
    coverage: float | None = None,
    reasons: int = 0,
) -> str:
    """One file of C99 that allocates nothing: ``void name(const float *x, float *y)`` of tables.

    It answers within ``tables.report.bound`` of the model and needs no library. ``name_bound``
    holds the bounds and ``name_inputs`` what the inputs are called. A NaN counts as the least of
    its feature's domain.

    Of an estimator x and y are doubles, x one for each column of the fit: NaN where it is missing,
    and for a text what ``name_level(column, text)`` gives. y are the targets. Of a classifier y are
    the shares of ``name_classes``, and the function returns the place of the likeliest. It needs
    ``math.h`` and ``string.h``.

    Args:
        model: tables of :func:`tabulate`, or a fitted KANRegressor or KANClassifier.
        path: a file to write; None for none.
        name: of the function.
        contributions: whether there is also ``void name_contributions(x, parts)``: what each of
            ``name_effects`` adds to each sum, (effects, outputs). The first effect is the base; the
            sum of all is the prediction, or the argument of the link if there is one.
        coverage: of ``void name_interval(x, ends)``, the two ends of each target of an estimator,
            or of ``void name_set(x, in)``, which classes a row may have; None for neither.
        reasons: how many of an estimator's strongest effects ``void name_reasons(x, reasons)``
            tells in words, such as "age raises the prediction"; contributions are there, too.

    Raises:
        TypeError: if it is neither tables nor an estimator.
        ValueError: if the name is no identifier, or inputs of a deep network have no contributions.

    Example:
        >>> import torch, edgewise as ew
        >>> model = ew.KAN([2, 3, 1], seed=0)
        >>> source = ew.export.to_c(ew.export.tabulate(model, (-1, 1)), name="answer")
        >>> "void answer(const float *x, float *y)" in source
        True
    """
    program, effects = _read("to_c", model, contributions, coverage, reasons)
    check_name("to_c", name)
    return _save(write_c(program, name, effects, reasons), path)


@renamed(tables="model")
def to_javascript(
    model: Any,
    path: Path = None,
    *,
    name: str = "model",
    contributions: bool = False,
    coverage: float | None = None,
    reasons: int = 0,
) -> str:
    """One file of JavaScript with a function of an array of numbers; for browsers and node.

    ``name.bound`` holds the bounds, ``name.inputs`` what the inputs are called.

    Of an estimator it is a function of an object with a value for each column; null, undefined and
    NaN are missing. It answers a number, a list of several targets, or the likeliest class, and
    ``name.shares(row)`` the shares of ``name.classes``.

    Args:
        model, path, name: as of :func:`to_c`.
        contributions: whether there is also ``name.contributions(x)``, a list of outputs for each
            of ``name.effects``.
        coverage: of ``name.interval(row)``, two ends or a list of them, or ``name.set(row)``.
        reasons: how many texts ``name.reasons(row)`` lists at most.

    Raises:
        TypeError, ValueError: as :func:`to_c`.

    Example:
        >>> import edgewise as ew
        >>> model = ew.surgery.from_formula("mass + speed**2", basis="bspline")
        >>> text = ew.export.to_javascript(ew.export.tabulate(model, (-1, 1)), name="energy")
        >>> print(text.splitlines()[0])
        // energy: 2 numbers to 1; by edgewise.
        >>> '"input_names": ["mass", "speed"]' in text
        True
    """
    program, effects = _read("to_javascript", model, contributions, coverage, reasons)
    check_name("to_javascript", name)
    return _save(write_javascript(program, name, bool(effects), reasons), path)


@renamed(tables="model")
def to_python(
    model: Any,
    path: Path = None,
    *,
    name: str | None = None,
    contributions: bool = False,
    coverage: float | None = None,
    reasons: int = 0,
) -> str:
    """One module: of tables with a function of rows, which needs NumPy alone.

    ``BOUND`` holds the bounds, ``INPUTS`` what the inputs are called. Of rows with NaN it is NaN.

    Of an estimator it needs no package and has ``predict(row)`` of a dictionary, in which None and
    NaN are missing, and for classes ``predict_proba(row)`` with the shares of ``CLASSES``.

    Args:
        model, path: as of :func:`to_c`.
        name: of the function; None for "model" of tables and "predict" of an estimator.
        contributions: whether there is also ``contributions``: of rows, (rows, effects, outputs),
            or of an estimator's row a list of outputs for each of ``EFFECTS``.
        coverage: of ``predict_interval(row)``, two ends or a list of them, or ``predict_set(row)``.
        reasons: how many texts ``reasons(row)`` lists at most.

    Raises:
        TypeError, ValueError: as :func:`to_c`.

    Example:
        >>> import edgewise as ew
        >>> model = ew.surgery.from_formula("mass + speed**2", basis="bspline")
        >>> text = ew.export.to_python(ew.export.tabulate(model, (-1, 1)), name="energy")
        >>> exec(text, module := {})
        >>> module["energy"]([[0.25, 0.5]]).round(4).tolist(), module["INPUTS"]
        ([[0.5]], ['mass', 'speed'])
    """
    program, effects = _read("to_python", model, contributions, coverage, reasons)
    if name is None:
        name = "model" if program.is_network else "predict"
    check_name("to_python", name)
    return _save(write_python(program, name, bool(effects), reasons), path)


@renamed(tables="model")
def to_sql(
    model: Any,
    path: Path = None,
    *,
    table: str = "data",
    keep: Sequence[str] = (),
    materialized: bool = True,
    contributions: bool = False,
    coverage: float | None = None,
    reasons: int = 0,
) -> str:
    """A SELECT of the model's answers for the rows of a table, as ``prediction_0``, ….

    It means the same in SQLite, DuckDB and PostgreSQL. The table's columns are called as the
    model's inputs are. A NULL or NaN gives NULL. It needs CASE, casts and arithmetic, and SQRT
    where the model has LayerNorm. An estimator's single target or class is ``prediction``, the
    shares of classes are ``share_0``, …; a NULL or NaN is missing. It needs LN, SQRT and EXP, too.

    Args:
        model, path: as of :func:`to_c`.
        table: its name.
        keep: columns that the result has beside predictions; without an order of rows, the result
            needs a column that tells them apart.
        materialized: whether each step says AS MATERIALIZED, as PostgreSQL, SQLite and DuckDB
            understand it. Without the word a database may compute a step many times.
        contributions: whether there are also columns such as "effect of age", the first "effect of
            (base)"; with several outputs "effect of age on 0" or on a class.
        coverage: of the columns ``prediction_low`` and ``prediction_high``, NULL where there is no
            end, of several targets ``prediction_0_low``, …; of classes ``in_set_0``, …, 1 or 0.
        reasons: how many of the columns ``reason_0``, …, there are, NULL where there are no more.

    Raises:
        TypeError: as :func:`to_c`, or if a name is no text.
        ValueError: if the network is too large for a query, or as :func:`to_c`.

    Example:
        >>> import sqlite3, edgewise as ew
        >>> model = ew.surgery.from_formula("speed**2 + mass", basis="bspline")
        >>> query = ew.export.to_sql(ew.export.tabulate(model, (-1, 1)), materialized=False)
        >>> base = sqlite3.connect(":memory:")
        >>> table = base.execute("CREATE TABLE data AS SELECT 0.5 AS speed, 0.25 AS mass")
        >>> round(base.execute(query).fetchone()[0], 4)
        0.5
        >>> base.close()
    """
    program, effects = _read("to_sql", model, contributions, coverage, reasons)
    return _save(write_sql(program, table, keep, materialized, effects, reasons), path)


def _read(
    owner: str, model: Any, contributions: Any, coverage: float | None, reasons: Any
) -> tuple[Program, tuple[str, ...]]:
    """The program, with what is asked for of an interval and the names of effects."""
    program = add_interval(read_program(model, owner), owner, model, coverage)
    check_reasons(program, owner, reasons)
    return program, list_effects(program, owner, contributions or bool(reasons))


def check_name(owner: str, name: Any) -> None:
    """Raise ValueError unless ``name`` is an identifier of C, JavaScript and Python."""
    if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,60}", name):
        raise ValueError(
            f"{owner} expected a name of letters, digits and _ that begins with a letter, got "
            f"{name!r:.80}"
        )
    if name in KEYWORDS or re.fullmatch(_NUMBERED, name):
        raise ValueError(f"{owner} expected a name that isn't taken, got {name!r}: try my_{name}")


def _save(text: str, path: Path) -> str:
    if path is not None:
        write_text(path, text)
    return text


class Writable(ABC):
    """An estimator that can be written in other languages."""

    @abstractmethod
    def _program(self) -> Program:
        """All that a prediction needs."""

    @abstractmethod
    def _interval(self, coverage: float) -> Interval:
        """All that an interval or a set needs."""

    def formula(self, digits: int = 4) -> str:
        """The model as a text: a line for each piece of its curves and each level.

        Surfaces of pairs are named, not written out.
        """
        return write_formula(self._program(), digits)

    def to_sympy(self) -> Any:
        """The sum of effects as an expression of sympy, exact, or one for each target or class.

        Columns of numbers are symbols of their names; a level has a symbol such as "cut = Ideal",
        which is 1 where the column has it and else 0. A value is taken to be there.

        Raises:
            ValueError: if there are pairs: fit with ``interaction_cst="no_interactions"``.
        """
        return make_sympy(self._program())

    def to_c(
        self,
        *,
        name: str = "model",
        contributions: bool = False,
        coverage: float | None = None,
        reasons: int = 0,
    ) -> str:
        """The source of a function of C99; see :func:`edgewise.export.to_c`."""
        return to_c(
            self, name=name, contributions=contributions, coverage=coverage, reasons=reasons
        )

    def to_javascript(
        self,
        *,
        name: str = "model",
        contributions: bool = False,
        coverage: float | None = None,
        reasons: int = 0,
    ) -> str:
        """The source of a function of JavaScript; see :func:`edgewise.export.to_javascript`."""
        return to_javascript(
            self, name=name, contributions=contributions, coverage=coverage, reasons=reasons
        )

    def to_python(
        self, *, contributions: bool = False, coverage: float | None = None, reasons: int = 0
    ) -> str:
        """The source of a module that needs no package: ``predict(row)`` of a dictionary.

        See :func:`edgewise.export.to_python`.
        """
        return to_python(self, contributions=contributions, coverage=coverage, reasons=reasons)

    def to_sql(
        self,
        table: str = "data",
        keep: Sequence[str] = (),
        *,
        materialized: bool = True,
        contributions: bool = False,
        coverage: float | None = None,
        reasons: int = 0,
    ) -> str:
        """A SELECT that predicts the rows of a table; see :func:`edgewise.export.to_sql`.

        Raises:
            TypeError: if a name is no text.
        """
        return to_sql(
            self,
            table=table,
            keep=keep,
            materialized=materialized,
            contributions=contributions,
            coverage=coverage,
            reasons=reasons,
        )


@read_program.register
def _read_estimator(model: Writable, owner: str) -> Program:
    return model._program()


@read_interval.register
def _read_its_interval(model: Writable, owner: str, coverage: float) -> Interval:
    return model._interval(coverage)
