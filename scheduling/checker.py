"""The independent checker: every hard rule recomputed from the roster, in plain Python."""

from __future__ import annotations

from scheduling.rules import RULES, Case, Rule, Violation
from wfm.model import Roster, TimeAxis, Workforce


def check(roster: Roster, workforce: Workforce, axis: TimeAxis | None = None, rules: tuple[Rule, ...] = RULES) -> tuple[Violation, ...]:
    """Every violation of every rule, sorted; empty for a roster that keeps them all. axis: of the plan, None for the roster's own."""
    case = Case(roster, workforce, axis or roster.axis)
    return tuple(sorted(violation for rule in rules for violation in rule.check(case)))
