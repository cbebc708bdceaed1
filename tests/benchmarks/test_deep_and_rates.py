"""Studies of depth and of learning rates: their networks, and what their reports say."""

import math

import pytest
import torch
from click.testing import CliRunner

from benchmarks import deep, learning_rates
from benchmarks.drop_in.deep import ResidualKAN
from benchmarks.drop_in.measure import Form
from benchmarks.drop_in.networks import NETWORKS, match_widths
from benchmarks.networks import count


@pytest.mark.parametrize(("name", "depth"), deep.CASES)
def test_networks_are_as_large_as_the_mlp(name, depth):
    widths = match_widths(name, 5, 2, 3000, depth)
    assert len(widths) == depth + 2
    assert count(NETWORKS[name](widths)) == pytest.approx(3000, rel=0.15)


def test_a_residual_network_begins_as_a_shallow_one():
    torch.manual_seed(0)
    model = ResidualKAN([3, 6, 6, 6, 2]).eval()
    x = torch.randn(10, 3)
    torch.testing.assert_close(model(x), model.last(model.first(x)))
    with torch.no_grad():
        model.blocks[1].base_weight.add_(0.1)
    h = model.first(x)
    torch.testing.assert_close(model(x), model.last(h + model.blocks[1](h)))


def test_the_quick_form_measures_every_case(tmp_path, monkeypatch):
    monkeypatch.setattr(deep, "QUICK", Form("quick", 4, range(1)))
    result = CliRunner().invoke(deep.main, ["--quick", "--results", str(tmp_path)])
    assert result.exit_code == 0, result.output
    lines = [line for line in result.output.splitlines() if line.startswith("| ")]
    assert len(lines) == len(deep.CASES) + 2  # head and rule


def test_the_best_rate_is_that_of_a_parabola():
    best = 3e-3
    losses = {lr: math.exp(0.3 * math.log(lr / best) ** 2) for lr in learning_rates.RATES}
    assert learning_rates.find_best(losses) == pytest.approx(best, rel=1e-6)
    falling = {lr: 1 / lr for lr in learning_rates.RATES}
    assert learning_rates.find_best(falling) == learning_rates.RATES[-1]
