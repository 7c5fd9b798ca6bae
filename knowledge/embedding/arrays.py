"""What every model does with arrays: rows of one length, one thread."""

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

_SHORTEST = 1e-9


def unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each row made one long; one of zeros, or with what is no number, becomes zeros: near to nothing."""
    clean = np.nan_to_num(np.asarray(rows, np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    lengths = np.linalg.norm(clean, axis=1, keepdims=True)
    scaled = np.where(lengths > _SHORTEST, clean / np.maximum(lengths, _SHORTEST), 0.0)
    return np.ascontiguousarray(scaled, np.float32)


def one_thread() -> None:
    """Let linear algebra use one core: on two busy ones, several threads wait for each other ten times as long."""
    threadpool_limits(1)
