"""``edgewise evaluate``: evaluate a trained model on a test set."""

from __future__ import annotations

from pathlib import Path

import click

from edgewise.cli._common import one_line_errors


@click.command(short_help="Evaluate a network on a test set.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("dataset")
@click.option("--data", type=click.Path(path_type=Path), help="Folder of the dataset's files.")
@click.option("--device", default="cpu", show_default=True)
def evaluate(folder: Path, dataset: str, data: Path | None, device: str) -> None:
    """Evaluate a trained model on a test set.

    DIR is what ``edgewise train`` wrote, or a .safetensors file of ours; DATASET is one that it
    knows.
    """
    with one_line_errors():
        import edgewise as ew
        from edgewise import datasets
        from edgewise._checks import check_device

        check_device("--device", device)
        path = folder if folder.suffix == ".safetensors" else folder / "model.safetensors"
        model = ew.load(path, device=device)
        loaded = datasets.load(dataset, **({"root": data} if data else {}))
        ends = [loaded.in_features, loaded.out_features]
        if [model.widths[0], model.widths[-1]] != ends:
            raise ValueError(
                f"{dataset} expected a model from {ends[0]} to {ends[1]} features, got widths "
                f"{model.widths} in {path}"
            )
        result = ew.evaluate(model, loaded.test, batch_size=1024)
        click.echo("  ".join(f"{name} {value:.6g}" for name, value in result.items()))
