"""What is told of a plan: measures with their doubt and definition, comparisons, figures, the page, exports."""

from wfm.report.compare import compare
from wfm.report.comparison import Comparison
from wfm.report.exports import export_run_as, read_roster_csv
from wfm.report.exports.forecast_csv import forecast_csv
from wfm.report.exports.intervals_csv import intervals_csv
from wfm.report.exports.requirement_csv import requirement_csv
from wfm.report.exports.roster_csv import roster_csv
from wfm.report.page import report_html
from wfm.report.run_figures import RunFigures, run_figures
from wfm.report.summary import measures, summarise

__all__ = [
    "Comparison",
    "RunFigures",
    "compare",
    "export_run_as",
    "forecast_csv",
    "intervals_csv",
    "measures",
    "read_roster_csv",
    "report_html",
    "requirement_csv",
    "roster_csv",
    "run_figures",
    "summarise",
]
