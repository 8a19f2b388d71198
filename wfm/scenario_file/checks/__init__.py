"""What the tables must fulfil together. A new check is a function in one of these files and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from wfm.errors import Fault
from wfm.scenario_file.checks import activities, centre, contracts, people, queues, settings, shifts
from wfm.scenario_file.document import Document

Check = Callable[[Document], Iterator[Fault]]

CHECKS: tuple[Check, ...] = (
    centre.plan_length,
    centre.clock_change,
    centre.region_exists,
    centre.holidays_have_a_country,
    queues.contacts_come_from_somewhere,
    queues.handle_time_is_stated,
    queues.concurrency_is_for_chat,
    queues.opening_falls_on_steps,
    queues.staffing_model_fits,
    shifts.start_range,
    shifts.breaks_fit,
    shifts.no_doubles,
    contracts.shifts_exist,
    contracts.hours_are_ordered,
    contracts.hours_are_reachable,
    people.contracts_exist,
    people.skills_exist,
    people.names_are_unique,
    people.time_off_has_an_agent,
    people.time_off_runs_forward,
    people.availability_fits_a_shift,
    activities.attendees_exist,
    activities.names_are_unique,
    activities.dates_lie_in_the_plan,
    activities.sessions_fit,
    activities.fixed_starts_fit,
    settings.grid_divides_the_step,
)
