#!/usr/bin/env bash
# Builds the emulated robot's kernel and modules, once: what was built is kept by the hash of what goes into it.
#   kernel/build.sh           builds it unless it is there, and prints the folder that holds it
#   kernel/build.sh --find    prints that folder, and fails when nothing is in it yet
# Kept in $XDG_CACHE_HOME/av1relay (usually ~/.cache/av1relay). About 15 minutes of one core.
set -euo pipefail
cd "$(dirname "$0")"

inputs=(robot_defconfig spi-recorder.c Kbuild keep-fp-registers.sed build.sh)
modules=(drivers/i2c/i2c-stub sound/core/snd sound/core/snd-timer sound/core/snd-pcm sound/core/snd-hrtimer sound/drivers/snd-aloop)
kept="${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/av1relay/uml-$(cat "${inputs[@]}" | sha256sum | cut -c1-16)"
if [ -x "$kept/linux" ]; then echo "$kept"; exit 0; fi
[ "${1:-}" != --find ] || exit 1

say() { printf '%s\n' "$*" >&2; }
source_archive="$(ls /usr/src/linux-source-6.1.tar.xz 2>/dev/null)" \
  || { say "/usr/src/linux-source-6.1.tar.xz is missing: apt install linux-source-6.1 flex bison libelf-dev bc make gcc xz-utils"; exit 1; }

mkdir -p "$(dirname "$kept")"
work="$(mktemp -d "$(dirname "$kept")/building.XXXXXX")"
trap 'rm -rf "$work"' EXIT
say "Building a User-Mode Linux kernel for the emulated robot (once; about 15 minutes of one core) …"
tar -xJf "$source_archive" -C "$work" --strip-components=1
# The sound menu is closed to User-Mode Linux for want of hardware; the loopback needs none.
sed -i 's/^if !UML$/if SOUND/' "$work/sound/Kconfig"
sed -i -f keep-fp-registers.sed "$work/arch/um/os-Linux/skas/process.c"
# Room for all the registers that a processor may have (11,008 bytes with AMX): the host takes the whole state back or none of it.
sed -i 's/DEFINE_LONGS(HOST_FP_SIZE, 2696)/DEFINE_LONGS(HOST_FP_SIZE, 12288)/' "$work/arch/x86/um/user-offsets.c"
grep -q 'HOST_FP_SIZE, 12288' "$work/arch/x86/um/user-offsets.c" || { say "Where floating-point registers are kept has changed in this kernel's source."; exit 1; }
grep -q child_fp_pid "$work/arch/um/os-Linux/skas/process.c" || { say "keep-fp-registers.sed does not suit this kernel's source."; exit 1; }
cp robot_defconfig "$work/arch/um/configs/"
mkdir "$work/recorder" && cp spi-recorder.c Kbuild "$work/recorder/"
{
  make -C "$work" ARCH=um robot_defconfig
  make -C "$work" ARCH=um -j"$(nproc)" linux modules
  make -C "$work" ARCH=um M="$work/recorder" modules
} >"$work/build.log" 2>&1 || { tail -n 40 "$work/build.log" >&2; say "The kernel did not build: see above."; exit 1; }

mkdir "$work/kept"
for module in "${modules[@]}"; do cp "$work/$module.ko" "$work/kept/"; done
cp "$work/recorder/spi-recorder.ko" "$work/linux" "$work/kept/"
rm -rf "$kept" && mv "$work/kept" "$kept"
echo "$kept"
