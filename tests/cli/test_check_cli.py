"""``edgewise check``, and what ``bench speed --device cuda`` says, on machines without a card."""

import pytest
import torch

import edgewise as ew
from edgewise.cli import main
from edgewise.engines import conformance
from edgewise.engines.conformance import Case
from edgewise.engines.triton import engine, verdicts

without_a_card = pytest.mark.skipif(torch.cuda.is_available(), reason="there is a card")


def run(capsys, *args):
    """Exit status, standard output and standard error of ``edgewise ARGS``."""
    with pytest.raises(SystemExit) as stop:
        main([str(a) for a in args])
    out, err = capsys.readouterr()
    return stop.value.code, out, err


@without_a_card
@pytest.mark.parametrize("command", [("check",), ("bench", "speed", "--device", "cuda")])
def test_without_a_card_it_is_one_line(capsys, command):
    code, out, err = run(capsys, *command)
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert "GPU" in err


def test_the_cpu_engine_is_checked(capsys, monkeypatch):
    few = [
        Case(ew.Gaussian(), (7, 5, 3)),
        Case(ew.bases.Sine(), (7, 5, 3)),
    ]  # Sine has no C++ kernel
    monkeypatch.setattr(conformance, "cases", lambda shapes, types: few)
    code, out, _ = run(capsys, "check", "--device", "cpu")
    assert code == 0
    assert out == "native on cpu: 2 cases, 0 failures\n"


def test_an_engine_that_is_wrong_is_found():
    class Wrong(engine.TritonEngine):
        def obstacle(self, call):
            return None

        def run(self, call):
            return conformance.reference.kan_linear(*call) * (1 + 1e-4)

    found = conformance.find_failures(Wrong(), Case(ew.Gaussian(), (7, 5, 3)), "cpu")
    assert any(": y is off by 1.0e-04, more than 1.0e-05" in line for line in found)
    assert any(": coef is off by" in line for line in found)


@pytest.mark.parametrize("failures", [[], ["Gaussian: y is off"]])
def test_the_verdict_on_a_card_is_kept(capsys, monkeypatch, tmp_path, failures):
    monkeypatch.setattr(engine, "unavailable", lambda: None)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda index: "Card of tests")
    monkeypatch.setattr(torch.cuda, "current_device", lambda: 0)
    monkeypatch.setattr(verdicts, "folder", lambda: tmp_path)
    monkeypatch.setattr(
        conformance, "cases", lambda shapes, types: [Case(ew.Gaussian(), (7, 5, 3))]
    )
    monkeypatch.setattr(conformance, "find_failures", lambda engine, case, device: failures)
    code, out, _ = run(capsys, "check")
    assert code == bool(failures)
    assert f"triton on cuda: 1 cases, {len(failures)} failures" in out
    assert f"the verdict on Card of tests is kept in {tmp_path}" in out
    verdicts.find.cache_clear()
    verdict = verdicts.find(verdicts.setting_of(0))
    assert (verdict.cases, list(verdict.failures)) == (1, failures)
    assert (verdicts.reservation(verdict.setting) is None) == (not failures)
    verdicts.find.cache_clear()
