"""The hard rules, a file each. This list is the table of contents; a new rule is a new file and a new line here."""

from scheduling.rules.availability import Availability
from scheduling.rules.base import Case, Person, Rule, Violation, persons
from scheduling.rules.breaks import Breaks
from scheduling.rules.closed import Closed
from scheduling.rules.consecutive_days import ConsecutiveDays
from scheduling.rules.days_per_week import DaysPerWeek
from scheduling.rules.groups import Groups
from scheduling.rules.max_hours import MaxHours
from scheduling.rules.min_hours import MinHours
from scheduling.rules.one_a_day import OneADay
from scheduling.rules.rest import Rest
from scheduling.rules.session_starts import SessionStarts
from scheduling.rules.session_window import SessionWindow
from scheduling.rules.sessions_whole import SessionsWhole
from scheduling.rules.skills import Skills
from scheduling.rules.template import Template
from scheduling.rules.time_off import TimeOff

RULES: tuple[Rule, ...] = (
    Template(),
    Breaks(),
    OneADay(),
    Availability(),
    TimeOff(),
    Closed(),
    Rest(),
    MaxHours(),
    MinHours(),
    DaysPerWeek(),
    ConsecutiveDays(),
    Skills(),
    SessionsWhole(),
    SessionWindow(),
    SessionStarts(),
    Groups(),
)

__all__ = ["RULES", "Case", "Person", "Rule", "Violation", "persons"]
