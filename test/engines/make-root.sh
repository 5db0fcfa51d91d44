#!/bin/sh
# `make-root.sh FOLDER`: a Debian 13 with newer engines than those of Debian 12, and with docker's plugins. Made once,
# and anew when it is to hold other packages: half a minute of network and another of unpacking, 0.7 GB. From the
# mirror, and with the settings, of this machine's apt. Root only.
set -e
root=$1
packages='docker.io docker-cli docker-buildx docker-compose containerd podman runc crun conmon netavark aardvark-dns
  passt uidmap iptables nftables iproute2 ca-certificates'
made=$root/etc/slipway-packages # Written last.
[ "$(cat "$made" 2>/dev/null)" != "$packages" ] || exit 0

# Others of this machine's sources may be other distributions' or other vendors'.
mirrors() {
  apt-get indextargets --format '$(REPO_URI) $(LABEL) $(COMPONENT)' 'Created-By: Packages' |
    sed -n 's/ Debian main$//p' | head -n 1
}
mirror=$(mirrors)
[ -n "$mirror" ] || { apt-get -q update && mirror=$(mirrors); } # What a mirror holds is only known from its lists.
[ -n "$mirror" ] || { echo 'the apt sources of this machine name no mirror of Debian' >&2 && exit 1; }
command -v debootstrap >/dev/null || apt-get -qy install --no-install-recommends debootstrap

new=$root-new
rm -rf "$new"
debootstrap --variant=minbase --include=ca-certificates trixie "$new" "$mirror"

echo "deb $mirror trixie main" >"$new/etc/apt/sources.list"
grep -l '^ *Acquire::' /etc/apt/apt.conf /etc/apt/apt.conf.d/* 2>/dev/null | while read -r file; do
  cp "$file" "$new/etc/apt/apt.conf.d/"
done
for auth in /etc/apt/auth.conf /etc/apt/auth.conf.d/*; do
  [ ! -f "$auth" ] || cp -p "$auth" "$new/etc/apt/auth.conf.d/"
done
for certificate in /usr/local/share/ca-certificates/*.crt; do
  [ ! -f "$certificate" ] || cp "$certificate" "$new/usr/local/share/ca-certificates/"
done

# The packages' own services are not started.
printf '#!/bin/sh\nexit 101\n' >"$new/usr/sbin/policy-rc.d"
chmod 755 "$new/usr/sbin/policy-rc.d"
mountpoint -q "$new/proc" || mount -t proc proc "$new/proc"
in_root() { chroot "$new" env PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@"; }
in_root update-ca-certificates
in_root apt-get -q update
in_root apt-get -qy install --no-install-recommends $packages
in_root apt-get clean
rm -rf "$new"/var/lib/apt/lists/* "$new"/etc/apt/auth.conf.d/*
umount "$new/proc"

echo "$packages" >"$new/etc/slipway-packages"
rm -rf "$root"
mv "$new" "$root"
