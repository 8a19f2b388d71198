"""Contradictions planted in tiny teams, and what has to be said about each."""

from dataclasses import dataclass, replace

from tests.scheduling.small import ANY, DAY, REST, Centre, agent, axis, fixed, flat, on, team, training
from wfm.model import Agent, Lock, PastShift, ShiftTemplate, Workforce

WIDE = replace(DAY, name="wide", start_to=1200, start_step=720)  # at 8 or at 20
NIGHT = ShiftTemplate("night", 1320, 1320, (240,))
TURN = ShiftTemplate("turn", 360, 1320, (480,), 960)  # from 6 to 14, or from 22 to 6
MORNING, AFTERNOON = ((480, 720),) * 7, ((720, 1440),) * 7
FREE = replace(ANY, name="free")
DAN = agent("dan", ("mail",), "free")


@dataclass(frozen=True, eq=False)
class Planted:
    """rules: exactly those that the conflict names. says: pieces of its words."""

    workforce: Workforce
    agent: str
    day: str
    rules: frozenset[str]
    says: tuple[str, ...]
    days: int = 3

    @property
    def centre(self) -> Centre:
        return Centre(flat(axis(self.days), 1, 1), self.workforce)


def _beside_dan(*people: Agent, **made: object) -> Workforce:
    """The people and dan, whom no rule of theirs concerns."""
    workforce = team(*people, **made)
    free = replace(FREE, shifts=workforce.contracts[0].shifts)
    return replace(workforce, agents=(*people, DAN), contracts=(*workforce.contracts, free))


def ann(day: int | None, rules: set[str], *says: str, who: Agent | None = None, **made: object) -> Planted:
    """A contradiction of ann alone, beside dan who has none."""
    days, others = made.pop("days", 3), made.pop("others", ())
    return Planted(
        _beside_dan(who or agent(), *others, **made),
        "ann",
        "" if day is None else on(day).isoformat(),
        frozenset(rules),
        ("Agent ann", *says),
        days,
    )


def together(rules: set[str], *says: str, agents: tuple[Agent, ...], **made: object) -> Planted:
    return Planted(_beside_dan(*agents, **made), "", on(0).isoformat(), frozenset(rules), says)


