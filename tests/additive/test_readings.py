"""What effects say in words."""

from types import SimpleNamespace

import numpy as np
import pytest

from edgewise.additive.effects import Band
from edgewise.additive.outputs import UNITS
from edgewise.additive.readings import (
    describe_course,
    list_readings,
    write_interval,
    write_probability,
    write_set,
)

X = np.linspace(0, 10, 101)


def curve(values, at=X, units="identity", missing=(), weights=None):
    values = np.asarray(values, dtype=float)
    bands = [Band(v, v - 0.5, v + 0.5) for v in (values, np.array(missing))]
    told = dict(zip(("band", "missing"), bands, strict=True))
    ends = np.isin(at, at[[0, -1]]).astype(float)  # all rows are there
    seen = SimpleNamespace(few=False, points=at, weights=ends if weights is None else weights)
    told |= {"seen": seen, "units": UNITS[units]}
    return SimpleNamespace(kind="curve", name="x", at=at, is_clear=True, **told)


@pytest.mark.parametrize(
    ("values", "text"),
    [
        (2 - 0.5 * X, "falls from +2 at 0 to −3 at 10"),
        (0.5 * X - 2, "rises from −2 at 0 to +3 at 10"),
        (-((X - 4) ** 2), "rises from −16 at 0 to 0 at 4, then falls to −36 at 10"),
        ((X - 4) ** 2 + 0.01 * np.sin(20 * X), "falls from +16 at 0 to"),
        (0.0 * X + 1.5, "stays at +1.5"),
        (np.sin(4 * X), "goes up and down between −0.999 at 5.9 and +1 at 5.1"),
    ],
)
def test_the_course_of_a_curve(values, text):
    assert describe_course(curve(values)).startswith(text)


def test_small_waves_are_no_turns():
    wavy = X + 0.2 * np.sin(10 * X)
    assert describe_course(curve(wavy)).startswith("rises from 0 at 0 to +9.9")
    assert "then" not in describe_course(curve(wavy))


def test_factors_are_compared_as_factors():
    text = describe_course(curve(np.exp(X / 10), units="log"))
    assert text == "rises from ×1 at 0 to ×2.72 at 10"


def test_levels_and_pairs():
    band = Band(np.array([0.5, -0.25, 0.0]), *np.zeros((2, 3)))
    levels = SimpleNamespace(
        kind="levels", levels=("b", None, "a"), band=band, units=UNITS["identity"], is_clear=True
    )
    levels.counts = np.array([30.0, 25.0, 7.0])
    told = "goes from −0.25 for missing to +0.5 for b, so b is 0.5 above a"
    assert describe_course(levels) == told
    pair = SimpleNamespace(kind="pair", band=band, units=UNITS["identity"], is_clear=True)
    assert describe_course(pair) == "goes from −0.25 to +0.5"


@pytest.mark.parametrize(
    ("units", "values", "told"),
    [
        ("identity", (-3.0, 9.0), "−3 for No (1 row) to +9 for Yes, so Yes is 12 above No"),
        ("identity", (9.0, -3.0), "for No (1 row), so Yes is 12 below No"),
        ("log", (0.8, 1.2), "so Yes is ×1.5 of No"),
        ("log", (1.2, 0.8), "so Yes is ×0.667 of No"),
        ("logistic", (-0.5, 0.5), "so the odds at Yes are ×2.72 those at No"),
        ("softmax", (-0.5, 0.5), "+0.5 for Yes"),
    ],
)
def test_two_levels_are_compared(units, values, told):
    band = Band(np.array(values), *np.zeros((2, 2)))
    levels = {"levels": ("No", "Yes"), "counts": np.array([1.0, 80.0])}
    effect = SimpleNamespace(kind="levels", band=band, units=UNITS[units], is_clear=True, **levels)
    assert describe_course(effect).endswith(told)


