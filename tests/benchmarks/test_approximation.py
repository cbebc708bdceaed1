"""The relation study: its numbers by other ways, the law of saturation, and what is written."""

import math
from dataclasses import asdict

import numpy as np
import pytest
import torch
from click.testing import CliRunner

from benchmarks.approximation import relation as study
from benchmarks.approximation import study as command
from benchmarks.study import Choice

WIDTHS = (0.5, 0.7, 1.0, 1.5, 2.0, 3.0)
ABOUT = {"commit": "abc", "machine": "a machine", "date": "2026-01-01"}


@pytest.fixture(scope="module", autouse=True)
def _one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def found():
    return [
        study.relate(kind, cells, width, beyond)
        for kind in study.KINDS
        for cells in (5, 16)
        for beyond in (0, 1)
        for width in WIDTHS
    ]


@pytest.mark.parametrize("cells", [1, 5, 16])
def test_splines_sum_to_one_and_each_is_the_cardinal_one(cells):
    values = study.splines(cells)
    assert values.shape == (cells * study.PER_CELL, cells + 3)
    torch.testing.assert_close(values.sum(1), torch.ones(len(values)).double())
    peaks = torch.arange(-1, cells + 2, dtype=torch.float64)
    torch.testing.assert_close(values, study.cubic(study.points(cells)[:, None] - peaks))


FORMULAS = {
    "gaussian": lambda u: np.exp(-(u**2)),
    "rswaf": lambda u: 1 / np.cosh(u) ** 2,
}


