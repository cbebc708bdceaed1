"""A program as lists and texts, as both JavaScript and Python write them into their files."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from edgewise.piecewise.program import (
    Absence,
    Names,
    Number,
    Program,
    Reading,
    Stage,
    Table,
    Term,
)


def list_program(program: Program, effects: list[str]) -> dict[str, Any]:
    """What an interpreter of the program needs.

    Args:
        effects: the names of contributions, or none if they aren't asked for.
    """
    data: dict[str, Any] = {"input_names": list(program.input_names)}
    if effects:
        data["effects"] = effects
    if program.is_network:
        data["inputs"] = list(program.inputs)
        data["bound"] = program.report.bound.tolist()
    else:
        answer = program.answer
        data["links"], data["scales"] = list(answer.links), list(answer.scales)
        data["bounds"], data["single"] = list(answer.bounds), answer.single
        data["classes"] = None if answer.classes is None else list(answer.classes)
    data["stages"] = [_list_stage(s, program.input_names, bool(effects)) for s in program.stages]
    return data


def _list_stage(stage: Stage, names: tuple[str, ...], contributions: bool) -> dict[str, Any]:
    """``start`` has a row for each effect, or one for all."""
    starts, norm, places = stage.starts(), stage.norm, stage.places()
    return {
        "start": starts.tolist() if contributions else [starts.sum(0).tolist()],
        "effects": len(places),
        "norm": norm
        and {"weight": norm.weight.tolist(), "bias": norm.bias.tolist(), "eps": norm.eps},
        "tables": [_list_table(table) for table in stage.tables],
        "terms": [[places[t.columns], *_list_term(t, names)] for t in stage.terms],
    }


def _list_table(table: Table) -> dict[str, Any]:
    return {
        "standardized": table.standardized,
        "low": table.low.tolist(),
        "high": table.high.tolist(),
        "inverse": table.inverse.tolist(),
        "cells": table.cells,
        "powers": table.degree + 1,
        "scale": table.scale.ravel().tolist(),
        "values": table.values.ravel().tolist(),
    }


def _list_term(term: Term, names: tuple[str, ...]) -> list[Any]:
    """The first output, readings, and polynomials by cell, or by both cells, and output."""
    readings = [[*_list_reading(r, names[r.column])] for r in term.readings]
    pair = len(term.readings) == 2
    table = term.table.transpose(0, 1, 4, 2, 3) if pair else term.table[:, 0, :, 0].swapaxes(1, 2)
    return [term.first, readings, table.tolist()]


@singledispatch
def _list_reading(reading: Reading, name: str) -> tuple[Any, ...]:
    raise TypeError(f"expected a way of reading a column, got {type(reading).__name__}")


@_list_reading.register
def _list_number(reading: Number, name: str) -> tuple[Any, ...]:
    ends = reading.low, reading.high, list(reading.places)
    return "number", name, reading.centre, reading.scale, reading.tame, *ends


@_list_reading.register
def _list_names(reading: Names, name: str) -> tuple[Any, ...]:
    return "names", name, reading.numbers, [list(cell) for cell in reading.cells]


@_list_reading.register
def _list_absence(reading: Absence, name: str) -> tuple[Any, ...]:
    return "missing", name
