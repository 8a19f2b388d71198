"""The centres that the benchmark invents are sound and can be told apart."""

from dataclasses import replace

import pytest

from benchmarks.scheduling.centres import make_centre
from scheduling import check, schedule


@pytest.mark.parametrize("case", [(12, 1, 1, 0), (12, 3, 1, 1), (8, 2, 2, 2)])
def test_an_invented_centre_has_a_roster_that_keeps_every_rule(case: tuple[int, int, int, int]) -> None:
    centre = make_centre(*case, activities=True)
    solved = schedule(centre.required, centre.workforce, replace(centre.settings, effort=0.01))
    assert check(solved.roster, centre.workforce) == ()
    assert 0 < solved.bound <= solved.objective


def test_the_same_seed_makes_the_same_centre_and_another_one_another() -> None:
    first, again, other = make_centre(20, 3, 1, 5), make_centre(20, 3, 1, 5), make_centre(20, 3, 1, 6)
    assert first.workforce == again.workforce
    assert (first.required.rostered == again.required.rostered).all()
    assert (first.required.rostered != other.required.rostered).any()