@pytest.mark.parametrize("beyond", [0, 2])
@pytest.mark.parametrize("kind", study.KINDS)
def test_radial_functions_stand_on_the_splines_points(kind, beyond):
    values = study.radial(kind, 6, 1.3, beyond).numpy()
    centres = np.arange(-beyond, 7 + beyond)
    u = (study.points(6).numpy()[:, None] - centres) / 1.3
    np.testing.assert_allclose(values, FORMULAS[kind](u), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("kind", study.KINDS)
def test_match_is_the_minimum_over_widths_and_heights(kind):
    best = study.match(kind)
    x = np.linspace(-4, 4, 1601)
    b = study.cubic(torch.from_numpy(x)).numpy()

    def mean(width, height):
        return np.linalg.norm(height * FORMULAS[kind](x / width) - b) / np.linalg.norm(b)

    assert mean(best.width, best.height) == pytest.approx(best.mean, rel=1e-10)
    for width in (0.9, 0.99, 1.01, 1.1):
        (height,), *_ = np.linalg.lstsq(
            FORMULAS[kind](x / (width * best.width))[:, None], b, rcond=None
        )
        assert mean(width * best.width, height) > best.mean
        assert study.match(kind, width * best.width).height == pytest.approx(height, rel=1e-10)
    for share in (0.99, 0.9999, 1.0001, 1.01):
        assert mean(best.width, share * best.height) > best.mean
    error = best.height * FORMULAS[kind](x / best.width) - b
    assert best.worst == pytest.approx(abs(error).max() / (2 / 3), rel=1e-10)


@pytest.mark.parametrize("beyond", [0, 1])
@pytest.mark.parametrize("width", [0.6, 1.0, 1.5])
@pytest.mark.parametrize("kind", study.KINDS)
def test_errors_are_those_of_brute_force(kind, width, beyond):
    cells = 7
    b = study.splines(cells).numpy()
    r = study.radial(kind, cells, width, beyond).numpy()
    there, *_ = np.linalg.lstsq(r, b, rcond=None)
    back, *_ = np.linalg.lstsq(b, r, rcond=None)
    error = r @ there - b
    got = study.relate(kind, cells, width, beyond)
    close = {"rel": 1e-6}
    middle = 5  # the spline with its peak at 4 of 7: cells + 3 = 10 of them
    assert got.single_worst == pytest.approx(abs(error[:, middle]).max() / b[:, middle].max())
    assert got.single_mean == pytest.approx(
        np.linalg.norm(error[:, middle]) / np.linalg.norm(b[:, middle]), **close
    )
    signs = np.sign(error[abs(error).sum(1).argmax()])
    assert got.random_worst == pytest.approx(abs(error @ signs).max(), **close)
    assert got.random_mean == pytest.approx(np.linalg.norm(error) / np.linalg.norm(b), **close)
    of_cell = np.linalg.norm(error.reshape(cells, -1), axis=1) * cells**0.5 / np.linalg.norm(b)
    assert got.end_cell == pytest.approx(of_cell[0], **close)
    assert got.middle_cell == pytest.approx(of_cell[cells // 2], **close)
    assert got.condition == pytest.approx(np.linalg.cond(r), **close)
    assert got.condition_there == pytest.approx(np.linalg.cond(there), **close)
    assert got.condition_back == pytest.approx(np.linalg.cond(back), **close)


def test_random_mean_is_the_average_over_random_splines():
    b, r = study.splines(8), study.radial("gaussian", 8, 0.8, 1)
    coefficients = torch.randn(11, 20000, generator=torch.Generator().manual_seed(0)).double()
    curves = b @ coefficients
    missed = r @ study.least_squares(r, curves) - curves
    expected = float(missed.norm() / curves.norm())
    assert study.relate("gaussian", 8, 0.8).random_mean == pytest.approx(expected, rel=0.02)


@pytest.mark.parametrize("kind", study.KINDS)
def test_rough_curves_have_a_best_width_near_one_spacing(kind):
    widths = [0.5, 0.6, 0.7, 0.8, 1.0, 1.3, 1.6, 2.0]
    errors = [study.relate(kind, 16, w).random_mean for w in widths]
    assert errors[:5] == sorted(errors[:5], reverse=True)
    assert errors[4:] == sorted(errors[4:])


RIPPLES = {
    # Poisson: the first harmonic of a sum over the integers is twice the function's transform.
    "gaussian": lambda r: 2 * math.exp(-((math.pi * r) ** 2)),
    "rswaf": lambda r: 2 * math.pi**2 * r / math.sinh(math.pi**2 * r),
}


@pytest.mark.parametrize("width", [0.8, 1.0, 1.2])
@pytest.mark.parametrize("kind", study.KINDS)
def test_equal_coefficients_leave_the_ripple_that_theory_says(kind, width):
    total = study.radial(kind, 8, width, 40).sum(1).reshape(8, study.PER_CELL)[4]
    share = study.points(1)
    harmonic = 2 * (total * (2 * math.pi * share).cos()).mean()
    assert float(harmonic / total.mean()) == pytest.approx(RIPPLES[kind](width), rel=0.01)
    mean = float(total.mean())
    most = float((total / mean - 1).abs().max())
    # The sampled points miss the very crest by half of a part.
    crest = RIPPLES[kind](width) * math.cos(math.pi / study.PER_CELL)
    assert most == pytest.approx(crest, rel=0.01)


@pytest.mark.parametrize("kind", study.KINDS)
def test_other_coefficients_draw_a_constant_hardly_better(kind):
    widths = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
    errors = []
    for width in widths:
        r = study.radial(kind, 32, width, 4)
        one = torch.ones(len(r), 1).double()
        errors.append(float((r @ study.least_squares(r, one) - one).square().mean().sqrt()))
    expected = [RIPPLES[kind](w) / 2**0.5 for w in widths]  # RMS of a wave of that amplitude
    assert errors == pytest.approx(expected, rel=0.1)
    assert errors == sorted(errors, reverse=True)


@pytest.mark.parametrize("kind", study.KINDS)
def test_wider_functions_are_worse_conditioned(kind):
    conditions = [study.relate(kind, 16, w).condition for w in (1.1, 1.4, 1.7, 2.0, 3.0)]
    assert conditions == sorted(conditions)
    assert conditions[-1] > 100 * conditions[0]


def test_least_squares_is_the_smallest_of_the_best():
    a = torch.randn(20, 3, generator=torch.Generator().manual_seed(0)).double()
    a = torch.cat([a, a[:, :1]], 1)  # two equal columns
    t = torch.randn(20, 2, generator=torch.Generator().manual_seed(1)).double()
    expected, *_ = np.linalg.lstsq(a.numpy(), t.numpy(), rcond=None)
    found = study.least_squares(a, t)
    np.testing.assert_allclose(found.numpy(), expected, atol=1e-12)
    torch.testing.assert_close(found[0], found[3])


def test_best_finds_the_least(found):
    for measure in ("random_mean", "condition"):
        least = study.best(found, measure)
        assert all(getattr(least, measure) <= getattr(r, measure) for r in found)


def tables(text):
    """Blocks of lines that begin with a bar, as lists of cells."""
    for block in text.split("\n\n"):
        lines = [line for line in block.splitlines() if line.startswith("|")]
        if lines:
            yield [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_markdown_has_tables_of_even_rows_and_true_numbers(found):
    text = command.describe([asdict(each) for each in found])
    every = list(tables(text))
    assert len(every) == 4
    for rows in every:
        assert len(rows) > 3
        assert len({len(row) for row in rows}) == 1
        assert set(rows[1]) == {"---"}
    costs = {(row[0], row[1]): row[2] for row in every[2][2:]}
    expected = study.relate("rswaf", 16, 1.5).random_mean
    assert costs["RSWAF", "1.5"] == f"{expected:.1e}"
    assert "nan" not in text


def test_a_row_of_the_csv_is_the_relation_again(tmp_path, monkeypatch):
    monkeypatch.setattr(study, "CELLS", (5,))
    monkeypatch.setattr(study, "WIDTHS", WIDTHS[:2])
    records = command.STUDY.open(tmp_path)
    choice = Choice(again=False, quick=False, jobs=1, hours=1)
    command.STUDY.fill(records, choice)
    rows = records.rows()
    keys = {tuple(row[column] for column in command.KEY) for row in rows}
    assert len(keys) == len(rows) == 2 * 2 * 2
    for row in rows:
        again = study.Relation.from_row(row)
        expected = study.relate(again.kind, again.cells, again.width, again.beyond)
        for name, value in asdict(expected).items():
            if isinstance(value, float):
                assert getattr(again, name) == pytest.approx(value, rel=1e-5)


def test_drawing_writes_an_image(found, tmp_path):
    command.STUDY.draw([asdict(each) | ABOUT for each in found], tmp_path / "a.png")
    data = (tmp_path / "a.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = (int.from_bytes(data[k : k + 4], "big") for k in (16, 20))
    assert min(width, height) > 1000


def test_the_command_measures_prints_and_draws(tmp_path, monkeypatch):
    monkeypatch.setattr(study, "CELLS", (5,))
    monkeypatch.setattr(study, "WIDTHS", (1.0, 1.5))
    args = ["--rungs", "0", "--results", str(tmp_path), "--chart", str(tmp_path / "new" / "a.png")]
    result = CliRunner().invoke(command.main, args, catch_exceptions=False)
    assert result.exit_code == 0
    files = sorted(str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if p.is_file())
    assert files == ["approximation.csv", "new/a.png"]
    again = CliRunner().invoke(command.main, ["--report", "--results", str(tmp_path)])
    assert again.stdout == result.stdout
    assert "One radial function for one cubic B-spline" in again.output
