"""What the server writes belongs to the account that runs it, and to nobody else of the machine."""

import os
import stat
import subprocess
import sys
from pathlib import Path


def test_no_other_account_reads_the_database(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    folder.mkdir(mode=0o755)
    environment = {**os.environ, "PARLEY_FOLDER": str(folder)}
    done = subprocess.run(
        [sys.executable, "-m", "app", "migrate"], env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}
    assert "parley.db" in modes
    assert {name: oct(mode) for name, mode in modes.items() if mode & 0o077} == {}
