"""Foreign files are read in a process of its own that may die, hang or grow without harm."""

import os
import time

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
    assert capfd.readouterr().err == ""


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
