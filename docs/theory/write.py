"""Writes the numbers of a verdict into verdicts.md: python docs/theory/write.py"""

from pathlib import Path

from edgewise.discovery.calibration import FEATURES, LEAST_LAW, NONE_BITS, WEIGHTS
from edgewise.discovery.evidence import DECADES, HYPERPARAMETER
from edgewise.discovery.misfit import OUTER
from edgewise.discovery.prior import FUNCTIONS, NODES
from edgewise.discovery.search import LOOK, SURE
from edgewise.formula.exactness import SAVED

PAGE = Path(__file__).parent / "verdicts.md"
BEGIN, END = "<!-- numbers -->\n", "<!-- end of numbers -->"


def list_numbers() -> list[tuple[str, str]]:
    """What the code asks for, and how much."""
    nodes, functions = sum(NODES.values()), sum(FUNCTIONS.values())
    return [
        ("a law has a probability of at least", f"{LEAST_LAW:.0%}"),
        ("an exact formula is shorter than y by", f"{SAVED:g} bits"),
        ("a number comes from so many decades on either side of its unit", f"{DECADES}"),
        ("a hyperparameter of the Gaussian process costs", f"{HYPERPARAMETER:g} nats"),
        ("none of these is as likely beforehand as a formula of", f"{NONE_BITS:g} bits"),
        ("functions are of the nodes of a formula", f"{NODES['function'] / nodes:.0%}"),
        ("exp is of all functions", f"{FUNCTIONS['exp'] / functions:.0%}"),
        ("the outer rows are", f"{OUTER:.0%}"),
        ("a search ends with a share of the posterior of at least", f"{SURE:.0%}"),
        ("and asks every so many evaluations", f"{LOOK:,}"),
        *((f"weight of: {name}", f"{w:.2f}") for name, w in zip(FEATURES, WEIGHTS, strict=True)),
    ]


def write() -> str:
    """The page with the numbers as the code has them."""
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    table = "".join(f"| {name} | {value} |\n" for name, value in list_numbers())
    return before + BEGIN + "| | |\n|---|---|\n" + table + END + after


if __name__ == "__main__":
    PAGE.write_text(write(), encoding="utf-8")
