"""The command line: ``edgewise train | discover | fit | predict | evaluate | …``.

Commands import torch only when they run, so that ``--help`` answers at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from edgewise.cli.bench import bench
from edgewise.cli.check import check
from edgewise.cli.convert import convert
from edgewise.cli.discover import discover
from edgewise.cli.env import env
from edgewise.cli.evaluate import evaluate
from edgewise.cli.explore import explore
from edgewise.cli.export import export
from edgewise.cli.fit import fit
from edgewise.cli.predict import predict
from edgewise.cli.train import train

START = """\
edgewise: Kolmogorov-Arnold networks. Four ways to start:

  a formula for a column     edgewise discover data.csv --target y
  a model of a table         edgewise fit data.csv --target y
  a network for a data set   edgewise train mnist --model fastkan
  a look into a network      edgewise explore model.safetensors data.csv

`edgewise --help` lists all commands, `edgewise discover --help` explains one."""


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="edgewise")
@click.pass_context
def cli(context: click.Context) -> None:
    """Formulas and models of tables; Kolmogorov-Arnold networks to train, read and convert."""
    if context.invoked_subcommand is None:
        click.echo(START)


for command in (
    train,
    discover,
    fit,
    predict,
    evaluate,
    explore,
    bench,
    check,
    convert,
    export,
    env,
):
    cli.add_command(command)


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line; wrong arguments exit with status 2 and one line on stderr."""
    _wait_asleep()
    try:
        code = cli.main(args=args, prog_name="edgewise", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        code = error.exit_code
    except click.ClickException as error:
        click.echo(f"edgewise: {' '.join(error.format_message().split())}", err=True)
        code = error.exit_code
    except click.Abort:
        click.echo("edgewise: interrupted", err=True)
        code = 130
    sys.exit(code or 0)


def _wait_asleep() -> None:
    """Let waiting threads of torch sleep, unless the user has set a policy.

    On a busy machine, spinning threads would block the core that the last working thread needs.
    OpenMP reads the environment once, when torch is imported.
    """
    if "torch" not in sys.modules:
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
