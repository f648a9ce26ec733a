#!/usr/bin/env bash
# Sees to a Chromium for the browser tests: the system's if it is there, Debian's if we may install it, else Playwright's.
set -euo pipefail
if command -v chromium >/dev/null; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium) >/dev/null
else
  "$1/playwright" install chromium
fi
