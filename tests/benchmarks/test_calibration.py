"""The reliability diagram of verdicts, from rows whose shares are known."""

import pytest

from benchmarks.discovery import calibration


def rows_of(
    probability, right, wrong, kind="held law", verdict="law", condition="noise 0.01, 50 rows"
):
    common = {
        "case": kind, "condition": condition, "probability": str(probability), "verdict": verdict,
        "rows": "50", "evaluations": "100", "seconds": "1", "error": "", "program": "edgewise",
        "commit": "a", "machine": "b", "date": "2026-11-28 00:00",
    }  # fmt: skip
    return [{**common, "right": str(k < right)} for k in range(right + wrong)]


def test_bins_hold_what_was_said_and_what_is_right():
    rows = rows_of(0.93, 93, 7) + rows_of(0.97, 90, 10) + rows_of(0.31, 10, 30) + rows_of("", 5, 5)
    low, high = calibration.find_bins(rows)
    assert (low.rows, low.right, low.gap) == (40, 0.25, pytest.approx(-0.06))
    assert (high.low, high.high, high.rows) == (0.9, 1.0, 200)
    assert high.said == pytest.approx(0.95)
    assert high.gap == pytest.approx(0.915 - 0.95)
    assert high.error == pytest.approx((0.915 * 0.085 / 200) ** 0.5, rel=0.05)
    assert calibration.largest_gap([low, high]) is low
    certain = calibration.find_bins(rows_of(1.0, 30, 0))[0]
    assert certain.low == 0.9
    assert certain.error > 0.01  # of thirty, nobody knows more


def test_a_few_rows_tell_no_gap():
    assert calibration.largest_gap(calibration.join_bins(rows_of(0.5, 0, 19))) is None


def test_bins_of_a_few_rows_are_joined_from_the_claims_down():
    rows = rows_of(0.95, 20, 2) + rows_of(0.85, 4, 0) + rows_of(0.65, 5, 11) + rows_of(0.05, 1, 9)
    low, high = calibration.join_bins(rows)
    assert (high.low, high.rows, high.said) == (0.9, 22, pytest.approx(0.95))
    assert (low.low, low.high, low.rows, low.right) == (0.0, 0.9, 30, pytest.approx(10 / 30))
    assert low.said == pytest.approx((4 * 0.85 + 16 * 0.65 + 10 * 0.05) / 30)
    assert calibration.largest_gap([low, high]) is low


def test_where_there_is_no_law_nothing_is_right():
    rows = rows_of(0.4, 30, 0, kind="no law", verdict="approximation")
    (only,) = calibration.find_bins(rows)
    assert only.right == 0


def test_what_is_told():
    rows = rows_of(0.92, 90, 10) + rows_of(0.2, 2, 28, "formula", "approximation", "8 rows")
    text = calibration.describe(rows)
    assert "| 90% to 100% | 100 | 92.0% | 90.0% ± 3.1% | -0.020 |" in text
    assert "| held law | 100 | 90 | 100 | 0 + 10 | 100 | 1.0 | 0 |" in text
    assert "| all | -0.133 ± " in text
    assert "90.0% ± 3.1% of 100" in text
    assert calibration.findings(rows)[-1] == "Of 100 claims in 130 runs 10 are wrong."
    assert text.endswith(calibration.excerpt(rows))
    assert set(calibration.charts(rows)) == {"calibration"}
    bare = rows_of("", 3, 2)
    assert "No verdict has a probability yet." in calibration.describe(bare)
    assert calibration.charts(bare) == {}
