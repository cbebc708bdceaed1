"""The numbers as CSV and Markdown."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from edgewise._files import replace_file
from edgewise.bench.peers import Comparison, Halves, Program
from edgewise.bench.speed import PASSES, PEAK_TARGET, SAVED_TARGET, Cell, Memory

MIB = 2**20


@dataclass
class Result:
    """Everything that one run of the benchmark found."""

    about: dict[str, str]
    cells: list[Cell] = field(default_factory=list)
    memory: list[Memory] = field(default_factory=list)
    peers: list[Comparison] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)


def verdict(met: bool | None, crowded: bool = False) -> str:
    """A target's fate in one word; ``busy`` where other processes needed the cores."""
    return "busy" if crowded else {True: "met", False: "missed", None: ""}[met]


def summary(result: Result) -> str:
    """How many targets are met, and how much couldn't be judged."""
    met, total = count_targets(result)
    crowded = sum(c.crowded for c in result.cells) + sum(c.crowded for c in result.peers)
    text = f"{met} of {total} targets met"
    if crowded:
        text += (
            f"; {crowded} measurements are not judged (busy), because other processes needed the "
            "cores meanwhile: run the benchmark alone"
        )
    return text


def count_targets(result: Result) -> tuple[int, int]:
    """How many targets are met, of how many."""
    found = [cell.met for cell in result.cells] + [peer.met for peer in result.peers]
    found += [m.saved_ratio <= SAVED_TARGET for m in result.memory if m.saved_ratio is not None]
    found += [m.peak_ratio <= PEAK_TARGET for m in result.memory if m.peak_ratio is not None]
    return found.count(True), found.count(True) + found.count(False)


