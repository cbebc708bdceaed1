"""Every public class and function says what its arguments are, and has an example that runs."""

import inspect
import re
from types import ModuleType

import edgewise as ew


def walk(module, prefix=""):
    """Names and objects that `dir` shows of a module and of those of ours in it."""
    for name in dir(module):
        if name.startswith("_"):
            continue
        thing, path = getattr(module, name), prefix + name
        if not isinstance(thing, ModuleType):
            yield path, thing
        elif thing.__name__ == f"{module.__name__}.{name}":  # a room, and not torch
            yield from walk(thing, f"{path}.")


def is_ours(thing):
    """Whether it is a class or a function of edgewise, and no table or alias of a type."""
    made = isinstance(thing, type) or inspect.isroutine(thing)
    return made and thing.__module__.partition(".")[0] == "edgewise"


ROOMS = [*dir(ew), *ew._UNLISTED]
"""What `edgewise` shows, and the rooms that it has besides."""
WALKED = [
    *walk(ew),
    *(found for room in ew._UNLISTED for found in walk(getattr(ew, room), f"{room}.")),
]
OURS = {path: thing for path, thing in WALKED if is_ours(thing)}


def test_every_public_name_has_an_example():
    without = [
        f"{path} ({thing.__module__})"
        for path, thing in OURS.items()
        if ">>>" not in (thing.__doc__ or "")
    ]
    assert not without, "these have no example: " + ", ".join(without)


def test_the_walk_meets_every_room():
    things = {name: getattr(ew, name) for name in ROOMS}
    rooms = {name for name, room in things.items() if isinstance(room, ModuleType) and dir(room)}
    assert rooms == {path.partition(".")[0] for path in OURS if "." in path}
    assert {"KAN", "attribute", "grids.refine", "datasets.feynman.get", "laws.get"} <= OURS.keys()


ARGUMENTS_OF = r"arguments (?:are those of|as in) :\w+:`~?([\w.]+)`"


def explain(thing):
    """What a docstring says before its example, and the one to which it refers for arguments."""
    text = (inspect.getdoc(thing) or "").partition("Example:")[0]
    others = (explain(BY_NAME[name]) for name in re.findall(ARGUMENTS_OF, text))
    return "\n".join([text, *others])


BY_NAME = {thing.__name__: thing for thing in OURS.values()}


def list_unexplained(path, thing):
    """The arguments that the docstring doesn't name. Nobody makes our errors by hand."""
    if isinstance(thing, type) and issubclass(thing, BaseException):
        return []
    names = [name for name in inspect.signature(thing).parameters if not name.startswith("_")]
    text = explain(thing)
    return [f"{path}({name})" for name in names if not re.search(rf"\b{name}\b", text)]


def test_every_argument_of_a_public_name_is_explained():
    unexplained = [each for path, thing in OURS.items() for each in list_unexplained(path, thing)]
    assert not unexplained, "these arguments are nowhere explained: " + ", ".join(unexplained)


def list_broken(path, thing):
    """Lines of names without a colon, which Sphinx doesn't read as arguments."""
    text = (inspect.getdoc(thing) or "").partition("Args:\n")[2].partition("\n\n")[0]
    return [f"{path}: {line}" for line in re.findall(r"(?m)^ {4}(?! )(?!.*:).*", text)]


def test_names_of_arguments_are_on_one_line():
    broken = [line for path, thing in OURS.items() for line in list_broken(path, thing)]
    assert not broken
