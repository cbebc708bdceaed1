"""``edgewise convert``: convert checkpoints from and to other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from edgewise._files import write_bytes
from edgewise.cli._common import one_line_errors


@click.command(short_help="Convert checkpoints of other programs.")
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--from", "source_format", metavar="FORMAT", help="Needed only if it is ambiguous.")
@click.option("--to", "target_format", metavar="FORMAT", help="Write another program's layout.")
@click.option("--denominator", type=float, help="Width of the functions, if the source lacks it.")
@click.option("--base", help="Base activation of the source, silu or identity; most files lack it.")
def convert(
    source: Path,
    target: Path,
    source_format: str | None,
    target_format: str | None,
    **settings: Any,
) -> None:
    """Convert checkpoints of other programs.

    SOURCE is a checkpoint (.pt, .pth or .safetensors) of fast-kan, faster-kan, rbf-kan,
    efficient-kan, kal-net, cheby-kan, fourier-kan or pykan (the path given to its saveckpt), or
    one of ours. TARGET is a .safetensors file of ours, or with --to a state dict in another
    program's layout; for pykan the path that its loadckpt takes.
    """
    with one_line_errors({'base="silu"': "--base silu", "base=": "--base"}):
        import edgewise as ew

        model = _read(source, source_format, {k: v for k, v in settings.items() if v is not None})
        if not isinstance(model, ew.KAN | ew.symbolic.SymbolicKAN):
            raise ValueError(f"expected a KAN in {source}, got {type(model).__name__}")
        if target_format is None:
            if target.suffix != ".safetensors":
                raise ValueError(
                    f"expected a target ending in .safetensors, got {target}: or say which "
                    "program's layout to write with --to"
                )
            ew.save(model, target)
        else:
            _write(model, target, target_format)
        kind = f"{type(model).__name__} {model.widths}"
        click.echo(f"{source} → {target}: {kind}, {target_format or 'edgewise'}")


def _read(source: Path, source_format: str | None, settings: dict[str, Any]) -> Any:
    import edgewise as ew
    from edgewise.models.io import is_ours

    if source_format is None and is_ours(source):
        return ew.load(source)
    return ew.load_foreign(source, format=source_format, **settings)


def _write(model: Any, target: Path, target_format: str) -> None:
    from safetensors.torch import save as serialize

    import edgewise as ew
    from edgewise._tensor_files import pickle_tensors

    if target.suffix != ".safetensors" and (target_format != "pykan" or not target.suffix):
        ew.saving.save_foreign(model, target, target_format)
        return
    state = ew.saving.to_foreign(model, target_format)
    write = serialize if target.suffix == ".safetensors" else pickle_tensors
    write_bytes(target, write(state))
