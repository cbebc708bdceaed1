"""``edgewise bench``: measurements of this machine, one command for each question."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Any

import click

from edgewise.cli._common import one_line_errors

QUICK = {"rows": "cubic5,gaussian8", "shapes": "784-64-10", "batches": "64,1024", "threads": "all"}


@click.group()
def bench() -> None:
    """Measure this machine."""


@bench.command()
@click.option("--rows", metavar="NAME,…", help="Such as cubic5,gaussian8. [default: all]")
@click.option("--shapes", metavar="N-N-N,…", help="Such as 784-64-10,2-5-1. [default: all]")
@click.option("--batches", metavar="N,…", help="[default: 64,256,1024,8192; 1000 for 2-5-1]")
@click.option("--threads", metavar="N,…", help="[default: all,1]")
@click.option("--repeats", type=click.IntRange(2), help="Rounds. [default: 20]")
@click.option("--quick", is_flag=True, help="Two rows at one shape, 10 rounds: under a minute.")
@click.option("--compile/--no-compile", default=True, help="Time torch.compile of the MLP too.")
@click.option(
    "--peers",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Time the originals too, from checkouts below DIR.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("runs/bench-speed"),
    show_default=True,
)
def speed(out: Path, **options: Any) -> None:
    """Time KANs beside MLPs of the same size.

    Medians of interleaved rounds in float32, forward and forward+backward, against the two-layer
    ReLU network with as many parameters, eager and under torch.compile. Writes speed.csv, speed.md
    and speed.png; with --peers also peers.csv and peers.png.

    Everything is first compared with the float64 reference; where that fails, nothing is timed or
    written and the exit status is 1. All rows and shapes take hours: choose some, or say --quick.
    """
    with one_line_errors():
        from edgewise.bench.check import ConformanceError

        try:
            _run(out, options)
        except ConformanceError as error:
            raise click.ClickException(str(error)) from error


def _run(out: Path, options: dict[str, Any]) -> None:
    import torch

    from edgewise.bench import charts, machine, peers, report, rows
    from edgewise.bench import speed as harness

    if options["quick"]:
        options = options | {name: options[name] or value for name, value in QUICK.items()}
    charts.require_matplotlib()
    cores = torch.get_num_threads()
    batches = options["batches"] and rows.parse_counts(options["batches"], "batches")
    shapes = options["shapes"] and rows.parse_shapes(options["shapes"])
    plan = harness.Options(
        rows=rows.parse_rows(options["rows"] or ",".join(rows.ROWS)),
        cells=rows.cells(shapes or rows.SHAPES, batches),
        threads=rows.parse_threads(options["threads"] or "all,1", cores),
        repeats=options["repeats"] or (10 if options["quick"] else 20),
        compile=options["compile"],
    )
    most = max(plan.threads)
    found = peers.Plan()
    if options["peers"] is not None:
        found = peers.plan(options["peers"], shapes, batches)
    harness.check(plan)
    peers.check(found, most)
    click.echo("the engine agrees with the float64 reference: timing")

    command = shlex.join(["edgewise", *sys.argv[1:]])
    result = report.Result(machine.describe(command, cores), skipped=found.skipped)
    out.mkdir(parents=True, exist_ok=True)
    for cell in harness.measure(plan):
        click.echo(
            f"{cell.row.key:<10} {cell.shape:>11} batch {cell.batch:<4} {cell.threads} threads "
            f"{cell.mode:<16} {cell.kan.median * 1e3:8.3f} ms {cell.ratio:6.2f} × MLP "
            f"{report.verdict(cell.met, cell.crowded)}"
        )
        result.cells.append(cell)
        # A full run takes hours: what is measured is kept, whatever happens next.
        report.write_atomically(out / "speed.csv", report.speed_csv(result))
    for entry in harness.measure_memory(plan):
        result.memory.append(entry)
    for comparison in peers.measure(found, most, plan.repeats, compile=plan.compile):
        click.echo(
            f"{comparison.peer.key:<13} {comparison.shape:>11} batch {comparison.batch}: "
            f"ours is {comparison.times_faster:.1f} × as fast "
            f"{report.verdict(comparison.met, comparison.crowded)}"
        )
        result.peers.append(comparison)
    for name, reason in found.skipped.items():
        click.echo(f"{name} is left out: {reason}")
    written = _write(out, result)
    click.echo(f"{report.summary(result)}; written to {out}/: {' '.join(written)}")


def _write(out: Path, result: Any) -> list[str]:
    from edgewise.bench import charts, report

    report.write_atomically(out / "speed.csv", report.speed_csv(result))
    report.write_atomically(out / "speed.md", report.markdown(result))
    charts.draw_speed(result.cells, result.about, out / "speed.png")
    written = ["speed.csv", "speed.md", "speed.png"]
    if result.peers:
        report.write_atomically(out / "peers.csv", report.peers_csv(result))
        charts.draw_peers(result.peers, result.about, out / "peers.png")
        written += ["peers.csv", "peers.png"]
    return written


@bench.command()
@click.option(
    "--ladders/--no-ladders", default=True, help="Climb the ladders of growing grids too."
)
@click.option("--rungs", type=click.IntRange(1, 5), default=5, show_default=True, help="Of them.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("runs/bench-approximation"),
    show_default=True,
)
def approximation(ladders: bool, rungs: int, out: Path) -> None:
    """How radial functions relate to a B-spline grid.

    The error of drawing cubic splines with Gaussians and RSWAFs on the same points, by width and
    number of cells; the condition of the map in both directions; the ends of the grid. Then, with
    every basis, the formulas that a growing grid has to fit. Writes approximation.md, .csv, .png.
    """
    with one_line_errors():
        from edgewise._files import replace_file
        from edgewise.bench import approximation as study
        from edgewise.bench import approximation_report as report
        from edgewise.bench.charts import require_matplotlib

        require_matplotlib()
        found = study.sweep()
        text = report.markdown(found)
        click.echo(text)
        if ladders:
            text += "\n" + _climb(rungs)
        out.mkdir(parents=True, exist_ok=True)
        for name, content in (
            ("approximation.md", text),
            ("approximation.csv", report.to_csv(found)),
        ):
            with replace_file(out / name) as temporary:
                temporary.write_text(content)
        with replace_file(out / "approximation.png") as temporary:
            report.draw(found, temporary.with_suffix(".png"))
            temporary.with_suffix(".png").replace(temporary)
        click.echo(f"written to {out}/: approximation.md approximation.csv approximation.png")


def _climb(rungs: int) -> str:
    from dataclasses import replace

    from edgewise.bench import ladders

    parts = []
    for ladder in ladders.LADDERS.values():
        short = replace(ladder, sizes=ladder.sizes[:rungs], published=ladder.published[:rungs])
        results = {name: ladders.climb(short, b)[0] for name, b in ladders.BASES.items()}
        parts.append(f"Ladder {ladder.name}, test RMSE:\n\n{ladders.table(results, short)}\n")
        click.echo(parts[-1])
    return "\n".join(parts)


def _chosen(given: str | None, known: list[str], option: str) -> list[str]:
    """Names separated by commas; "none" for none of them."""
    if given is None:
        return known
    if given == "none":
        return []
    names = [n.strip() for n in given.split(",")]
    if unknown := [n for n in names if n not in known]:
        raise ValueError(f"--{option} expected names among {', '.join(known)}; got {unknown[0]!r}")
    return names


@bench.command()
@click.option("--bases", default="bspline,gaussian,rswaf", show_default=True)
@click.option("--batches", default="64,1024", show_default=True)
@click.option("--repeats", type=click.IntRange(2), default=40, show_default=True)
@click.option("--threads", type=click.IntRange(1), help="Of torch. [default: all cores]")
def sparsity(bases: str, batches: str, repeats: int, threads: int | None) -> None:
    """What the penalties of Sparsity add to a training step at 784-64-10, as a table."""
    with one_line_errors():
        import torch

        from edgewise.bench import sparsity as study
        from edgewise.bench.machine import describe
        from edgewise.bench.rows import parse_counts

        if threads is not None:
            torch.set_num_threads(threads)
        results: list[study.Measured] = []
        for basis in _chosen(bases, list(study.BASES), "bases"):
            for batch in parse_counts(batches, "batches"):
                results += study.measure(basis, batch, repeats)
        about = describe(" ".join(["edgewise", *sys.argv[1:]]), torch.get_num_threads())
        click.echo("\n".join(f"- {k}: {v}" for k, v in about.items()))
        click.echo("\n" + study.table(results))
