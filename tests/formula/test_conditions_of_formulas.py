"""Each clause of a condition decides once, alone, where formulas and constants are rewritten."""

from __future__ import annotations

import ast
import math
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from edgewise.formula.affine import function_of, read_affine
from edgewise.formula.constants import LARGEST_PART, Constant, _reduce
from edgewise.formula.expression import (
    Input,
    Number,
    Power,
    Product,
    Sum,
    add,
    exact,
    free,
    multiply,
    power,
)
from edgewise.formula.files import read_expression
from edgewise.formula.library import LIBRARY
from edgewise.formula.module import FormulaModule
from edgewise.formula.parse import multiplies_e, parse_formula
from edgewise.formula.printing.names import _clean, _unlike, is_safe, safe_names, shown_names
from edgewise.formula.program import Program
from edgewise.formula.rewrite_sums import (
    common_divisors,
    expand_terms,
    put_together,
)
from edgewise.formula.rewrites import _exact_power, evaluate_exactly, ignore_sign, shift_phase
from edgewise.formula.shape import _open_root, take_out_roots
from edgewise.formula.signs import call, find_denominators, is_call, is_no_negative, is_positive
from edgewise.formula.simplify import restrictions
from edgewise.formula.typeset import CARD_ROOM, _fill_lines

X, Y = Input(0), Input(1)
PI = Constant(1, 1, "pi")
ROWS = np.array([[0.3, 1.7], [1.1, 0.4], [2.3, 0.9]])


def number(constant):
    return Number(constant.value, constant)


def values(tree):
    return np.broadcast_to(Program(tree).values(ROWS), 3)


# ---- constants --------------------------------------------------------------------------------

UNITS = ("1", "pi", "1/pi", "pi^2", "1/pi^2", "e", "sqrt(2)", "sqrt(3)")


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("top", [0, 3, -3])
def test_inverses_of_constants_are_constants_where_their_unit_is_one(unit, top):
    constant = Constant(top, 4, unit)
    inverse = constant.invert()
    if top and unit not in ("e", "sqrt(2)", "sqrt(3)"):
        assert inverse.value * constant.value == pytest.approx(1)
        assert inverse.denominator > 0
    else:
        assert inverse is None


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(
    "fraction", [Fraction(top, bottom) for top, bottom in ((4, 9), (2, 9), (4, 3), (-4, 9), (0, 1))]
)
def test_roots_of_constants_are_constants_where_both_parts_are_squares(unit, fraction):
    constant = Constant(fraction.numerator, fraction.denominator, unit)
    root = constant.root()
    if fraction == Fraction(4, 9) and unit in ("1", "pi^2", "1/pi^2"):
        assert root.value == pytest.approx(math.sqrt(constant.value))
    else:
        assert root is None


@pytest.mark.parametrize(
    ("constant", "n", "made"),
    [
        (Constant(2, 3), 6, Constant(64, 729)),
        (Constant(2, 3), 7, None),
        (Constant(2, 3), -2, Constant(9, 4)),
        (Constant(-2, 3), -3, Constant(-27, 8)),
        (Constant(LARGEST_PART, 1), 1, Constant(LARGEST_PART, 1)),
        (Constant(LARGEST_PART, 1), 2, None),
        (Constant(1, LARGEST_PART), 2, None),
        (PI, 2, None),
        (PI, 1, None),
    ],
)
def test_powers_of_fractions_of_moderate_size(constant, n, made):
    assert constant.raise_to(n) == made


def test_fractions_are_in_lowest_terms_and_of_moderate_size():
    assert _reduce(6, 4, "pi") == Constant(3, 2, "pi")
    assert _reduce(0, 4, "pi") == Constant(0, 1, "1")
    most = LARGEST_PART
    assert _reduce(most, 1, "1") == Constant(most, 1)
    assert _reduce(-most, 1, "1") == Constant(-most, 1)
    assert _reduce(1, most, "1") == Constant(1, most)
    for top, bottom in ((most + 1, 1), (-most - 1, 1), (1, most + 1)):
        assert _reduce(top, bottom, "1") is None
    assert PI.multiply(PI) is None
    assert PI.multiply(Constant(2, 3)) == Constant(2, 3, "pi") == Constant(2, 3).multiply(PI)


# ---- functions of constants -------------------------------------------------------------------


