"""A page of the app as it would be opened, and what it says."""

import json

from streamlit.testing.v1 import AppTest

from wfm.ui import pages
from wfm.ui.launch import MAIN

FILES = [listed.file for listed in pages.PAGES]


def opened(file: str, run: str | None = None) -> AppTest:
    """The page of a file, after the app's first page."""
    app = AppTest.from_file(str(MAIN), default_timeout=60)
    if run:
        app.query_params["run"] = run
    app.run()
    if file != FILES[0]:
        app.switch_page(f"views/{file}").run()
    assert not app.exception, app.exception
    return app


def figures(app: AppTest) -> list[dict]:
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


def said(app: AppTest) -> str:
    return "\n".join(
        element.value for kind in ("title", "markdown", "caption", "info", "error", "success", "text") for element in app.get(kind)
    )
