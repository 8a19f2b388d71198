"""A frame forecast as files: bytes, for the faces to put where they like."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pandas as pd

from wfm.forecasting.frames.forecast_frame import FrameForecast
from wfm.forecasting.today import RestOfDay


def forecast_csv(predicted: FrameForecast) -> bytes:
    """Columns `interval_start, mean, q025, q10 …`, a row an interval."""
    return _csv(_table(predicted.mean, predicted.quantiles))


def forecasts_csv(many: Sequence[tuple[str, pd.Series, pd.DataFrame]]) -> bytes:
    """(queue, mean, quantiles) of each → columns `interval_start, queue, mean, q025 …`, queue after queue."""
    tables = [_table(mean, quantiles) for _, mean, quantiles in many]
    for (name, _, _), table in zip(many, tables, strict=True):
        table.insert(1, "queue", name)
    return _csv(pd.concat(tables))


def _table(mean: pd.Series, quantiles: pd.DataFrame) -> pd.DataFrame:
    table = quantiles.rename(columns=_name)
    table.insert(0, "mean", mean)
    table.insert(0, "interval_start", [stamp.isoformat(timespec="minutes") for stamp in table.index])
    return table


def _csv(table: pd.DataFrame) -> bytes:
    return table.to_csv(index=False, lineterminator="\n", float_format="%.6g").encode()


def reforecast_csv(rests: Sequence[RestOfDay]) -> bytes:
    """Columns `interval_start, queue, published, mean, q025, q10 …`, a row an interval that is left of the day."""
    parts = []
    for rest in rests:
        told = {"interval_start": rest.interval_start, "queue": rest.queue, "published": rest.published, "mean": rest.mean}
        parts.append(pd.concat([pd.DataFrame(told), rest.quantiles.rename(columns=_name)], axis=1))
    return pd.concat(parts).to_csv(index=False, lineterminator="\n", float_format="%.6g").encode()


def _name(level: float) -> str:
    """0.025 → q025, 0.1 → q10."""
    return "q" + f"{level:.6f}".rstrip("0")[2:].ljust(2, "0")


def paths_parquet(predicted: FrameForecast) -> bytes:
    """Columns `interval_start, path, contacts`: each path is one whole possible future."""
    n = len(predicted.paths)
    long = {"interval_start": predicted.mean.index.repeat(n), "path": list(range(n)) * len(predicted.mean)}
    out = io.BytesIO()
    pd.DataFrame({**long, "contacts": predicted.paths.T.ravel()}).to_parquet(out, index=False)
    return out.getvalue()