def write_atomically(path: Path, text: str) -> None:
    """Replace a file by ``text``, all of it or nothing."""
    with replace_file(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def records_csv(kind: type[Any], records: Sequence[Any]) -> str:
    """One line for each record of a dataclass."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = [f.name for f in dataclasses.fields(kind)]
    writer.writerow(names)
    writer.writerows([getattr(r, name) for name in names] for r in records)
    return out.getvalue()


def speed_csv(result: Result) -> str:
    """One line for each cell, and for each row's memory; ``#`` lines say where it comes from."""
    lines: list[dict[str, Any]] = []
    for c in result.cells:
        low, high = c.ratio_quartiles
        times = {
            "kan": c.kan,
            "mlp_eager": c.mlp,
            "mlp_compiled": c.mlp_compiled,
        }
        line: dict[str, Any] = {
            "row": c.row.key,
            "shape": c.shape,
            "batch": c.batch,
            "threads": c.threads,
            "measure": c.mode,
            "parameters": c.parameters,
            "mlp_parameters": c.mlp_parameters,
        }
        for name, timing in times.items():
            values = (timing.median, *timing.quartiles) if timing else (None,) * 3
            for suffix, value in zip(("ms", "q1_ms", "q3_ms"), values, strict=True):
                line[f"{name}_{suffix}"] = None if value is None else f"{value * 1e3:.5g}"
        line |= {
            "mlp_compile_failure": c.compile_failure,
            "repeats": len(c.kan.seconds),
            "ratio": f"{c.ratio:.4g}",
            "ratio_q1": f"{low:.4g}",
            "ratio_q3": f"{high:.4g}",
            "target": c.target if c.target_ms is None else f"{c.target_ms} ms",
            "verdict": verdict(c.met, c.crowded),
            "others_cores": None if c.others is None else f"{c.others:.2f}",
            "gflops": f"{c.gflops:.4g}",
            "sgemm_gflops": f"{c.sgemm:.4g}",
        }
        lines.append(line)
    for m in result.memory:
        both = {"row": m.row.key, "shape": m.shape}
        for measure, ours, theirs, ratio, target, batch in (
            ("saved bytes", m.saved, m.mlp_saved, m.saved_ratio, SAVED_TARGET, 1024),
            ("peak bytes", m.peak.step, m.mlp_peak.step, m.peak_ratio, PEAK_TARGET, 8192),
        ):
            if ours is None and theirs is None:
                continue
            lines.append(
                {
                    **both,
                    "batch": batch,
                    "measure": measure,
                    "kan_bytes": ours,
                    "mlp_bytes": theirs,
                    "ratio": None if ratio is None else f"{ratio:.4g}",
                    "target": target,
                    "verdict": verdict(None if ratio is None else ratio <= target),
                }
            )
    return _csv(result.about, lines)


def peers_csv(result: Result) -> str:
    """One line for each program, in KAN-benchmarking's columns and a few more."""
    lines = []
    for c in result.peers:
        for program in (c.theirs, c.ours):
            mine = program is c.ours
            line: dict[str, Any] = {
                "program": program.name,
                "shape": c.shape,
                "batch": c.batch,
                "threads": c.threads,
                "forward_ms": _ms(program.eager.forward.median),
                "backward_ms": _ms(program.eager.backward.median),
                "forward_mb": _mib(program.peak.forward),
                "backward_mb": _mib(program.peak.backward),
                "parameters": program.parameters,
                "trainable": program.trainable,
                "compiled_forward_ms": None,
                "compiled_backward_ms": None,
                "compile_failure": "" if mine else c.compile_failure,
                "times_faster": f"{c.times_faster:.3g}" if mine else None,
                "target": _peer_target(c) if mine else None,
                "verdict": verdict(c.met, c.crowded) if mine else None,
                "output_difference": c.difference if mine else None,
            }
            if not mine and c.compiled is not None:
                line["compiled_forward_ms"] = _ms(c.compiled.forward.median)
                line["compiled_backward_ms"] = _ms(c.compiled.backward.median)
            lines.append(line)
    return _csv(result.about, lines)


def _csv(about: Mapping[str, str], lines: Sequence[Mapping[str, Any]]) -> str:
    stream = io.StringIO()
    for name, value in about.items():
        stream.write(f"# {name}: {value}\n")
    columns = list(dict.fromkeys(name for line in lines for name in line))
    writer = csv.DictWriter(stream, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return stream.getvalue()


def markdown(result: Result) -> str:
    """The whole result for a reader."""
    parts = [
        "# Speed\n",
        *(
            f"- {name}: {f'`{value}`' if name == 'command' else value}"
            for name, value in result.about.items()
        ),
        f"\n{summary(result)}.\n",
    ]
    if result.cells:
        parts.append(
            "Times are medians in milliseconds; MLP is the two-layer ReLU network with as many "
            "parameters, eager or under torch.compile (marked c), whichever is faster. A ratio is "
            "the KAN's median over the MLP's, with the quartiles of the ratios of each round. "
            "Forward runs under no_grad; forward+backward sets gradients to None, and computes "
            "those of the parameters. Inputs are standard normal; the splines cover [-3, 3]. "
            "GFLOP/s counts the multiply-adds that the basis needs, beside torch.mm's on "
            "2048 × 2048 matrices.\n"
        )
    for threads in dict.fromkeys(c.threads for c in result.cells):
        group = [c for c in result.cells if c.threads == threads]
        parts.append(f"## {_plural(threads, 'thread')} (sgemm peak {group[0].sgemm:.0f} GFLOP/s)\n")
        parts.append(_cells_table(group))
    if result.memory:
        parts.append(
            "## Memory\n\nKept for backward at batch 1024 (the input included, parameters not); "
            "peak of a step at batch 8192 above parameters, gradients and inputs. MiB.\n"
        )
        parts.append(_memory_table(result.memory))
    if result.peers or result.skipped:
        parts.append(
            "## The originals\n\nKAN-benchmarking's columns: each program's own code and ours with "
            "its configuration, mean squared error, inputs uniform on [-1, 1]; medians in "
            "milliseconds, peak memory above parameters, gradients and inputs in MiB. The last "
            "column compares outputs of ours, given their weights, with theirs (RMS, relative).\n"
        )
        parts.append(_peers_table(result.peers))
        parts += [f"- {name} is left out: {reason}" for name, reason in result.skipped.items()]
    return "\n".join(parts).rstrip() + "\n"


def _cells_table(cells: Sequence[Cell]) -> str:
    header = ["row", "shape", "batch"]
    for name in ("fwd", "fwd+bwd"):
        header += [f"{name} KAN", "MLP", "ratio (quartiles)", "GFLOP/s"]
    header += ["target", ""]
    pairs: dict[tuple[str, str, int], dict[str, Cell]] = {}
    for c in cells:
        pairs.setdefault((c.row.label, c.shape, c.batch), {})[c.mode] = c
    body = []
    for key, modes in pairs.items():
        line = [*map(str, key)]
        for mode in PASSES:
            line += _cell_columns(modes[mode]) if mode in modes else [""] * 4
        last = modes.get(PASSES[1])
        line += [_cell_target(last), verdict(last.met, last.crowded)] if last else ["", ""]
        body.append(line)
    return _table(header, body)


def _cell_columns(c: Cell) -> list[str]:
    low, high = c.ratio_quartiles
    mark = " c" if c.fastest_mlp is c.mlp_compiled else ""
    return [
        _ms(c.kan.median),
        _ms(c.fastest_mlp.median) + mark,
        f"{c.ratio:.2f} ({low:.2f}–{high:.2f})",
        f"{c.gflops:.3g}",
    ]


def _cell_target(c: Cell) -> str:
    if c.target_ms is not None:
        return f"≤ {c.target_ms} ms"
    return "" if c.target is None else f"≤ {c.target}"


def _memory_table(entries: Sequence[Memory]) -> str:
    header = [
        "row",
        "shape",
        "kept KAN",
        "MLP",
        "ratio",
        "≤ 1.5",
        "peak KAN",
        "MLP",
        "ratio",
        "≤ 2",
    ]
    body = []
    for m in entries:
        line = [m.row.label, m.shape]
        for ours, theirs, ratio, target in (
            (m.saved, m.mlp_saved, m.saved_ratio, SAVED_TARGET),
            (m.peak.step, m.mlp_peak.step, m.peak_ratio, PEAK_TARGET),
        ):
            if ratio is None:
                line += [_mib(ours), _mib(theirs), "", ""]
            else:
                line += [_mib(ours), _mib(theirs), f"{ratio:.2f}", verdict(ratio <= target)]
        body.append(line)
    reasons = {p.reason for m in entries for p in (m.peak, m.mlp_peak) if p.reason}
    return _table(header, body) + "".join(f"\nPeak {reason}\n" for reason in sorted(reasons))


def _peers_table(comparisons: Sequence[Comparison]) -> str:
    header = ["program", "shape", "batch", "threads", "forward ms", "backward ms"]
    header += ["forward MB", "backward MB", "parameters", "trainable", "torch.compile, ms"]
    header += ["ours, times as fast", "target", "", "difference"]
    body = []
    for c in comparisons:
        case = [c.shape, str(c.batch), str(c.threads)]
        compiled = _halves(c.compiled) if c.compiled else f"failed: {c.compile_failure}"
        if c.compile_failure == "not asked for":
            compiled = c.compile_failure
        body.append([c.theirs.name, *case, *_program(c.theirs), compiled, "", "", "", ""])
        faster = f"{c.times_faster:.1f} ×"
        if c.times_faster_compiled is not None:
            faster += f" (compiled {c.times_faster_compiled:.1f} ×)"
        last = [faster, _peer_target(c), verdict(c.met, c.crowded), c.difference]
        body.append([c.ours.name, *case, *_program(c.ours), "", *last])
    return _table(header, body)


def _program(p: Program) -> list[str]:
    return [
        _ms(p.eager.forward.median),
        _ms(p.eager.backward.median),
        _mib(p.peak.forward),
        _mib(p.peak.backward),
        f"{p.parameters:,}",
        f"{p.trainable:,}",
    ]


def _halves(halves: Halves) -> str:
    return f"{_ms(halves.forward.median)} / {_ms(halves.backward.median)}"


def _peer_target(c: Comparison) -> str:
    if c.target is not None:
        return f"≥ {c.target:g} ×"
    return "" if c.peer.limit_ms is None else f"≤ {c.peer.limit_ms} ms in all"


def _table(header: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *body]
    # A pipe in a compiler's message would end the column.
    return "".join(
        "| " + " | ".join(v.replace("|", "\\|") for v in line) + " |\n" for line in lines
    )


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:.3g}"


def _mib(count: int | None) -> str:
    return "" if count is None else f"{count / MIB:.2f}"


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
