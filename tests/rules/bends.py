"""One bend of the sound roster for every way to break a rule: what is bent, and which rule has to say so, for whom and when."""

from dataclasses import dataclass, replace

from tests.rules.sound import (
    COACHING,
    FRI,
    LUNCH,
    MON,
    ROSTER,
    SAT,
    SHIFTS,
    TEA,
    TEAM,
    THU,
    TUE,
    WED,
    added,
    contract,
    day_shift,
    on,
    part,
    person,
    rests,
    roster,
    shift,
    template,
)
from wfm.model import Kind, Lock, PastShift, Room, Roster, Workforce

FULL_WINDOW = (0, 2880)
OFF, ANY = "off", "any"


@dataclass(frozen=True, eq=False)
class Bend:
    """where: (agent, day) of every violation that has to be found, day None where it is about no single day. text: part of its words."""

    rule: str
    where: tuple[tuple[str, int | None], ...]
    text: str
    roster: Roster = ROSTER
    team: Workforce = TEAM


def available(weekday: int, window: tuple[int, int] | None) -> Workforce:
    return person("ann", available=tuple(window if w == weekday else FULL_WINDOW for w in range(7)))


def served(agent: str, day: int, kind: Kind, queues: tuple[str, ...]) -> Roster:
    """All parts of a kind in one shift serve these queues."""
    one = SHIFTS[agent, day]
    return roster(replace(one, segments=tuple(replace(p, queues=queues) if p.kind is kind else p for p in one.segments)))


def without_briefing(lunch: int = 690, tea: int = 825) -> Roster:
    """Ann's Tuesday with other breaks."""
    return roster(shift("ann", TUE, 480, 960, "day", rests(TUE, lunch, tea)))


def before(agent: str, day: int, start: int = 480, name: str = "day", **rules: object) -> Workforce:
    """A shift of eight hours before the plan, and what the contract says besides."""
    past = PastShift(on(day), start, start + 480, 480, name)
    return replace(contract(agent, **rules), agents=person(agent, history=(past,)).agents)


def pattern(agent: str, *week: str) -> Workforce:
    return contract(agent, pattern=(week,))


