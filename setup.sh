#!/usr/bin/env bash
# Makes the machine ready: Debian packages, .NET and npm packages, a Release build of everything.
# Sourced by demo.sh and test.sh; safe to repeat, and does nothing when nothing has changed.
# shellcheck disable=SC2034

AV1RELAY_ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
ARTIFACTS="$AV1RELAY_ROOT/artifacts"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# The FFmpeg that this Debian has: 12 brings libavcodec59, 13 brings libavcodec61.
ffmpeg_packages() {
  if [ -n "$(apt-cache policy libavcodec59 2>/dev/null)" ]; then
    echo libavcodec59 libavformat59 libavfilter8 libswscale6
  else
    echo libavcodec61 libavformat61 libavfilter10 libswscale8
  fi
}

install_packages() { # more packages than the demo's…
  local wanted=(ca-certificates chromium fonts-dejavu-core libopus0 libssl3 "$@") missing=() package
  command -v dpkg-query >/dev/null || die "This script installs Debian packages, and there is no dpkg here. See README.md for the list."
  [ -e /usr/lib/x86_64-linux-gnu/libasound.so.2 ] || [ -e /usr/lib/aarch64-linux-gnu/libasound.so.2 ] || missing+=(libasound2)
  if ! ls /usr/lib/*/libavfilter.so.* >/dev/null 2>&1 || ! ls /usr/lib/*/libswscale.so.* >/dev/null 2>&1; then
    missing+=(FFMPEG)
  fi
  for package in "${wanted[@]}"; do
    if [ "$package" = GPIOD ]; then ls /usr/lib/*/libgpiod.so.[23] >/dev/null 2>&1 || missing+=(GPIOD); continue; fi
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ "${#missing[@]}" -eq 0 ] && return 0

  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  say "Installing from Debian: ${missing[*]}"
  "${as_root[@]}" apt-get update -qq >&2
  local names=()
  for package in "${missing[@]}"; do
    case "$package" in
      FFMPEG) read -r -a ffmpeg <<<"$(ffmpeg_packages)"; names+=("${ffmpeg[@]}") ;;
      GPIOD) if [ -n "$(apt-cache policy libgpiod3 2>/dev/null)" ]; then names+=(libgpiod3); else names+=(libgpiod2); fi ;;
      libasound2) if apt-cache show libasound2t64 >/dev/null 2>&1; then names+=(libasound2t64); else names+=(libasound2); fi ;;
      libssl3) if apt-cache show libssl3t64 >/dev/null 2>&1; then names+=(libssl3t64); else names+=(libssl3); fi ;;
      *) names+=("$package") ;;
    esac
  done
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${names[@]}" >&2 \
    || die "apt-get could not install ${names[*]}. Install them by hand, then run this again."
}

check_tools() {
  local version
  version="$(dotnet --version 2>/dev/null)" || version=none
  [ "${version%%.*}" != none ] && [ "${version%%.*}" -ge 10 ] 2>/dev/null \
    || die "The .NET SDK 10 is needed, and 'dotnet --version' says $version. Install it, then run this again."
  version="$(node --version 2>/dev/null)" || version=none
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null \
    || die "Node.js 20.19 or later is needed, and 'node --version' says $version. Install it, then run this again."
  command -v npm >/dev/null || die "npm is missing: install the one that belongs to your Node.js."
}

# True when something that goes into the build named $1 is newer than its last success.
changed_since() {
  local stamp="$ARTIFACTS/$1.stamp"; shift
  [ -e "$stamp" ] || return 0
  [ -n "$(find "$@" \( -name node_modules -o -name dist -o -name gen -o -name artifacts \) -prune \
      -o -type f -newer "$stamp" -print -quit 2>/dev/null)" ]
}

stamp() { mkdir -p "$ARTIFACTS"; touch "$ARTIFACTS/$1.stamp"; }

build_client() {
  (
    cd "$AV1RELAY_ROOT/student-client" || exit 1
    if [ ! -d node_modules ] || [ package-lock.json -nt "$ARTIFACTS/npm.stamp" ]; then
      say "Fetching the pupil page's packages …"
      npm ci --no-audit --no-fund --loglevel=error >&2 || exit 1
      stamp npm
    fi
    if [ ! -d dist ] || changed_since client . ../protos; then
      say "Building the pupil's page …"
      npm run --silent build >&2 || exit 1
      stamp client
    fi
  ) || die "The pupil's page did not build."
}

# $1: what to build, a project or the solution; $2: name of its stamp.
build_dotnet() {
  local sources=("$AV1RELAY_ROOT"/{protos,webrtc,hardware,robot-agent,relay-server,benchmarks,tests} "$AV1RELAY_ROOT"/Directory.* "$AV1RELAY_ROOT"/.editorconfig "$AV1RELAY_ROOT"/BannedSymbols.txt)
  changed_since "$2" "${sources[@]}" || return 0
  local started_at="$ARTIFACTS/$2.started"
  mkdir -p "$ARTIFACTS"; touch "$started_at"
  say "Building ${1##*/} (Release) …"
  dotnet build "$1" -c Release -v quiet -clp:NoSummary --nologo >&2 || die "The build failed: see above."
  mv "$started_at" "$ARTIFACTS/$2.stamp"
}

RELAY="$ARTIFACTS/bin/AV1Relay.RelayServer/release/relay-server"
ROBOT="$ARTIFACTS/bin/AV1Relay.RobotAgent/release/robot-agent"
DEMO_CHECK="$ARTIFACTS/bin/AV1Relay.Tests.Rig/release/demo-check"