@pytest.mark.parametrize("name", ["sin", "cos", "tan", "exp", "log", "sqrt", "abs", "tanh"])
@pytest.mark.parametrize(
    "constant",
    [Constant(0), Constant(1), Constant(2), Constant(1, 2), Constant(1, 1, "e"),
     Constant(2, 1, "e"), PI, Constant(1, 2, "pi"), Constant(3, 2, "pi"), Constant(1, 3, "pi"),
     Constant(1, 1, "pi^2")],
    ids=str,
)  # fmt: skip
def test_functions_of_constants_are_exact_where_they_are_simple(name, constant):
    if name == "log" and constant.value <= 0:
        return
    node = call(name, number(constant))
    for made in evaluate_exactly(node):
        assert made.exact is not None
        assert made.value == pytest.approx(LIBRARY[name].evaluate(constant.value), abs=1e-12)


@pytest.mark.parametrize(
    ("tree", "value"),
    [
        (call("log", number(Constant(1, 1, "e"))), 1.0),
        (call("exp", exact(1)), math.e),
        (call("sin", number(Constant(3, 2, "pi"))), -1.0),
        (call("cos", number(PI)), -1.0),
        (call("sin", free(0.0)), None),
        (call("exp", number(Constant(1, 1, "e"))), None),
        (call("log", exact(2)), None),
        (call("sin", number(Constant(1, 3, "pi"))), None),
        (call("sin", X), None),
        (X, None),
    ],
)
def test_exact_values(tree, value):
    made = [one.value for one in evaluate_exactly(tree)]
    assert made == ([] if value is None else [pytest.approx(value)])


@pytest.mark.parametrize(
    ("term", "count"),
    [(PI, 1), (Constant(1, 2, "pi"), 1), (Constant(1, 3, "pi"), 0), (Constant(1), 0)],
    ids=str,
)
@pytest.mark.parametrize("name", ["sin", "cos", "tan"])
def test_phases_of_quarter_turns_are_other_functions(name, term, count):
    node = call(name, Sum((X, number(term))))
    made = list(shift_phase(node))
    if name == "tan" and term == Constant(1, 2, "pi"):
        assert all(np.allclose(values(one), values(node)) for one in made)
        return
    assert len(made) == count
    for one in made:
        np.testing.assert_allclose(values(one), values(node), atol=1e-12)
    assert list(shift_phase(call(name, X))) == []
    assert list(shift_phase(call("exp", Sum((X, number(term)))))) == []


@pytest.mark.parametrize(
    ("base", "exponent", "value"),
    [
        (exact(4, 9), exact(1, 2), 2 / 3),
        (exact(4, 9), exact(-3, 2), 27 / 8),
        (exact(4, 3), exact(1, 2), None),
        (exact(2, 9), exact(1, 2), None),
        (exact(-4, 9), exact(1, 2), None),
        (exact(0), exact(1, 2), None),
        (exact(4, 9), exact(1, 3), None),
        (exact(4, 9), exact(2), None),
        (free(4.0), exact(1, 2), None),
        (exact(4), free(0.5), None),
        (X, exact(1, 2), None),
        (exact(4), X, None),
        (number(Constant(4, 1, "pi")), exact(1, 2), None),
        (exact(4), number(Constant(1, 2, "pi")), None),
    ],
)
def test_roots_of_fractions_are_exact_where_both_parts_are_squares(base, exponent, value):
    found = _exact_power(base, exponent)
    assert (None if found is None else found.value) == (value and pytest.approx(value))


# ---- signs ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tree", "positive", "no_negative"),
    [
        (exact(1), True, True),
        (exact(0), False, False),
        (exact(-1), False, False),
        (X, False, False),
        (call("exp", X), True, True),
        (call("abs", X), False, True),
        (call("sin", X), False, False),
        (Power(X, exact(2)), False, True),
        (Power(X, exact(3)), False, False),
        (Power(X, exact(1, 2)), False, True),
        (Power(X, free(2.0)), False, False),
        (Power(X, Y), False, False),
        (Power(call("exp", X), Y), True, True),
        (Power(call("abs", X), exact(3)), False, True),
        (Product((call("exp", X), call("abs", Y))), False, True),
        (Product((call("exp", X), Y)), False, False),
        (Sum((Power(X, exact(2)), exact(1))), True, True),
        (Sum((Power(X, exact(2)), call("abs", Y))), False, True),
        (Sum((Power(X, exact(2)), exact(-1))), False, False),
        (Sum((X, exact(1))), False, False),
    ],
)
def test_signs_that_the_structure_shows(tree, positive, no_negative):
    assert is_positive(tree) == positive
    assert is_no_negative(tree) == no_negative


