"""Foreign files are read in a process of its own that may die, hang or grow without harm."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crawler.documents import Guarded, LimitBroken, read_document
from tests.doubles import faulty_papers
from tests.doubles.faulty_papers import SENTENCE


def test_work_is_done_elsewhere_and_the_process_is_kept():
    with Guarded() as guarded:
        assert guarded.call(bytes, 3) == b"\0\0\0"
        process = guarded._process
        assert guarded.call(bytes, 2) == b"\0\0"
        assert guarded._process is process
        assert process.pid != os.getpid()


def test_work_that_takes_too_long_is_ended_and_the_next_is_done():
    with Guarded(seconds=0.3) as guarded:
        begin = time.monotonic()
        with pytest.raises(LimitBroken, match="took too long"):
            guarded.call(time.sleep, 600)
        assert time.monotonic() - begin < 300
        assert guarded.call(bytes, 1) == b"\0"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps a limit on address space")
def test_work_that_needs_too_much_memory_is_told_so():
    with Guarded(memory=2**30) as guarded:
        with pytest.raises(LimitBroken, match=r"too much memory \(allowed: 1024 MB\)"):
            guarded.call(bytes, 2**31)
        assert guarded.call(bytes, 1) == b"\0"


def test_work_that_ends_its_process_is_told_with_the_exit_code():
    with Guarded() as guarded:
        with pytest.raises(LimitBroken, match="exit code 3"):
            guarded.call(os._exit, 3)
        assert guarded.call(bytes, 1) == b"\0"


def test_work_that_fails_is_told_with_its_last_words_and_not_on_the_screen(capfd):
    with Guarded() as guarded:
        with pytest.raises(LimitBroken, match=r"exit code 1, ValueError: negative count"):
            guarded.call(bytes, -1)
        said = guarded._said
        assert guarded.call(bytes, 1) == b"\0"
    assert said is None
    assert "negative count" not in capfd.readouterr().err


def test_a_document_that_breaks_a_limit_is_an_issue_and_the_next_is_read(tmp_path):
    heavy, plain = tmp_path / "heavy", tmp_path / "plain"
    heavy.write_bytes(faulty_papers.heavy_page())
    plain.write_bytes(faulty_papers.plain())
    with Guarded(seconds=60, memory=2**30) as guarded:
        text = read_document(heavy, "application/pdf", url="https://example.org/call-fiche.pdf", guarded=guarded)
        assert (text.text, text.pages) == ("", ())
        assert text.issues[0].problem.startswith("not read: it ")
        assert SENTENCE in read_document(plain, "application/pdf", guarded=guarded).text


def test_a_file_that_is_not_there_is_said_by_the_system(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_document(tmp_path / "nowhere", "application/pdf")


ENDED_AT_ONCE = """
import time
from crawler.documents import Guarded
if __name__ == "__main__":
    with Guarded() as guarded:
        guarded.call(bytes, 1)
        print(guarded._process.pid, guarded._said, flush=True)
        guarded.call(time.sleep, 600)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX")
def test_who_is_killed_leaves_no_process_that_goes_on(tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(ENDED_AT_ONCE, encoding="utf-8")
    project = {"PYTHONPATH": str(Path(__file__).parents[2])}
    parent = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True, env=os.environ | project)
    number, said = parent.stdout.readline().split()
    parent.kill()
    parent.communicate()
    until = time.monotonic() + 60
    while Path(said).exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not Path(said).exists()
    while _runs(int(number)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _runs(int(number))


def _runs(number: int) -> bool:
    """False also for one that has ended and that nobody took note of."""
    try:
        return subprocess.check_output(["ps", "-o", "stat=", "-p", str(number)], text=True).strip()[:1] not in ("", "Z")
    except subprocess.CalledProcessError:
        return False


ENDLESS = """
import re
from crawler.documents import guarded
guarded._set_alarm(0.5)
re.match("(a+)+$", "a" * 60 + "b")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="alarms are of POSIX")
def test_work_that_never_lets_go_is_ended_by_the_system():
    project = {"PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", ENDLESS], env=os.environ | project, timeout=60, check=False)
    assert done.returncode == -signal.SIGALRM
