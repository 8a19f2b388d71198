"""The layouts, most particular first: the first one that recognises the file reads it. A new layout is one file and one line here."""

from wfm.intake.layouts.avaya_cms import AVAYA_CMS
from wfm.intake.layouts.base import Layout
from wfm.intake.layouts.calabrio import CALABRIO
from wfm.intake.layouts.cisco_uccx import CISCO_UCCX
from wfm.intake.layouts.connect import CONNECT
from wfm.intake.layouts.contact_log import CONTACT_LOG
from wfm.intake.layouts.exotel import EXOTEL
from wfm.intake.layouts.genesys_cloud import GENESYS_CLOUD
from wfm.intake.layouts.interval_table import INTERVAL_TABLE
from wfm.intake.layouts.nice_ct import NICE_CT

LAYOUTS: dict[str, Layout] = {
    layout.name: layout
    for layout in (GENESYS_CLOUD, CALABRIO, CONNECT, CISCO_UCCX, AVAYA_CMS, NICE_CT, EXOTEL, INTERVAL_TABLE, CONTACT_LOG)
}

__all__ = ["LAYOUTS", "Layout"]
