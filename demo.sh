#!/usr/bin/env bash
# The main job on this machine: a relay, a robot with a simulated body, and a link for the pupil.
#   ./demo.sh [--camera X] [--microphone X] [--speaker Y] [--size WxH] [--lan] [--port 8080] [--check]
# X: a device, file or URL that FFmpeg opens, or "test" for the virtual classroom.
# Y: an ALSA device such as "default", "meter" (level and tone on the robot's page) or "none".
# --lan    serve HTTPS to tablets on the same network, with a QR code to scan
# --check  join in headless Chromium, print one line of JSON, stop; exit 0 when everything was seen to work
set -u
cd "$(dirname "$0")" || exit 1
. ./setup.sh

camera=test microphone=test speaker=meter size=1280x720 lan=false port='' check=false
needs_value() { [ $# -ge 2 ] || die "demo.sh: $1 needs a value (try --help)"; }
while [ $# -gt 0 ]; do
  case "$1" in
    --camera) needs_value "$@"; camera="$2"; shift ;;
    --microphone) needs_value "$@"; microphone="$2"; shift ;;
    --speaker) needs_value "$@"; speaker="$2"; shift ;;
    --size) needs_value "$@"; size="$2"; shift ;;
    --port) needs_value "$@"; port="$2"; shift ;;
    --lan) lan=true ;;
    --check) check=true ;;
    --help|-h) sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) die "demo.sh: unknown option $1 (try --help)" ;;
  esac
  shift
done
[ "$check" = false ] || size="${AV1RELAY_CHECK_SIZE:-640x360}"
[[ "${port:-8080}" =~ ^[0-9]+$ ]] || die "demo.sh: --port takes a number, not '$port'."

check_tools
install_packages
build_client
build_dotnet AV1Relay.sln solution

state="$(mktemp -d "${TMPDIR:-/tmp}/av1relay-demo.XXXXXX")"
children=()
cleanup() {
  trap - EXIT INT TERM
  local pid waited=0
  for pid in "${children[@]}"; do kill -TERM "$pid" 2>/dev/null; done
  while [ "$waited" -lt 50 ]; do
    local alive=false
    for pid in "${children[@]}"; do kill -0 "$pid" 2>/dev/null && alive=true; done
    [ "$alive" = true ] || break
    waited=$((waited + 1)); sleep 0.1
  done
  for pid in "${children[@]}"; do kill -KILL "$pid" 2>/dev/null; done
  wait 2>/dev/null
  rm -rf "$state"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

free_port() { # a TCP port that nobody listens on, from $1 upward
  local candidate="$1"
  while (exec 3<>"/dev/tcp/127.0.0.1/$candidate") 2>/dev/null; do candidate=$((candidate + 1)); done
  echo "$candidate"
}

if [ "$check" = true ]; then
  # Many checks may run at once: start each somewhere else.
  base=$((20000 + RANDOM % 6000)); http_port="$(free_port "$base")"
  robot_port="$(free_port $((http_port + 1)))"; media_port=$((27000 + RANDOM % 5000)); shards=1
else
  http_port="${port:-8080}"; robot_port=$((http_port + 363)); media_port=20000; shards=1
  if [ "$(free_port "$http_port")" != "$http_port" ]; then
    die "Port $http_port is in use. Stop what uses it, or choose another: ./demo.sh --port $((http_port + 1))"
  fi
fi

address=127.0.0.1 scheme=http
if [ "$lan" = true ]; then
  address="$(ip -4 -o addr show scope global 2>/dev/null | awk '{split($4, a, "/"); print a[1]; exit}')"
  [ -n "$address" ] || address="$(hostname -I 2>/dev/null | awk '{print $1}')"
  [ -n "$address" ] || die "--lan: this machine has no address on a network. Connect it first."
  scheme=https
fi
urls="$scheme://$address:$http_port"
robot_urls="https://$address:$robot_port"

start() { # name command…
  local name="$1"; shift
  "$@" >"$state/$name.log" 2>&1 </dev/null &
  children+=($!)
}
show_log() { say "── the end of $1's log:"; tail -n 20 "$state/$1.log" >&2; }
wait_for() { # seconds description command…
  local deadline=$((SECONDS + $1)) what="$2"; shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || { for name in relay robot; do [ -e "$state/$name.log" ] && show_log "$name"; done; die "$what did not come up."; }
    sleep 0.1
  done
}

relay_is_ready() { "$RELAY" probe --url "$urls" --data "$state/relay"; }
start relay "$RELAY" serve --data "$state/relay" --urls "$urls" --robot-urls "$robot_urls" \
  --media-address "$address" --media-port "$media_port" --shards "$shards" --pages student-client/dist
