"""A frame forecast as files: bytes, for the faces to put where they like."""

from __future__ import annotations

import io

import pandas as pd

from wfm.forecasting.frames.forecast_frame import FrameForecast


def forecast_csv(predicted: FrameForecast) -> bytes:
    """Columns `interval_start, mean, q025, q10 …`, a row an interval."""
    table = predicted.quantiles.rename(columns=_name)
    table.insert(0, "mean", predicted.mean)
    table.insert(0, "interval_start", [stamp.isoformat(timespec="minutes") for stamp in table.index])
    return table.to_csv(index=False, lineterminator="\n", float_format="%.6g").encode()


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
