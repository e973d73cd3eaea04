"""What goroutines share and wait for, besides channels: Go's package sync."""

from .mutex import Mutex
from .waitgroup import WaitGroup

__all__ = ["Mutex", "WaitGroup"]