def test_denominators_of_terms_with_their_greatest_powers():
    terms = [
        multiply(X, power(Y, -1)),
        power(Y, -3),
        Power(add(X, exact(1)), exact(-1, 2)),
        Power(X, Product((exact(-1), Y))),
        Y,
    ]
    found = {base.key: p for base, p in find_denominators(terms)}
    assert found == {Y.key: 3.0, add(X, exact(1)).key: 0.5}
    assert [base.key for base, _ in find_denominators(terms, whole=True)] == [Y.key]


def test_calls_are_of_functions_of_the_library():
    assert is_call(call("sin", X), "cos", "sin")
    assert not is_call(call("tan", X), "cos", "sin")
    assert not is_call(X, "sin")


@pytest.mark.parametrize(
    ("tree", "kinds"),
    [
        (Power(X, exact(1, 2)), {"positive"}),
        (Power(Product((exact(-2), X)), exact(1, 2)), {"negative"}),
        (Power(call("abs", X), exact(1, 2)), set()),
        (Power(call("abs", X), exact(-1, 2)), {"positive"}),
        (Power(call("exp", X), exact(-1, 2)), set()),
        (Power(call("abs", X), free(0.7)), set()),
        (Power(X, exact(-3)), set()),
        (call("log", X), {"positive"}),
        (call("log", call("exp", X)), set()),
        (call("arcsin", X), {"arcsin"}),
        (call("arcsin", call("sin", X)), set()),
        (call("sin", X), set()),
        (add(X, Y), set()),
    ],
)
def test_restrictions_of_domains(tree, kinds):
    assert {kind for kind, _ in restrictions(tree)} == kinds


def test_a_sign_changes_no_symmetric_domain():
    one, other = (restrictions(call("arcsin", t)) for t in (X, multiply(exact(-1), X)))
    assert {(k, t.key) for k, t in one} == {(k, t.key) for k, t in other}


# ---- sums, powers and roots -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tree", "root"),
    [
        (Power(Product((exact(4), X)), exact(1, 2)), 2.0),
        (Power(Product((exact(4), X)), exact(-1, 2)), 0.5),
        (Power(Product((number(Constant(4, 1, "pi^2")), X)), exact(1, 2)), 2 * math.pi),
        (Power(Product((free(9.0), X)), exact(1, 2)), 3.0),
        (Power(Product((free(9.0), X)), exact(-1, 2)), 1 / 3),
        (Power(Product((exact(3), X)), exact(1, 2)), None),
        (Power(Product((exact(4), X)), exact(1, 3)), None),
        (Power(Product((exact(4), X)), exact(2)), None),
        (Power(Product((exact(4), X)), Y), None),
        (Power(X, exact(1, 2)), None),
    ],
)
def test_simple_roots_are_taken_out(tree, root):
    made = take_out_roots(tree)
    np.testing.assert_allclose(values(made), values(tree))
    assert isinstance(made, Product) == (root is not None)
    if root is not None:
        assert made.factors[0].value == pytest.approx(root)


def sign_of(node):
    """The sign of an expression on the rows; 0 if it has several."""
    found = set(np.sign(values(node)).tolist())
    return int(found.pop()) if len(found) == 1 else 0


@pytest.mark.parametrize(
    ("node", "opens"),
    [
        (Power(Power(X, exact(3)), exact(1, 2)), True),
        (Power(Power(Sum((X, exact(-9))), exact(2)), exact(1, 2)), True),
        (Power(Power(Sum((X, exact(-9))), exact(3)), exact(1, 3)), False),
        (Power(Power(Sum((X, exact(-1))), exact(2)), exact(1, 2)), False),  # of both signs
        (Power(Power(X, Y), exact(1, 2)), False),
        (Power(Power(X, exact(3)), exact(2)), False),  # no root
        (Power(Product((X, Y)), exact(1, 2)), True),
        (Power(Product((X, Sum((Y, exact(-1))))), exact(1, 2)), True),
        (Power(call("exp", X), exact(1, 2)), True),
        (Power(call("sin", X), exact(1, 2)), False),
        (Power(X, exact(1, 2)), False),
    ],
)
def test_roots_open_where_signs_allow_it(node, opens):
    made = _open_root(node, sign_of)
    assert (made is not None) == opens
    if made is not None:
        with np.errstate(all="ignore"):
            np.testing.assert_allclose(values(made), values(node))


