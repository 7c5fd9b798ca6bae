"""What must happen before the first import of Rasa: half of its start-up time is saved here."""

import os
import sys
import warnings

SETTINGS = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    # Rasa reuses results by the source of a component's class only; a model is trained anew for each fingerprint instead.
    "RASA_MAX_CACHE_SIZE": "0",
    "TQDM_DISABLE": "1",
    # One thread is enough for vectors of this size, and leaves the other core to the server.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


def prepare() -> None:
    """Sets the environment and takes the two shortcuts."""
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    # Of libraries that only Rasa's makers could follow.
    warnings.simplefilter("ignore")
    # skops looks through every loaded module: 5 s once TensorFlow is there, nothing before.
    import skops.io  # noqa: F401

    # TensorFlow only tries whether jax is there; importing it costs 1 s and 60 MB.
    sys.modules["jax"] = None  # type: ignore[assignment]


def quiet() -> None:
    """Keeps Rasa's log to warnings; its structured log would print every step of a turn."""
    import logging

    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    configure_logging_and_warnings(logging.WARNING)
    configure_structlog(logging.WARNING)
    warnings.simplefilter("ignore")
