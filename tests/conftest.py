"""What all tests share: where the reference material lies, and the project's own data."""

from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """Reference material beside the checkout; tests that read it are skipped where it is absent."""
    folder = PROJECT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the reference material (../shared beside the checkout) is not on this machine")
    return folder
