"""A program as one file of C99 that allocates nothing; a network's needs no library either."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from edgewise.piecewise.c_literals import quote, write_array, write_data, write_double, write_single
from edgewise.piecewise.c_sums import (
    HOLD,
    ROOT,
    TERMS,
    keep_called,
    list_levels,
    refuse,
    write_levels,
    write_refusal,
    write_stage,
    write_sums,
)
from edgewise.piecewise.program import Interval, Program, list_reasons
from edgewise.piecewise.templates import fill


def write_c(program: Program, name: str, effects: Sequence[str], reasons: int) -> str:
    """``void name(const float *x, float *y)`` of tables, of doubles for an estimator."""
    network, classes = program.is_network, program.answer.classes
    number, levels = "float" if network else "double", list_levels(program)
    answers = len(classes) if classes else program.out_features
    parts = _write_head(program, name, effects, answers)
    if network:
        bound = program.report.bound
        parts.append(write_array("const double", f"{name}_bound", bound, write_double) + "\n")
        parts.append(HOLD)
        ends = program.domain[list(program.inputs)].T
        for title, values in zip(("least", "greatest"), ends, strict=True):
            parts.append(write_array("static const float", title, values, write_single) + "\n")
    else:
        parts += [TERMS, *write_levels(levels, name, program.in_features)]
        parts.append(write_refusal(program))
    if any(stage.norm is not None for stage in program.stages):
        parts.append(ROOT)
    widths = [len(program.inputs), *(stage.width for stage in program.stages)]
    for k, stage in enumerate(program.stages):
        parts.append(write_stage(stage, k, widths[k], number, bool(effects), levels))
    parts += write_sums(program, name, widths, number, effects)
    write = _write_shares if classes else _write_numbers
    parts.append(write(program, name, number, answers))
    if program.interval is not None:
        stage = program.interval.stage
        if stage.width:
            parts.append(write_stage(stage, 1, widths[0], number, False, levels))
        tell = _write_set if program.interval.least else _write_interval
        parts.append(tell(program, program.interval, name))
    if reasons:
        parts.append(_write_reasons(program, name, reasons))
    if not network:
        place = parts.index(TERMS)
        parts[place] = keep_called(TERMS, "\n".join(parts[place + 1 :]))
    return "\n".join(parts)


def _write_head(program: Program, name: str, effects: Sequence[str], answers: int) -> list[str]:
    """What it is, the libraries that it needs, and the names of inputs, effects and outputs."""
    network = program.is_network
    parts = [
        f"/* {name}: {program.in_features} {'numbers' if network else 'columns'} to {answers}; by "
        "edgewise. C99. */",
        "#include <stdint.h>\n",
        *([] if network else ["#include <math.h>\n#include <string.h>\n"]),
    ]
    texts: dict[str, Sequence[Any]] = {"inputs": program.input_names, "effects": effects}
    texts |= {"classes": program.answer.classes or (), "outputs": program.answer.outputs}
    for title, values in texts.items():
        if values:
            listed = ", ".join(quote(str(value)) for value in values)
            parts.append(f"const char *const {name}_{title}[] = {{{listed}}};")
    return parts


# What is predicted.


def _begin(program: Program, name: str, kind: str, number: str, answers: int) -> str:
    head = [f"{kind} {name}(const {number} *x, {number} *y)", "{"]
    if not program.is_network:
        head += refuse("y", answers, "" if kind == "void" else " -1")
    return "\n".join([*head, f"    double sum[{program.out_features}];", "    add_up(x, sum);\n"])


_MEANS = {"log": "exp({})", "logistic": "1.0 / (1.0 + exp(-{}))"}
"""The inverse of each link but the identity."""


_SORT = """    for (int o = 1; o < {}; o++)
        for (int k = o; k && y[k] < y[k - 1]; k--) {{
            double other = y[k];
            y[k] = y[k - 1], y[k - 1] = other;
        }}
"""


def _write_numbers(program: Program, name: str, number: str, answers: int) -> str:
    begun, answer = _begin(program, name, "void", number, answers), program.answer
    if program.is_network:
        return f"{begun}    for (int o = 0; o < {answers}; o++) y[o] = (float)sum[o];\n}}\n"
    bounds = ", ".join(map(write_double, answer.bounds))
    text = "static void find_targets(const double *sum, double *y)\n{\n"
    for o, (link, ends) in enumerate(zip(answer.links, answer.limits, strict=True)):
        held = f"hold(sum[{o}], {', '.join(map(write_double, ends))})"
        mean = _MEANS.get(link, f"sum[{o}]").format(held)
        text += f"    y[{o}] = hold({mean}, {bounds});\n"
    text += _SORT.format(answers) if answer.rising else ""
    return f"{text}}}\n\n{begun}    find_targets(sum, y);\n}}\n"


def _write_shares(program: Program, name: str, number: str, answers: int) -> str:
    """The probabilities of classes; the function returns the index of the most likely one."""
    begun = _begin(program, name, "int", number, answers)
    text = "static void find_shares(const double *sum, double *y)\n{\n"
    if program.answer.links[0] == "logistic":
        limits = ", ".join(map(write_double, program.answer.limits[0]))
        text += f"    y[1] = 1 / (1 + exp(-hold(sum[0], {limits})));\n    y[0] = 1 - y[1];\n"
    else:
        text += f"""    double largest = sum[0], whole = 0;
    for (int o = 1; o < {answers}; o++) largest = sum[o] > largest ? sum[o] : largest;
    for (int o = 0; o < {answers}; o++) whole += y[o] = exp(sum[o] - largest);
    for (int o = 0; o < {answers}; o++) y[o] /= whole;
"""
    return f"""{text}}}

