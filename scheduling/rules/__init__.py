"""The rules, a file each: hard ones, and some to be bought off.

This list is the table of contents; a new rule is a new file and a new line here.
"""

from scheduling.rules.after_nights import AfterNights
from scheduling.rules.availability import Availability
from scheduling.rules.average_hours import AverageHours
from scheduling.rules.base import Case, Charge, Person, Rule, Violation, persons
from scheduling.rules.breaks import Breaks
from scheduling.rules.closed import Closed
from scheduling.rules.consecutive_days import ConsecutiveDays
from scheduling.rules.coupling import Coupling
from scheduling.rules.days_per_week import DaysPerWeek
from scheduling.rules.fairness import Fairness
from scheduling.rules.forward import Forward
from scheduling.rules.groups import Groups
from scheduling.rules.leave import Leave
from scheduling.rules.locks import Locks
from scheduling.rules.max_hours import MaxHours
from scheduling.rules.min_days_off import MinDaysOff
from scheduling.rules.min_hours import MinHours
from scheduling.rules.nights import Nights
from scheduling.rules.one_a_day import OneADay
from scheduling.rules.order import Order
from scheduling.rules.overtime import Overtime
from scheduling.rules.own_hours import OwnHours
from scheduling.rules.pattern import Pattern
from scheduling.rules.rest import Rest
from scheduling.rules.rooms import Rooms
from scheduling.rules.session_starts import SessionStarts
from scheduling.rules.session_window import SessionWindow
from scheduling.rules.sessions_whole import SessionsWhole
from scheduling.rules.skills import Skills
from scheduling.rules.start_spread import StartSpread
from scheduling.rules.successions import Successions
from scheduling.rules.template import Template
from scheduling.rules.time_off import TimeOff
from scheduling.rules.weekends_off import WeekendsOff
from scheduling.rules.wish_off import WishOff
from scheduling.rules.wish_start import WishStart

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
    MinDaysOff(),
    WeekendsOff(),
    Nights(),
    AfterNights(),
    Forward(),
    Successions(),
    Pattern(),
    OwnHours(),
    Locks(),
    AverageHours(),
    StartSpread(),
    Overtime(),
    Leave(),
    Fairness(),
    WishOff(),
    WishStart(),
    Skills(),
    SessionsWhole(),
    SessionWindow(),
    SessionStarts(),
    Groups(),
    Rooms(),
    Order(),
)
COUPLINGS = tuple(rule for rule in RULES if isinstance(rule, Coupling))

__all__ = ["COUPLINGS", "RULES", "Case", "Charge", "Coupling", "Person", "Rule", "Violation", "persons"]
