"""Who is measured: gochan in three ways, real Go, and Python's other ways to do the same."""

from __future__ import annotations

from ..contender import Contender
from ..golang import Go

NO_SELECT = "none: its channels can't be waited for together"
ONE_AHEAD = "Queue(1) stands for an unbuffered channel: the sender is up to one value ahead"
AHEAD = {"unbuffered": ONE_AHEAD, "pingpong": ONE_AHEAD, "pipeline": ONE_AHEAD}

GOCHAN = Contender("gochan", "gochan", "gochan_", alone=True)
TRACE = Contender(
    "gochan-trace",
    "gochan trace",
    "gochan_",
    remark="until run has returned; the Trace is made when it is asked for, see below",
    options={"trace": True},
)
SEEDED = Contender("gochan-seeded", "gochan seeded", "gochan_", options={"seed": 1})
GO = Go("go", "Go")
PEERS = (
    Contender(
        "gevent",
        "gevent",
        "gevent_",
        "gevent",
        notes={"select": "gevent.wait for greenlets that get, one for each channel"},
    ),
    Contender(
        "asyncio",
        "asyncio",
        "asyncio_",
        notes={**AHEAD, "select": "asyncio.wait for tasks that get, one for each queue"},
    ),
    Contender("trio", "trio", "trio_", "trio", cannot={"select": NO_SELECT}),
    Contender("anyio", "anyio", "anyio_", "anyio", cannot={"select": NO_SELECT}),
    Contender(
        "threads",
        "threads",
        "threads_",
        cannot={"select": NO_SELECT, "blocked": "skipped: 100,000 threads"},
        notes=AHEAD,
    ),
)
CONTENDERS = (GOCHAN, TRACE, SEEDED, GO, *PEERS)
BY_KEY = {contender.key: contender for contender in CONTENDERS}
