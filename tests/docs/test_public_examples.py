"""Every public class and function shows how it is used, in an example that the doctests run."""

import inspect
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


OURS = {path: thing for path, thing in walk(ew) if is_ours(thing)}


def test_every_public_name_has_an_example():
    without = [
        f"{path} ({thing.__module__})"
        for path, thing in OURS.items()
        if ">>>" not in (thing.__doc__ or "")
    ]
    assert not without, "these have no example: " + ", ".join(without)


def test_the_walk_meets_every_room():
    things = {name: getattr(ew, name) for name in dir(ew)}
    rooms = {name for name, room in things.items() if isinstance(room, ModuleType) and dir(room)}
    assert rooms == {path.partition(".")[0] for path in OURS if "." in path}
    assert {"KAN", "attribute", "grids.refine", "datasets.feynman.get"} <= OURS.keys()
