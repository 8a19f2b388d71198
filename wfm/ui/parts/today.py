"""Today so far, and what it makes of the rest of the day."""

from __future__ import annotations

import io

import pandas as pd
import streamlit as st

from wfm.errors import InputError
from wfm.forecasting import RestOfDay, Today
from wfm.forecasting.frames.writing import reforecast_csv
from wfm.pipeline import reforecast
from wfm.scenario_file import load
from wfm.store import read_archive, safe_name
from wfm.ui import places
from wfm.ui.parts import faults, forecast_figures, style
from wfm.ui.view import View

MOST_MB = 5


def show(run: View, queue: str) -> None:
    """Ask for today's actuals and show the rest of the day as it looks now."""
    st.subheader("Today", help="How the rest of the day looks, given what has come in so far and how such days went on before.")
    given = st.file_uploader(
        "Today's contacts so far (CSV: interval_start, contacts, queue)", type="csv", max_upload_size=MOST_MB, key="today"
    )
    if given is None:
        st.caption("Every plan made in the app publishes its forecast; from ten such days on the update is fitted to how they went.")
        return
    try:
        today, rests = updated(run, given.getvalue())
    except InputError as error:
        faults.show_texts("These contacts cannot be used.", [str(fault) for fault in error.faults])
        return
    _told(run, today, rests, queue)


def updated(run: View, data: bytes) -> tuple[Today, tuple[RestOfDay, ...]]:
    """The reforecast of the run's scenario from a CSV. Raises InputError."""
    try:
        rows = pd.read_csv(io.BytesIO(data), dtype={"interval_start": str, "queue": str}, encoding="utf-8-sig")
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError):
        rows = pd.DataFrame()
    scenario = load(run.run.path / "scenario.toml").scenario
    return reforecast(scenario, rows, read_archive(places.archive_folder() / safe_name(run.title)))


def _told(run: View, today: Today, rests: tuple[RestOfDay, ...], queue: str) -> None:
    table = pd.DataFrame(
        {
            "Queue": [rest.queue for rest in rests],
            "So far, published": [rest.published_so_far for rest in rests],
            "Came": [rest.actual_so_far for rest in rests],
            "Rest, published": [rest.published.sum() for rest in rests],
            "Now expected": [rest.mean.sum() for rest in rests],
        }
    )
    st.dataframe(table.round(), hide_index=True, alt="Today by queue, as published and as it looks now")
    for rest in rests:
        if rest.queue == queue:
            _drawn(run, today, rest)
    st.text("\n".join(dict.fromkeys(f"• {rest.queue}: {note}" for rest in rests for note in rest.notes)))
    st.download_button("As CSV", reforecast_csv(rests), "reforecast.csv", on_click="ignore", icon=":material/download:")


def _drawn(run: View, today: Today, rest: RestOfDay) -> None:
    clocks = style.clocks(list(rest.interval_start))
    bands = {level: rest.quantiles[level].to_numpy() for level in rest.quantiles.columns}
    figure = forecast_figures.bands(clocks, rest.mean, bands, f"contacts per {run.axis.step_minutes} min")
    figure.add_scatter(x=clocks, y=rest.published, name="published", line={"color": style.GREY, "dash": "dot"}, hovertemplate="%{y:.1f}")
    style.clock_axis(figure, list(rest.interval_start))
    st.plotly_chart(figure, config=style.CONFIG, key="today chart", alt=f"The rest of {today.day} of {rest.queue}, published and now")
