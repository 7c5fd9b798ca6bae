"""Where set-up finds its inputs and puts what it makes, all inside the tree."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"

RASA_VENV = ROOT / ".venv-rasa"
RASA_PYTHON = RASA_VENV / "bin" / "python"
RASA_REQUIREMENTS = ROOT / "bot" / "project" / "requirements.txt"

WEB = ROOT / "web"
LOCKS = ROOT / "deploy" / "setup" / "locks"
