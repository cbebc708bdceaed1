"""The search for one form of several groups of rows, each with its own numbers.

Proposals come from sums of terms fitted to all groups, and from searches on single groups and on
all rows together. Each proposal is refitted in every group. The objective is the description length
of all rows: ten noisy groups together may determine a form that none determines alone. The best
forms are then improved part by part.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from edgewise.discovery.front import has_steep_power
from edgewise.discovery.function_swaps import list_neighbours
from edgewise.discovery.group_joint import fit_joint
from edgewise.discovery.group_moves import (
    distinct_forms,
    estimate_tied,
    simplify,
    sort_parts,
    tie,
)
from edgewise.discovery.group_starts import fit_from_starts, solve_linear, take_best
from edgewise.discovery.group_sums import list_sums
from edgewise.discovery.groups import Form, Groups, fit_own
from edgewise.discovery.problem import Problem
from edgewise.discovery.strategies import Strategy
from edgewise.discovery.strategies.alone import search_alone
from edgewise.formula.data import Data
from edgewise.formula.expression import Expression, add, free, multiply
from edgewise.formula.library import Library
from edgewise.search.budget import RATE, Budget
from edgewise.search.explore import free_exponents
from edgewise.search.polish import drop_parts, reductions, soften
from edgewise.search.search_schedule import LEVELS, level_terms
from edgewise.search.subtree_repair import Parts, repairs

SEARCHED_ROWS, LEAST_EACH = 800, 30
"""A search uses 800 rows of all groups together, or 30 of each; the final fits use all rows."""
SCALED_ROWS = 400
"""Rows of the search on all groups together, each group's y standardised."""
ALONE, IMPROVING = RATE, RATE
"""Evaluations of a search on a single group, and of the improvement of the best forms after it. In
some groups the right form is found at once, so it pays to try several of them."""
BEST, WIDTH, DEPTH = 3, 7, 4
"""Each of 4 rounds of improvement changes 7 forms, among them the 3 best."""
REPAIRS = 16
"""Repairs of each form that are fitted."""
QUICK = 3
"""Steps of the first, quick fit of a proposal."""
FINAL = 8
"""Forms that reach the last stage, in which numbers become common and simple."""
STEEP = 12
"""Largest exponent: beyond it (1 + x/n)^n can't be told from exp(x)."""
LARGEST = 45
"""Largest form, in nodes, that is changed."""

Report = Callable[[float], None]


@dataclass(eq=False)
class BestForms:
    """The best forms so far; owned by the search."""

    groups: Groups
    seed: int
    forms: list[Form]
    known: dict[str, float]

    def offer(self, form: Form, source: str = "") -> None:
        """Add a form; the 60 with the shortest descriptions are kept."""
        if math.isfinite(form.length) and not has_steep_power(form.tree, STEEP):
            self.forms.append(replace(form, source=form.source or source))
            self.forms.sort(key=lambda f: f.length)
            del self.forms[60:]

    def best(self, count: int) -> list[Form]:
        """The shortest description of each distinct form, its numbers tied."""
        kinds = distinct_forms(self.forms)
        return sorted(kinds, key=lambda f: estimate_tied(f, self.groups))[:count]

    def parents(self) -> list[Form]:
        """The forms to change next: the best of all, and the best with each count of numbers."""
        kinds = self.best(len(self.forms))
        leaders = {len(f.program.free): f for f in reversed(kinds)}
        chosen = {f.kind: f for f in (*kinds[:BEST], *leaders.values())}
        fresh = [f for f in chosen.values() if f.length < self.known.get(f.kind, math.inf) - 1]
        return [f for f in fresh if f.tree.size <= LARGEST][:WIDTH]


def sources(
    groups: Groups, problem: Problem, plan: Callable[[Problem], Sequence[Strategy]], budget: Budget
) -> Iterator[tuple[str, list[Expression]]]:
    """Formulas found on all groups together, standardised, and then on single groups, large ones
    first."""
    mean = groups.sum(groups.y * groups.root**2) / groups.rows
    spread = np.sqrt(groups.variance)
    y = (groups.y - mean[groups.place]) / spread[groups.place]
    whole = replace(problem, x=groups.x, y=y, weight=groups.weight, names=())
    whole = whole.some_rows(SCALED_ROWS)
    part = budget.part(evaluations=ALONE)
    trees = list(search_alone(whole, plan(whole), part))
    yield "all groups, scaled", [add(multiply(free(1.0), t), free(0.0)) for t in trees] + trees
    order = np.random.default_rng([problem.seed, 13]).permutation(groups.count)
    for g in sorted(order.tolist(), key=lambda g: -int(groups.rows[g])):
        data = groups.data[g]
        alone = replace(problem, x=data.x, y=data.y, weight=data.weight)
        part = budget.part(evaluations=ALONE)
        yield f"group {groups.labels[g]}", list(search_alone(alone, plan(alone), part))


