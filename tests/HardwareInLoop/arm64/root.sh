#!/usr/bin/env bash
# Lays out the system libraries that the agent needs on a 64-bit ARM board, as Debian packages them, once: a folder for qemu's -L.
#   arm64/root.sh    prints that folder
# Kept in $XDG_CACHE_HOME/av1relay (usually ~/.cache/av1relay). Installs nothing on this machine.
set -euo pipefail
cd "$(dirname "$0")"
. ../../../setup.sh

read -r -a ffmpeg <<<"$(ffmpeg_packages)"
# The newer name of two libraries where this Debian has it.
named() { if apt-cache show "$2" >/dev/null 2>&1; then echo "$2"; else echo "$1"; fi; }
packages=(libc6 libgcc-s1 libstdc++6 "$(named libssl3 libssl3t64)" "$(named libasound2 libasound2t64)" libopus0 "${ffmpeg[@]}")
kept="${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/av1relay/arm64-$({ cat root.sh; echo "${packages[*]}"; } | sha256sum | cut -c1-16)"
if [ -d "$kept" ]; then echo "$kept"; exit 0; fi

mkdir -p "$(dirname "$kept")"
work="$(mktemp -d "$(dirname "$kept")/building.XXXXXX")"
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{root,lists/partial,cache/archives/partial}
: >"$work/status"
as_arm=(-qq -y -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o APT::Install-Recommends=false -o Dir::State="$work"
  -o Dir::State::status="$work/status" -o Dir::Cache="$work/cache" -o Debug::NoLocking=1)
say "Fetching the libraries of a 64-bit ARM board (once) …"
{ apt-get "${as_arm[@]}" update && apt-get "${as_arm[@]}" --download-only install "${packages[@]}"; } >&2 \
  || die "Debian's packages for arm64 could not be fetched."
for package in "$work"/cache/archives/*.deb; do dpkg-deb --extract "$package" "$work/root"; done
mv "$work/root" "$kept"
echo "$kept"
