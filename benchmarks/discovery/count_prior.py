"""Counts the nodes of formulas of science, for discovery/prior.py.

    python -m benchmarks.discovery.count_prior

The collections are the 120 equations of the Feynman database and the laws of
benchmarks/data/prior_laws.txt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.discovery.equations import tree_of
from edgewise.datasets import feynman
from edgewise.formula.expression import Apply, Expression, Input, Number, Power, Product, Sum
from edgewise.formula.parse import parse_formula

LAWS = Path(__file__).parents[1] / "data" / "prior_laws.txt"
MOST_INPUTS = 3
KINDS = {Input: "input", Power: "power", Product: "product", Sum: "sum", Apply: "function"}


def list_trees() -> Iterator[Expression]:
    """The formulas of both collections."""
    for name in feynman.names():
        equation = feynman.get(name)
        yield tree_of(equation.formula, {v: k for k, v in enumerate(equation.variables)})
    for line in LAWS.read_text(encoding="utf-8").splitlines():
        if "|" in line and not line.startswith("#"):
            formula = line.partition("|")[2]
            yield parse_formula(formula, [f"x{k}" for k in range(MOST_INPUTS)])[0]


def count() -> dict[str, Counter[object]]:
    """Kinds of nodes, factors of products, terms of sums, exponents, functions, nested ones."""
    names = ("nodes", "products", "sums", "exponents", "functions", "within")
    found: dict[str, Counter[object]] = {name: Counter() for name in names}
    for tree in list_trees():
        for node in tree.walk():
            if isinstance(node, Number):
                found["nodes"]["number"] += 1
            else:
                found["nodes"][KINDS[type(node)]] += 1
            if isinstance(node, Power):
                found["exponents"][_exponent(node)] += 1
                found["nodes"]["number"] -= isinstance(node.exponent, Number)
            elif isinstance(node, (Product, Sum)):
                kind = "products" if isinstance(node, Product) else "sums"
                found[kind][len(node.parts)] += 1
            elif isinstance(node, Apply):
                found["functions"][node.function.name] += 1
                inner = any(isinstance(part, Apply) for part in node.argument.walk())
                found["within"][inner] += 1
    return found


def _exponent(node: Power) -> object:
    exponent = node.exponent
    if not isinstance(exponent, Number):
        return "another expression"
    return exponent.value if exponent.exact is not None else "fitted"


if __name__ == "__main__":
    for name, counts in count().items():
        print(name, dict(counts.most_common()))
