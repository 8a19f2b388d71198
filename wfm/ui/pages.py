"""The pages, in the order of the work. A new page is one file in `views/` and one line here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

VIEWS = Path(__file__).with_name("views")  # not `pages/`: Streamlit treats a folder of that name in a way of its own


@dataclass(frozen=True)
class Listed:
    """file: in `views/`, its stem is the page's address. section: heading it stands under."""

    file: str
    title: str
    icon: str
    section: str


PAGES = (
    Listed("scenario.py", "Scenario", ":material/apartment:", "Prepare"),
    Listed("plan.py", "Plan", ":material/play_circle:", "Prepare"),
    Listed("forecast.py", "Forecast", ":material/show_chart:", "Look"),
    Listed("coverage.py", "Coverage", ":material/stacked_line_chart:", "Look"),
    Listed("roster.py", "Roster", ":material/calendar_view_week:", "Look"),
    Listed("simulation.py", "Simulation", ":material/timer:", "Look"),
    Listed("change.py", "Change", ":material/edit_calendar:", "Decide"),
    Listed("compare.py", "Compare", ":material/compare_arrows:", "Decide"),
)


def navigation() -> st.Page:
    """Draw the menu and return the page that is open."""
    menu: dict[str, list[st.Page]] = {}
    for listed in PAGES:
        menu.setdefault(listed.section, []).append(page(listed.file))
    return st.navigation(menu, expanded=True)


def page(file: str) -> st.Page:
    """The page of a file in `views/`, for the menu and for links."""
    listed = next(listed for listed in PAGES if listed.file == file)
    first = listed is PAGES[0]
    return st.Page(VIEWS / file, title=listed.title, icon=listed.icon, url_path=Path(file).stem, default=first)