BENDS = {
    "a start between the allowed ones": Bend(
        "shift template", (("bob", FRI),), "day does not start at 08:15", roster(day_shift("bob", FRI, begin=495, end=975))
    ),
    "half an hour too long": Bend(
        "shift template", (("bob", FRI),), "day does not last 510 minutes", roster(day_shift("bob", FRI, end=990))
    ),
    "a weekday on which the shift does not start": Bend(
        "shift template", (("bob", FRI),), "day does not start on a Friday", team=template(weekdays=(True,) * 4 + (False, True, True))
    ),
    "a shift the contract has not": Bend(
        "shift template",
        (("bob", MON), ("bob", TUE), ("bob", FRI)),
        "contract bob's has no shift day",
        team=contract("bob", shifts=("night",)),
    ),
    "a shift nobody knows": Bend(
        "shift template", (("bob", FRI),), "unknown shift template 'dya'", roster(replace(SHIFTS["bob", FRI], template="dya"))
    ),
    "an agent nobody knows": Bend(
        "shift template", (("eve", FRI),), "unknown agent 'eve'", added(replace(SHIFTS["bob", FRI], agent="eve"))
    ),
    "lunch too early": Bend(
        "breaks", (("ann", TUE),), "lunch starts 150 minutes into the shift, allowed 180–270", without_briefing(lunch=630)
    ),
    "lunch too late": Bend("breaks", (("ann", TUE),), "lunch starts 285 minutes", without_briefing(lunch=765, tea=870)),
    "breaks too near": Bend(
        "breaks", (("ann", TUE),), "30 minutes between lunch and tea, at least 60", without_briefing(lunch=750, tea=810)
    ),
    "no tea": Bend(
        "breaks", (("ann", TUE),), "breaks are lunch, must be lunch, tea", roster(shift("ann", TUE, 480, 960, "day", rests(TUE)[:1]))
    ),
    "no break at all": Bend("breaks", (("ann", TUE),), "breaks are none", roster(shift("ann", TUE, 480, 960, "day"))),
    "lunch too long": Bend(
        "breaks",
        (("ann", TUE),),
        "lunch must last 30 minutes and be unpaid",
        roster(shift("ann", TUE, 480, 960, "day", [part(TUE, 690, 45, "lunch", paid=False), rests(TUE)[1]])),
    ),
    "tea unpaid": Bend(
        "breaks",
        (("ann", TUE),),
        "tea must last 15 minutes and be paid",
        roster(shift("ann", TUE, 480, 960, "day", [rests(TUE)[0], part(TUE, 825, 15, "tea", paid=False)])),
    ),
    "two shifts on a day": Bend(
        "one shift a day",
        (("ann", TUE),),
        "two shifts start on this day",
        added(shift("ann", TUE, 1320, 1800, "night")),
        contract("ann", rest_hours=6, max_hours_week=40),
    ),
    "a shift past the latest end": Bend(
        "availability", (("ann", THU),), "shift 08:00–16:00 lies outside 08:00–15:30", team=available(THU, (480, 930))
    ),
    "a shift before the earliest start": Bend("availability", (("ann", THU),), "lies outside 08:30–16:00", team=available(THU, (510, 960))),
    "a weekday never worked": Bend("availability", (("ann", THU),), "never works on this weekday", team=available(THU, None)),
    "work on time off": Bend("time off", (("ann", THU),), "works on a day of time off", team=person("ann", time_off=frozenset({on(THU)}))),
    "a night that ends on time off": Bend(
        "time off",
        (("bob", FRI + 1),),
        "works on a day of time off",
        roster(shift("bob", FRI, 1320, 1800, "night")),
        person("bob", time_off=frozenset({on(FRI + 1)})),
    ),
    "work on a closed date": Bend(
        "closed dates", (("bob", FRI),), "on which the centre is closed", team=replace(TEAM, closed=frozenset({on(FRI)}))
    ),
    "a night that ends on a closed date": Bend(
        "closed dates",
        (("bob", FRI + 1),),
        "on which the centre is closed",
        roster(shift("bob", FRI, 1320, 1800, "night")),
        replace(TEAM, closed=frozenset({on(FRI + 1)})),
    ),
    "too little rest": Bend(
        "rest between shifts", (("ann", TUE),), "16 h after the shift before, at least 16.5 h needed", team=contract("ann", rest_hours=16.5)
    ),
    "too many hours": Bend(
        "most hours in a week", (("ann", MON),), "22.5 paid hours in the week, at most 22 allowed", team=contract("ann", max_hours_week=22)
    ),
    "too few hours": Bend(
        "least hours in a week", (("bob", MON),), "22.5 paid hours in the week, at least 23 due", team=contract("bob", min_hours_week=23)
    ),
    "too many days": Bend(
        "most days in a week", (("bob", FRI),), "3 days in the week, at most 2 allowed", team=contract("bob", max_days_week=2)
    ),
    "too many days in a row": Bend(
        "most days in a row", (("ann", TUE),), "more than 1 days in a row", team=contract("ann", max_consecutive_days=1)
    ),
    "one day off between days of work": Bend(
        "least days off in a row", (("ann", THU),), "1 days off before, at least 2 needed", team=contract("ann", min_days_off=2)
    ),
    "one day off after last week": Bend(
        "least days off in a row", (("bob", MON),), "1 days off before", team=before("bob", SAT - 7, min_days_off=2)
    ),
    "the only weekend worked": Bend(
        "weekends off",
        (("bob", SAT),),
        "1 weekends worked of 1, at least 1 must be free",
        roster(day_shift("bob", SAT), without=(("bob", FRI),)),
        contract("bob", weekends_off=1, weekends_of=1),
    ),
    "a second weekend after last week's": Bend(
        "weekends off",
        (("bob", SAT),),
        "2 weekends worked of 2, at least 1 must be free",
        roster(day_shift("bob", SAT), without=(("bob", FRI),)),
        before("bob", SAT - 7, weekends_off=1, weekends_of=2),
    ),
    "a night too many": Bend(
        "most nights in a row",
        (("bob", FRI),),
        "more than 0 nights in a row",
        roster(shift("bob", FRI, 1320, 1800, "night")),
        contract("bob", max_nights=0),
    ),
    "a day too soon after last week's night": Bend(
        "days off after nights",
        (("bob", MON),),
        "1 days off after a night, at least 2 needed",
        team=before("bob", SAT - 7, 1320, "night", days_off_after_nights=2),
    ),
    "a shift back in the day": Bend(
        "forward rotation",
        (("ann", TUE),),
        "starts at 08:00, the day before at 09:00",
        roster(shift("ann", MON, 540, 1020, "day", [*rests(MON, 750, 885), part(MON, 600, 60, "lesson")])),
        contract("ann", forward_minutes=30),
    ),
    "a shift that may not follow": Bend(
        "forbidden successions", (("bob", TUE),), "day on the day after day", team=contract("bob", forbidden_next=(("day", "day"),))
    ),
    "work on a day off of the pattern": Bend(
        "pattern of weeks", (("bob", TUE),), "works day, the pattern says off", team=pattern("bob", "day", OFF, OFF, OFF, ANY, OFF, OFF)
    ),
    "a day of the pattern without a shift": Bend(
        "pattern of weeks", (("bob", WED),), "no shift, the pattern says any", team=pattern("bob", ANY, ANY, ANY, OFF, ANY, OFF, OFF)
    ),
    "another shift than the pattern's": Bend(
        "pattern of weeks", (("bob", MON),), "works day, the pattern says night", team=pattern("bob", "night", ANY, OFF, OFF, ANY, OFF, OFF)
    ),
    "shifts before a person's earliest start": Bend(
        "earliest and latest",
        (("bob", MON), ("bob", TUE), ("bob", FRI)),
        "shift 08:00–16:00 lies outside from 08:30",
        team=person("bob", earliest=510),
    ),
    "shifts past a person's latest end": Bend(
        "earliest and latest", (("bob", MON), ("bob", TUE), ("bob", FRI)), "lies outside 00:00–15:30", team=person("bob", latest=930)
    ),
    "work on a locked day off": Bend(
        "locked shifts", (("bob", FRI),), "not a day off as locked", team=person("bob", locks=(Lock(on(FRI), off=True),))
    ),
    "a locked shift left out": Bend(
        "locked shifts", (("bob", WED),), "not night as locked", team=person("bob", locks=(Lock(on(WED), "night"),))
    ),
    "a locked shift moved": Bend(
        "locked shifts", (("bob", FRI),), "not day from 09:00 of 8 h as locked", team=person("bob", locks=(Lock(on(FRI), "day", 540, 480),))
    ),
    "too few hours on average": Bend(
        "hours on average",
        (("bob", MON),),
        "22.5 paid hours in 1 week, at least 23 due",
        team=contract("bob", average_weeks=1, min_hours_average=23),
    ),
    "too many hours on average": Bend(
        "hours on average",
        (("bob", MON),),
        "22.5 paid hours in 1 week, at most 22 allowed",
        team=contract("bob", average_weeks=1, max_hours_average=22),
    ),
    "starts too far apart": Bend(
        "spread of starts in a week",
        (("bob", FRI),),
        "starts of the week are 120 minutes apart, at most 60 allowed",
        roster(shift("bob", FRI, 600, 1080, "day", rests(FRI, 810, 945))),
        contract("bob", start_spread=60),
    ),
    "a queue without the skill": Bend("skills", (("ann", TUE),), "serves mail without the skill", served("ann", TUE, Kind.WORK, ("mail",))),
    "a queue during the break": Bend(
        "skills", (("ann", TUE),), "during a break or an activity", served("ann", TUE, Kind.BREAK, ("calls",))
    ),
    "a session left out": Bend("sessions delivered whole", (("bob", None),), "coaching: 0 of 1 sessions", roster(day_shift("bob", TUE))),
    "a session too often": Bend(
        "sessions delivered whole",
        (("bob", None),),
        "coaching: 2 of 1 sessions",
        roster(day_shift("bob", TUE, part(TUE, 600, 30, "coaching"), part(TUE, 840, 30, "coaching"))),
    ),
    "a session cut short": Bend(
        "sessions delivered whole",
        (("bob", TUE),),
        "coaching: 15 of 30 minutes",
        roster(day_shift("bob", TUE, part(TUE, 600, 15, "coaching"))),
    ),
    "a session unpaid": Bend(
        "sessions delivered whole",
        (("bob", TUE),),
        "coaching must be paid",
        roster(day_shift("bob", TUE, part(TUE, 600, 30, "coaching", paid=False))),
    ),
    "a session of somebody else": Bend(
        "sessions delivered whole",
        (("ann", TUE),),
        "attends coaching without being asked to",
        roster(day_shift("ann", TUE, part(TUE, 600, 30, "coaching"))),
    ),
    "a session before its window": Bend(
        "dates and window of sessions",
        (("bob", TUE),),
        "coaching at 09:45 lies outside",
        roster(day_shift("bob", TUE, part(TUE, 585, 30, "coaching"))),
    ),
    "a session that ends after its window": Bend(
        "dates and window of sessions",
        (("bob", TUE),),
        "coaching at 15:15 lies outside",
        team=replace(TEAM, activities=tuple(replace(a, to_minute=940) if a is COACHING else a for a in TEAM.activities)),
        roster=roster(day_shift("bob", TUE, part(TUE, 915, 30, "coaching"))),
    ),
    "a session after its last date": Bend(
        "dates and window of sessions",
        (("bob", FRI),),
        "coaching at 10:00 lies outside",
        roster(day_shift("bob", TUE), day_shift("bob", FRI, part(FRI, 600, 30, "coaching"))),
    ),
    "a session not at its fixed start": Bend(
        "fixed starts of sessions",
        (("ann", THU),),
        "briefing does not start at 14:00 as fixed",
        roster(day_shift("ann", THU, part(THU, 870, 30, "briefing"))),
    ),
    "a group apart": Bend(
        "groups together",
        (("bob", MON),),
        "lesson: not at the time of ann",
        roster(day_shift("bob", MON, part(MON, 720, 60, "lesson"))),
    ),
    "a session in a room that is taken": Bend(
        "rooms",
        (("bob", THU),),
        "coaching at 14:15 finds no free hall beside briefing",
        team=replace(
            TEAM,
            activities=tuple(replace(a, room="hall", latest=on(THU)) for a in TEAM.activities),
            rooms=(Room("hall"),),
        ),
        roster=roster(day_shift("bob", THU, part(THU, 855, 30, "coaching")), without=(("bob", TUE),)),
    ),
    "a session in a room with too few seats": Bend(
        "rooms",
        (("ann", None),),
        "lesson: 2 people in hall of 1 seats",
        team=replace(TEAM, activities=tuple(replace(a, room="hall") for a in TEAM.activities), rooms=(Room("hall", 1),)),
    ),
    "a session before one it has to follow": Bend(
        "order of activities",
        (("bob", MON),),
        "lesson at 10:00, before coaching is over",
        team=replace(TEAM, activities=tuple(replace(a, after=("coaching",)) if a.name == "lesson" else a for a in TEAM.activities)),
    ),
    "a group on two days": Bend(
        "groups together",
        (("bob", MON),),
        "lesson: not at the time of ann",
        roster(day_shift("bob", MON), day_shift("bob", TUE, part(TUE, 600, 30, "coaching"), part(TUE, 720, 60, "lesson"))),
    ),
}

