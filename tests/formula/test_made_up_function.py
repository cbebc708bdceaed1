"""A function that the library hasn't, given as one entry, is treated like those of the library."""

from __future__ import annotations

import ctypes
import shutil
import subprocess

import numpy as np
import pytest
import sympy
import torch
from spreadsheet import evaluate

import edgewise as ew
from edgewise.formula.expression import Input, add, apply, exact, free, multiply, power
from edgewise.formula.files import read_expression
from edgewise.formula.function import _difference
from edgewise.formula.library import LIBRARY
from edgewise.formula.parse import parse_formula
from edgewise.formula.printing import (
    to_c,
    to_excel,
    to_latex,
    to_python,
    to_sympy,
    to_text,
    to_torch,
)
from edgewise.formula.program import Program
from edgewise.formula.signs import is_no_negative
from edgewise.formula.simplify import simplify_tree
from edgewise.search.terms import enumerate_terms

# u/(1 + |u|): odd, between -1 and 1, undone by v/(1 - |v|).
SOFTSIGN = ew.symbolic.Function(
    "softsign",
    torch.nn.functional.softsign,
    lambda z: z / (1 + sympy.Abs(z)),
    4.0,
    value=lambda xp, u: u / (1 + xp.abs(u)),
    derivative=lambda xp, u, f: 1 / (1 + xp.abs(u)) ** 2,
    parity=-1,
    range=(-1.0, 1.0),
    inverse="hardsign",
    known={0: 0},
    price=3,
    spelling=ew.symbolic.Spelling(
        text="softsign",
        python="(({u})/(1 + np.abs({u})))",
        c="(({u})/(1.0 + fabs({u})))",
        excel="(({u})/(1+ABS({u})))",
        latex=r"\operatorname{ssgn}",
        aliases=("ssgn",),
    ),
)
HARDSIGN = ew.symbolic.Function(
    "hardsign",
    lambda v: v / (1 - v.abs().clamp_max(1 - 1e-9)),
    lambda z: z / (1 - sympy.Abs(z)),
    domain=(-1.0, 1.0),
    parity=-1,
    inverse="softsign",
)
MINE = LIBRARY.with_functions(SOFTSIGN, HARDSIGN)
X, Y = Input(0), Input(1)
TREE = add(multiply(free(2.5), apply(SOFTSIGN, add(X, multiply(exact(-3), Y)))), power(Y, 2))
ROWS = np.random.default_rng(0).uniform(-2, 2, (40, 2))


def softsign(u):
    return u / (1 + np.abs(u))


WANTED = 2.5 * softsign(ROWS[:, 0] - 3 * ROWS[:, 1]) + ROWS[:, 1] ** 2


def test_values_slopes_and_the_torch_module():
    np.testing.assert_allclose(Program(TREE).values(ROWS), WANTED, rtol=1e-14)
    x = torch.from_numpy(ROWS)
    module = to_torch(TREE)
    np.testing.assert_allclose(module(x).detach().numpy(), WANTED, rtol=1e-14)
    gradient = torch.func.vmap(torch.func.grad(lambda r: module(r)))(x)
    np.testing.assert_allclose(Program(TREE).gradient(ROWS), gradient.detach().numpy(), rtol=1e-12)
    _, jacobian = Program(TREE).values_and_jacobian(ROWS)
    np.testing.assert_allclose(jacobian[:, 0], (WANTED - ROWS[:, 1] ** 2) / 2.5, rtol=1e-12)


