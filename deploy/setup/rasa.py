"""Makes Rasa's own environment, `.venv-rasa`: Python 3.10 and the packages locked in bot/project/."""

import shutil
from pathlib import Path

from deploy.setup import child, environment, python310
from deploy.setup.lock import alone
from deploy.setup.places import RASA_PYTHON, RASA_REQUIREMENTS, RASA_VENV, UV
from deploy.setup.progress import Progress
from deploy.setup.stamps import fingerprint, is_current, write_stamp

STAMP = RASA_VENV / ".parley-rasa"


def ensure(progress: Progress) -> Path:
    """The Python of Rasa's environment; made when it is not there, or when its lock file has changed."""
    with alone("rasa"):
        value = fingerprint(RASA_REQUIREMENTS, str(RASA_VENV.resolve()))
        if not (is_current(STAMP, value) and RASA_PYTHON.exists()):
            _make(progress, value)
    return RASA_PYTHON


def _make(progress: Progress, value: str) -> None:
    with alone("venv"):
        environment.ensure_venv(progress)
    with progress.step("Python 3.10 for Rasa") as step:
        python = python310.find_or_install(step)
    with progress.step("Rasa's packages in .venv-rasa (2.5 GB)") as step:
        if RASA_VENV.exists():
            shutil.rmtree(RASA_VENV)
        child.run(step, [UV, "venv", "--no-project", "--python", python, RASA_VENV])
        environment.install(step, RASA_PYTHON, RASA_REQUIREMENTS)
        write_stamp(STAMP, value)
