"""Helpers of several commands: parsing of options, and errors in one line."""

from __future__ import annotations

import ast
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click


@contextmanager
def one_line_errors(words: Mapping[str, str] | None = None) -> Iterator[None]:
    """Turn the library's errors into click's: status 2 for wrong usage, 1 for failures.

    Args:
        words: Python arguments in messages, and the command's options for them.
    """
    from edgewise.datasets import DatasetError
    from edgewise.training import NonFiniteLossError

    try:
        yield
    except (ValueError, FileNotFoundError) as error:
        raise click.UsageError(translate(str(error), words or {})) from error
    except (DatasetError, NonFiniteLossError, ImportError, OSError) as error:
        raise click.ClickException(translate(str(error), words or {})) from error


def make_folder(out: Path) -> None:
    """Make the folder of the results before the work, so that none is lost for want of a place.

    Raises:
        OSError: it can't be made or written into.
    """
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=out):
        pass


def translate(message: str, words: Mapping[str, str]) -> str:
    """A message with Python arguments replaced by options of the command.

    Example:
        >>> translate("pass resume=True, or another dir", {"resume=True": "--resume"})
        'pass --resume, or another dir'
    """
    for word, option in words.items():
        message = re.sub(rf"(?<![\w-]){re.escape(word)}(?!\w)", option, message)
    return message


FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
"""A file that is there."""
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)


class Widths(click.ParamType):  # generic in new versions of click only
    """``784,64,10`` as a list of integers."""

    name = "N,N,…"

    def convert(self, value: Any, param: Any, ctx: Any) -> list[int]:
        if isinstance(value, list):
            return value
        try:
            return [int(part) for part in value.split(",")]
        except ValueError:
            self.fail(f"expected integers such as 784,64,10, got {value!r}", param, ctx)


def parse_settings(pairs: tuple[str, ...]) -> dict[str, Any]:
    """``("num_grids=4", "grid_min=-3")`` as a dictionary; values are Python literals or text."""
    settings: dict[str, Any] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key.isidentifier():
            raise click.UsageError(f"expected KEY=VALUE such as num_grids=4, got {pair!r}")
        try:
            settings[key] = ast.literal_eval(value)
        except (ValueError, SyntaxError):
            settings[key] = value
    return settings


def parse_basis(text: str) -> Any:
    """``gaussian:num=8,lo=-2`` as a basis."""
    from edgewise.bases import Basis

    name, _, rest = text.partition(":")
    settings = parse_settings(tuple(rest.split(",")) if rest else ())
    try:
        return Basis.from_config({"name": name, **settings})
    except TypeError as error:
        raise ValueError(f"{text!r} isn't a basis: {error}") from error
