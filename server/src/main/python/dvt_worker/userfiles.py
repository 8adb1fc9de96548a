"""Which source files are the user's own, and which belong to Python or a package."""

from __future__ import annotations

import os

# Folders of installed packages that may lie inside a project.
_FOREIGN: frozenset[str] = frozenset(
    {"site-packages", "dist-packages", ".venv", "venv", ".dvt", "node_modules", ".tox", ".nox"}
)


class UserFiles:
    """The model's file and everything of its project that is not an installed package."""

    def __init__(self, root: str, model: str) -> None:
        self.root = os.path.abspath(root)
        self.model = os.path.abspath(model)
        self._real_root = os.path.realpath(root)

    def owns(self, file: str) -> bool:
        # Compiled modules name their sources by relative paths ("pandas/_libs/index.pyx").
        if not os.path.isabs(file) and not os.path.exists(file):
            return False
        path = os.path.abspath(file)
        if path == self.model:
            return True
        for root in (self.root, self._real_root):
            if path.startswith(root + os.sep):
                return not _FOREIGN.intersection(path[len(root) :].split(os.sep))
        return False

    def shown(self, file: str) -> str:
        """As a user names it: from the project root."""
        path = os.path.abspath(file)
        return os.path.relpath(path, self.root) if path.startswith(self.root + os.sep) else path
