"""`to_c`, `to_javascript`, `to_python` and `to_sql`, of tables of networks and of estimators."""

from __future__ import annotations

import os
import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from edgewise._checks import check_flags, read_count
from edgewise._files import write_text
from edgewise.nn.arguments import renamed
from edgewise.piecewise.formulas import make_sympy, write_formula
from edgewise.piecewise.program import Interval, Program
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

    Its outputs are within ``tables.report.bound`` of the model, and it needs no library.
    ``name_bound`` holds the bounds and ``name_inputs`` the names of the inputs. A NaN is treated as
    the lower end of its feature's domain.

    For an estimator x and y are doubles. x has a number for each column of the fit: NaN if it is
    missing, and ``name_level(column, text)`` for a text. y are the targets, or the probabilities of
    labels; several of them are called ``name_outputs``. For a classifier y are the probabilities of
    ``name_classes``, and the function returns the index of the most likely class. This program
    needs ``math.h`` and ``string.h``.

    Args:
        model: tables of :func:`tabulate`, or a fitted KANRegressor or KANClassifier.
        path: a file to write, or None.
        name: the name of the function.
        contributions: whether to add ``void name_contributions(x, parts)``, the contribution of
            each of ``name_effects`` to each sum, (effects, outputs). The first effect is the base;
            the sum of all is the prediction, or the argument of the link if there is one.
        coverage: the coverage of ``void name_interval(x, ends)``, the two ends of each target of a
            regressor, or of ``void name_set(x, in)``, the possible classes, or for each label
            whether it may be 0 and 1; None for neither.
        reasons: the number of an estimator's strongest effects that ``void name_reasons(x,
            reasons)`` gives in words, such as "age raises the prediction"; it includes
            contributions.

    Raises:
        TypeError: if the model is neither tables nor an estimator.
        ValueError: if the name isn't an identifier, or a deep network is asked for contributions.

    Example:
        >>> import torch, edgewise as ew
        >>> model = ew.KAN([2, 3, 1], seed=0)
        >>> source = ew.export.to_c(ew.export.tabulate(model, (-1, 1)), name="answer")
        >>> "void answer(const float *x, float *y)" in source
        True
    """
    program, effects = read_request("to_c", model, contributions, coverage, reasons)
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

    ``name.bound`` holds the bounds, ``name.inputs`` the names of the inputs.

    For an estimator it is a function of an object with a value for each column; null, undefined and
    NaN count as missing. It returns a number, a list for the targets or labels ``name.outputs``, or
    the most likely class, and ``name.shares(row)`` returns the probabilities of ``name.classes``.

    Args:
        model, path, name: as in :func:`to_c`.
        contributions: whether to add ``name.contributions(x)``, a list of outputs for each of
            ``name.effects``.
        coverage: the coverage of ``name.interval(row)``, two ends or a list of them, or of
            ``name.set(row)``, a list of classes, or of the values 0 and 1 for each label.
        reasons: the largest number of texts that ``name.reasons(row)`` returns.

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
    program, effects = read_request("to_javascript", model, contributions, coverage, reasons)
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
    """A Python module; for tables it has a function of rows that needs only NumPy.

    ``BOUND`` holds the bounds, ``INPUTS`` the names of the inputs. Rows with NaN give NaN.

    For an estimator it needs no package and has ``predict(row)`` of a dictionary, in which None and
    NaN count as missing, and for classes ``predict_proba(row)`` with the probabilities of
    ``CLASSES``. Several targets, or probabilities of labels, are a list in the order of
    ``OUTPUTS``.

    Args:
        model, path: as in :func:`to_c`.
        name: the name of the function; None means "model" for tables, "predict" for an estimator.
        contributions: whether to add ``contributions``, which maps rows to an array (rows, effects,
            outputs), or an estimator's row to a list of outputs for each of ``EFFECTS``.
        coverage: the coverage of ``predict_interval(row)``, two ends or a list of them, or of
            ``predict_set(row)``, a list of classes, or of the values 0 and 1 for each label.
        reasons: the largest number of texts that ``reasons(row)`` returns.

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
    program, effects = read_request("to_python", model, contributions, coverage, reasons)
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
    """A SELECT of the model's predictions for the rows of a table, as ``prediction_0``, ….

    It works alike in SQLite, DuckDB and PostgreSQL. The table's columns must have the names of the
    model's inputs. A NULL or NaN gives NULL. The query uses CASE, casts and arithmetic, and SQRT if
    the model has LayerNorm. For an estimator a single target or class is ``prediction``, of several
    targets or labels each has its name, such as ``prediction_rain`` (of labels the probability of
    1), the probabilities of classes are ``share_0``, …, a NULL or NaN counts as missing, and the
    query also uses LN, SQRT and EXP.

    Args:
        model, path: as in :func:`to_c`.
        table: the name of the table.
        keep: columns to keep in the result, such as an id: the rows of a result have no order.
        materialized: whether each step is AS MATERIALIZED, which PostgreSQL, SQLite and DuckDB
            understand. Without it a database may compute a step many times.
        contributions: whether to add columns such as "effect of age", the first of them "effect of
            (base)"; with several outputs "effect of age on rain" or on a class.
        coverage: the coverage of the columns ``prediction_low`` and ``prediction_high``, NULL
            without an end; for several targets ``prediction_rain_low``, …; for classes
            ``in_set_0``, …, and for labels ``in_set_rain_0`` and ``in_set_rain_1``, …, 1 or 0.
        reasons: the number of columns ``reason_0``, …, NULL if a row has fewer reasons.

    Raises:
        TypeError: as :func:`to_c`, or if a name isn't a string.
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
    program, effects = read_request("to_sql", model, contributions, coverage, reasons)
    return _save(write_sql(program, table, keep, materialized, effects, reasons), path)


def read_request(
    owner: str, model: Any, contributions: Any, coverage: float | None, reasons: Any
) -> tuple[Program, tuple[str, ...]]:
    """The program with the requested interval, and the names of the requested contributions.

    Raises:
        TypeError: if the model is neither tables nor an estimator.
        ValueError: if it has no such interval, contributions or reasons.
    """
    program = read_program(model, owner)
    if coverage is not None and not isinstance(model, Writable):
        raise ValueError(
            f"{owner} expected a fitted estimator for coverage={coverage!r}, got "
            f"{type(model).__name__}: what tables are off is in tables.report.bound"
        )
    if coverage is not None:
        program = replace(program, interval=model._interval(coverage))
    check_flags(owner, contributions=contributions)
    reasons = read_count(owner, "reasons", reasons, 0)
    if reasons and program.is_network:
        raise ValueError(f"{owner} expected a fitted estimator for reasons={reasons}, got tables")
    if contributions and not program.effects:
        raise ValueError(
            f"{owner} expected a network of one layer for contributions=True, got one of "
            f"{len(program.stages)}: inputs of deeper ones don't add up; see edgewise.attribute"
        )
    return program, program.effects if contributions or reasons else ()


def read_program(model: Any, owner: str) -> Program:
    """The program of tables or of a fitted estimator; TypeError if it is neither."""
    if isinstance(model, Program):
        return model
    if isinstance(model, Writable):
        return model._program()
    raise TypeError(
        f"{owner} expected tables or a fitted estimator, got {type(model).__name__}: write a "
        f"network as {owner}(edgewise.export.tabulate(model, domain)), or as ONNX"
    )


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
    """An estimator that can be exported to other languages."""

    @abstractmethod
    def _program(self) -> Program:
        """The program of predictions."""

    @abstractmethod
    def _interval(self, coverage: float) -> Interval:
        """The program of an interval or a set."""

    def formula(self, digits: int = 4) -> str:
        """The model as a text: a line for each piece of its curves and each level.

        Surfaces of pairs and networks are named, not written out.
        """
        digits = read_count("formula", "digits", digits, 1)
        return write_formula(self._program(), digits)

    def to_sympy(self) -> Any:
        """The sum of effects as an expression of sympy, exact, or one for each target or class.

        Columns of numbers are symbols of their names; a level has a symbol such as "cut = Ideal",
        which is 1 if the column has it and 0 otherwise. Values are assumed not to be missing.

        Raises:
            ValueError: if there are interactions: fit with ``interaction_cst="no_interactions"``.
        """
        return make_sympy(self._program())

    to_c = to_c
    to_javascript = to_javascript
    to_python = to_python

    def to_sql(self, table: str = "data", keep: Sequence[str] = (), **options: Any) -> str:
        """A SELECT that predicts the rows of a table; see :func:`edgewise.export.to_sql`.

        Args:
            options: the others that it takes: path, materialized, contributions, coverage, reasons.
        """
        return to_sql(self, table=table, keep=keep, **options)
