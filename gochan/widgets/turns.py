"""One program at a time, whichever widget asks.

A widget's callback may run in any thread (ipykernel 7 has several, 6 has one), and several of them
at once. Whoever runs a program, or draws, in a callback does it under `TURN`.
"""

from __future__ import annotations

import threading

TURN = threading.RLock()
