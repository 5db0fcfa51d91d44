/**
 * `docker` where only podman is installed, like that of Debian's podman-docker. Compose is a program of its own there;
 * podman knows how to start it from 4.7 on.
 */
export const DOCKER_BY_PODMAN = `#!/bin/sh
# Slipway's stand-in for the docker client: podman understands the same commands.
if [ "\${1-}" = compose ]; then
  for program in docker-compose podman-compose; do
    if command -v "$program" >/dev/null 2>&1; then
      shift
      exec "$program" "$@"
    fi
  done
fi
exec podman "$@"
`;
