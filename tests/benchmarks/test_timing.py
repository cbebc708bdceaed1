"""Medians with a clock of our own; what a step keeps; the work that is counted."""

from functools import partial

import pytest
import torch
from torch import nn

import edgewise as ew
from benchmarks import contention, timing
from benchmarks.memory import saved_bytes
from benchmarks.originals.measure import time_halves
from benchmarks.peak import measure_peak
from benchmarks.speed import networks


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now

    def takes(self, durations, log=None, name=""):
        """A function that lasts as long as the next of ``durations``, the last one for ever."""
        left = list(durations)

        def call():
            self.now += left.pop(0) if len(left) > 1 else left[0]
            if log is not None:
                log.append(name)

        return call


def test_medians_and_quartiles_of_rounds_in_turns_after_a_warm_up():
    clock, log = Clock(), []
    functions = {
        "a": clock.takes([9, 1, 2, 3, 4, 5], log, "a"),  # 9: warm-up
        "b": clock.takes([7, 10, 20, 30, 40, 50], log, "b"),
    }
    found = timing.time_in_turns(functions, 5, clock=clock)
    assert found["a"].seconds == (1, 2, 3, 4, 5)
    assert found["a"].median == 3
    assert found["b"].median == 30
    assert found["b"].quartiles == (20, 40)
    assert log == ["a", "b"] * 6


def test_short_calls_are_repeated_within_a_measurement_and_slow_ones_are_not():
    clock, log = Clock(), []
    functions = {
        "short": clock.takes([timing.SLOT / 4], log, "short"),
        "slow": clock.takes([1.0], log, "slow"),
    }
    found = timing.time_in_turns(functions, 2, clock=clock)
    assert found["short"].median == pytest.approx(timing.SLOT / 4)
    assert log[3:].count("short") == 2 * 4
    assert log.count("slow") == 2 + 2


def test_one_repeat_has_no_quartiles():
    with pytest.raises(ValueError, match="at least 2 repeats, got 1"):
        timing.time_in_turns({}, 1)


def test_a_step_replaces_the_gradients():
    model = nn.Linear(3, 2)
    x, dy = torch.randn(4, 3), torch.randn(4, 2)
    run = timing.step(model, model, x, dy)
    run()
    run()
    torch.testing.assert_close(model.weight.grad, dy.t() @ x)


def test_forward_and_backward_are_timed_apart():
    clock = Clock()

    class Slow(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            clock.now += 2
            return x.clone()

        @staticmethod
        def backward(ctx, dy):
            clock.now += 3
            return dy

    model = nn.Linear(2, 1)
    calls = {"m": (lambda x: Slow.apply(model(x)), model)}
    found = time_halves(calls, torch.randn(4, 2), torch.zeros(4, 1), 2, clock=clock)["m"]
    assert found.total == 5
    assert found.figures() == {"forward_ms": "2000", "backward_ms": "3000"}


def test_a_compiler_that_fails_is_recorded(monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("no compiler")

    monkeypatch.setattr(torch, "compile", broken)
    model = nn.Linear(2, 1)
    found = timing.try_compile(model, 1, torch.randn(3, 2), torch.randn(3, 1))
    assert found == (None, "RuntimeError: no compiler")


def test_saved_bytes_of_a_known_network():
    model = nn.Sequential(nn.Linear(5, 7), nn.ReLU(), nn.Linear(7, 2))
    x = torch.randn(11, 5)
    # The input of each Linear; ReLU keeps its output, which is the second one's input.
    assert saved_bytes(model, x) == 4 * 11 * (5 + 7)
    assert saved_bytes(nn.Sequential(nn.Sigmoid()), x) == 0  # nothing here needs a gradient


def test_saved_bytes_of_a_spline_layer_are_its_input():
    layer = ew.KANLinear(5, 3, basis=ew.BSpline(4, 3), engine="native")
    assert saved_bytes(layer, torch.randn(11, 5)) == 4 * 11 * 5


def test_peak_of_a_step_in_a_process_of_its_own():
    peak = measure_peak(partial(networks.matching_mlp, 80_000, [64, 64]), [64, 64], 65536, 1)
    if peak.reason:
        assert "not measured" in peak.reason
        return
    hidden = 80_000 // (64 + 64 + 1)
    one = 65536 * hidden * 4  # ReLU's output must be there; its input may be
    assert one <= peak.forward <= 2.5 * one
    assert one <= peak.step <= 4 * one


def test_a_failed_measurement_of_the_peak_says_why():
    peak = measure_peak(partial(networks.build, "cubic0", [2, 1]), [2, 1], 4, 1)
    assert peak.step is None
    assert peak.reason == "not measured: KeyError: 'cubic0'"


def test_the_others_are_all_cores_at_work_but_ours(monkeypatch):
    states = iter([(10.0, 100.0, 5.0), (12.0, 104.0, 6.0)])  # clock, everybody, this process
    monkeypatch.setattr(contention, "_busy", lambda: next(states))
    assert contention.watch()() == (4 - 1) / 2
    monkeypatch.setattr(contention, "_busy", lambda: None)
    assert contention.watch()() is None
    monkeypatch.setattr(contention.os, "cpu_count", lambda: 4)
    assert contention.lacks_cores(4, 1.0)
    assert contention.lacks_cores(2, 3.0)
    assert not contention.lacks_cores(4, 0.1)
    assert not contention.lacks_cores(1, 2.9)
    assert not contention.lacks_cores(4, None)


@pytest.mark.parametrize(
    ("key", "forward", "both"),
    [
        ("cubic5", 5 * (12 + 8), 5 * (2 * 12 + 3 * 8)),  # 4 values and the base for each edge
        ("linear8", 3 * (12 + 8), 3 * (2 * 12 + 3 * 8)),
        # LayerNorm's parameters need the first layer's input gradient, the base doesn't.
        ("gaussian8", 9 * (12 + 8), 3 * 8 * (12 + 8) + 2 * 12 + 3 * 8),
        ("rswaf8", 8 * (12 + 8), 3 * 8 * (12 + 8)),
        ("legendre3", 5 * (12 + 8), 5 * (2 * 12 + 3 * 8)),
    ],
)
def test_counted_work(key, forward, both):
    model = networks.build(key, [3, 4, 2])
    assert networks.flops(key, model, 10, backward=False) == 2 * 10 * forward
    assert networks.flops(key, model, 10, backward=True) == 2 * 10 * both


def test_busy_neighbours_end_with_the_block(monkeypatch):
    started = []
    popen = contention.subprocess.Popen
    monkeypatch.setattr(
        contention.subprocess,
        "Popen",
        lambda command: started.append(popen(command)) or started[-1],
    )
    with contention.keep_busy(2):
        assert [process.poll() for process in started] == [None, None]
    assert all(process.poll() is not None for process in started)


def test_the_time_left_is_that_of_the_rest(monkeypatch):
    monkeypatch.setattr(timing.time, "monotonic", lambda: 1000.0)
    assert timing.tell_time(1000.0 - 120, 0.25) == "2.0 min spent, about 6.0 min left"
    assert timing.tell_time(1000.0 - 120, 1.0) == "2.0 min spent, about 0.0 min left"
