#!/usr/bin/env bash
# Put uv into a virtual environment of its own, with nothing but Python 3.11 at hand.
set -euo pipefail
folder=$1
if ! python3 -c 'import ensurepip' 2>/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv
  else
    echo "Python's venv is missing: install the package python3-venv, then try again." >&2
    exit 1
  fi
fi
mkdir -p "$(dirname "$folder")"
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check uv