@pytest.mark.parametrize("rare", [15, 40])
def test_two_numbers_are_compared_however_rare_one_is(rare):
    """Of 1,000 rows 15 have the value 1: that is no end of a curve which is left out."""
    effect = curve([-0.1, 0.4], at=np.array([0.0, 1.0]))
    effect.seen = SimpleNamespace(few=True, points=effect.at, weights=None)
    effect.seen.counts = effect.seen.weights = np.array([1000.0 - rare, rare])
    one = "1 (15 rows)" if rare == 15 else "1"
    told = f"rises from −0.1 at 0 to +0.4 at {one}, so 1 is 0.5 above 0"
    assert describe_course(effect) == told
    (_, last) = list_readings([SimpleNamespace(effect=effect, model="")], None)
    assert last.text == f"{one}: +0.4 (−0.1 to +0.9)"


def test_a_sentence_speaks_of_the_range_that_holds_most_rows():
    """Nearly all of them are at 2, 5 and 8."""
    weights = np.where(np.isin(X, [2, 5, 8]), 1.0, 0.001)
    told = describe_course(curve(X**3, weights=weights))
    assert told == "rises from +8 at 2 to +512 at 8 (95 % of rows)"


def test_the_value_of_missing_numbers_is_told():
    """A curve may be level, and only a missing number matter."""
    told = describe_course(curve(0 * X, missing=[1.5]), base=0.0)
    assert told == "stays at 50 %, and is 82 % where it is missing"


@pytest.mark.parametrize("kind", ["curve", "levels", "pair"])
def test_an_effect_that_may_be_none_neither_rises_nor_falls(kind):
    effect = curve(2 - 0.5 * X)
    effect.kind, effect.is_clear = kind, False
    assert describe_course(effect) == "has no clear effect, from −3 to +2"


def layer(effect):
    return SimpleNamespace(effect=effect, model="")


def test_readings_have_the_values_at_their_places():
    found = list_readings([layer(curve(2 - 0.5 * X, units="logistic"))], base=-1.0)
    assert len(found) == 41
    assert [found[0].place, found[-1].place] == [0.0, 10.0]
    assert found[0].text == "0: +2 (+1.5 to +2.5), 73 %"
    assert found[-1].text == "10: −3 (−3.5 to −2.5), 1.8 %"
    assert list_readings([layer(curve(X))], base=None)[-1].text == "10: +10 (+9.5 to +10.5)"


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        ("a", "Only “a” is possible at 90 %."),
        ("bc", "“b” or “c” is possible at 90 %."),
        ("abc", "All classes are possible at 90 %."),
    ],
)
def test_sets_of_classes_in_words(kept, words):
    assert write_set([*kept], [*"abc"], 0.9) == words


def test_an_interval_without_an_end_says_nothing():
    assert write_interval(1.0, 2.5, 0.9) == "90 % interval: 1 to 2.5."
    assert write_interval(-np.inf, 2.5, 0.9) == ""


@pytest.mark.parametrize(
    ("odds", "text"),
    [
        (-30.0, "under 0.01 %"),
        (-9.3, "under 0.01 %"),
        (9.3, "over 99.99 %"),
        (12.0, "over 99.99 %"),
    ],
)
def test_beyond_a_ten_thousandth_probabilities_have_no_digits(odds, text):
    assert write_probability(odds) == text


def test_numbers_have_the_decimals_of_the_largest_effect():
    """Beside effects of −50 to 50 a value of 0.5 has no third digit."""
    (*_, last) = list_readings([layer(curve(10.04 * X - 99.97))], base=None)
    assert last.text == "10: +0.4 (−0.1 to +0.9)"
    assert describe_course(curve(10.04 * X - 99.97)) == "rises from −100 at 0 to +0.4 at 10"


@pytest.mark.parametrize("odds", [-9.1, -3.0, 0.0, 3.0, 9.1])
def test_probabilities_never_round_to_certainty(odds):
    text = write_probability(odds)
    share = float(text.removesuffix(" %").replace("−", "-"))
    expected = 100 / (1 + np.exp(-odds))
    assert 0 < share < 100
    assert min(share, 100 - share) == pytest.approx(min(expected, 100 - expected), rel=0.05)
