"""`python -m benchmarks.report`: the page, and the pictures of docs/are-kans-good.md."""

from __future__ import annotations

from pathlib import Path

import click

from benchmarks.records import RESULTS
from benchmarks.report.images import renew_images
from benchmarks.report.page import write_page
from benchmarks.report.quotes import renew_quotes
from edgewise._files import replace_file


@click.command()
@click.option(
    "--results",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    default=RESULTS,
    help="Folder of the CSVs. [default: benchmarks/results]",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The page. [default: report.html beside the CSVs]",
)
@click.option(
    "--images",
    type=click.Path(file_okay=False, path_type=Path),
    help="Renew the charts in this folder, too; all are written into a new one.",
)
@click.option(
    "--quotes",
    type=click.Path(exists=True, path_type=Path),
    help="Renew the findings that a page quotes, too, or all pages of a folder such as docs.",
)
def main(
    results: Path, out: Path | None, images: Path | None, quotes: Path | None
) -> None:  # fmt: skip
    """One page for all questions: a sentence, a chart and the rows of each, from the CSVs."""
    path = out or results / "report.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = write_page(results)
    with replace_file(path) as temporary:
        Path(temporary).write_text(text, encoding="utf-8")
    click.echo(f"written: {path}, {len(text) / 1e6:.1f} MB")
    for page in _list_pages(quotes):
        quoting = page.read_text(encoding="utf-8")
        if (renewed := renew_quotes(quoting, results)) != quoting:
            with replace_file(page) as temporary:
                Path(temporary).write_text(renewed, encoding="utf-8")
            click.echo(f"renewed: {page}")
    if images is not None:
        for path in renew_images(results, images):
            click.echo(f"drawn: {path}")


def _list_pages(path: Path | None) -> list[Path]:
    if path is None or path.is_file():
        return [] if path is None else [path]
    return sorted(path.rglob("*.md"))


if __name__ == "__main__":
    main()
