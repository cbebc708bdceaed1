"""Real laws: forms with sources, the same for a seed, with the noise that was asked for."""

from itertools import permutations

import numpy as np
import pytest
from click.testing import CliRunner

import edgewise.laws
from benchmarks.discovery import judge, programs, questions, real_laws
from benchmarks.discovery import study as commands
from benchmarks.discovery.cases import Answer
from benchmarks.discovery.real_laws import Noise, add_noise, law_table, list_laws, read_laws
from edgewise.formula.expression import Input, free
from edgewise.formula.forms import form_of
from edgewise.formula.parse import parse_formula
from edgewise.formula.printing import to_text
from edgewise.formula.program import Program

LAWS = read_laws()


def test_there_are_enough_laws_each_with_a_source_and_ranges():
    assert len(LAWS) >= 240
    assert len({law.name for law in LAWS}) == len(LAWS)
    assert sum(law.group == "development" for law in LAWS) >= 40
    assert sum(law.group == "report" for law in LAWS) >= 50
    for law in LAWS:
        assert law.source
        assert law.inputs
        for low, high in law.constants.values():
            assert low <= high


def test_laws_are_those_of_their_seeds():
    """So that a seed that was reported stays what it was; change the numbers knowingly."""
    table = law_table(0)
    assert table.law.name == "Child–Langmuir"
    table = law_table(3, ("known",))
    assert to_text(table.tree, table.names) == "21.21/((11.13*g)**0.7208 + 1) + 0.01747"
    np.testing.assert_array_equal(law_table(7).points(5, 1), law_table(7).points(5, 1))


def test_held_laws_of_the_report_are_not_those_of_development():
    early, late = ({law.name for law in list_laws(("held",), report)} for report in (False, True))
    assert not early & late
    assert len(early | late) == sum(law.group != "known" for law in LAWS)
    assert {law_table(seed, ("held",)).law.name for seed in range(1000, 1080)} == late
    assert {law_table(seed, ("held",)).law.name for seed in range(80)} == early


def test_no_law_that_is_held_is_in_the_library():
    """By their forms, whatever the inputs are called."""
    library = set()
    for law in map(edgewise.laws.get, edgewise.laws.names()):
        library.update(forms_of(law.curve.tree, len(law.inputs), len(law.parameters)))
    for law in LAWS:
        tree, _ = parse_formula(law.formula, [*law.inputs, *law.constants])
        forms = forms_of(tree, len(law.inputs), len(law.constants))
        if law.group != "known":
            assert not library & set(forms), law.name
        if law.name in ("Michaelis–Menten", "Cross viscosity", "Cobb–Douglas"):
            assert library & set(forms)


def forms_of(tree, inputs, numbers):
    """The form of a law, its numbers unknown, for each order of its inputs."""
    unknown = {inputs + k: free(1.5 + k) for k in range(numbers)}
    for order in permutations(range(inputs)):
        named = {k: Input(place) for k, place in enumerate(order)}
        yield form_of(tree.substitute({**named, **unknown}), exact="exponents")


@pytest.mark.parametrize("seed", range(0, 1100, 55))
def test_tables_hold_values_in_their_ranges(seed):
    table = law_table(seed)
    low, high = table.ranges.T
    for x in (table.points(300, 2), table.inputs(40)):
        assert ((x >= low - 1e-9) & (x <= high * (1 + 1e-12) + 1e-9)).all()
        assert np.isfinite(table.values(x)).all()
    wide = table.points(300, 2, real_laws.WIDER)
    assert (wide[:, low > 0] > 0).all()
    assert (wide.max(0) > high).all()


@pytest.mark.parametrize("seed", range(0, 100, 9))
def test_the_judge_knows_a_law_by_other_numbers_and_refuses_others(seed):
    table = law_table(seed)
    data = questions.law_case(table, Noise(0.05), 100).data()
    numbers = [n if n.exact else free(n.value * 1.01) for n in table.tree.numbers()]
    assert judge.has_right_form(table.tree.with_numbers(numbers), data)
    other = law_table(seed + 1)
    if len(other.ranges) == len(table.ranges):
        assert not judge.has_right_form(other.tree, data)


def test_noise_is_what_was_asked_for():
    y = law_table(7).values(law_table(7).points(4000, 1))
    for kind, expected in (("constant", 0.05 * y.std()), ("relative", 0.05 * np.abs(y))):
        noisy, sigma = add_noise(3, y, Noise(0.05, kind))
        np.testing.assert_allclose(sigma, expected)
        assert np.std((noisy - y) / sigma) == pytest.approx(1, abs=0.05)
    counts, sigma = add_noise(3, y, Noise(0.05, "counts"))
    assert counts.mean() == pytest.approx(400, rel=0.02)  # an error of 5 % at the mean
    assert (counts == counts.round()).all()
    assert np.std((counts - sigma**2) / sigma) == pytest.approx(1, abs=0.05)
    np.testing.assert_array_equal(add_noise(3, y, Noise())[0], y)
    with pytest.raises(ValueError, match="expected positive values to count"):
        add_noise(3, -y, Noise(0.05, "counts"))


def test_a_case_has_irrelevant_columns_and_the_truth_of_its_counts():
    table = law_table(7)
    case = questions.law_case(table, Noise(0.05, "counts"), 60, irrelevant=2)
    data = case.data()
    assert case.condition == "noise 0.05 counts, 60 rows, 2 irrelevant"
    assert data.x.shape == (60, len(table.ranges) + 2)
    assert data.options["input_names"][-2:] == ["z0", "z1"]
    np.testing.assert_allclose(Program(data.truth).values(data.x_test), data.y_test, rtol=1e-12)
    told = questions.law_case(table, Noise(0.05, "relative"), 60, told=True)
    assert told.condition == "noise 0.05 relative, 60 rows, errors told"
    clean = table.values(table.inputs(60))
    np.testing.assert_allclose(told.data().options["sigma"], 0.05 * np.abs(clean))
    answer = Answer(data.y_test, "", 1.0, "law", data.truth)
    assert case.judge(data, answer)


def test_mixed_cases_are_of_all_kinds_noises_and_rows():
    cases = list(questions.mixed_cases(range(25)))
    assert {case.name for case in cases} == set(questions.MIXED)
    assert len({(case.name, case.seed) for case in cases}) == 100
    rows = [len(case.data().y) for case in cases if case.name == "held law"]
    assert min(rows) <= 12
    assert max(rows) > 100
    told = " ".join(case.condition for case in cases)
    assert all(word in told for word in ("noise 0.1", "relative", "irrelevant"))


def test_tables_tell_where_the_right_form_is_and_why_it_is_refused(tmp_path, monkeypatch):
    def refuse(data, budget, seed, evaluations=None):
        """The truth on the front, behind another; or the truth, unclaimed."""
        about = {"reason": "it is long", "evaluations": 7}
        if seed == 0:
            tree, front = Input(0), [Input(0), data.truth]
        else:
            tree, front = data.truth, []
        values = Program(tree).values(data.x_test)
        return Answer(values, str(tree), 0.5, "approximation", tree, about, front)

    monkeypatch.setattr(programs, "run_edgewise", refuse)
    options = ["laws", "--seeds", "0:2", "--noise", "0.01", "--rows", "50"]
    done = CliRunner().invoke(commands.main, [*options, "--results", str(tmp_path)])
    assert done.exit_code == 0, done.output
    text = done.output
    assert "| edgewise | noise 0.01, 50 rows | 2 | 1 (50%) | 0 | 1 | 0 | 0 + 0 |" in text
    assert "| Child–Langmuir noise 0.01, 50 rows 0 |" in text
    assert "| it is long |" in text
