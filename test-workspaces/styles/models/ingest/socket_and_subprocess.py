import shlex
import subprocess
import tempfile
from pathlib import Path


def model(dbt, session):
    with tempfile.TemporaryDirectory(prefix="export-") as folder:
        target = Path(folder, "out.csv")
        command = ["exporter", "--out", str(target), *shlex.split("--all --quiet")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"exporter said: {done.stderr.strip() or 'nothing'}")
        return session.read_csv(str(target), header=True).df()
