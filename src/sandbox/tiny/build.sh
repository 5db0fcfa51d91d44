#!/bin/sh
# Builds tiny-ARCH.tar.gz, the root file system of the image `tiny:1`: toybox (0BSD) and dash (BSD), static, with musl (MIT),
# from Debian's source packages. Needs: apt-get with a reachable mirror, gcc, make, musl-tools, dpkg-dev, patch, xz-utils.
# The archive is reproducible: same sources and compiler, same bytes.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
arch=${1:-$(dpkg --print-architecture)}
suite=${SUITE:-bookworm}
work=$(mktemp -d "${TMPDIR:-/tmp}/slipway-tiny.XXXXXX")
trap 'rm -rf "$work"' EXIT

# A sources list of our own, so that the machine's is neither needed nor changed.
mkdir -p "$work/apt/lists/partial" "$work/apt/cache/archives/partial"
echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${MIRROR:-http://deb.debian.org/debian} $suite main" > "$work/apt/sources.list"
apt() {
  apt-get -q -o Dir::Etc::SourceList="$work/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::State::Lists="$work/apt/lists" -o Dir::Cache="$work/apt/cache" -o APT::Sandbox::User=root "$@"
}
apt update
cd "$work"
# Upstream's own sources only: Debian's patches touch nothing that is used here.
apt source --tar-only toybox dash
for archive in *.orig.tar.*; do tar -xf "$archive"; done
export CC=musl-gcc HOSTCC=gcc SOURCE_DATE_EPOCH=0 LC_ALL=C

# musl-gcc looks only into musl's own folder; the kernel's headers are libc-free and may be used beside it.
mkdir headers
for name in linux asm-generic mtd; do ln -s "/usr/include/$name" headers/; done
ln -s "/usr/include/$(dpkg-architecture -q DEB_HOST_MULTIARCH)/asm" headers/

# toybox: Debian's default set, plus wget, httpd and others that upstream calls pending; without what needs crypt() or PAM.
cd "$work"/toybox-*/
make defconfig
for name in PASSWD SU LOGIN MKPASSWD SH BASH; do
  sed -i "s/^CONFIG_$name=y/# CONFIG_$name is not set/" .config
done
for name in WGET VI AWK DIFF EXPR TR LESS MORE TRACEROUTE IP ROUTE NSLOOKUP HOST TELNET; do
  sed -i "s/^# CONFIG_$name is not set/CONFIG_$name=y/" .config
done
yes '' | make oldconfig > /dev/null
CFLAGS="-Os -w -I$work/headers" LDFLAGS='-static' NOSTRIP='' make toybox
strip -s toybox

cd "$work"/dash-*/
./configure --host="$(uname -m)-linux-musl" CC=musl-gcc CFLAGS='-Os -w' LDFLAGS='-static' --without-libedit > /dev/null
make -s > /dev/null
strip -s src/dash

root=$work/root
mkdir -p "$root/bin" "$root/etc" "$root/root" "$root/tmp" "$root/var/tmp" "$root/var/www" "$root/home" "$root/usr/share/licenses/dash" \
  "$root/usr/share/licenses/toybox" "$root/usr/share/licenses/musl"
chmod 1777 "$root/tmp" "$root/var/tmp"
chmod 700 "$root/root"
cp "$work"/toybox-*/toybox "$work"/dash-*/src/dash "$root/bin/"
ln -s dash "$root/bin/sh"
for name in $("$root/bin/toybox"); do
  [ -e "$root/bin/$name" ] || [ -L "$root/bin/$name" ] || ln -s toybox "$root/bin/$name"
done
ln -s bin "$root/sbin"
ln -s ../bin "$root/usr/bin"
ln -s ../bin "$root/usr/sbin"
cp "$work"/toybox-*/LICENSE "$root/usr/share/licenses/toybox/LICENSE"
cp "$work"/dash-*/COPYING "$root/usr/share/licenses/dash/COPYING"
cp /usr/share/doc/musl/copyright "$root/usr/share/licenses/musl/COPYRIGHT"
{
  echo "toybox $(basename "$(ls -d "$work"/toybox-*/)" | sed 's/^toybox-//')"
  echo "dash $(basename "$(ls -d "$work"/dash-*/)" | sed 's/^dash-//')"
  echo "musl $(dpkg-query -W -f '${Version}' musl)"
} > "$root/usr/share/licenses/versions"
printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n' > "$root/etc/passwd"
printf 'root:x:0:\nnogroup:x:65534:\n' > "$root/etc/group"

cd "$root"
out=$here/tiny-$arch.tar.gz
tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --format=ustar -cf - . | gzip -9n > "$out"
cd "$here"
sha256sum "tiny-$arch.tar.gz" > "tiny-$arch.tar.gz.sha256"
cat "tiny-$arch.tar.gz.sha256"
ls -l "$out"
