#!/bin/sh
# `enter-root.sh PROGRAM …`: runs a program of the Debian root. Only in a mount namespace of its own, whose tree of
# files it exchanges: in a mere chroot runc fails. What is written stays in memory and goes with the namespace, except
# below /tmp, which is the machine's: there the engines of the tests have their data and their sockets, and their
# clients the folder that they work in.
set -e
umask 022
here=$PWD
cd -- "${0%/*}/../../.runtime/trixie"

mount -t tmpfs slipway mnt
mkdir mnt/upper mnt/work mnt/new
mount -t overlay -o lowerdir=.,upperdir=mnt/upper,workdir=mnt/work slipway mnt/new
cd mnt/new
for folder in dev sys tmp; do mount --rbind "/$folder" "$folder"; done
mount -t proc proc proc # Of the process namespace we are in.
mount -t tmpfs slipway run
if [ -d /run/slipway-0 ]; then # Sandboxes and second engines have their sockets there.
  mkdir run/slipway-0
  mount --rbind /run/slipway-0 run/slipway-0
fi

pivot_root . mnt
cd /
umount -l /mnt
case $here in /tmp/*) cd -- "$here" ;; esac
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH
exec "$@"
