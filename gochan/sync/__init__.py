"""What goroutines share and wait for, besides channels: Go's package sync."""

from .cond import Cond, Locker
from .map import Map
from .mutex import Mutex
from .once import Once, once_func, once_value, once_values
from .pool import Pool
from .rwmutex import RWMutex
from .waitgroup import WaitGroup

__all__ = [
    "Cond",
    "Locker",
    "Map",
    "Mutex",
    "Once",
    "Pool",
    "RWMutex",
    "WaitGroup",
    "once_func",
    "once_value",
    "once_values",
]
