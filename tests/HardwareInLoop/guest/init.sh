#!/bin/sh
# The first process of the emulated robot: brings up the reference robot's devices and hands over to the workbench.
# The kernel gives what stands on its command line as NAME=VALUE: MODULES (a folder), WORKBENCH (a program), ADDRESS, PORT, SEED.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/run TMPDIR=/run/tmp DOTNET_EnableDiagnostics=0 DOTNET_gcConcurrent=0 DOTNET_TieredPGO=0
say() { echo "[robot] $(cut -d' ' -f1 /proc/uptime) s: $*"; }

mount -t proc none /proc
mount -t sysfs none /sys
mount -t devtmpfs none /dev 2>/dev/null # the kernel may have done it
mkdir -p /dev/pts /dev/shm
mount -t devpts none /dev/pts
mount -t tmpfs none /dev/shm
mount -t tmpfs none /run && mkdir -p /run/tmp /run/robot
mount -t configfs none /sys/kernel/config
mount -t debugfs none /sys/kernel/debug

ip link set lo up
ip address add "$ADDRESS/24" dev vec0 && ip link set vec0 up

# One chip for the gauges and the servo board; the reference robot's bus is number 1.
insmod "$MODULES/i2c-stub.ko" chip_addr=0x36,0x40,0x41 && ln -s i2c-0 /dev/i2c-1
insmod "$MODULES/spi-recorder.ko"
for module in snd snd-timer snd-pcm snd-hrtimer snd-aloop; do insmod "$MODULES/$module.ko"; done

# 28 lines under the name of a Raspberry Pi 5's header.
bank=/sys/kernel/config/gpio-sim/header/bank0
mkdir -p "$bank" && echo 28 >"$bank/num_lines" && echo pinctrl-rp1 >"$bank/label" && echo 1 >/sys/kernel/config/gpio-sim/header/live

say "kernel $(uname -r), devices: $(ls -d /dev/gpiochip* /dev/i2c-* /dev/spidev* /dev/video* /dev/snd/pcm* 2>/dev/null | tr '\n' ' ')"
exec "$WORKBENCH" "$PORT"