@pytest.mark.parametrize(
    ("tree", "terms"),
    [
        (Sum((X, Y)), 2),
        (Product((X, Sum((X, Y)), Sum((X, exact(1))))), 4),
        (Power(Sum((X, Y)), exact(2)), 3),
        (Power(Sum((X, Y)), exact(4)), 5),
        (Power(Sum((X, Y)), exact(5)), 1),
        (Power(Sum((X, Y)), exact(1, 2)), 1),
        (Power(X, exact(2)), 1),
        (X, 1),
    ],
)
def test_products_of_sums_are_multiplied_out(tree, terms):
    made = expand_terms(tree)
    assert len(made) == terms
    np.testing.assert_allclose(values(add(*made)), values(tree))


def test_too_many_terms_are_not_multiplied_out():
    long = Sum(tuple(call("sin", Product((exact(k + 2), X))) for k in range(30)))
    assert expand_terms(Product((long, Sum((*long.terms, Y))))) is None
    assert expand_terms(Sum((X, Product((long, Sum((*long.terms, Y))))))) is None
    assert expand_terms(Product((Y, Product((long, Sum((*long.terms, Y))))))) is None
    assert len(expand_terms(long)) == 30


@pytest.mark.parametrize(
    ("numbers", "divisor"),
    [
        ((exact(4), exact(6)), 2.0),
        ((exact(2, 3), exact(4, 5)), 2 / 15),
        ((exact(4), free(6.0)), None),
        ((exact(4), number(PI)), None),
        ((exact(1, 101), exact(1, 103)), None),
        ((exact(0), exact(0)), None),
    ],
)
def test_common_divisors_of_fractions(numbers, divisor):
    found = [n.value for n in common_divisors(numbers)]
    assert found == ([] if divisor is None else [pytest.approx(divisor), pytest.approx(-divisor)])


@pytest.mark.parametrize(
    ("tree", "count"),
    [
        (Sum((X, power(Y, -1))), 1),
        (Sum((X, Power(Y, exact(-1, 2)))), 0),
        (Sum((X, Y)), 0),
        (Product((X, power(Y, -1))), 0),
        (Sum((power(X, -1), power(Y, -2), power(add(X, Y), -1))), 1),
        (Sum((power(X, -1), power(Y, -1), power(add(X, Y), -1), power(add(X, exact(1)), -1))), 0),
    ],
)
def test_terms_become_one_fraction(tree, count):
    made = list(put_together(tree))
    assert len(made) == count
    for one in made:
        np.testing.assert_allclose(values(one), values(tree))


@pytest.mark.parametrize(
    ("tree", "changes"),
    [
        (call("cos", call("abs", X)), True),
        (call("cos", call("sin", call("abs", X))), True),
        (Power(Product((X, call("abs", Y))), exact(2)), True),
        (Power(call("abs", X), exact(3)), False),
        (call("sin", call("abs", X)), False),
        (Power(Sum((call("abs", X), exact(1))), exact(2)), False),
    ],
)
def test_even_functions_see_no_sign(tree, changes):
    made = [one for one in ignore_sign(tree) if one.key != tree.key]
    assert bool(made) == changes
    for one in made:
        for rows in (ROWS, -ROWS, ROWS * [1, -1]):
            np.testing.assert_allclose(Program(one).values(rows), Program(tree).values(rows))


# ---- reading and writing ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("core", "name"),
    [
        (X, "x"),
        (call("sin", X), "sin"),
        (call("sin", add(X, exact(1))), None),
        (Power(X, exact(2)), "x^2"),
        (Power(X, free(2.0)), None),
        (Power(X, X), None),
        (Power(exact(2), X), None),
        (Power(add(X, exact(1)), exact(2)), None),
        (add(X, exact(1)), None),
    ],
)
def test_the_function_of_a_formula(core, name):
    found = function_of(core)
    assert (None if found is None else found.name) == name


