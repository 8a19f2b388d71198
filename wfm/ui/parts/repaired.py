"""What a repair would change: for whom, what it costs, who still lacks; and the button that makes it a plan of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import pandas as pd
import streamlit as st

from scheduling import Repaired
from wfm.ui import runs, session
from wfm.ui.parts import faults, mending
from wfm.ui.parts.mending import Effect
from wfm.ui.parts.published import Published, short_hours
from wfm.ui.parts.text import plain
from wfm.ui.view import short

FIRST = 40  # rows in a table whose cells wrap
PARTS = {
    "under": "people missing",
    "deep_under": "people missing beyond a tenth",
    "over": "people too many",
    "paid": "paid hours",
    "changes": "changed days",
}


class Wanted(Protocol):
    """What was asked for."""

    @property
    def who(self) -> tuple[str, ...]: ...
    @property
    def each(self) -> list[mending.Day]: ...
    @property
    def words(self) -> str: ...
    def arguments(self) -> tuple[str, ...]: ...


def show(here: Published, asked: Wanted, found: Repaired, forget: Callable[[], object]) -> None:
    """The whole answer. forget: called once it has become a plan."""
    solved = found.solved
    if not solved.roster.shifts and here.roster.shifts:
        why = [conflict.text for conflict in solved.conflicts] or list(solved.notes)
        faults.show_texts("The rules leave no way to do this; nothing was changed:", why)
        if solved.conflicts:
            st.caption(
                "Fewer days or people, a later start of the changes, or another date of the training in the scenario (`latest`) gives way."
            )
        return
    st.subheader("What would change")
    st.markdown(f"**{plain(asked.words)}**")
    bears = mending.effect(here.roster, solved.roster, here.scenario.workforce, asked.who)
    rows = mending.table(found.changes, asked.each)
    if not found.changes:
        st.info("Nothing has to change: nobody chosen works then.")
    _figures(here, bears, short_hours(solved))
    with st.container(horizontal=True):
        st.button("Accept: make it a plan", type="primary", icon=":material/check:", on_click=_accept, args=(here, asked, forget))
        st.download_button(
            "Changes as CSV", rows.to_csv(index=False), "changes.csv", "text/csv", on_click="ignore", icon=":material/download:"
        )
    st.caption(
        "Accepting simulates the mended roster and shows its service beside the published one, with the roster to download. "
        "The plan on screen stays as it is."
    )
    _changes(rows, mending.summary(found.changes, asked.each))
    st.markdown("**Agent-hours short by queue**, whole plan")
    cover = mending.cover(here.short, short_hours(solved))
    st.dataframe(cover, hide_index=True, alt="Agent-hours short by queue, as published and mended")
    _offers(here, found)
    _weighed(found, bears)


def _changes(rows: pd.DataFrame, summary: str) -> None:
    if rows.empty:
        return
    st.markdown("**Who works otherwise than published**")
    st.text(summary)
    shown, alt = rows.head(FIRST).map(plain), "Days that would change: who, what, before and after"
    st.table(shown, border="horizontal", hide_index=True, alt=alt)
    if len(rows) > FIRST:
        with st.expander(f"All {len(rows)} days"):
            st.dataframe(rows, hide_index=True, alt=alt)


def _figures(here: Published, bears: Effect, short: Mapping[str, float]) -> None:
    now, was = sum(short.values()), here.short_hours
    currency = here.scenario.currency
    with st.container(horizontal=True):
        st.metric(
            "Agent-hours short afterwards",
            f"{now:,.1f}",
            _signed(now - was, 1),
            delta_color="inverse",
            border=True,
            help="People missing × hours, all queues, whole plan; the small figure is the difference from the published roster.",
        )
        help_ = "Everybody but the absent. What the absent are paid while away is not counted."
        st.metric("The others' paid hours", _signed(bears.paid_hours, 1) or "as before", border=True, help=help_)
        st.metric("The others' pay", _signed(bears.pay, 0, f" {currency}") or "as before", border=True, help="Paid hours × cost an hour")
        help_ = "Paid hours beyond the usual most of a week; those a contract lets the plan use. More can be offered, see below."
        st.metric("Overtime among them", f"{bears.overtime:,.1f} h", border=True, help=help_)


def _signed(value: float, digits: int, unit: str = "") -> str | None:
    """A difference with its sign; None for none."""
    return f"{value:+,.{digits}f}{unit}" if round(value, digits) else None


def _offers(here: Published, found: Repaired) -> None:
    if not found.offers:
        st.caption("No overtime is worth offering: nobody lacks, or nobody's would help.")
        return
    st.markdown("**Overtime that could be offered**")
    rows = mending.offers(found, here.scenario.workforce, here.scenario.currency)
    st.dataframe(rows, hide_index=True, alt="Overtime that could be offered: who, when, its pay and what it covers")
    st.caption(
        "Not part of the plan: it lies beyond the contract, so it takes their consent. Rest, days off in a row and training are kept. "
        "Each line stands for itself; two of them may cover the same hours. Pay is without extra for overtime."
    )


def _weighed(found: Repaired, bears: Effect) -> None:
    """The price that the search made as low as it could, and the rules bought off."""
    with st.expander("How it was weighed"):
        parts = [{"Paid for": PARTS.get(name, name), "Price": f"{price:,.1f}"} for name, price in found.solved.cost_parts.items()]
        parts.append({"Paid for": "all together", "Price": f"{found.solved.objective:,.1f}"})
        st.table(pd.DataFrame(parts), border="horizontal", hide_index=True, width=420, alt="Price of the mended roster by its parts")
        st.caption(
            "Units of price as in the scenario's [run] section (`under_price` and others), whole plan; "
            f"no mended roster costs less than {found.solved.bound:,.1f}."
        )
        if bears.charges:
            rows = [
                {"Who": c.agent, "Day": short(c.day) if c.day else "–", "Bought off": f"{c.text} ({c.rule})", "Price": f"{c.price:,.1f}"}
                for c in bears.charges
            ]
            st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Wishes and rules that the changes break for a price")


def _accept(here: Published, asked: Wanted, forget: Callable[[], object]) -> None:
    """Queue the repair as a job; its run is shown when it is done."""
    mine, folder, name = session.current(), here.run.run.path, here.scenario.name
    arguments = ("repair", str(folder), *asked.arguments())
    mine.jobs.submit(mine.key, name, folder / "scenario.toml", runs.new_folder(f"{name} mended"), arguments=arguments)
    forget()
