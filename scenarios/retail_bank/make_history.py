"""Make history.csv: 26 weeks of an invented retail bank, the same bytes for the same seed.

offered ~ Poisson(weekday total × day factor × calendar effect × intraday share). The calendar: public holidays shut the centre, volumes
rise around the turn of the month, Christmas Eve and New Year's Eve are quiet, and on OUTAGE the telephones failed from 10:00 to 14:00.

Run it from anywhere: ``python make_history.py`` writes history.csv beside itself.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

SEED = 20260302
FIRST, DAYS, STEP = date(2025, 9, 1), 182, 15
HOLIDAYS = {date(2025, 10, 3), date(2025, 11, 1), date(2025, 12, 25), date(2025, 12, 26), date(2026, 1, 1)}
QUIET = {date(2025, 12, 24): 0.45, date(2025, 12, 31): 0.55}
OUTAGE, OUTAGE_FROM, OUTAGE_TO = date(2025, 11, 12), 600, 840
WEEKDAY = (1.17, 1.05, 0.98, 0.95, 0.92, 0.42)

# queue: (contacts on a mean weekday, handle time in s, share that hangs up, opening Mon–Fri, opening Sat)
QUEUES = {
    "calls_de": (1210, 285, 0.045, (420, 1200), (540, 960)),
    "calls_en": (185, 325, 0.05, (480, 1080), None),
    "chat": (300, 560, 0.03, (480, 1200), (540, 960)),
    "email": (210, 385, 0.0, (420, 1200), (540, 960)),
}
# height of the intraday curve at full hours 07 … 20, straight lines between
CURVES = {
    "calls_de": (0.35, 0.75, 1.15, 1.35, 1.3, 1.1, 1.02, 1.1, 1.12, 1.08, 1.0, 0.75, 0.5, 0.32),
    "calls_en": (0.5, 0.7, 1.1, 1.25, 1.2, 1.05, 1.05, 1.1, 1.1, 0.95, 0.75, 0.5, 0.4, 0.3),
    "chat": (0.4, 0.55, 0.85, 1.0, 1.05, 1.15, 1.1, 1.0, 1.05, 1.1, 1.2, 1.15, 0.95, 0.7),
    "email": (0.7, 1.1, 1.3, 1.25, 1.15, 1.0, 0.95, 1.0, 1.0, 0.95, 0.85, 0.7, 0.55, 0.45),
}


def day_effect(day: date) -> float:
    """Turn of the month and quiet days."""
    to_turn = min(day.day - 1, ((day.replace(day=1) + timedelta(days=32)).replace(day=1) - day).days)
    return QUIET.get(day, 1.0) * (1.16 if to_turn <= 1 else 1.07 if to_turn == 2 else 1.0)


def intraday(queue: str, span: tuple[int, int]) -> np.ndarray:
    """Share of the day in each interval of an opening span, shape (intervals,)."""
    minutes = np.arange(*span, STEP)
    height = np.interp(minutes + STEP / 2, np.arange(7, 21) * 60, CURVES[queue])
    return height / height.sum()


def rows() -> list[str]:
    """Every row of the file, day by day, queue by queue. RandomState keeps its stream in every version of numpy."""
    random = np.random.RandomState(SEED)
    found = []
    for day in (FIRST + timedelta(days=i) for i in range(DAYS)):
        both = random.normal(0, 0.05)  # what makes a day busy for every queue
        for queue, (mean, handle_s, lost, weekdays, saturday) in QUEUES.items():
            factor = np.exp(both + random.normal(0, 0.04))
            span = None if day in HOLIDAYS or day.weekday() == 6 else saturday if day.weekday() == 5 else weekdays
            if span is not None:
                expected = np.round(mean * WEEKDAY[day.weekday()] * day_effect(day) * factor * intraday(queue, span), 6)
                found += _day(random, day, queue, np.arange(*span, STEP), expected, handle_s, lost)
    return found


def _day(
    random: np.random.RandomState, day: date, queue: str, minutes: np.ndarray, expected: np.ndarray, handle_s: int, lost: float
) -> list[str]:
    offered = random.poisson(expected)
    handled = offered - random.binomial(offered, lost)
    aht_s = np.round(handle_s * (1 + random.normal(0, 0.55, len(minutes)) / np.sqrt(np.maximum(handled, 1))).clip(0.4, 2.5), 0)
    found = []
    for minute, came, served, seconds in zip(minutes, offered, handled, aht_s, strict=True):
        if day == OUTAGE and OUTAGE_FROM <= minute < OUTAGE_TO and queue.startswith("calls"):
            continue
        stamp = datetime(day.year, day.month, day.day) + timedelta(minutes=int(minute))
        found.append(f"{stamp:%Y-%m-%d %H:%M},{queue},{came},{served},{int(seconds) if served else ''}")
    return found


def text() -> str:
    return "\n".join(["interval_start,queue,offered,handled,aht_s", *rows(), ""])


if __name__ == "__main__":
    Path(__file__).with_name("history.csv").write_bytes(text().encode())
