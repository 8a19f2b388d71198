"""The rest of today for the queues of a plan: actuals so far, the archive of published forecasts, the history → reforecast with bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from wfm.errors import Fault, HistoryError
from wfm.forecasting.frames.archive import day_ahead
from wfm.forecasting.frames.reading import Rows, read_rows
from wfm.forecasting.frames.reforecast_frame import reforecast_frame
from wfm.forecasting.frames.slots import part_minutes
from wfm.forecasting.grid import EPOCH_ORDINAL
from wfm.forecasting.rollup import rolled_up
from wfm.model import Forecast, ForecastSettings, History, Queue, State, TimeAxis
from wfm.model.arrays import FloatArray, IntArray
from wfm.model.axis import DAY_MINUTES

FAR_AHEAD = date(2150, 1, 1)


@dataclass(frozen=True, eq=False)
class RestOfDay:
    """One queue. interval_start (n,): local stamps with their offset, of the open intervals left. published, mean (n,): contacts, before
    and now. quantiles: frame, a column per quantile. actual_so_far, published_so_far: contacts of the same earlier intervals."""

    queue: str
    interval_start: tuple[str, ...]
    published: FloatArray
    mean: FloatArray
    quantiles: pd.DataFrame
    actual_so_far: float
    published_so_far: float
    notes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Today:
    """day: the date. at_minute: wall-clock minute up to which its actuals are known.

    actual: frame `interval_start` (naive local), `contacts`, `queue`. Only whole intervals of the plan's step count.
    """

    day: date
    at_minute: int
    actual: pd.DataFrame


def read_today(rows: pd.DataFrame, queues: Sequence[Queue], step_minutes: int, timezone: str, at_minute: int | None = None) -> Today:
    """The last day in a frame `interval_start, contacts` and, for several queues, `queue`. at_minute: look only at what came before.

    Finer rows are summed; an interval that is not whole does not count. Raises HistoryError for what is no such frame.
    """
    if len(queues) > 1 and "queue" not in rows.columns:
        raise HistoryError(
            Fault("today", "column queue", "columns " + ", ".join(map(str, rows.columns)), "the column, as there are several")
        )
    names = rows["queue"].astype(str) if "queue" in rows.columns else pd.Series(queues[0].name, index=rows.index)
    parts = {q.name: read_rows(rows[names == q.name], ("contacts",), timezone, FAR_AHEAD) for q in queues if (names == q.name).any()}
    if not parts:
        found = ", ".join(sorted(set(names))[:10]) or "no rows"
        raise HistoryError(Fault("today", "queue", found, "one of " + ", ".join(queue.name for queue in queues)))
    day = max(int(part.ordinal.max()) for part in parts.values())
    frames = [_whole(part, day, step_minutes, DAY_MINUTES if at_minute is None else at_minute).assign(queue=q) for q, part in parts.items()]
    actual = pd.concat(frames, ignore_index=True)
    last = 0 if actual.empty else int((actual["interval_start"].max() - pd.Timestamp(date.fromordinal(day))) / pd.Timedelta(minutes=1))
    known = last + step_minutes if len(actual) else 0
    return Today(date.fromordinal(day), known if at_minute is None else at_minute // step_minutes * step_minutes, actual)


def _whole(rows: Rows, day: int, step_minutes: int, before: int) -> pd.DataFrame:
    """Sums of the day's intervals that have all their parts."""
    part = part_minutes(rows, step_minutes) or step_minutes
    here = (rows.ordinal == day) & (rows.minute + part <= before) & np.isfinite(rows.values[:, 0])
    table = pd.DataFrame({"slot": rows.minute[here] // step_minutes, "contacts": rows.values[here, 0]})
    sums = table.groupby("slot")["contacts"].agg(["sum", "size"])
    sums = sums[sums["size"] >= step_minutes // part]
    at = pd.Timestamp(date.fromordinal(day)) + pd.to_timedelta(sums.index * step_minutes, unit="min")
    return pd.DataFrame({"interval_start": at, "contacts": sums["sum"].to_numpy(float)})


def rest_of_today(
    today: Today, archive: pd.DataFrame, history: History | None, axis: TimeAxis, settings: ForecastSettings
) -> tuple[RestOfDay, ...]:
    """One for each queue that has open intervals left and a forecast published before the day.

    archive: columns published, cut_off, queue, interval_start, mean, as the store keeps it. axis: gives step and time zone. Raises
    HistoryError where no queue has a published forecast of the rest of the day.
    """
    one_day = TimeAxis(today.day, 1, axis.step_minutes, axis.timezone)
    history = None if history is None else rolled_up(history, axis.step_minutes)
    found = [_rest(queue, today, archive, history, one_day, settings) for queue in settings.queues]
    rests = tuple(rest for rest in found if rest is not None)
    if not rests:
        missing = f"no forecast of {today.day} after {today.at_minute // 60:02d}:{today.at_minute % 60:02d}, published before that day"
        raise HistoryError(
            Fault("archive", "", missing, "one for the open intervals left", "`wfm forecast SCENARIO --out DIR` publishes one")
        )
    return rests


def published_before(archive: pd.DataFrame, day: date, timezone: str) -> bool:
    """Whether any queue has a forecast of the day in the archive that knew nothing of the day itself."""
    means = day_ahead(archive, timezone)
    return bool((means.index.normalize() == pd.Timestamp(day)).any())


def as_archive(predicted: Forecast) -> pd.DataFrame:
    """A forecast as if it had been published before all others."""
    stamps = pd.DatetimeIndex(predicted.axis.starts_utc).tz_localize("UTC")
    frame = {"queue": np.repeat(predicted.queues, len(stamps)), "interval_start": np.tile(stamps, len(predicted.queues))}
    told = {"published": pd.Timestamp(0, tz="UTC"), "cut_off": pd.Timestamp(predicted.known_until or predicted.axis.origin)}
    return pd.DataFrame(frame | {"mean": predicted.mean.ravel()}).assign(**told)


def _rest(
    queue: Queue, today: Today, archive: pd.DataFrame, history: History | None, axis: TimeAxis, settings: ForecastSettings
) -> RestOfDay | None:
    mine = archive[archive["queue"] == queue.name].sort_values("published", kind="stable")
    day_ahead_means = day_ahead(mine, axis.timezone)
    local = _local(axis, np.arange(axis.n_intervals))
    is_open = queue.hours.mask(axis, settings.calendar.closed)
    left = is_open & (axis.wall_minute >= today.at_minute) & np.isin(local, day_ahead_means.index.to_numpy().astype("datetime64[s]"))
    if not left.any():
        return None
    standing = day_ahead_means[day_ahead_means.index.normalize() == pd.Timestamp(today.day)]
    so_far = today.actual[today.actual["queue"] == queue.name]
    predicted = reforecast_frame(
        _counts(history, queue.name),
        so_far,
        standing,
        pd.DatetimeIndex(local[left]),
        archive=pd.DataFrame({"interval_start": day_ahead_means.index, "mean": day_ahead_means.to_numpy()}),
        paths=settings.paths,
        seed=settings.seed,
    )
    both = so_far.set_index("interval_start")["contacts"].to_frame("actual").join(standing.rename("published"), how="inner")
    return RestOfDay(
        queue.name,
        tuple(axis.stamp(int(minute)) for minute in axis.interval_minutes[left]),
        standing.reindex(pd.DatetimeIndex(local[left])).to_numpy(float),
        predicted.mean.to_numpy(),
        predicted.quantiles.reset_index(drop=True),
        float(both["actual"].sum()),
        float(both["published"].sum()),
        predicted.caveats,
    )


def _counts(history: History | None, queue: str) -> pd.DataFrame:
    """What the history observed, by naive local time."""
    if history is None or queue not in history.queues:
        return pd.DataFrame({"interval_start": pd.DatetimeIndex([]), "contacts": []})
    row = history.queues.index(queue)
    known = np.flatnonzero(history.state[row] == State.OBSERVED)
    return pd.DataFrame({"interval_start": _local(history.axis, known), "contacts": history.contacts[row, known]})


def _local(axis: TimeAxis, intervals: IntArray) -> np.ndarray:
    first = np.datetime64(axis.start.toordinal() - EPOCH_ORDINAL, "D").astype("datetime64[s]")
    minutes = axis.day[intervals] * DAY_MINUTES + axis.wall_minute[intervals]
    return first + minutes.astype("timedelta64[m]")
