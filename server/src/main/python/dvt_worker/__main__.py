"""Entry of the worker. The working directory is the project: nothing may be imported from it."""

import os
import sys

_HERE = os.path.dirname(os.path.abspath(__file__))
_CWD = os.getcwd()
# `-m` puts the working directory first, running the folder puts the package itself there: a
# project's own json.py (or our messages.py) must not be taken for a library.
sys.path[:] = [p for p in sys.path if os.path.abspath(p or _CWD) not in (_CWD, _HERE)]
if not __package__:
    sys.path.insert(0, os.path.dirname(_HERE))

from dvt_worker.supervisor import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main())
