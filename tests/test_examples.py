"""The examples run, and what they compute is right."""

import importlib.util
import math
from pathlib import Path

import pytest
import torch
from torch import nn

FOLDER = Path(__file__).parents[1] / "examples"


def example(name):
    spec = importlib.util.spec_from_file_location(f"{name}_example", FOLDER / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def poisson():
    return example("poisson")


class Formula(nn.Module):
    """x³ y² + eˣ sin 2y, whose second derivatives are known."""

    def forward(self, x):
        a, b = x[:, :1], x[:, 1:]
        return a**3 * b**2 + a.exp() * (2 * b).sin()


def test_the_laplacian_of_a_formula(poisson):
    x = torch.rand(50, 2, generator=torch.Generator().manual_seed(0)).double() * 2 - 1
    a, b = x[:, :1], x[:, 1:]
    expected = 6 * a * b**2 + 2 * a**3 + (1 - 4) * a.exp() * (2 * b).sin()
    found = poisson.laplacian(Formula(), x)
    assert found.shape == (50, 1)
    torch.testing.assert_close(found, expected)
    assert not x.requires_grad


def test_the_solution_solves_the_equation_and_vanishes_on_the_boundary(poisson):
    def solution(x):  # the example's is detached
        return (math.pi * x[:, :1]).sin() * (math.pi * x[:, 1:]).sin()

    x = torch.rand(50, 2, generator=torch.Generator().manual_seed(0)).double() * 2 - 1
    torch.testing.assert_close(poisson.solution(x), solution(x))
    expected = -2 * math.pi**2 * poisson.solution(x)
    torch.testing.assert_close(poisson.laplacian(solution, x), expected)
    edge = torch.tensor([[1.0, 0.3], [-0.2, -1.0]]).double()
    assert float(poisson.solution(edge).abs().max()) < 1e-15


@pytest.mark.usefixtures("one_thread")
def test_the_equation_is_solved(poisson, capsys):
    side = 15
    line = torch.linspace(-1, 1, side).double()
    zero = float(poisson.solution(torch.cartesian_prod(line, line)).square().mean())
    error = poisson.main(sizes=(5, 10), steps=3, side=side)
    assert error < 0.1 * zero
    assert [text.split(":")[0] for text in capsys.readouterr().out.splitlines()] == [
        "grid  5",
        "grid 10",
    ]


@pytest.fixture(scope="module")
def reading():
    return example("reading")


@pytest.mark.usefixtures("one_thread")
def test_a_formula_of_a_real_table_is_as_good_as_least_squares(reading, tmp_path):
    found = reading.diabetes(tmp_path)
    assert found["formula"] > 0.3
    assert found["formula"] > found["least squares"] - 0.05
    assert (tmp_path / "diabetes.png").stat().st_size > 10_000


@pytest.mark.usefixtures("one_thread")
def test_formulas_of_an_imported_fast_kan_tell_the_classes(reading, tmp_path):
    found = reading.wine(tmp_path, budget=2)
    assert found["network"] == 1.0  # what fast-kan's own program got on these rows
    assert found["formulas"] > 0.9
    assert (tmp_path / "wine.png").stat().st_size > 10_000


@pytest.mark.usefixtures("one_thread")
def test_a_convolutional_kan_and_the_cnn_of_its_parameters_tell_stripes(capsys):
    convolution = example("convolution")
    generator = torch.Generator().manual_seed(0)
    y = torch.randint(2, (200,), generator=generator)
    wave = torch.sin(torch.arange(14) * 2.0)
    stripes = torch.where(y[:, None, None] > 0, wave[:, None].expand(14, 14), wave.expand(14, 14))
    x = (stripes + 0.3 * torch.randn(200, 14, 14, generator=generator))[:, None]
    rows = (x[:150], y[:150]), (x[150:], y[150:])
    found = convolution.compare(*rows, channels=2, epochs=6, seeds=(0,))
    kan, same, matched = found.values()
    assert same[0] < kan[0]
    assert abs(matched[0] - kan[0]) < 0.2 * kan[0]
    assert min(kan[1][0], matched[1][0]) > 0.9
    assert len(capsys.readouterr().out.splitlines()) == 3


@pytest.mark.usefixtures("one_thread")
def test_language_models_of_every_kind_learn_a_text(capsys):
    language = example("language")
    text = "the quick brown fox jumps over the lazy dog. " * 40
    found = language.main(text, steps=25)
    chance = math.log(len(set(text)))
    assert set(found) == {"KAN", "MLP", "GR-KAN"}
    assert all(loss < 0.8 * chance for loss in found.values())
    sizes = [int(line.split()[1].replace(",", "")) for line in capsys.readouterr().out.splitlines()
             if "GR-KAN" not in line]  # fmt: skip
    assert max(sizes) < 1.05 * min(sizes)


def test_two_processes_find_what_one_finds(forks):
    first, second = forks.run_two(FOLDER / "two_processes.py")
    assert not second
    lines = [line.split() for line in first.splitlines()]
    assert [line[0] for line in lines] == ["DDP:", "FSDP2:"]
    for line in lines:
        assert float(line[2].rstrip(",")) == pytest.approx(float(line[-1]), abs=2e-5)
