"""Page: what will come in, with its doubt, and how good such forecasts were before."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from wfm.forecasting.methods import BASELINE
from wfm.report import figures
from wfm.ui import runs
from wfm.ui.parts import edits, empty, forecast_figures, pickers, style, today
from wfm.ui.parts.text import plain
from wfm.ui.view import View

_SHARES = ("wape", "wape_day", "bias", "cover80", "cover80_day", "agents_over", "agents_under", "floor")
_ACCURACY = {
    "queue": st.column_config.TextColumn("Queue"),
    "method": st.column_config.TextColumn("Method"),
    "lead_days": st.column_config.NumberColumn("Days ahead", help="How far each forecast looked"),
    "origins": st.column_config.NumberColumn("Origins", help="How often the past was forecast from an earlier date"),
    "wape": st.column_config.NumberColumn(
        "Error by interval", format="%.1f %%", help="WAPE: sum of absolute errors ÷ sum of contacts, over intervals"
    ),
    "wape_day": st.column_config.NumberColumn("Error by day", format="%.1f %%", help="WAPE over day totals"),
    "bias": st.column_config.NumberColumn("Bias", format="%.1f %%", help="Above 0: forecast too high"),
    "cover80": st.column_config.NumberColumn(
        "Inside 80 % band", format="%.1f %%", help="Share of intervals inside the band; 80 % is right"
    ),
    "cover80_day": st.column_config.NumberColumn("Days inside it", format="%.1f %%", help="Share of day totals inside the 80 % band"),
    "agents_over": st.column_config.NumberColumn(
        "Agents too many", format="%.1f %%", help="What the forecast would have asked for above what was needed (Erlang C, 80 % in 20 s)"
    ),
    "agents_under": st.column_config.NumberColumn("Too few", format="%.1f %%", help="The same below what was needed"),
    "floor": st.column_config.NumberColumn(
        "Floor", format="%.1f %%", help="Error that pure chance makes at this volume: nobody can be better"
    ),
}


def by_day(run: View, queue: str) -> None:
    """Day totals with their band."""
    rows = run.forecast_days(queue)
    figure = forecast_figures.days(list(rows["day"]), rows["mean"], rows["low"], rows["high"], "80 % band")
    st.plotly_chart(figure, config=style.CONFIG, key="forecast days", alt=f"Expected contacts of {queue} by day")
    if not rows["mean"].any():
        st.caption("No contacts are expected on any day.")
    elif rows["low"].notna().any():
        st.caption(f"Whiskers hold 80 % of the {run.replications} simulated futures of each day. Choose a day to see its intervals.")


def by_interval(run: View, queue: str, day: str) -> None:
    """One day by interval with the forecast's own bands."""
    rows = run.forecast_intervals(queue, day)
    stamps = list(rows["interval_start"])
    bands = {level: rows[column] for level, column in run.levels().items()}
    figure = forecast_figures.bands(style.clocks(stamps), rows["mean"], bands, f"contacts per {run.axis.step_minutes} min")
    style.clock_axis(figure, stamps)
    st.plotly_chart(figure, config=style.CONFIG, key="forecast day", alt=f"Expected contacts of {queue}, {pickers.named(day)}")


def accuracy(run: View, queue: str) -> None:
    """The backtest: the method beside the planner's own baseline."""
    st.subheader(
        "How good it was", help="The method forecast past weeks from what was known before them; so did the planner's own baseline."
    )
    if not run.accuracy:
        st.caption("No backtest: the volume of each queue is given by the scenario, or the history is too short.")
        return
    if run.leads:
        st.plotly_chart(figures.accuracy_by_lead(run.leads, queue), config=style.CONFIG, key="leads", alt=f"Error of {queue} by days ahead")
    rows = told(run)
    st.table(brief(rows[rows["queue"] == queue]), border="horizontal", hide_index=True, alt=f"Backtest of {queue} by method")
    with st.expander("All queues, with what each column means"):
        st.dataframe(rows, hide_index=True, column_config=_ACCURACY, alt="Backtest by queue and method")
        st.text("\n".join(f"• {config['label']}: {config['help']}" for config in _ACCURACY.values() if config.get("help")))


def brief(rows: pd.DataFrame) -> pd.DataFrame:
    """The backtest of one queue as text that wraps, so that no column is cut off."""
    return pd.DataFrame({_ACCURACY[name]["label"]: [_cell(name, value) for value in rows[name]] for name in rows if name != "queue"})


def _cell(column: str, value: object) -> str:
    if pd.isna(value):
        return "–"
    return f"{value:.1f}\u00a0%" if column in _SHARES else plain(f"{value}")


def told(run: View) -> pd.DataFrame:
    """The backtest with shares as percentages and methods in words."""
    rows = pd.DataFrame([vars(row) for row in run.leads] or run.accuracy)
    rows = rows[[column for column in _ACCURACY if column in rows]]
    shares = [column for column in _SHARES if column in rows]
    rows[shares] = rows[shares].astype(float) * 100
    rows["method"] = [f"{name} (planner's baseline)" if name == BASELINE else name for name in rows["method"]]
    return rows


def notes(run: View) -> None:
    """Caveats."""
    if told := run.notes("forecast"):
        st.subheader("Notes", help="What was assumed about the history, and what was left out of it")
        st.text("\n".join(f"• {note}" for note in told))


st.title("Forecast")
run = runs.shown() or empty.no_run()
st.caption(f"Contacts expected and how sure that is. {run.zone_text}")
with st.container(border=True):
    left, right = st.columns(2)
    with left:
        queue = pickers.queue(run.queues)
    with right:
        day = pickers.day(run.dates, pickers.WHOLE)
if day == pickers.WHOLE:
    by_day(run, queue)
else:
    by_interval(run, queue, day)
today.show(run, queue)
edits.changes(run)
edits.flags(run)
accuracy(run, queue)
notes(run)
