"""The line to a mail server as smtplib has it, with bounds: a whole answer has a limit in time and in size.

By itself smtplib limits the wait for each byte and the length of each line; a server that sends a byte a minute, or
lines without end, would hold a run for ever (RFC 5321, 4.5.3.1.5 and 4.5.3.2 say how much and how long is usual).
"""

from __future__ import annotations

import smtplib
import socket
import time

LONGEST_ANSWER = 64 * 1024
"""Bytes; the longest that is common, to EHLO, has under one of them in fifty."""


class Line(smtplib.SMTP):
    """The time that the socket is given holds for all lines of an answer together."""

    def getreply(self) -> tuple[int, bytes]:
        assert self.sock is not None
        seconds = self.sock.gettimeout()
        if not isinstance(self.file, _Answers):
            self.file = _Answers(self.sock)
        self.file.begin(seconds)
        try:
            return super().getreply()
        finally:
            if self.sock is not None:
                self.sock.settimeout(seconds)


class TlsLine(Line, smtplib.SMTP_SSL):
    """Encrypted from the start."""


class _Answers:
    """What a server says, as the file that smtplib reads it from."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock, self.unread = sock, b""

    def begin(self, seconds: float | None) -> None:
        self.until = None if seconds is None else time.monotonic() + seconds
        self.left = LONGEST_ANSWER

    def readline(self, most: int) -> bytes:
        """Raises OSError when the answer is too long or takes too long."""
        while b"\n" not in self.unread and len(self.unread) < most and (more := self._more()):
            self.unread += more
        end = min(self.unread.find(b"\n") + 1 or most, most)
        line, self.unread = self.unread[:end], self.unread[end:]
        self.left -= len(line)
        if self.left < 0:
            raise OSError("its answer has no end")
        return line

    def close(self) -> None:
        """The socket is closed by smtplib."""

    def _more(self) -> bytes:
        if self.until is not None:
            if (seconds := self.until - time.monotonic()) <= 0:
                raise TimeoutError
            self.sock.settimeout(seconds)
        return self.sock.recv(8192)
