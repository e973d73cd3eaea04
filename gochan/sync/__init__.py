"""What goroutines share and wait for, besides channels: Go's package sync."""

from .mutex import Mutex
from .rwmutex import RWMutex
from .waitgroup import WaitGroup

__all__ = ["Mutex", "RWMutex", "WaitGroup"]
