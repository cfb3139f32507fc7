#!/usr/bin/env bash
# The unmodified agent on real kernel devices: builds the emulated robot's kernel (once), and runs these tests in a network of their own.
#   tests/HardwareInLoop/run.sh [options of the test program]
set -euo pipefail
cd "$(dirname "$0")/../.."
. ./setup.sh

check_tools
hil=(alsa-utils iproute2 kmod qemu-user-static GPIOD)
tests/HardwareInLoop/kernel/build.sh --find >/dev/null || hil+=(linux-source-6.1 flex bison libelf-dev bc make gcc xz-utils)
install_packages "${hil[@]}"
build_client
build_dotnet AV1Relay.sln solution
say "Publishing the agent for a 64-bit ARM board …"
dotnet publish robot-agent/Agent -c Release -r linux-arm64 --self-contained -v quiet --nologo --artifacts-path "$ARTIFACTS/arm64" >&2 \
  || die "The agent could not be published for linux-arm64."
ROOT="$(tests/HardwareInLoop/arm64/root.sh)" AGENT="$ARTIFACTS/arm64/publish/AV1Relay.RobotAgent/release_linux-arm64"; export ROOT AGENT
AV1RELAY_UML="$(tests/HardwareInLoop/kernel/build.sh)"; export AV1RELAY_UML

# A network, and processes, that end with the tests whatever becomes of them.
exec unshare --net --pid --fork --kill-child --mount-proc -- \
  sh -c 'ip link set lo up && exec "$0" "$@"' "$ARTIFACTS/bin/AV1Relay.Tests.HardwareInLoop/release/AV1Relay.Tests.HardwareInLoop" "$@"
