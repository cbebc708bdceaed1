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

import numpy as np

from edgewise.discovery.group_fits import fit_joint, fit_own
from edgewise.discovery.group_moves import (
    QUICK,
    distinct_forms,
    drop_parts,
    edit,
    estimate_tied,
    list_powers,
    list_repairs,
    list_swaps,
    simplify,
    tie,
)
from edgewise.discovery.group_starts import fit_from_starts, solve_linear, take_best
from edgewise.discovery.group_sums import list_sums
from edgewise.discovery.groups import Form, Groups, make_form, sort_parts
from edgewise.discovery.problem import Problem
from edgewise.discovery.strategies import Strategy
from edgewise.discovery.strategies.alone import search_alone
from edgewise.formula.data import Data
from edgewise.formula.expression import Expression, add, free, multiply
from edgewise.formula.numbers import exponents
from edgewise.search.budget import RATE, Budget
from edgewise.search.polish import soften
from edgewise.search.search_schedule import LEVELS, level_terms
from edgewise.search.terms import Terms

SEARCHED_ROWS, LEAST_EACH = 800, 30
"""A search uses 800 rows of all groups together, or 30 of each; the final fits use all rows."""
SCALED_ROWS = 400
"""Rows of the search on all groups together, each group's y standardised."""
ALONE = 3 * RATE
"""Evaluations of the search on a single group."""
BEST, WIDTH, DEPTH = 3, 7, 4
"""Each of 4 rounds of improvement changes 7 forms, among them the 3 best."""
REPAIRS = 16
"""Repairs of each form that are fitted."""
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
    known: set[str]

    def offer(self, form: Form) -> None:
        """Add a form; the 60 with the shortest descriptions are kept."""
        if math.isfinite(form.length) and not is_steep(form):
            self.forms.append(form)
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
        chosen = {f.tree.key: f for f in (*kinds[:BEST], *leaders.values())}
        fresh = [f for f in chosen.values() if f.tree.key not in self.known]
        return [f for f in fresh if f.tree.size <= LARGEST][:WIDTH]


def is_steep(form: Form) -> bool:
    """Whether a group has an exponent so large that the power is practically an exponential."""
    return bool((np.abs(form.numbers[:, sorted(exponents(form.tree))]) > STEEP).any())


def sources(
    groups: Groups, problem: Problem, plan: Callable[[Problem], Sequence[Strategy]], budget: Budget
) -> Iterator[tuple[str, list[Expression]]]:
    """Formulas found on all groups together, standardised, and then on one group after another."""
    mean = groups.sum(groups.y * groups.root**2) / groups.rows
    spread = np.sqrt(groups.variance)
    y = (groups.y - mean[groups.place]) / spread[groups.place]
    whole = replace(problem, x=groups.x, y=y, weight=groups.weight, names=())
    whole = whole.some_rows(SCALED_ROWS)
    part = budget.part(evaluations=ALONE)
    trees = list(search_alone(whole, plan(whole), part))
    yield "all groups, scaled", [add(multiply(free(1.0), t), free(0.0)) for t in trees] + trees
    order = np.random.default_rng([problem.seed, 13]).permutation(groups.count)
    for g in order.tolist():
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
    found = BestForms(some, problem.seed, [], set())
    terms = _enumerate(some, problem)
    settled = 0
    for tree, numbers in list_sums(some, terms, problem.library):
        found.offer(fit_own(make_form(tree, numbers, some, (), "sum of terms"), some))
        budget.spend(15)
    for name, trees in sources(some, problem, plan, budget):
        report(float(np.median(found.forms[0].fvu)) if found.forms else 1.0)
        before = found.forms[0].length if found.forms else math.inf
        for tree in trees:
            found.offer(fit_everywhere(tree, some, name))
            budget.spend(40)
        for form in found.best(WIDTH):
            found.offer(fit_from_starts(form, some, problem.seed))
            budget.spend(300)
        if found.forms and found.forms[0].is_exact(some):
            break
        improve(found, terms, problem, budget)
        if found.forms and found.forms[0].is_exact(some):
            break
        settled = settled + 1 if found.forms and found.forms[0].length > before - 1 else 0
        if budget.over or settled == 3:
            break
    return finish(found, groups, budget)


def _enumerate(groups: Groups, problem: Problem) -> Terms:
    """The terms that repairs may use, with their values at all rows."""
    data = Data(groups.x, groups.y, groups.weight)
    return level_terms(data, problem.library, problem.reach, LEVELS[0])


def fit_everywhere(tree: Expression, groups: Groups, source: str) -> Form:
    """The tree with its numbers refitted in each group, from the best of several start values."""
    tree = sort_parts(tree)
    numbers = np.tile([n.value for n in tree.numbers()], (groups.count, 1))
    form = make_form(tree, numbers, groups, (), source)
    plain, solved = fit_own(form, groups, QUICK), solve_linear(form, groups)
    form = plain if plain.length < solved.length else fit_own(solved, groups, QUICK)
    form = fit_own(form, groups)
    for shift in (1, 3):
        numbers = np.roll(form.numbers, shift, axis=0)
        other = fit_own(solve_linear(replace(form, numbers=numbers), groups), groups, QUICK)
        best = take_best(form, other, groups)
        form = form if best is form else fit_own(best, groups)
    return form


def improve(found: BestForms, terms: Terms, problem: Problem, budget: Budget) -> None:
    """Change the best forms part by part, while the description of all rows gets shorter."""
    groups = found.groups
    kept = terms.distinct
    for _ in range(DEPTH):
        parents = found.parents()
        if not parents:
            return
        for parent in parents:
            found.known.add(parent.tree.key)
            found.offer(drop_parts(parent, groups))
            quick = []
            offers = [
                *list_swaps(parent, problem.library),
                *list_powers(parent, groups),
                *list(list_repairs(parent, groups, terms, kept))[:REPAIRS],
            ]
            for tree, numbers in offers:
                start = make_form(tree, numbers, groups, (), "mended")
                quick.append(fit_own(start, groups, QUICK))
                budget.spend(8)
                if budget.over:
                    return
            quick.sort(key=lambda f: f.length)
            for form in quick[:6]:
                found.offer(refit_freed(form, groups))
            for form in sorted(quick, key=lambda f: float(np.median(f.fvu)))[:2]:
                found.offer(fit_from_starts(form, groups, found.seed))
            if found.forms[0].is_exact(groups):
                return


def refit_freed(form: Form, groups: Groups) -> Form:
    """The form refitted, with all its numbers set free if that shortens the description."""
    plain = fit_own(form, groups)
    tree, numbers = next(edit(plain, lambda tree: [soften(tree)]))
    soft = fit_own(make_form(tree, numbers, groups, (), form.source), groups)
    return soft if soft.length < plain.length else plain


def finish(found: BestForms, groups: Groups, budget: Budget) -> list[Form]:
    """The best forms fitted to all rows, their numbers made common and simple where possible."""
    constant = fit_everywhere(free(1.0), groups, "constant")
    finished = [constant, tie(constant, groups)]
    for form in found.best(FINAL):
        short = drop_parts(fit_from_starts(form, found.groups, found.seed), found.groups)
        tied = tie(short, found.groups)
        start = make_form(tied.tree, tied.numbers, groups, tied.common, tied.source)
        done = simplify(fit_joint(start, groups), groups)
        again = simplify(tie(done, groups), groups)
        budget.spend(500)
        if not is_steep(again):
            finished.append(again)
    return distinct_forms(finished)
