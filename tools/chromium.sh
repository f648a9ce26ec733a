#!/usr/bin/env bash
# Sees to a Chromium for the browser tests: the system's if it is there, Debian's if we may install it, else Playwright's.
# The first argument is the folder of the environment's commands.
set -euo pipefail
if command -v chromium >/dev/null; then exit 0; fi

install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; }

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  install || { apt-get update -qq && install; } && exit 0
fi
"$1/playwright" install chromium
