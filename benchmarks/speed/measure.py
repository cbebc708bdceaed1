"""Times of a KAN and of the MLP with as many parameters, a row of the CSV for each pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.contention import in_cores, watch
from benchmarks.networks import count
from benchmarks.speed import networks
from benchmarks.timing import Timing, forward, step, time_in_turns, try_compile

PASSES = ("forward", "forward+backward")
TIMED = ("kan", "mlp", "compiled")


@dataclass(frozen=True)
class Case:
    """A network at some widths, batch and number of threads, computed by one engine."""

    network: str
    widths: str
    batch: int
    threads: int
    engine: str

    def build(self) -> networks.KAN:
        """The network."""
        engine = None if self.engine == "auto" else self.engine
        return networks.build(self.network, networks.widths_of(self.widths), engine)


def measure(case: Case, repeats: int, compile: bool, sgemm: float) -> Iterator[dict[str, Any]]:
    """A row for each pass; torch has the case's threads already."""
    widths = networks.widths_of(case.widths)
    kan = case.build()
    mlp = networks.matching_mlp(count(kan, trainable=False), widths)
    x, dy = networks.inputs(widths, case.batch)
    call, failure = None, "not asked for"
    if compile:
        call, failure = try_compile(mlp, case.threads, x, dy)
    passes: dict[str, Callable[[Any, Any], Callable[[], object]]] = {
        PASSES[0]: lambda model, owner: forward(model, x),
        PASSES[1]: lambda model, owner: step(model, owner, x, dy),
    }
    for name, prepare in passes.items():
        functions = {"kan": prepare(kan, kan), "mlp": prepare(mlp, mlp)}
        if call is not None:
            functions["compiled"] = prepare(call, mlp)
        others = watch()
        timings = time_in_turns(functions, repeats)
        used = others()
        work = networks.flops(case.network, kan, case.batch, backward=name == PASSES[1])
        yield {
            "pass": name,
            "parameters": count(kan, trainable=False),
            "mlp_parameters": count(mlp, trainable=False),
            "repeats": repeats,
            **figures(timings),
            "compile_failure": failure,
            "gflops": f"{work / timings['kan'].median / 1e9:.4g}",
            "sgemm_gflops": f"{sgemm:.4g}",
            "others_cores": in_cores(used),
        }


def figures(timings: dict[str, Timing]) -> dict[str, str]:
    """Medians and quartiles in milliseconds, and the ratio to the faster of the two MLPs."""
    row = {}
    for who, timing in timings.items():
        values = (timing.median, *timing.quartiles)
        for figure, value in zip(("ms", "q1_ms", "q3_ms"), values, strict=True):
            row[f"{who}_{figure}"] = f"{value * 1e3:.5g}"
    kan = timings["kan"]
    mlp = min((t for who, t in timings.items() if who != "kan"), key=lambda t: t.median)
    low, high = kan.over(mlp).quartiles
    ratios = {"ratio": kan.median / mlp.median, "ratio_q1": low, "ratio_q3": high}
    return row | {name: f"{value:.4g}" for name, value in ratios.items()}
