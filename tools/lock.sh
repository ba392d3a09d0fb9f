#!/usr/bin/env bash
# Rewrites both lock files from the *.in files: pinned, with hashes, naming no host.
set -euo pipefail
cd "$(dirname "$0")/.."
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
python3.11 -m venv "$home"
"$home/bin/pip" install --quiet --upgrade pip pip-tools
lock() {
    "$home/bin/pip-compile" --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file "$2" "$1"
}
lock requirements.in requirements.txt
lock requirements-dev.in requirements-dev.txt
