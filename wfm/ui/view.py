"""One finished run as the pages see it: its tables, cut to what a page asks for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from wfm.model import Accuracy, LoopStep, Summary, TimeAxis
from wfm.report import words
from wfm.report.documents import leads_of, loop_of
from wfm.report.exports.text import unguard
from wfm.report.nobody import nobody_came
from wfm.store import Run
from wfm.ui.parts.text import is_absence, name_key

BAND = (0.1, 0.9)


@dataclass(frozen=True, eq=False)
class View:
    """A run, its tables with names as they were given and a `day` (ISO date, local) beside every stamp.

    Shared by all sessions: pages read the tables and never change them.
    """

    run: Run

    @property
    def title(self) -> str:
        return str(self.run.manifest["scenario"]) or self.run.path.name

    @property
    def label(self) -> str:
        """What to call this plan beside others of its scenario."""
        return label(self.run.manifest) or self.run.path.name

    @property
    def mended(self) -> bool:
        """Whether it was made from another plan around absences."""
        return "repaired" in self.run.manifest

    @cached_property
    def axis(self) -> TimeAxis:
        return self.run.axis

    @property
    def zone(self) -> ZoneInfo:
        return self.axis.zone

    @property
    def zone_text(self) -> str:
        """What the reader must know about every time on the page."""
        return f"All times are {self.axis.timezone} time."

    @cached_property
    def dates(self) -> list[str]:
        return [day.isoformat() for day in self.axis.dates]

    @cached_property
    def queues(self) -> list[str]:
        return list(dict.fromkeys(self.intervals["queue"]))

    @cached_property
    def summary(self) -> Summary | None:
        """None where the run ended without a roster."""
        return self.run.measured if self.run.summary["measures"] else None

    @property
    def totals(self) -> pd.DataFrame:
        """Day totals of the simulation, empty where there was none."""
        return self.run.replications

    @cached_property
    def empty(self) -> frozenset[str]:
        """Queues to which nobody came in any simulated run, "" where that is the whole centre."""
        return nobody_came(self.summary.measures if self.summary else ())

    @property
    def replications(self) -> int:
        return int(self.run.manifest["replications"])

    @property
    def ledger(self) -> list[Mapping[str, Any]]:
        """Off-queue work that was asked for; hours of an absence are none of it."""
        return [row for row in self.run.summary["ledger"] if not is_absence(str(row["activity"]))]

    @cached_property
    def absences(self) -> dict[str, str]:
        """What a repair called somebody's hours away → who is away on which day."""
        told = [one for one in self.scenario.get("activity", ()) if is_absence(str(one.get("name"))) and one.get("at")]
        return {one["name"]: f"{one['attendees'][0]} away, {short(str(one['at'][0])[:10])}" for one in told}

    @property
    def conflicts(self) -> list[str]:
        return [str(conflict["text"]) for conflict in self.run.summary["conflicts"]]

    @property
    def accuracy(self) -> list[Mapping[str, Any]]:
        return list(self.run.summary["accuracy"])

    @property
    def leads(self) -> tuple[Accuracy, ...]:
        """The backtest by days ahead, empty for a run of before it was measured."""
        return leads_of(self.run.summary)

    @property
    def loop(self) -> tuple[LoopStep, ...]:
        """The trace of the simulation in the loop, empty where there was none."""
        return loop_of(self.run.summary)

    @property
    def flags(self) -> list[Mapping[str, Any]]:
        """Days of the history that were not taken as they stand: day, reason, weight, queue."""
        return list(self.run.summary.get("flags", ()))

    def notes(self, of: str) -> list[str]:
        """Caveats "forecast", "requirement" or "solver"."""
        return [str(note) for note in self.run.summary["notes"].get(of, ())]

    def requirement_of(self, queue: str) -> list[str]:
        """What was asked of this queue and by which model."""
        told = self.notes("requirement")
        return [told[self.queues.index(queue)]] if len(told) == len(self.queues) else []

    @cached_property
    def forecast(self) -> pd.DataFrame:
        return self._stamped("forecast")

    @cached_property
    def intervals(self) -> pd.DataFrame:
        return self._stamped("intervals")

    @cached_property
    def roster(self) -> pd.DataFrame:
        """Columns agent, day, start, end (aware), activity, queue ("|" between several) and kind (work, break, training …)."""
        rows = self.run.frame("roster").astype({"activity": str, "queue": str}).fillna("")
        for name in ("agent", "activity", "queue"):
            rows[name] = rows[name].astype(str).map(unguard)
        for name in ("start", "end"):
            rows[name] = pd.Series([datetime.fromisoformat(stamp) for stamp in rows[name]], dtype=object, index=rows.index)
        kinds = {"work": "work", **{row["activity"]: str(row["kind"]) for row in self.run.summary["ledger"]}}
        rows["kind"] = [kinds.get(name, "break") for name in rows["activity"]]
        rows["activity"] = [self.absences.get(name, name) for name in rows["activity"]]
        return rows

    @cached_property
    def skills(self) -> dict[str, tuple[str, ...]]:
        """Agent → queues they can serve, everybody in the scenario; those of the roster with what they served where it does not say."""
        told = {agent["name"]: tuple(agent.get("skills", ())) for agent in self.scenario.get("agent", ())}
        rows = self.roster[self.roster["kind"] == "work"]
        served = {agent: tuple(dict.fromkeys("|".join(parts).split("|"))) for agent, parts in rows.groupby("agent")["queue"]}
        every = {**served, **told}
        return {agent: every[agent] for agent in sorted(every, key=name_key)}

    @cached_property
    def scenario(self) -> Mapping[str, Any]:
        """The scenario as resolved, as plain tables."""
        return tomllib.loads(self.run.scenario_toml)

    def forecast_intervals(self, queue: str, day: str) -> pd.DataFrame:
        """The forecast of one queue and day."""
        return _of(self.forecast, queue, day)

    def cover(self, queue: str, day: str) -> pd.DataFrame:
        """Agents required (grossed up for unplanned absence) and present, one queue and day."""
        return _of(self.intervals, queue, day)

    def levels(self) -> dict[float, str]:
        """Quantile level (0–1) → its column in the forecast."""
        return {int(name[1:]) / 1000: name for name in self.forecast.columns if name[0] == "q" and name[1:].isdigit()}

    def forecast_days(self, queue: str) -> pd.DataFrame:
        """Columns day, mean, low, high: day totals. Quantiles of intervals do not add up to those of a day, so the band is taken from
        what the simulated replications were offered; nan where there are too few of them."""
        mean = self.forecast[self.forecast["queue"] == queue].groupby("day")["mean"].sum().reindex(self.dates, fill_value=0.0)
        low, high = self._offered_band(queue)
        return pd.DataFrame({"day": self.dates, "mean": mean.to_numpy(), "low": low, "high": high})

    def _offered_band(self, queue: str, least: int = 10) -> tuple[np.ndarray, np.ndarray]:
        nothing = np.full(len(self.dates), np.nan)
        if self.totals.empty or self.replications < least:
            return nothing, nothing
        rows = self.totals[(self.totals["queue"] == queue) & (self.totals["day"] != "")]
        days = rows.pivot(index="replication", columns="day", values="offered").reindex(columns=self.dates)
        low, high = np.nanquantile(days.to_numpy(float), BAND, axis=0)
        return low, high

    def cover_days(self, queue: str) -> pd.DataFrame:
        """Columns day, missing, spare: agent-hours below and above the requirement."""
        rows, hours = self.intervals[self.intervals["queue"] == queue], self.axis.step_minutes / 60
        over = (rows["present"] - rows["required_rostered"]).clip(lower=0)
        sums = pd.DataFrame({"day": rows["day"], "missing": rows["missing"] * hours, "spare": over * hours}).groupby("day").sum()
        return sums.reindex(self.dates, fill_value=0.0).rename_axis("day").reset_index()

    def shortfalls(self, queue: str) -> pd.DataFrame:
        """Columns from, to, agent_hours, missing, relief (what would help, in words): the greatest first."""
        rows = [row for row in self.run.summary["shortfalls"] if row["queue"] == queue]
        return pd.DataFrame(
            [
                {
                    "from": words.stamp(row["start"]),
                    "to": words.stamp(row["end"]),
                    "agent_hours": row["agent_hours"],
                    "missing": row["missing"],
                    "relief": row.get("relief", ""),
                }
                for row in rows
            ],
            columns=["from", "to", "agent_hours", "missing", "relief"],
        )

    def target_share(self, queue: str) -> float | None:
        """The share of the queue's target, None where the scenario does not say."""
        for told in self.scenario.get("queue", ()):
            if told.get("name") == queue and isinstance(target := told.get("target"), dict):
                return target.get("share")
        return None

    def _stamped(self, name: str) -> pd.DataFrame:
        rows = self.run.frame(name)
        rows["queue"] = rows["queue"].astype(str).map(unguard)
        return rows.assign(day=rows["interval_start"].str[:10])


def label(manifest: Mapping[str, Any]) -> str:
    """The scenario's name, with a mark where the plan was mended from another; "" for a plan without a name."""
    name = str(manifest["scenario"])
    return f"{name}, mended" if name and "repaired" in manifest else name


def short(day: str) -> str:
    """An ISO date in a sentence: Mon 2 Mar."""
    told = date.fromisoformat(day)
    return f"{told:%a} {told.day} {told:%b}"


def _of(rows: pd.DataFrame, queue: str, day: str) -> pd.DataFrame:
    return rows[(rows["queue"] == queue) & (rows["day"] == day)].reset_index(drop=True)