def search_groups(
    groups: Groups,
    problem: Problem,
    plan: Callable[[Problem], Sequence[Strategy]],
    budget: Budget,
    report: Report,
) -> list[Form]:
    """The best forms with tied numbers, the shortest description first."""
    some = groups.some_rows(max(SEARCHED_ROWS // groups.count, LEAST_EACH), problem.seed)
    found = BestForms(some, problem.seed, [], {})
    data = Data(some.x, some.y, some.weight)
    terms = level_terms(data, problem.library, problem.reach, LEVELS[0])
    enumerated, settled = Parts.of(terms, terms.distinct), 0
    for tree in list_sums(some, terms, problem.library):
        found.offer(some.fit(tree), "sum of terms")
        budget.spend(15)
    for name, trees in sources(some, problem, plan, budget):
        report(float(np.median(found.forms[0].fvu)) if found.forms else 1.0)
        before = found.forms[0].length if found.forms else math.inf
        for tree in trees:
            found.offer(fit_everywhere(tree, some), name)
            budget.spend(40)
        for form in found.best(WIDTH):
            found.offer(fit_from_starts(form, some, problem.seed))
            budget.spend(300)
        if found.forms and found.forms[0].is_exact(some):
            break
        improve(found, enumerated, problem.library, budget.part(evaluations=IMPROVING))
        if found.forms and found.forms[0].is_exact(some):
            break
        settled = settled + 1 if found.forms and found.forms[0].length > before - 1 else 0
        if budget.over or settled == 3:
            break
    return finish(found, groups, budget)


def fit_everywhere(tree: Expression, groups: Groups) -> Form:
    """The tree with its numbers refitted in each group, from the best of several start values."""
    form = groups.form(sort_parts(tree))
    plain, solved = fit_own(form, groups, 5), solve_linear(form, groups)
    form = plain if plain.length < solved.length else fit_own(solved, groups, 5)
    form = fit_own(form, groups)
    for shift in (1, 3):
        numbers = np.roll(form.numbers, shift, axis=0)
        other = fit_own(solve_linear(replace(form, numbers=numbers), groups), groups, 5)
        best = take_best(form, other, groups)
        form = form if best is form else fit_own(best, groups)
    return form


def improve(found: BestForms, terms: Parts, library: Library, budget: Budget) -> None:
    """Change the best forms part by part, while the description of all rows gets shorter."""
    groups = found.groups
    for _ in range(DEPTH):
        parents = found.parents()
        if not parents:
            return
        for parent in parents:
            found.known[parent.kind] = parent.length
            found.offer(drop_parts(parent, groups, rounds=10), parent.source)
            quick = []
            for tree in (
                *list_neighbours(parent.tree, library),
                *filter(None, [free_exponents(parent.tree, groups.x)]),
                *islice(repairs(parent, groups, terms), REPAIRS),
            ):
                quick.append(groups.fit(tree, QUICK))
                budget.spend(8)
                if budget.over:
                    return
            quick.sort(key=lambda f: f.length)
            for form in quick[:6]:
                found.offer(refit_freed(form, groups), "mended")
            for form in sorted(quick, key=lambda f: float(np.median(f.fvu)))[:2]:
                found.offer(fit_from_starts(form, groups, found.seed), "mended")
            if found.forms[0].is_exact(groups):
                return


def refit_freed(form: Form, groups: Groups) -> Form:
    """The form refitted, with all its numbers set free if that shortens the description."""
    plain = fit_own(form, groups)
    soft = groups.fit(soften(plain.tree))
    return soft if soft.length < plain.length else plain


def finish(found: BestForms, groups: Groups, budget: Budget) -> list[Form]:
    """The best forms fitted to all rows, their numbers made common and simple where possible."""
    constant = replace(fit_everywhere(free(1.0), groups), source="constant")
    finished = [constant, tie(constant, groups)]
    for form in found.best(FINAL):
        some = found.groups
        short = drop_parts(fit_from_starts(form, some, found.seed), some, rounds=10)
        if short.is_exact(some):
            short = drop_all(short, some, found.seed)
        tied = groups.form(tie(short, some).tree, tied=True)
        done = simplify(fit_joint(tied, groups), groups)
        again = simplify(tie(done, groups), groups)
        budget.spend(500)
        if not has_steep_power(again.tree, STEEP):
            finished.append(replace(again, source=form.source))
    return distinct_forms(finished)


def drop_all(form: Form, groups: Groups, seed: int) -> Form:
    """An exact form without parts that aren't needed if each group is fitted from many starts.

    A few steps from the form's own numbers don't tell: a group may have its numbers where only the
    longer form is exact, and b in a/(b exp(c x) - d) leaves only when a and d change with it.
    """
    for tree in dict.fromkeys(reductions(form.tree)):
        if tree.size < form.tree.size and tree.inputs:
            offer = fit_from_starts(fit_own(groups.form(tree), groups), groups, seed)
            if offer.is_exact(groups):
                return drop_all(offer, groups, seed)
    return form
