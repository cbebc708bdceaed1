"""A formula's text costs what its length allows, whatever it says."""

import random
import time

import numpy as np
import pytest

import edgewise as ew
from edgewise.formula.expression import MINUS_ONE, add, multiply, power
from edgewise.formula.parse import LONGEST, parse_formula
from edgewise.formula.program import Program

REFUSED = {
    "tower": ("**".join(["x0"] * 90), "levels of powers in exponents"),
    "tower of numbers": ("2**x0" + "**x0" * 11, "levels of powers in exponents"),
    "inputs": ("x9999 + x0", "up to x999, got x9999"),
    "underscore": ("x_1000 + x_0", "up to x_999, got x_1000"),
    "parentheses": ("(" * 90 + "x0" + "+x1)*x2" * 90, "at most 100 levels"),
    "signs": ("-" * 150 + "x0", "at most 100 levels"),
    "functions": ("sin(" * 150 + "x0" + ")" * 150, "at most 100 levels"),
    "parts": ("x0" + "+x0" * 4999, "parts in a row"),
    "length": ("x0" + "+x0" * LONGEST, "at most 20000 characters"),
}
READ = {
    "squares": "(" * 60 + "x0" + "**2)" * 60,
    "squares of sums": "(" * 40 + "x0" + "**2+1)" * 40,
    "sum": "x0" + "+x0" * 1499,
    "differences": "x0" + "-x1-x0" * 750,
    "product": "x0" + "*x1" * 1499,
    "quotients": "x0" + "/x1/2" * 750,
    "sines": "+".join(f"sin(x{i % 50}*x{(i * 7) % 50})" for i in range(600)),
    "roots": "+".join(f"sqrt({p})*x0" for p in range(2, 900)),
    "fractions": "*".join(f"({10**6 - i}/{10**6 - i - 1})" for i in range(200)) + "*x0",
    "powers": "*".join(f"x0**({983 - i}/{979 - 2 * i})" for i in range(60)),
    "exponents": "**".join(["x0"] * 11),
    "inputs": "x999 + x0",
}
SECONDS = 10
"""Of the processor, on a slow machine; what they replace took 30 s or had no end."""


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_cost_too_much_is_refused_at_once(name):
    text, words = REFUSED[name]
    began = time.process_time()
    with pytest.raises(ValueError, match=words):
        parse_formula(text)
    assert time.process_time() - began < 1


@pytest.mark.parametrize("name", READ)
def test_what_is_read_is_also_written(name):
    ew.surgery.from_formula("x0").formula()  # loads sympy
    began = time.process_time()
    model = ew.surgery.from_formula(READ[name], ranges=(0.5, 1.0))
    for write in (model.formula, model.latex, model.numpy):
        write()
    assert time.process_time() - began < SECONDS


def draw_text(draw, level=0):
    """A formula, and the same built two parts at a time, as Python's grammar nests them."""
    if level == 3 or draw.random() < 0.3:
        text = draw.choice(["x0", "x1", "x2", "2", "3", "0.5", "pi"])
        return text, parse_formula(text, ["x0", "x1", "x2"])[0]
    signs = draw.choice(["+-", "*/"])
    text, tree = draw_text(draw, level + 1)
    text = f"({text})"
    for _ in range(draw.randrange(1, 5)):
        sign = draw.choice(signs)
        other, part = draw_text(draw, level + 1)
        text += f"{sign}({other})"
        if sign in "+-":
            tree = add(tree, part if sign == "+" else multiply(MINUS_ONE, part))
        elif repr(part) in ("0", "0.0"):
            return draw_text(draw, level)
        else:
            tree = multiply(tree, part if sign == "*" else power(part, -1))
    return text, tree


@pytest.mark.parametrize("seed", range(100))
def test_sums_and_products_read_at_once_are_those_read_in_pairs(seed):
    text, pairs = draw_text(random.Random(seed))
    x = np.array([[0.3, 0.7, 1.9]])
    whole = parse_formula(text, ["x0", "x1", "x2"])[0]
    a, b = (Program(tree) for tree in (whole, pairs))
    assert a.values(x) == pytest.approx(b.values(x), rel=1e-12, abs=1e-12)