@pytest.mark.parametrize(
    "text",
    ["3*sin(2*x0 + 1) + 4", "2*(3*x0 + 1)**2 - 1", "5*2**(3*x0)", "x0**x0", "7", "x0 + x0**2 + 1"],
)
def test_formulas_of_one_input_are_put_together_again(text):
    tree, _ = parse_formula(text)
    np.testing.assert_allclose(values(read_affine(tree).tree), values(tree))


@pytest.mark.parametrize(
    "config",
    [
        ["number", 1.0, None],
        ["number", 1.0, None, None, None, None],
        ["number", "1", None, None],
        ["input", 0, 1],
        ["input", -1],
        ["input", 0.5],
        ["sum"],
        ["product"],
        ["power", ["input", 0]],
        ["apply", "sin"],
        ["apply", 3, ["input", 0]],
        ["apply", "sin", ["input", 0], ["input", 0]],
        ["apply", "no such", ["input", 0]],
        [],
        "input",
    ],
)
def test_nodes_of_files_that_are_none(config):
    with pytest.raises(ValueError, match=r"expected a (node|function)"):
        read_expression(config, LIBRARY)
    read_expression(["number", 1.0, None, None], LIBRARY)
    assert read_expression(["number", 1, None, None, 2.0], LIBRARY).alone == 2.0


@pytest.mark.parametrize(
    ("text", "name"),
    [("E*x", "E"), ("e*x", "e"), ("e**x", None), ("2**e", "e"), ("x*y", None), ("e**x + e", "e")],
)
def test_the_number_e_that_is_no_base(text, name):
    assert multiplies_e(text) == name
    assert ast.parse(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("x0 + x2", ("x0", "x1", "x2")),
        ("x_1*x_0", ("x_0", "x_1")),
        ("x0 + x_1", ("x0", "x_1")),
        ("x0 + y", ("x0", "y")),
    ],
)
def test_numbered_inputs_of_one_spelling_are_all_there(text, names):
    assert tuple(parse_formula(text)[1]) == names


@pytest.mark.parametrize(
    "text", ["1/0", "x/(0)", "x/0.0", "sin(x, y)", "x % 2", "nothing(x)", "1e71"]
)
def test_texts_that_are_no_formulas(text):
    with pytest.raises(ValueError, match="expected"):
        parse_formula(text)


def test_whole_numbers_are_exact_up_to_a_million():
    for text, known in (("1000000*x", True), ("1000001*x", False), ("2.0*x", False)):
        (found,) = parse_formula(text)[0].numbers()
        assert (found.exact is not None) == known, text
    assert parse_formula("log10(x)")[0].key == multiply(
        call("log", X), power(call("log", exact(10)), -1)
    ).key  # fmt: skip


@pytest.mark.parametrize(
    ("name", "safe"),
    [("a", True), ("a b", False), ("2a", False), ("lambda", False), ("__a", False), ("_", False),
     ("_a", True), ("a·b", False), ("ﬁ", False), ("é", True), ("a_1", True)],
)  # fmt: skip
def test_names_that_formulas_can_use(name, safe):
    assert is_safe(name) == safe
    assert is_safe(_clean(name, 3))


def test_names_that_are_taken_get_a_number():
    assert _unlike("a", {"b"}) == "a"
    assert _unlike("a", {"a", "a_2"}) == "a_3"
    assert _unlike("a_", {"a_"}) == "a_2"
    assert safe_names(["a b", "a_b", "", "  "]) == ["a_b_2", "a_b", "x2", "x3"]
    assert shown_names(["S", "S_", "lambda"]) == safe_names(["S", "S_", "lambda"])
    assert shown_names(["S", "a b"]) == ["S", "a_b"]


def test_a_module_asks_for_real_rows_of_all_columns():
    module = FormulaModule(add(X, multiply(free(2.0), Y)))
    assert module(torch.ones(2, dtype=torch.int64)).item() == 3
    for x in (torch.ones(2, 1), torch.tensor(1.0), torch.ones(2, 2, dtype=torch.complex64)):
        with pytest.raises(ValueError, match="expected real numbers of shape"):
            module(x)


def test_lines_of_a_card_are_as_long_as_there_is_room():
    setter = SimpleNamespace(width=lambda text: CARD_ROOM * text.count("a") / 4)
    assert _fill_lines(["aa", "aa", "a", "aaaaa", "a"], setter) == ["aaaa", "a", "aaaaa", "a"]
    assert _fill_lines(["a"], setter) == ["a"]
