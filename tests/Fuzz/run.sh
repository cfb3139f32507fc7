#!/usr/bin/env bash
# Fuzzes for as long as it is told to; what fails is saved under artifacts/fuzz/TARGET and told, with how to see it again.
#   tests/Fuzz/run.sh --minutes 30 [--target NAME] [--seed N]     all targets, or one
#   tests/Fuzz/run.sh --target NAME --replay FILE                 one input again
#   tests/Fuzz/run.sh --list                                      the targets
# A failure that was mended goes to tests/Fuzz/corpus/NAME/, under a name that says what it was.
set -eu
cd "$(dirname "$0")/../.."
case "${1:-}" in --help | -h) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 0 ;; esac
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build tests/Fuzz -c Release -v q >&2
exec artifacts/bin/AV1Relay.Tests.Fuzz/release/AV1Relay.Tests.Fuzz fuzz --artifacts artifacts/fuzz "$@"
