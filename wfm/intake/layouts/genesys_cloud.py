"""Genesys Cloud historical data import: UTC stamps, total handle time in seconds, a row per media type, skill set and language.

https://help.mypurecloud.com/articles/prepare-the-historical-data-import-csv-file
"""

from wfm.intake.layouts.base import Layout, also

GENESYS_CLOUD = Layout(
    "genesys_cloud",
    "Genesys Cloud history import",
    also(start=("interval start utc date",)),
    marks=(frozenset({"interval start utc date"}),),
    timezone="UTC",
)
