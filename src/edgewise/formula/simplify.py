"""Simplify a formula: rewrite rules yield equal forms, and the easiest to read is kept."""

from __future__ import annotations

from collections.abc import Iterator

from edgewise.formula.continued import TINY
from edgewise.formula.expression import Apply, Expression, Number, Power, split_number
from edgewise.formula.function import INF
from edgewise.formula.printing.text import to_text
from edgewise.formula.rewrite_sums import is_nested
from edgewise.formula.rewrites import RULES
from edgewise.formula.signs import is_no_negative, is_positive, is_whole, negate

MOST_CANDIDATES = 80
"""Most forms of one formula that are considered, to bound the time."""
MOST_PASSES = 4
NESTING = 2
LARGEST = 150
"""Largest formula, in nodes, that is simplified."""


def simplify_tree(tree: Expression) -> Expression:
    """The shortest of equal forms, by nodes and then by letters.

    Numbers are folded, common factors pulled out or multiplied out, exponentials joined, phases of
    sines removed. Exact numbers stay exact. The result has the same domain as the formula, except
    for single points such as 0 in x/x.

    Example:
        >>> from edgewise.formula.expression import Input, add, exact, multiply
        >>> from edgewise.formula.printing import to_text
        >>> from edgewise.formula.simplify import simplify_tree
        >>> x, y = Input(0), Input(1)
        >>> tree = add(multiply(exact(2), x), multiply(exact(2), y))
        >>> to_text(simplify_tree(tree), ["x", "y"])
        '2*(x + y)'
    """
    if tree.size > LARGEST:
        return tree
    search = _Search()
    for _ in range(MOST_PASSES):
        shorter = search.shorten(tree)
        # A part that is shorter by itself may make the whole longer.
        if shorter == tree or reading_size(shorter) > reading_size(tree):
            break
        tree = shorter
    return tree


class _Search:
    """The state of a simplification: the number of candidates, and the finished nodes."""

    def __init__(self) -> None:
        self.left = MOST_CANDIDATES
        self.known: dict[str, Expression] = {}

    def shorten(self, node: Expression) -> Expression:
        """The shortest form that is found; parts are simplified first."""
        if not node.parts:
            return node
        if node.key not in self.known:
            parts = [self.shorten(p) for p in node.parts]
            same = all(a is b for a, b in zip(parts, node.parts, strict=True))
            self.known[node.key] = self._shortest(node if same else node.rebuild(parts))
        return self.known[node.key]

    def _shortest(self, node: Expression) -> Expression:
        while self.left > 0:
            better = next(self._better(node), None)
            if better is None:
                break
            node = better
        return node

    def _better(self, node: Expression) -> Iterator[Expression]:
        for rule in RULES:
            for candidate in rule(node):
                self.left -= 1
                if is_shorter(candidate, node) and has_same_domain(candidate, node):
                    yield candidate
                if self.left <= 0:
                    return


def is_shorter(a: Expression, b: Expression) -> bool:
    """Whether a comes before b by nodes, then letters, then nesting.

    Each nested polynomial such as x (x + 1) + 1 counts as two more nodes.
    """
    first, second = reading_size(a), reading_size(b)
    if first != second:
        return first < second
    return _letters(a) < _letters(b)


def reading_size(tree: Expression) -> int:
    """The number of nodes, plus two for each nested polynomial."""
    return tree.size + NESTING * sum(map(is_nested, tree.walk()))


def _letters(tree: Expression) -> tuple[int, int, float]:
    """The number of letters, the sum of all subtrees' sizes, and the bits of exact numbers."""
    names = [f"x{i}" for i in range(max(tree.inputs, default=-1) + 1)]
    bits = sum(n.exact.bits for n in tree.numbers() if n.exact is not None)
    return len(to_text(tree, names)), sum(n.size for n in tree.walk()), bits


def has_same_domain(new: Expression, old: Expression) -> bool:
    """Whether all restrictions of the old form's domain are in the new form, too."""
    return restrictions(old) <= restrictions(new)


def restrictions(tree: Expression) -> set[tuple[str, Expression]]:
    """The restrictions of a formula's domain, as (kind, argument)."""
    found = set()
    for node in tree.walk():
        if isinstance(node, Power) and not is_whole(node.exponent):
            least = isinstance(node.exponent, Number) and node.exponent.value > 0
            if not (is_positive(node.base) or (least and is_no_negative(node.base))):
                found.add(_positive(node.base))
        elif isinstance(node, Apply):
            found |= _restriction(node)
    return found


def _restriction(node: Apply) -> set[tuple[str, Expression]]:
    """The restriction of a function's domain: none or one."""
    argument, f = node.argument, node.function
    low, high = f.domain
    if f.within is not None:
        return {(f.name, argument)}
    if 0 <= low <= TINY and high == INF and f.pole is None:
        return set() if is_positive(argument) else {_positive(argument)}
    inner = argument.function.range if isinstance(argument, Apply) else (-INF, INF)
    if low <= inner[0] + TINY and inner[1] - TINY <= high and f.pole is None:
        return set()
    if low == -high and not f.pole:  # the same for u and -u, as the intervals are symmetric
        argument = min(argument, negate(argument), key=lambda u: u.key)
    return {(f.name, argument)}


def _positive(argument: Expression) -> tuple[str, Expression]:
    """The restriction that an argument, without its numeric factor, is positive or negative."""
    factor, rest = split_number(argument)
    return ("positive" if factor.value > 0 else "negative", rest)
