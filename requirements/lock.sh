#!/usr/bin/env bash
# Writes build.txt, dev.txt and runtime.txt anew from pyproject.toml: every package with its version and hashes, torch left out.
# Needs pip-tools. Run by `make lock`; takes minutes, as every file of every package is looked up.
set -euo pipefail
cd "$(dirname "$0")/.."
options=(--quiet --generate-hashes --strip-extras --allow-unsafe --unsafe-package torch --no-header
  --no-emit-index-url --no-emit-find-links --no-emit-options --annotation-style line)
without_torch() { sed -i '/^# The following packages are considered to be unsafe/,$d' "$1"; }

# The larger set first, so that the smaller one is a part of it.
pip-compile "${options[@]}" -c requirements/torch.txt --extra dev -o requirements/dev.txt pyproject.toml
pip-compile "${options[@]}" -c requirements/torch.txt -c requirements/dev.txt -o requirements/runtime.txt pyproject.toml
pip-compile "${options[@]}" --build-deps-for editable --only-build-deps -o requirements/build.txt pyproject.toml
without_torch requirements/dev.txt
without_torch requirements/runtime.txt
