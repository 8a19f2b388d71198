"""What the tables must fulfil together. A new check is a function in one of these files and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from wfm.errors import Fault
from wfm.scenario_file.checks import activities, centre, contracts, forecast, journeys, people, queues, rotas, settings, shifts, trainers
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
    forecast.imported_fits,
    forecast.events_have_days,
    forecast.events_move_queues,
    forecast.edits_name_a_queue,
    forecast.edits_have_a_value,
    journeys.places_exist,
    journeys.shares_add_up,
    journeys.segments_fit,
    journeys.times_fit,
    journeys.contacts_are_stated_once,
    journeys.traits_are_of_skills,
    journeys.duty_is_within_the_group,
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
    rotas.rules_name_shifts,
    rotas.averages_are_ordered,
    rotas.pattern_days_fit,
    rotas.pattern_weeks_exist,
    rotas.own_hours_fit_a_shift,
    rotas.locks_and_wishes_have_an_agent,
    rotas.locks_name_a_shift,
    rotas.locks_stand_once,
    rotas.wishes_are_whole,
    rotas.worked_runs_forward,
    activities.attendees_exist,
    activities.names_are_unique,
    activities.dates_lie_in_the_plan,
    activities.sessions_fit,
    activities.fixed_starts_fit,
    trainers.coaches_exist,
    trainers.trainers_exist,
    trainers.everybody_has_a_coach,
    trainers.names_of_groups_are_free,
    settings.grid_divides_the_step,
    settings.breaks_need_names,
)
