"""The fields a history can have, and the headers under which exports name them (as `header_key` writes them, best first)."""

from __future__ import annotations

STAMPS: dict[str, tuple[str, ...]] = {
    "start": (
        *("interval start", "interval start time", "start interval", "interval start utc", "interval begin", "start datetime"),
        *("start date time", "timestamp", "time stamp", "datetime", "date time", "date and time", "period start", "hour start"),
        *("start time", "start", "begin", "interval", "time interval", "half hour", "from"),
        *("zeitstempel", "intervallbeginn", "intervall", "beginn", "startzeit", "von", "datum uhrzeit", "datum zeit"),
    ),
    "date": ("date", "row date", "interval date", "call date", "day", "datum", "tag"),
    "time": ("time", "time of day", "interval time", "starttime", "period", "hour", "uhrzeit", "zeit", "stunde"),
    "end": ("interval end", "interval end time", "end interval", "end time", "end", "to", "bis", "ende"),
    "timezone": ("timezone", "time zone", "tz", "zeitzone"),
}

QUEUE: dict[str, tuple[str, ...]] = {
    "queue": (
        *("queue", "queue name", "skill", "skill name", "split", "split skill", "csq", "csq name", "contact service queue"),
        *("ct name", "contact type", "call type", "workload", "group", "warteschlange", "vdn"),
    ),
    "media": ("media type", "media", "channel", "channel type", "kanal"),
    "part": ("skill set", "language", "process name", "process", "campaign name", "campaign", "site"),
}

COUNTS: dict[str, tuple[str, ...]] = {
    "offered": (
        *("offered", "calls offered", "contacts offered", "total offered", "interactions offered", "callsoffered", "nco"),
        *("contacts received", "calls received", "total received calls", "received", "calls presented", "presented", "contacts queued"),
        *("calls entered", "incoming calls", "inbound calls", "incoming", "inbound", "arrivals", "call volume", "contact volume", "volume"),
        *("total calls", "total contacts", "calls", "contacts", "interactions", "chats", "emails", "tickets", "count"),
        *("angeboten", "angebotene anrufe", "angebotene kontakte", "eingehende anrufe", "anrufe", "kontakte"),
    ),
    "handled": (
        *("handled", "calls handled", "contacts handled", "interactions handled", "answered", "calls answered", "nch"),
        *("answered calls", "handled calls", "acd calls", "acdcalls", "connected", "total connected calls", "served"),
        *("angenommen", "angenommene anrufe", "bearbeitet", "bearbeitete anrufe"),
    ),
    "abandoned": (
        *("abandoned", "calls abandoned", "contacts abandoned", "abandoned calls", "abandons", "aband calls", "abncalls"),
        *("lost calls", "aufgelegt", "verloren", "verlorene anrufe"),
    ),
}

HANDLE: dict[str, tuple[str, ...]] = {
    "handle_mean_s": (
        *("aht", "average handle time", "avg handle time", "mean handle time", "average handling time", "avg handling time"),
        *("handle mean", "handle time avg", "handle time average", "handle time mean", "average contact handle time"),
        *("durchschnittliche bearbeitungszeit", "durchschn bearbeitungszeit", "ø bearbeitungszeit", "mittlere bearbeitungszeit"),
    ),
    "handle_total_s": (
        *("total handle time", "handle time total", "total handling time", "handle total", "handle time sum", "sum handle time"),
        *("contact handle time", "gesamte bearbeitungszeit", "bearbeitungszeit gesamt"),
    ),
    "handle_s": ("handle time", "handling time", "handle", "bearbeitungszeit"),
    "talk_mean_s": ("average talk time", "avg talk time", "att", "average task time", "average interaction time"),
    "hold_mean_s": ("average hold time", "avg hold time", "average customer hold time"),
    "wrap_mean_s": ("average wrap time", "average acw", "avg acw", "average after call work", "average after contact work time", "acw avg"),
    "talk_total_s": ("total talk time", "talk time total"),
    "hold_total_s": ("total hold time", "hold time total"),
    "wrap_total_s": ("total wrap time", "total acw", "total after call work time", "wrap time total"),
}

INTERVAL_FIELDS = STAMPS | QUEUE | COUNTS | HANDLE

CONTACT_FIELDS: dict[str, tuple[str, ...]] = {
    "start": (
        *(
            "arrival",
            "arrival time",
            "arrived",
            "arrived at",
            "queue entry time",
            "enqueue timestamp",
            "initiation timestamp",
            "call start",
        ),
        *("call start time", "contact start", "created at", "created", "start timestamp", "call time", *STAMPS["start"]),
    ),
    "date": STAMPS["date"],
    "time": ("arrival time of day", "vru entry", *STAMPS["time"]),
    "timezone": STAMPS["timezone"],
    "queue": (*QUEUE["queue"], "type", "service", "topic"),
    "media": QUEUE["media"],
    "contact_id": ("contact id", "session id", "interaction id", "conversation id", "call sid", "ucid", "call uuid"),
    "handle_s": ("handle time", "handling time", "service time", "ser time", "handle", "agent time", "talk time", "duration"),
    "wait_s": ("wait time", "waiting time", "queue time", "q time", "wait", "time in queue", "speed of answer"),
    "outcome": ("outcome", "disposition", "result", "status", "call status", "completion status", "contact disposition"),
}

FIELDS = tuple(dict.fromkeys((*INTERVAL_FIELDS, *CONTACT_FIELDS)))
