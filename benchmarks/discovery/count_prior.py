"""Counts the nodes of formulas of science, for discovery/prior.py, and how large their numbers are.

    python -m benchmarks.discovery.count_prior

The collections are the 120 equations of the Feynman database and the laws of :mod:`.real_laws`, but
for those that reports are made with; numbers are those of these laws at constants and ranges that
are drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from benchmarks.discovery.equations import tree_of
from benchmarks.discovery.real_laws import law_table, list_laws, tree_of_law
from edgewise.datasets import feynman
from edgewise.discovery.evidence import CHOICES
from edgewise.formula.expression import Apply, Expression, Input, Number, Power, Product, Sum
from edgewise.formula.program import Program

Array = NDArray[np.float64]

KINDS = {Input: "input", Power: "power", Product: "product", Sum: "sum", Apply: "function"}

SEEDS, ROWS = range(100), 300
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


def list_trees() -> Iterator[Expression]:
    """The formulas of both collections."""
    for name in feynman.names():
        equation = feynman.get(name)
        yield tree_of(equation.formula, {v: k for k, v in enumerate(equation.variables)})
    for law in list_laws():
        yield tree_of_law(law, {name: high for name, (_, high) in law.constants.items()})


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


def measure_sizes(seeds: range = SEEDS, rows: int = ROWS) -> Array:
    """|θ| of each fitted number in its natural unit: the rms of θ ∂y/∂θ over the spread of y.

    It is how many spreads y would change by if the number changed by its own size, to first order.

    Shape:
        (numbers of all laws,)
    """
    found = []
    for table in map(law_table, seeds):
        program, x = Program(table.tree), table.inputs(rows)
        values, jacobian = program.values_and_jacobian(x)
        numbers = np.array([program.numbers[k] for k in program.free])
        found.append(np.abs(numbers) * np.sqrt(np.square(jacobian).mean(0)) / values.std())
    return np.concatenate(found)


def tell_sizes(sizes: Array) -> str:
    """Quantiles, and what a prior ½/(1 + s)² would gain over that of discovery/evidence.py."""
    told = [f"{share:.0%}: {np.quantile(sizes, share):.2f}" for share in QUANTILES]
    now, other = 1 / (CHOICES * (1 + sizes)), 0.5 / (1 + sizes) ** 2
    gain = float(np.log2(other / now).mean())
    return f"{len(sizes)} numbers; {', '.join(told)}; ½/(1 + s)² gains {gain:.1f} bits a number"


if __name__ == "__main__":
    print("sizes of numbers:", tell_sizes(measure_sizes()))
    for name, counts in count().items():
        print(name, dict(counts.most_common()))
