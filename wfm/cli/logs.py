"""JSON lines for cron, through the standard library's logging."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from pathlib import Path


class JsonLines(logging.Formatter):
    """One JSON object a line: time (UTC), level, event, and whatever the call put in `extra={"fields": …}`."""

    def format(self, record: logging.LogRecord) -> str:
        line = {"time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"), "level": record.levelname.lower()}
        line |= {"event": record.getMessage(), **getattr(record, "fields", {})}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def json_logger(path: Path | None, quiet: bool) -> logging.Logger:
    """A logger that appends JSON lines to `path`, else writes them to stderr; errors only when quiet."""
    handler = logging.FileHandler(path, encoding="utf-8") if path else logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logger = logging.Logger("wfm", logging.ERROR if quiet else logging.INFO)
    logger.addHandler(handler)
    return logger