def test_texts_in_all_languages(tmp_path):
    assert to_text(TREE, ["x", "y"]) == "y**2 + 2.5*softsign(x - 3*y)"
    assert to_latex(apply(SOFTSIGN, X), ["x"]) == r"\operatorname{ssgn}\left(x\right)"
    space = {}
    exec(to_python(TREE, ["x", "y"]), space)
    np.testing.assert_allclose(space["f"](*ROWS.T), WANTED, rtol=1e-14)
    cell = to_excel(TREE)
    values = [evaluate(cell, {"A1": x, "B1": y}) for x, y in ROWS]
    np.testing.assert_allclose(values, WANTED, rtol=1e-12)
    expression = to_sympy(TREE, ["x", "y"])
    values = sympy.lambdify(sympy.symbols("x y"), expression)(*ROWS.T)
    np.testing.assert_allclose(values, WANTED, rtol=1e-12)
    if shutil.which("gcc"):
        (tmp_path / "f.c").write_text(to_c(TREE, ["x", "y"]), encoding="utf-8")
        compiled = str(tmp_path / "f.so")
        subprocess.run(
            ["gcc", "-shared", "-fPIC", "-o", compiled, str(tmp_path / "f.c")], check=True
        )
        f = ctypes.CDLL(compiled).f
        f.restype, f.argtypes = ctypes.c_double, [ctypes.c_void_p]
        np.testing.assert_allclose([f(row.ctypes.data) for row in ROWS], WANTED, rtol=1e-14)


@pytest.mark.parametrize("name", ["softsign", "ssgn"])
def test_texts_and_files_are_read(name):
    tree, names = parse_formula(f"y**2 + 2.5*{name}(x - 3*y)", library=MINE)
    assert (tree, names) == (TREE, ["x", "y"])
    assert read_expression(tree.to_config(), MINE) == tree


def test_simplification_knows_its_parity_values_range_and_inverse():
    minus = multiply(exact(-1), X)
    assert simplify_tree(apply(SOFTSIGN, minus)) == multiply(exact(-1), apply(SOFTSIGN, X))
    assert simplify_tree(add(Y, apply(SOFTSIGN, exact(0)))) == Y
    # What a domain restricts stays restricted: hardsign isn't defined beyond ±1.
    assert simplify_tree(apply(HARDSIGN, apply(SOFTSIGN, X))) == X
    assert simplify_tree(apply(SOFTSIGN, apply(HARDSIGN, X))) != X
    assert not is_no_negative(apply(SOFTSIGN, X))
    assert not is_no_negative(apply(HARDSIGN, X))


def test_enumeration_and_search_find_it():
    terms = enumerate_terms(ROWS, MINE, most=300, highest=8)
    keys = [terms.tree(k).key for k in range(len(terms))]
    assert "softsign(x0)" in keys
    assert "hardsign(softsign(x0))" not in keys
    x = ROWS[:, :1]
    found = ew.discover(x, 2 * softsign(3 * x[:, 0]) + 1, library=MINE, progress=False)
    assert found.verdict.kind == "exact"
    assert found.winner.tree == simplify_tree(
        add(multiply(exact(2), apply(SOFTSIGN, multiply(exact(3), X))), exact(1))
    )


def test_an_edge_of_a_network_finds_it():
    x = torch.linspace(-2, 2, 200, dtype=torch.float64)[:, None]
    y = 2 * torch.nn.functional.softsign(3 * x) + 1
    model = ew.KAN([1, 1], basis=ew.BSpline(40), dtype=torch.float64)
    ew.training.levenberg_marquardt(model, (x, y), steps=5)
    library = MINE.only("x", "x^2", "softsign", "tanh")
    network = ew.symbolic.regress(model, x, y, library=library, expressions=False)
    assert [e.parts.function for e in network.stack()[0].symbolic.edges()] == [SOFTSIGN]
    assert network.report.exact


@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e4])
def test_slopes_by_differences_have_eleven_digits(scale):
    """Of sin(u/s)·s, whose slope is cos(u/s)."""
    u = scale * torch.linspace(-3, 3, 50, dtype=torch.float64)
    width = max(scale, 1.0)
    found = _difference(lambda v: width * torch.sin(v / width), u)
    torch.testing.assert_close(found, torch.cos(u / width), rtol=0, atol=1e-10)