PLANTED = {
    "a fixed training on time off": ann(
        1,
        {"course", "time off"},
        "Tue 3 March at 09:00",
        "time off on Tue 3 March",
        who=agent(time_off=frozenset({on(1), on(2)})),
        activities=[fixed(1, 540)],
    ),
    "a fixed training on a closed date": ann(
        1, {"course", "closed dates"}, "Tue 3 March at 09:00", "the centre closed on Tue 3 March", activities=[fixed(1, 540)], closed=[1]
    ),
    "a fixed training before the hours of a person": ann(
        0,
        {"course", "availability"},
        "Mon 2 March at 09:00",
        "Mon from 10:00",
        who=agent(available=((600, 2880),) * 7),
        activities=[fixed(0, 540)],
    ),
    "a fixed training on a weekday never worked": ann(
        2, {"course", "availability"}, "Wed never", who=agent(available=((0, 2880),) * 2 + (None,) * 5), activities=[fixed(2, 600)]
    ),
    "two fixed trainings at once": ann(
        0,
        {"one", "two"},
        "one on Mon 2 March at 10:00",
        "two on Mon 2 March at 10:30",
        activities=[fixed(0, 600, name="one"), fixed(0, 630, name="two")],
    ),
    "a fixed training too early after a late one": ann(
        0,
        {"one", "two", "rest between shifts"},
        "one on Mon 2 March at 20:00",
        "two on Tue 3 March at 08:00",
        "at least 11 h between two shifts",
        activities=[fixed(0, 1200, name="one"), fixed(1, 480, name="two")],
        shift=WIDE,
    ),
    "a training longer than any stretch between breaks": ann(
        0, {"course"}, "course between Mon 2 March and Wed 4 March", "the shifts of contract any (day)", activities=[training(180, last=2)]
    ),
    "a fixed training before any shift begins": ann(
        0, {"course"}, "Mon 2 March at 05:00", "the shifts of contract any (day)", activities=[fixed(0, 300)]
    ),
    "a fixed training on a weekday without shifts": ann(
        1,
        {"course"},
        "Tue 3 March",
        "the shifts of contract",
        activities=[fixed(1, 600)],
        shift=replace(DAY, weekdays=(True, False) + (True,) * 5),
    ),
    "a training due while its attendee is away": ann(
        0,
        {"course", "time off"},
        "between Mon 2 March and Tue 3 March",
        "time off on Mon 2 March, Tue 3 March",
        who=agent(time_off=frozenset({on(0), on(1)})),
        activities=[training(60, last=1)],
    ),
    "a training on a night into time off": ann(
        0,
        {"course", "time off"},
        "Mon 2 March at 23:00",
        "time off on Tue 3 March",
        who=agent(time_off=frozenset({on(1)})),
        activities=[fixed(0, 1380)],
        shift=NIGHT,
    ),
    "a training outside the plan": ann(None, {"course"}, "Wed 11 March at 10:00", activities=[fixed(9, 600)]),
    "a range of dates outside the plan": ann(
        None, {"course"}, "outside the plan (Mon 2 March to Wed 4 March)", activities=[training(60, first=9, last=12)]
    ),
    "trainings on more days than a week may have": ann(
        0,
        {"one", "two", "three", "most days in a week"},
        "at most 2 days a week",
        activities=[fixed(day, 600, name=name) for day, name in enumerate(("one", "two", "three"))],
        max_days_week=2,
    ),
    "trainings on more days in a row than allowed": ann(
        0,
        {"one", "two", "three", "most days in a row"},
        "at most 2 days in a row",
        activities=[fixed(day, 600, name=name) for day, name in enumerate(("one", "two", "three"))],
        max_consecutive_days=2,
    ),
    "trainings on more hours than a week may have": ann(
        0,
        {"one", "two", "most hours in a week"},
        "at most 5 paid hours a week",
        activities=[fixed(0, 600, name="one"), fixed(2, 600, name="two")],
        max_hours_week=5,
    ),
    "hours due that the shifts do not give": ann(
        0,
        {"least hours in a week"},
        "Mon 2 March to Sun 8 March",
        "at least 26 paid hours a week",
        "the shifts of contract any (day)",
        min_hours_week=26,
        max_days_week=7,
        days=7,
        who=agent(available=((480, 840),) * 7),
    ),
    "hours due that time off makes unreachable": ann(
        0,
        {"least hours in a week", "time off", "availability"},
        "at least 9 paid hours a week",
        "time off on Mon 2 March",
        who=agent(time_off=frozenset({on(0)}), available=((0, 2880),) * 3 + (None,) * 4),
        min_hours_week=9,
        max_hours_week=12,
        days=7,
    ),
    "hours due that unpaid training takes away": ann(
        0, {"course", "least hours in a week"}, "at least 21 paid hours a week", activities=[fixed(0, 600, paid=False)], min_hours_week=21
    ),
    "a group without a common time": together(
        {"course", "groups together", "availability"},
        "no time at which the whole group can be there: ann, bob",
        "ann: available Mon 08:00–12:00",
        "bob: available Mon 12:00–24:00",
        agents=(agent(available=MORNING), agent("bob", available=AFTERNOON)),
        activities=[training(60, ("ann", "bob"), last=2, group_size=2)],
        shift=replace(DAY, start_to=720, start_step=240),
    ),
    "two groups that can only meet at the same time": together(
        {"one", "two", "groups together", "availability"},
        "no times suit ann, bob, cyd together",
        "bob: available Mon from 10:00",
        "cyd: available Mon from 10:00",
        agents=(agent(), agent("bob", available=((600, 2880),) * 7), agent("cyd", available=((600, 2880),) * 7)),
        activities=[
            training(60, ("ann", name), name=course, from_minute=540, to_minute=660, group_size=2)
            for course, name in (("one", "bob"), ("two", "cyd"))
        ],
        shift=replace(DAY, start_step=120, breaks=(replace(REST, earliest=180, latest=180),)),
    ),
    "a fixed training on a locked day off": ann(
        1,
        {"course", "locked shifts"},
        "Tue 3 March at 09:00",
        "what is locked (a day off on Tue 3 March",
        who=agent(locks=(Lock(on(1), off=True),)),
        activities=[fixed(1, 540)],
    ),
    "a fixed training outside a locked shift": ann(
        1,
        {"course", "locked shifts"},
        "what is locked (day from 10:00 on Tue 3 March",
        who=agent(locks=(Lock(on(1), "day", 600),)),
        activities=[fixed(1, 480)],
    ),
    "a locked shift on time off": ann(
        0,
        {"locked shifts", "time off"},
        "time off on Tue 3 March",
        "what is locked (day on Tue 3 March",
        who=agent(time_off=frozenset({on(1)}), locks=(Lock(on(1), "day"),)),
    ),
    "a locked shift on a day off of the pattern": ann(
        0,
        {"locked shifts", "pattern of weeks"},
        "the pattern of weeks (Mon 2 March any, Tue 3 March off, Wed 4 March off)",
        "what is locked (a shift on Wed 4 March",
        who=agent(locks=(Lock(on(2)),)),
        pattern=(("any",) + ("off",) * 6,),
    ),
    "a locked early shift after a locked late one": ann(
        0,
        {"locked shifts", "rest between shifts"},
        "at least 11 h between two shifts",
        "what is locked (wide from 20:00 on Mon 2 March, wide from 08:00 on Tue 3 March",
        who=agent(locks=(Lock(on(0), "wide", 1200), Lock(on(1), "wide", 480))),
        shift=WIDE,
        max_hours_week=8,
    ),
    "a fixed training on a day off of the pattern": ann(
        1,
        {"course", "pattern of weeks"},
        "Tue 3 March at 10:00",
        "the pattern of weeks (Tue 3 March off)",
        activities=[fixed(1, 600)],
        pattern=(("any",) + ("off",) * 6,),
    ),
    "a pattern with more days of work than a week may have": ann(
        0,
        {"pattern of weeks", "most days in a week"},
        "Mon 2 March any, Tue 3 March any, Wed 4 March any",
        "at most 2 days a week",
        pattern=(("any",) * 3 + ("off",) * 4,),
        max_days_week=2,
    ),
    "a fixed training too early after last week's late shift": ann(
        0,
        {"course", "rest between shifts"},
        "Mon 2 March at 08:00",
        "at least 11 h between two shifts, the last of which ended on Mon 2 March at 02:00",
        who=agent(history=(PastShift(on(-1), 1200, 1560),)),
        activities=[fixed(0, 480)],
    ),
    "a fixed training after six days of work last week": ann(
        0,
        {"course", "most days in a row"},
        "at most 6 days in a row, 6 of which were just before the plan",
        who=agent(history=tuple(PastShift(on(-n), 480, 720) for n in range(1, 7))),
        activities=[fixed(0, 600)],
    ),
    "a fixed training on the weekend after one worked": ann(
        5,
        {"course", "weekends off"},
        "Sat 7 March at 10:00",
        "1 of any 2 weekends in a row off, 1 of which was worked just before the plan",
        who=agent(history=(PastShift(on(-2), 480, 720),)),
        activities=[fixed(5, 600)],
        weekends_off=1,
        weekends_of=2,
        days=7,
    ),
    "trainings on more nights in a row than allowed": ann(
        0,
        {"one", "two", "most nights in a row"},
        "one on Mon 2 March at 23:00",
        "at most 1 nights in a row",
        activities=[fixed(0, 1380, name="one"), fixed(1, 1380, name="two")],
        shift=TURN,
        max_nights=1,
    ),
    "a training by day too soon after one by night": ann(
        0,
        {"one", "two", "days off after nights"},
        "at least 2 days off after nights",
        activities=[fixed(0, 1380, name="one"), fixed(2, 480, name="two")],
        shift=TURN,
        days_off_after_nights=2,
    ),
    "a training earlier in the day than the one before": ann(
        0,
        {"one", "two", "forward rotation"},
        "no shift more than 0 minutes earlier in the day",
        activities=[fixed(0, 1200, name="one"), fixed(1, 480, name="two")],
        shift=WIDE,
        rest_hours=0,
        forward_minutes=0,
    ),
    "trainings on days whose shifts may not follow": ann(
        0,
        {"one", "two", "forbidden successions"},
        "no day on the day after day",
        activities=[fixed(0, 600, name="one"), fixed(1, 600, name="two")],
        forbidden_next=(("day", "day"),),
    ),
    "a fixed training before a person's earliest start": ann(
        0, {"course", "earliest and latest"}, "shifts only from 10:00", who=agent(earliest=600), activities=[fixed(0, 540)]
    ),
    "trainings at starts too far apart": ann(
        0,
        {"one", "two", "spread of starts in a week"},
        "starts of a week at most 120 minutes apart",
        activities=[fixed(0, 480, name="one"), fixed(2, 1200, name="two")],
        shift=WIDE,
        start_spread=120,
    ),
    "trainings on more hours than allowed on average": ann(
        0,
        {"one", "two", "hours on average"},
        "at most 4 paid hours a week on average over 1 week",
        activities=[fixed(0, 600, name="one"), fixed(2, 600, name="two")],
        average_weeks=1,
        max_hours_average=4,
    ),
    "trainings around a single day off": ann(
        0,
        {"one", "two", "least days off in a row", "time off"},
        "at least 2 days off in a row",
        "time off on Tue 3 March",
        who=agent(time_off=frozenset({on(1)})),
        activities=[fixed(0, 600, name="one"), fixed(2, 600, name="two")],
        min_days_off=2,
    ),
    "hours due that the pattern does not give": ann(
        0,
        {"least hours in a week", "pattern of weeks"},
        "at least 9 paid hours a week",
        "the pattern of weeks (Mon 2 March any",
        min_hours_week=9,
        pattern=(("any", "any") + ("off",) * 5,),
        days=7,
    ),
    "a trainer in two groups at once": ann(
        0,
        {"one", "two"},
        "the fixed training one on Mon 2 March at 10:00",
        "the fixed training two on Mon 2 March at 10:30",
        others=(agent("bob"), agent("cyd")),
        activities=[
            fixed(0, 600, who=("bob", "ann"), name="one", group_size=2),
            fixed(0, 630, who=("cyd", "ann"), name="two", group_size=2),
        ],
    ),
}
