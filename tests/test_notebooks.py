"""Every notebook runs from top to bottom over the bundled snapshot, and is kept without outputs."""

import json
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))


def code_cells(path):
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs(path, settings, monkeypatch):
    monkeypatch.setenv("FUNDING_HOME", str(settings.home))
    monkeypatch.setenv("FUNDING_MODEL", "hashing")
    names = {}
    for cell in code_cells(path):
        exec("".join(cell["source"]), names)
    assert len(names["frame"]) == len(names["matches"]) > 0


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_is_kept_without_outputs(path):
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in code_cells(path))