{begun}    find_shares(sum, y);
    int likeliest = 0;
    for (int o = 1; o < {answers}; o++) likeliest = y[o] > y[likeliest] ? o : likeliest;
    return likeliest;
}}
"""


def _write_interval(program: Program, interval: Interval, name: str) -> str:
    """Both ends of every target's interval, which includes the prediction."""
    count, width = len(interval.ends), interval.stage.width
    known = "find_targets(found + {0}, known);" if interval.edited else "{1}(x, known);"
    limits, ends = np.array(interval.limits), np.array(interval.ends)
    low, high = map(write_double, program.answer.bounds)
    return f"""/* ends[2 * k] and ends[2 * k + 1]: of target k; coverage {interval.coverage:g}. */
void {name}_interval(const double *x, double *ends)
{{
{_indent(write_data("least", limits[:, 0]))}
{_indent(write_data("most", limits[:, 1]))}
{_indent(write_data("below", ends[:, 0]))}
{_indent(write_data("above", ends[:, 1]))}
    double y[{count}], known[{count}], found[{width}];
{chr(10).join(refuse("ends", 2 * count, ""))}
    {name}(x, y);
    stage1(x, found);
    {known.format(count, name)}
    for (int k = 0; k < {count}; k++) {{
        double size = exp(hold(found[k], least[k], most[k]));
        double low = known[k] + below[k] * size, high = known[k] + above[k] * size;
        ends[2 * k] = hold(low < y[k] ? low : y[k], {low}, {high});
        ends[2 * k + 1] = hold(high > y[k] ? high : y[k], {low}, {high});
    }}
}}
"""


def _write_set(program: Program, interval: Interval, name: str) -> str:
    """The prediction set of a row, or of each of its labels."""
    classes, width = program.answer.classes, interval.stage.width
    count = len(classes) if classes else program.out_features
    known = f"{name}(x, known);"
    if interval.edited:
        find = "find_shares" if classes else "find_targets"
        known = f"double found[{width}];\n    stage1(x, found);\n    {find}(found, known);"
    told, size = "in[k]: whether it may be class k", count
    answer, tests = (
        f"int likeliest = {name}(x, y)",
        ["known[k] >= least[0] || y[k] >= y[likeliest]"],
    )
    if not classes:
        told, size = "in[2 * k] and in[2 * k + 1]: whether label k may be 0, or 1", 2 * count
        answer = f"{name}(x, y)"
        tests = [
            "1 - known[k] >= least[k] || 1 - y[k] >= y[k]",
            "known[k] >= least[k] || y[k] >= 1 - y[k]",
        ]
    loop = "\n".join(f"        in[{len(tests)} * k + {n}] = {t};" for n, t in enumerate(tests))
    return f"""/* {told}, with a coverage of
   {interval.coverage:g}. */
void {name}_set(const double *x, int *in)
{{
{_indent(write_data("least", np.array(interval.least)))}
    double y[{count}], known[{count}];
{chr(10).join(refuse("in", size, "", "0"))}
    {answer};
    {known}
    for (int k = 0; k < {count}; k++) {{
{loop}
    }}
}}
"""


_REASONS = """/* reasons[k * %(most)s + i]: the strongest effects in words, 0 where there are no
   more; of target k, or of the likeliest class with k = 0. */
void %(name)s_reasons(const double *x, const char **reasons)
{
    static const char *const texts[%(answers)s][%(effects)s][2] = {%(texts)s};
    double parts[%(count)s];
    %(name)s_contributions(x, parts);
%(likeliest)s
    for (int k = 0; k < %(told)s; k++) {
        int used[%(effects)s] = {0};
        for (int i = 0; i < %(most)s; i++) {
            int best = -1;
            double largest = 0;
            for (int e = 0; e < %(known)s; e++) {
                double value = parts[(e + 1) * %(outputs)s + %(place)s];
                double size = value < 0 ? -value : value;
                if (!used[e] && size > largest) {
                    best = e;
                    largest = size;
                }
            }
            reasons[k * %(most)s + i] = 0;
            if (best < 0) continue;
            used[best] = 1;
            double value = %(sign)sparts[(best + 1) * %(outputs)s + %(place)s];
            reasons[k * %(most)s + i] = texts[%(answer)s][best][value > 0];
        }
    }
}
"""


def _write_reasons(program: Program, name: str, reasons: int) -> str:
    """A function that returns the texts of the strongest effects; refused rows have none."""
    texts, outputs = list_reasons(program), program.out_features
    known, classes = len(program.effects) - 1, program.answer.classes
    each = [", ".join(f"{{{quote(a)}, {quote(b)}}}" for a, b in own) for own in texts]
    likeliest = ""
    if classes:
        likeliest = f"    double y[{len(classes)}];\n    int likeliest = {name}(x, y);\n"
        likeliest += f"    for (int i = 0; i < {reasons}; i++) reasons[i] = 0;\n"
        likeliest += "    if (likeliest < 0) return;"
    else:
        likeliest = f"    if (is_refused(x)) for (int e = 0; e < {known * outputs + outputs}; e++) "
        likeliest += "parts[e] = 0;"
    values = {
        "name": name,
        "most": reasons,
        "answers": len(texts),
        "effects": max(1, known),
        "texts": ", ".join(f"{{{one or '{0, 0}'}}}" for one in each),
        "count": (1 + known) * outputs,
        "likeliest": likeliest,
        "told": 1 if classes else outputs,
        "known": known,
        "outputs": outputs,
        "place": "k" if not classes else "likeliest" if len(classes) > 2 else "0",
        "sign": "(likeliest ? 1 : -1) * " if classes and len(classes) == 2 else "",
        "answer": "likeliest" if classes else "k",
    }
    return fill(_REASONS, {key: str(value) for key, value in values.items()})


def _indent(text: str) -> str:
    return "    " + text.replace("\n", "\n    ")
