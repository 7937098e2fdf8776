"""What is done before the server listens."""

import socket

from dashboard import pieces
from dashboard.ready import FILES, send_at_once
from matcher.languages import environment, speaker


def test_no_reader_waits_for_a_template_to_be_read(monkeypatch):
    pieces.make_ready(speaker("lv"))
    of_language = environment("lv", pieces.TEMPLATES)
    monkeypatch.setattr(of_language, "compile", None)
    texts = {"headings": {"related": "r"}, "looks": {}, "has_folds": True, "related": []}
    assert '<h2 id="related"' in of_language.get_template("drawn/related.html.j2").render(texts)
    assert "<td" in of_language.get_template("drawn/table.html.j2").render(head=["a"], rows=[["b"]])


def test_a_socket_that_was_opened_without_its_protocol_does_not_hold_answers_back():
    with socket.socket() as listening, socket.socket() as asking:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        held = set(FILES.iterdir())
        send_at_once()
        assert set(FILES.iterdir()) <= held, "nothing is left open"
        asking.connect(listening.getsockname())
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            assert not asking.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY), "only those that listen"
