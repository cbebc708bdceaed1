"""Read a form such as "a*x1 + b*x2/F(x3)": columns, numbers to fit, and unknown functions.

With columns x1, x2 and x3, a and b are numbers to fit, and F is an unknown function of one
variable. Numbers that are written out stay fixed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from edgewise.data.names import list_names
from edgewise.formula.constants import Constant
from edgewise.formula.expression import Expression, Input, Number, free
from edgewise.formula.library import Library
from edgewise.formula.parse import names_in, read_formula, split_sides
from edgewise.formula.printing import name_mapping
from edgewise.laws.texts import spell_columns

MOST_ARGUMENTS = 2


@dataclass(frozen=True)
class Unknown:
    """An unknown function of a form.

    Attributes:
        name: its name in the form.
        arguments: its arguments, as formulas of the inputs and the numbers.
    """

    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True)
class Template:
    """A form with numbers to fit and unknown functions.

    Attributes:
        text: the form as it was given.
        tree: the form as a tree. Its inputs are first the columns, then the numbers to fit, then
            the values of the unknown functions.
        inputs: the number of columns.
        numbers: the names of the numbers to fit.
        unknowns: the unknown functions.
    """

    text: str
    tree: Expression
    inputs: int
    numbers: tuple[str, ...]
    unknowns: tuple[Unknown, ...]

    @property
    def first(self) -> int:
        """The place of the first unknown function's value."""
        return self.inputs + len(self.numbers)

    @property
    def written(self) -> frozenset[float]:
        """The sizes of the numbers that are written out."""
        trees = (self.tree, *(a for unknown in self.unknowns for a in unknown.arguments))
        return frozenset(abs(n.value) for tree in trees for n in tree.numbers())

    def fill(self, numbers: Iterable[float], functions: Sequence[Expression]) -> Expression:
        """The form with free numbers of these values, and formulas in place of the functions.

        Args:
            functions: formulas whose inputs 0, 1, … stand for the function's arguments.
        """
        places: dict[int, Expression] = {
            self.inputs + k: free(float(value)) for k, value in enumerate(numbers)
        }
        for k, (unknown, formula) in enumerate(zip(self.unknowns, functions, strict=True)):
            arguments = {n: a.substitute(places) for n, a in enumerate(unknown.arguments)}
            places[self.first + k] = formula.substitute(arguments)
        return self.tree.substitute(places)


def read_template(text: str, columns: Sequence[str], library: Library) -> Template:
    """Read a form from text; a left-hand side such as "y = " is passed over.

    Raises:
        ValueError: if the text isn't a formula, a name is neither a column nor a possible number to
            fit, there is nothing to fit, a number or an unknown function occurs twice, or a
            function has more than two variables.
    """
    if not isinstance(text, str):
        raise ValueError(
            f"discover expected form as a text such as 'a*x0 + F(x1)', got {text!r:.80}"
        )
    _, text = split_sides(text)
    safe = name_mapping(columns)  # of names such as "S [mM]"
    spelled = spell_columns(text, columns)
    try:
        names, _ = names_in(spelled)
    except ValueError as error:
        raise ValueError(f"discover form: {error}") from error
    numbers = tuple(sorted(names - {*columns, *safe}))
    _check_numbers(text, numbers, columns)
    order = {name: Input(i) for i, name in enumerate(columns)}
    places: dict[str, Expression] = {s: order[name] for s, name in safe.items()}
    places |= order
    places |= {name: Input(len(columns) + k) for k, name in enumerate(numbers)}
    found: list[Unknown] = []

    def meet(name: str, arguments: tuple[Expression, ...]) -> Expression:
        if name in columns:
            raise ValueError(f"expected a function, got {name}(…), a column: write {name}*(…)")
        _check_unknown(name, arguments, found, len(columns))
        found.append(Unknown(name, tuple(map(_hold, arguments))))
        return Input(len(columns) + len(numbers) + len(found) - 1)

    try:
        tree = _hold(read_formula(spelled, places, library, meet))
    except ValueError as error:
        raise ValueError(f"discover form: {error}") from error
    template = Template(text, tree, len(columns), numbers, tuple(found))
    _check_template(template, columns)
    return template


def _check_template(template: Template, columns: Sequence[str]) -> None:
    """Raise ValueError unless it has a column, something to fit, and each number once."""
    text, numbers, found = template.text, template.numbers, template.unknowns
    trees = (template.tree, *(argument for each in found for argument in each.arguments))
    used = [node.index for tree in trees for node in tree.walk() if isinstance(node, Input)]
    for k, name in enumerate(numbers):
        if used.count(len(columns) + k) > 1:
            raise ValueError(
                f"discover expected each number of form once, got {name!r} "
                f"{used.count(len(columns) + k)} times: write the form so that it occurs once"
            )
    if not any(index < len(columns) for index in used):
        raise ValueError(f"discover expected form to name a column of {list_names(columns)}")
    if not numbers and not found:
        raise ValueError(
            f"discover expected form with a number to fit or an unknown function, such as "
            f"'a*x0 + F(x1)', got {text!r:.80}: pass a whole formula as start=[…]"
        )


def _check_numbers(text: str, numbers: Sequence[str], columns: Sequence[str]) -> None:
    """Raise ValueError for names that look like missing columns."""
    for name in numbers:
        if name[0].isupper() or re.fullmatch(r"x_?\d+", name):
            raise ValueError(
                f"discover expected the columns {list_names(columns)} and lower-case names of "
                f"numbers to fit in form, got {name!r}: name a column, or write it in lower case"
            )


def _check_unknown(
    name: str, arguments: Sequence[Expression], found: Sequence[Unknown], columns: int
) -> None:
    if len(arguments) > MOST_ARGUMENTS:
        raise ValueError(
            f"expected unknown functions of one or two variables, got {name} of {len(arguments)}"
        )
    if name in {u.name for u in found}:
        raise ValueError(
            f"expected each unknown function once, got {name} twice: give the second another name"
        )
    if any(min(a.inputs, default=columns) >= columns for a in arguments):
        raise ValueError(f"expected {name} to be a function of columns, got one of numbers only")


def _hold(tree: Expression) -> Expression:
    """The tree with its written numbers fixed, so that no refit changes them."""

    def change(node: Expression) -> Expression | None:
        if not isinstance(node, Number) or node.exact is not None:
            return None
        fraction = Fraction(repr(node.value))
        return Number(node.value, Constant(fraction.numerator, fraction.denominator))

    return tree.replace(change)
