"""Random streams: one per seed, purpose and name, so that a queue added or taken away never changes the numbers of another."""

from __future__ import annotations

from zlib import crc32

import numpy as np


def stream(seed: int, purpose: str, name: str = "") -> np.random.Generator:
    """A counter-based generator for one purpose of one queue (`name`), or of all of them together (no name)."""
    key = np.random.SeedSequence([seed & 0xFFFFFFFF, crc32(purpose.encode()), crc32(name.encode())])
    return np.random.Generator(np.random.Philox(key))
