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

# What Python compiles of the worker is kept, in our own folder, also where the user wants no such
# files: it would be compiled again for each model.
sys.dont_write_bytecode = False
sys.pycache_prefix = os.path.join(os.path.dirname(_HERE), "compiled")

from dvt_worker import spawn  # noqa: E402


def _main() -> int:
    spawn.lead_group()
    # The model's process imports what takes long: it starts before the rest is read here.
    mark = f"end of output {os.urandom(16).hex()}"
    script = os.path.join(_HERE, "child.py")
    child = spawn.start(script, [str(os.getpid()), mark])
    from dvt_worker import supervisor

    return supervisor.main(child, mark, script)


if __name__ == "__main__":
    sys.exit(_main())