LIMITS = {
    "order of activities": replace(
        TEAM,
        activities=tuple(replace(a, after=("lesson",)) if a is COACHING else replace(a, room="hall") for a in TEAM.activities),
        rooms=(Room("hall", 2),),
    ),
    "hours": contract("ann", min_hours_week=22.5, max_hours_week=22.5),
    "days": contract("ann", max_days_week=3, max_consecutive_days=2),
    "rest": contract("ann", rest_hours=16),
    "availability": person("ann", available=((480, 960),) * 7),
    "weekdays": person("ann", available=tuple((480, 960) if d in (MON, TUE, THU) else None for d in range(7))),
    "time off": person("ann", time_off=frozenset({on(WED), on(FRI)})),
    "closed": replace(TEAM, closed=frozenset({on(WED)})),
    "days off in a row": contract("bob", min_days_off=2),
    "days off since last week": before("ann", SAT - 7, weekends_off=1, weekends_of=2),
    "nights": contract("bob", max_nights=0, days_off_after_nights=3),
    "starts": contract("ann", forward_minutes=0, start_spread=0),
    "successions": contract("bob", forbidden_next=(("day", "night"), ("night", "day"))),
    "pattern": pattern("ann", "day", ANY, OFF, "day", OFF, OFF, OFF),
    "earliest and latest": person("ann", earliest=480, latest=960),
    "locks": person("ann", locks=(Lock(on(MON), "day", 480, 480), Lock(on(TUE)), Lock(on(WED), off=True))),
    "hours on average": contract("ann", average_weeks=1, min_hours_average=22.5, max_hours_average=22.5),
    "windows of breaks": template(breaks=(replace(LUNCH, earliest=210, latest=210), replace(TEA, earliest=345, latest=345))),
    "gap of breaks": template(break_gap=105),
    "window of a session": replace(
        TEAM, activities=tuple(replace(a, from_minute=600, to_minute=630) if a is COACHING else a for a in TEAM.activities)
    ),
}
