"""What a model prints, cut into lines, with a limit that no amount of printing gets past."""

from __future__ import annotations

import time
from collections import deque
from typing import Callable

LONGEST_LINE = 8 * 1024
BURST_LINES = 5_000
LINES_A_SECOND = 200.0
BURST_BYTES = 2 * 1024 * 1024
BYTES_A_SECOND = 128 * 1024.0
# A stream that was cut is shown again once so much of the burst is there again.
RESUME_LINES = 1_000
# What one stream of a model may show in all: a log stays readable, and its disk is not filled.
MOST_LINES = 50_000
MOST_BYTES = 8 * 1024 * 1024
_TAIL_LINES = 20
_TAIL_BYTES = 4 * 1024


class Budget:
    """How much may be shown now: a burst, then a steady rate, and an end."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._at = clock()
        self._lines = float(BURST_LINES)
        self._bytes = float(BURST_BYTES)
        self._left_lines = MOST_LINES
        self._left_bytes = MOST_BYTES
        self._cut = False

    def refill(self) -> None:
        now = self._clock()
        passed, self._at = now - self._at, now
        self._lines = min(float(BURST_LINES), self._lines + passed * LINES_A_SECOND)
        self._bytes = min(float(BURST_BYTES), self._bytes + passed * BYTES_A_SECOND)
        if self._lines >= RESUME_LINES and self._bytes >= LONGEST_LINE:
            self._cut = False

    @property
    def over(self) -> bool:
        """Nothing more is shown but the end."""
        return self._left_lines <= 0 or self._left_bytes <= 0

    @property
    def empty(self) -> bool:
        self._cut = self._cut or self._lines < 1 or self._bytes < 1
        return self._cut or self.over

    def spend(self, size: int) -> None:
        self._lines -= 1
        self._bytes -= size
        self._left_lines -= 1
        self._left_bytes -= size


class Lines:
    """One captured stream. ``show`` gets each line; ``drained`` is called at the end mark.

    The end mark is written by the child before its last message, so that all output is shown
    before it. A line rewritten with carriage returns (a progress bar) is shown as it ended.
    """

    def __init__(
        self,
        end_mark: bytes,
        show: Callable[[str], None],
        drained: Callable[[], None],
        budget: Budget,
    ) -> None:
        self._mark = end_mark
        self._show = show
        self._drained = drained
        self._budget = budget
        self._partial = b""
        self._cut = 0
        self._skipped = 0
        self._told_end = False
        self._tail: deque[bytes] = deque(maxlen=_TAIL_LINES)
        self.last: deque[str] = deque(maxlen=300)

    def feed(self, data: bytes) -> None:
        self._budget.refill()
        text = self._partial + data
        if self._budget.empty and self._mark not in text:
            self._skip(text)
            return
        *lines, rest = text.split(b"\n")
        for line in lines:
            if line.endswith(self._mark):
                line = line[: -len(self._mark)]
                if line:
                    self._line(line)
                self._caught_up()
                self._drained()
            else:
                self._line(line)
        self._keep(rest)

    def close(self) -> None:
        if self._partial:
            self._line(self._partial)
            self._partial = b""
        self._caught_up()
        self._drained()

    def _keep(self, rest: bytes) -> None:
        """Hold an unfinished line without growing: at most one long line's worth."""
        if b"\r" in rest:
            rest = rest[rest.rindex(b"\r", 0, len(rest) - 1) + 1 :] if b"\r" in rest[:-1] else rest
        if len(rest) > 2 * LONGEST_LINE:
            kept = rest[:LONGEST_LINE] + rest[-len(self._mark) :]
            self._cut += len(rest) - len(kept)
            rest = kept
        self._partial = rest

    def _tell_end(self) -> None:
        """Once: a log that stops must say why."""
        if self._budget.over and not self._told_end:
            self._told_end = True
            self._show(
                f"… the model has printed {MOST_LINES:,} lines or {MOST_BYTES >> 20} MB: of what"
                " follows only the last lines are shown"
            )

    def _skip(self, text: bytes) -> None:
        self._tell_end()
        *_, rest = text.rsplit(b"\n", 1)
        self._skipped += text.count(b"\n")
        end = len(text) - len(rest)
        self._tail.extend(text[max(0, end - _TAIL_BYTES) : end].split(b"\n")[:-1])
        self._keep(rest)

    def _line(self, line: bytes) -> None:
        if self._budget.empty:
            self._tell_end()
            self._skipped += 1
            self._tail.append(line[-_TAIL_BYTES:])
            return
        if self._skipped:
            self._caught_up()
        self._budget.spend(len(line))
        self._emit(line)

    def _emit(self, line: bytes) -> None:
        if b"\r" in line:
            segments: list[bytes] = [part for part in line.split(b"\r") if part]
            line = segments[-1] if segments else b""
        cut, self._cut = self._cut, 0
        if len(line) > LONGEST_LINE:
            cut += len(line) - LONGEST_LINE
            line = line[:LONGEST_LINE]
        text = line.decode("utf-8", "replace")
        if cut:
            text += f"… ({cut:,} more bytes)"
        self.last.append(text)
        self._show(text)

    def _caught_up(self) -> None:
        if not self._skipped:
            return
        tail = list(self._tail)
        self._tail.clear()
        left_out = max(0, self._skipped - len(tail))
        self._skipped = 0
        if left_out:
            self._show(f"… {left_out:,} lines left out: the model prints more than can be shown")
        for line in tail:
            self._emit(line)
