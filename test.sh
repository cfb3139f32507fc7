#!/usr/bin/env bash
# Runs every test and ends with one line, "N passed, N failed", summed over all runners.
#   ./test.sh [--fast] [--hardware] [--filter WORDS] [--update-screens]
# --fast leaves out the lanes that start browsers, break networks or take a minute of load; --hardware adds the emulated robot, for
# which a kernel is built the first time (15 minutes of one core).
set -u
cd "$(dirname "$0")" || exit 1
. ./setup.sh

fast=false hardware=false filter=''
while [ $# -gt 0 ]; do
  case "$1" in
    --fast) fast=true ;;
    --hardware) hardware=true ;;
    --filter) [ $# -ge 2 ] || die "--filter needs a word to look for in the test's name."; filter="$2"; shift ;;
    --update-screens) export AV1RELAY_UPDATE_SCREENS=1 ;;
    --help|-h) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) die "test.sh: unknown option $1 (try --help)" ;;
  esac
  shift
done

passed=0 failed=0 skipped=0 results="$ARTIFACTS/test-results"
rm -rf "$results"; mkdir -p "$results"

# Adds up one runner. A lane that ended badly without saying what failed counts as one failure.
count() { # lane exit_code passed failed skipped
  local lane_failed="$4"
  if [ "$2" -ne 0 ] && [ "$lane_failed" -eq 0 ]; then lane_failed=1; fi
  passed=$((passed + $3)); failed=$((failed + lane_failed)); skipped=$((skipped + $5))
  say "── $1: $3 passed, $lane_failed failed, $5 skipped"
}

dotnet_lane() { # name
  local lane="$1" report="$results/$1.xml" log="$results/$1.log" code=0
  local arguments=(-noLogo -noColor -result-xml "$report")
  [ -z "$filter" ] || arguments+=(-method "*${filter}*")
  say "── $lane"
  "$ARTIFACTS/bin/AV1Relay.Tests.$lane/release/AV1Relay.Tests.$lane" "${arguments[@]}" >"$log" 2>&1 </dev/null || code=$?
  # A filter that nothing in this lane answers to is not a failure of the lane.
  if [ -n "$filter" ] && [ "$code" -ne 0 ] && grep -qE 'Total: 0,|No test' "$log"; then code=0; fi
  grep -E '\[FAIL\]|\[SKIP\]' "$log" >&2
  [ "$code" -eq 0 ] || grep -vE '^\s*$' "$log" | tail -n 60 >&2
  local numbers
  numbers="$(assembly_numbers "$report")"
  # shellcheck disable=SC2086
  count "$lane" "$code" ${numbers:-0 0 0}
}

# The attributes of <assembly> in whatever order they come.
assembly_numbers() {
  local line; line="$(grep -m1 -o '<assembly [^>]*>' "$1" 2>/dev/null)" || return 0
  local p f s
  p="$(sed -n 's/.* passed="\([0-9]*\)".*/\1/p' <<<"$line")"; f="$(sed -n 's/.* failed="\([0-9]*\)".*/\1/p' <<<"$line")"; s="$(sed -n 's/.* skipped="\([0-9]*\)".*/\1/p' <<<"$line")"
  echo "${p:-0} ${f:-0} ${s:-0}"
}

client_lane() {
  local report="$results/client.json" code=0
  say "── student-client"
  ( cd student-client && npm run --silent check >&2 ) || code=$?
  local arguments=(--reporter=json "--outputFile=$report")
  [ -z "$filter" ] || arguments+=(-t "$filter" --passWithNoTests)
  ( cd student-client && npx --no-install vitest run "${arguments[@]}" >"$results/client.log" 2>&1 </dev/null ) || code=$?
  [ "$code" -eq 0 ] || tail -n 60 "$results/client.log" >&2
  local numbers
  numbers="$(node -e '
    const r = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"));
    console.log(r.numPassedTests, r.numFailedTests, r.numPendingTests ?? 0)' "$report" 2>/dev/null)"
  # shellcheck disable=SC2086
  count student-client "$code" ${numbers:-0 0 0}
}

# Ten rooms for a minute with every counter about to wrap: one check, passed or not.
soak_lane() {
  [ -z "$filter" ] || return 0
  say "── Soak"
  local code=0
  "$ARTIFACTS/bin/AV1Relay.Benchmarks/release/benchmarks" soak --minutes 1 >"$results/soak.log" 2>&1 </dev/null || code=$?
  [ "$code" -eq 0 ] || cat "$results/soak.log" >&2
  count Soak "$code" $((code == 0)) $((code != 0)) 0
}

# The agent on an emulated robot. Where no network can be made for it, that is said aloud and counted as skipped.
hardware_lane() {
  local report="$results/HardwareInLoop.xml" log="$results/HardwareInLoop.log" code=0
  local arguments=(-noLogo -noColor -result-xml "$report")
  [ -z "$filter" ] || arguments+=(-method "*${filter}*")
  say "── HardwareInLoop"
  if [ "$(id -u)" -ne 0 ] || [ ! -e /dev/net/tun ]; then
    say "SKIPPED: an emulated robot needs root and /dev/net/tun, to be on a network of its own."
    count HardwareInLoop 0 0 0 1
    return
  fi
  tests/HardwareInLoop/run.sh "${arguments[@]}" >"$log" 2>&1 </dev/null || code=$?
  if [ -n "$filter" ] && [ "$code" -ne 0 ] && grep -qE 'Total: 0,|No test' "$log"; then code=0; fi
  [ "$code" -eq 0 ] || grep -vE '^\s*$' "$log" | tail -n 60 >&2
  local numbers
  numbers="$(assembly_numbers "$report")"
  # shellcheck disable=SC2086
  count HardwareInLoop "$code" ${numbers:-0 0 0}
}

check_tools
install_packages strace postgresql
build_client
build_dotnet AV1Relay.sln solution

dotnet_lane Unit
client_lane
dotnet_lane Fuzz
dotnet_lane Simulation
dotnet_lane Integration
[ "$fast" = true ] || dotnet_lane Fault
[ "$fast" = true ] || dotnet_lane Browser
[ "$fast" = true ] || soak_lane
[ "$hardware" = false ] || hardware_lane

if [ "$skipped" -gt 0 ]; then echo "$passed passed, $failed failed, $skipped skipped"; else echo "$passed passed, $failed failed"; fi
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
