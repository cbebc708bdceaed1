"""Writes the numbers of a verdict into verdicts.md: python docs/theory/write.py"""

from pathlib import Path

from edgewise.charts.numbers import format_percent
from edgewise.discovery.calibration import FEATURES, LEAST_LAW, NONE_BITS, WEIGHTS
from edgewise.discovery.evidence import DECADES, HYPERPARAMETER
from edgewise.discovery.misfit import OUTER
from edgewise.discovery.prior import FUNCTIONS, NODES
from edgewise.discovery.stopping import LOOK, SURE
from edgewise.formula.exactness import SAVED

PAGE = Path(__file__).parent / "verdicts.md"
BEGIN, END = "<!-- numbers -->\n", "<!-- end of numbers -->"


def list_numbers() -> list[tuple[str, str]]:
    """The numbers of the rules, and of the logistic model of :mod:`.calibration`."""
    function, functions = NODES["function"] / sum(NODES.values()), sum(FUNCTIONS.values())
    return [
        ("least probability of a law", format_percent(LEAST_LAW)),
        ("bits by which an exact formula is shorter than y, at least", f"{SAVED:g}"),
        ("posterior at which a search ends, at least", format_percent(SURE)),
        ("evaluations between two checks of the posterior", f"{LOOK:,}"),
        ("outermost rows, on which a fit to the others is tested", format_percent(OUTER)),
        ("prior of a number: log-uniform, decades on either side of its unit", f"{DECADES}"),
        ("prior of a node of a formula: it is a function (sin, log, …)", format_percent(function)),
        ("prior of a function: it is exp", format_percent(FUNCTIONS["exp"] / functions)),
        ('prior of "none of these": that of a formula of … bits', f"{NONE_BITS:g}"),
        ("nats for each hyperparameter of its Gaussian process", f"{HYPERPARAMETER:g}"),
        *((f"weight: {name}", f"{w:.2f}") for name, w in zip(FEATURES, WEIGHTS, strict=True)),
    ]


def write() -> str:
    """The page with the numbers as the code has them."""
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    table = "".join(f"| {name} | {value} |\n" for name, value in list_numbers())
    return before + BEGIN + "| rule | number |\n|---|---|\n" + table + END + after


if __name__ == "__main__":
    PAGE.write_text(write(), encoding="utf-8")
