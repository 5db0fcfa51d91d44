/**
 * Errors as a person makes them: the id of the row that has to explain it, a script, and where it goes wrong so (both
 * engines when nothing is said). `$R` runs, `$S` was never started, `$I` is its image, `$V` and `$L` are a volume and a
 * network that `$R` has, `$P` is a port that `$R` publishes, `$N` is free, `$T` is a folder.
 */
export type Provoked = readonly [id: string, script: string, on?: 'docker' | 'podman'];

/** Never with `--rm`: podman 4.3 can hang when it removes what could not be started. */
const run = (rest: string): string => `docker run -d --name $N ${rest}; docker rm -f $N >/dev/null 2>&1`;
const dockerfile = (text: string, options = ''): string =>
  `printf '${text}' >$T/Dockerfile; DOCKER_BUILDKIT=0 docker build ${options} $T`;
const paused = (line: string): string => `docker pause $R >/dev/null; ${line}; docker unpause $R >/dev/null`;

export const PROVOKED: readonly Provoked[] = [
  // Images
  ['registry-unreachable', 'docker run --name $N tinny:1'],
  ['registry-unreachable', 'docker pull tinny:1'],
  ['registry-unreachable', 'docker tag tiny:1 $N:1; docker push $N:1; docker rmi $N:1 >/dev/null'],
  ['registry-unreachable', dockerfile('FROM tinny:1\\n')],
  ['registry-refused', 'docker pull 127.0.0.1:9/x:1'],
  ['image-missing', 'docker rmi nosuch:1'],
  ['image-missing', 'docker image inspect nosuch:1'],
  ['image-missing', 'docker tag nosuch:1 x:1'],
  ['image-missing', 'docker push nosuch:1'],
  ['image-missing', 'docker history nosuch:1'],
  ['image-missing', 'docker save -o $T/x nosuch:1'],
  ['object-missing', 'docker inspect nosuch'],
  ['image-uppercase', 'docker run Tiny:1'],
  ['image-uppercase', 'docker tag tiny:1 Y:1'],
  ['image-uppercase', dockerfile('FROM tiny:1\\n', '-t Foo')],
  ['image-uppercase', dockerfile('FROM Tiny:1\\n')],
  ['image-reference', 'docker run tiny:1:2'],
  ['image-reference', 'docker tag tiny:1 "y:a b"'],
  ['image-in-use', 'docker rmi $I'],
  [
    'image-in-use',
    'docker run -d --name $N $I sleep 1d; docker rmi -f $(docker images -q $I | head -1); docker rm -f $N',
    'docker',
  ],
  ['image-has-children', 'docker rmi -f $(docker inspect -f "{{.Image}}" $R)', 'docker'],
  [
    'image-many-names',
    'docker tag $I $N:2; docker rmi $(docker images -q $I | head -1); docker rmi $N:2 >/dev/null',
  ],
  ['load-no-archive', 'echo hi | docker load'],
  // Containers
  ['name-taken', 'docker create --name $S tiny:1'],
  ['name-taken', 'docker rename $R $S'],
  ['name-too-short', 'docker create --name z tiny:1', 'docker'],
  ['name-invalid', 'docker create --name "a b" tiny:1'],
  ['name-invalid', 'docker rename $S "x y"'],
  ['rename-same', 'docker rename $S $S', 'docker'],
  ...['start', 'stop', 'rm', 'logs', 'kill', 'attach', 'restart', 'diff', 'wait'].map((verb): Provoked => [
    'container-missing',
    `docker ${verb} nosuch`,
  ]),
  ['container-missing', 'docker exec nosuch ls'],
  ['container-missing', 'docker cp nosuch:/x .'],
  ['container-missing', 'docker commit nosuch x', 'docker'],
  ['commit-podman', 'docker commit nosuch x', 'podman'],
  ['container-not-running', 'docker exec $S ls'],
  ['container-not-running', 'docker kill $S'],
  ['container-not-running', 'docker pause $S'],
  ['container-not-paused', 'docker unpause $R'],
  ['container-already-paused', paused('docker pause $R')],
  ['container-paused', paused('docker exec $R ls')],
  ['container-paused', paused('docker start $R'), 'docker'],
  ['container-not-startable', paused('docker start $R'), 'podman'],
  ['attach-stopped', 'docker attach $S'],
  ['remove-running', 'docker rm $R'],
  ['signal-unknown', 'docker kill -s FOO $R'],
  ['port-not-published', 'docker port $S 80'],
  ['copy-missing-inside', 'docker cp $R:/nosuch .'],
  ['copy-missing-here', 'docker cp nosuch $R:/x'],
  ['copy-between', 'docker cp $R:/etc $S:/x'],
  ['copy-no-container', 'docker cp x y'],
  ['restart-and-remove', 'docker run --rm --restart always tiny:1 true'],
  ['restart-policy', 'docker create --restart foo tiny:1 true'],
  ['restart-policy', 'docker create --restart on-failure:x tiny:1 true'],
  ['options-conflict', 'docker run -d -a stdout tiny:1 true'],
  // Programs
  ['program-missing', run('tiny:1 nosuchprog')],
  ['program-missing', 'docker exec $R nosuchprog'],
  ['program-path-missing', run('tiny:1 /nosuch/prog')],
  ['program-denied', run('tiny:1 /etc')],
  ['program-denied', 'docker exec $R /etc'],
  ['workdir-missing', 'docker exec -w /nosuch $R ls'],
  ['workdir-relative', run('-w relative tiny:1 ls')],
  ['user-missing', run('-u nosuch tiny:1 ls'), 'docker'],
  ['user-missing', 'docker exec -u nosuch $R ls', 'docker'],
  ['mount-over-file', run('-v $T:/bin/toybox tiny:1 ls')],
  ['tmpfs-size', run('--tmpfs /ram:size=foo tiny:1 ls')],
  ['upgrade-refused', 'docker run --name $N tiny:1 nosuchprog; docker rm -f $N >/dev/null', 'podman'],
  ['no-terminal', 'docker exec -it $R true'],
  ['memory-too-small', run('-m 1m tiny:1 true')],
  ['memory-swap', 'docker create -m 16m --memory-swap 7m tiny:1'],
  ['memory-reservation', 'docker create --memory-reservation 20m -m 10m tiny:1', 'docker'],
  ['cpus-range', 'docker create --cpus 9999 tiny:1', 'docker'],
  ['capability-unknown', 'docker create --cap-add FOO tiny:1', 'docker'],
  ['join-stopped', run('--network container:$S tiny:1 true')],
  // Mounts
  ['volume-in-use', 'docker volume rm $V'],
  ['volume-missing', 'docker volume rm nosuch'],
  ['volume-missing', 'docker volume inspect nosuch'],
  ['volume-name-invalid', 'docker volume create "a b"'],
  ['volume-name-invalid', 'docker create -v "a_b!:/x" tiny:1'],
  ['volume-name-path', 'docker create -v rel/x:/x tiny:1'],
  ['plugin-missing', 'docker volume create -d nosuch $N'],
  ['plugin-missing', 'docker network create -d nosuch $N'],
  ['mount-mode', 'docker create -v $V:/x:foo tiny:1'],
  ['mount-relative', 'docker create -v $V:b tiny:1'],
  ['mount-root', 'docker create -v $V:/ tiny:1', 'docker'],
  ['mount-spec', 'docker create -v a:/x:ro:z:z tiny:1'],
  ['bind-missing', 'docker create --mount type=bind,source=/nope$N,target=/x tiny:1', 'docker'],
  ['mount-type', 'docker create --mount type=foo,source=x,target=/x tiny:1'],
  ['mount-source', 'docker create --mount type=bind,target=/x tiny:1', 'docker'],
  ['mount-flag', 'docker create --mount source=x tiny:1'],
  ['mount-flag', 'docker create --mount sourc=x,target=/x tiny:1'],
  ['mount-flag', 'docker create --mount source=x, target=/x tiny:1'],
  ['mount-duplicate', 'docker create -v $V:/x -v other:/x tiny:1'],
  ['tmpfs-option', run('--tmpfs /ram:foo=1 tiny:1 ls')],
  ['disk-full', `docker run --rm --tmpfs /ram:size=1m tiny:1 sh -c 'yes > /ram/f'`],
  ['read-only', 'docker run --rm -v $V:/x:ro tiny:1 touch /x/f'],
  // Networks
  ['port-taken', run('-p $P:80 tiny:1 true')],
  [
    'port-taken',
    'docker create --name $N -p $P:80 tiny:1 >/dev/null; docker start $N; docker rm $N >/dev/null',
  ],
  ['address-not-here', run('-p 192.0.2.1:$P:80 tiny:1 true'), 'podman'],
  ['address-not-here', run('-p 192.0.2.1:8099:80 tiny:1 true'), 'docker'],
  ['port-invalid', 'docker create -p 80:foo tiny:1'],
  ['port-invalid', 'docker create -p 99999:80 tiny:1'],
  ['port-range', 'docker create -p 8000-8001:80-85 tiny:1'],
  ['port-address', 'docker create -p 1.2.3:80:80 tiny:1'],
  ['port-protocol', 'docker create -p 80:80/foo tiny:1'],
  ['network-missing', 'docker network rm nosuch'],
  ['network-missing', 'docker network connect nosuch $R'],
  ['network-missing', run('--network nosuch tiny:1 true')],
  ['network-in-use', 'docker network rm $L'],
  ['network-exists', 'docker network create $L'],
  ['network-predefined-remove', 'docker network rm bridge', 'docker'],
  ['network-predefined-create', 'docker network create host'],
  [
    'subnet-overlaps',
    'docker network create --subnet $(docker network inspect -f "{{(index .IPAM.Config 0).Subnet}}" $L) $N',
  ],
  ['subnet-invalid', 'docker network create --subnet foo $N'],
  ['network-connected-already', 'docker network connect $L $R'],
  ['network-not-connected', 'docker network disconnect $L $S'],
  ['network-host-connect', 'docker network connect host $R', 'docker'],
  ['address-fixed', run('--ip 10.1.2.3 tiny:1 true')],
  // Builds
  ['dockerfile-missing', 'DOCKER_BUILDKIT=0 docker build $T'],
  ['build-folder-missing', 'DOCKER_BUILDKIT=0 docker build nosuch'],
  ['instruction-unknown', dockerfile('FROM tiny:1\\nRUM ls\\n')],
  ['copy-outside', dockerfile('FROM tiny:1\\nCOPY ../x /y\\n')],
  ['copy-source-missing', dockerfile('FROM tiny:1\\nCOPY nosuch /x\\n')],
  ['build-step-failed', dockerfile('FROM tiny:1\\nRUN exit 3\\n')],
  ['build-step-failed', dockerfile('FROM tiny:1\\nRUN nosuchprog\\n')],
  ['instruction-arguments', dockerfile('FROM tiny:1\\nCOPY x\\n')],
  ['instruction-arguments', dockerfile('FROM tiny:1 foo\\n')],
  ['instruction-arguments', dockerfile('FROM tiny:1\\nENV a\\n')],
  ['dockerfile-no-from', dockerfile('RUN ls\\n')],
  ['dockerfile-empty', dockerfile('')],
  ['build-target-missing', dockerfile('FROM tiny:1\\n', '--target foo')],
  ['build-from-missing', dockerfile('FROM tiny:1\\nCOPY --from=nosuch /x /y\\n')],
  ['needs-buildkit', dockerfile('FROM tiny:1\\nRUN --mount=type=cache,target=/x ls\\n'), 'docker'],
  // Clients
  ['command-unknown', 'docker foo'],
  ['argument-count', 'docker rm'],
  ['argument-count', 'docker tag tiny:1'],
  ['argument-count', 'docker ps foo'],
  ['flag-unknown', 'docker ps --foo'],
  ['shorthand-unknown', 'docker ps -Z'],
  ['flag-empty', 'docker run --memory'],
  ['flag-value', 'docker run -m foo tiny:1'],
  ['flag-value', 'docker ps -f foo'],
  ['since-invalid', 'docker logs --since foo $R'],
  ['filter-unknown', 'docker ps -f foo=bar'],
  ['template-broken', 'docker inspect -f "{{.Foo}}" $R'],
  ['file-missing', 'docker load -i nosuch'],
  ['context-unknown', 'docker -c nosuch ps'],
  ['engine-unreachable', 'docker -H unix:///nosuch.sock ps'],
  ['version-mismatch', 'DOCKER_API_VERSION=1.99 docker ps', 'docker'],
  ['no-swarm', 'docker service ls', 'docker'],
  ['podman-no-swarm', 'docker swarm leave', 'podman'],
  ['engine-cannot', 'docker service ls', 'podman'],
];

/** In the words of podman’s own client, which speaks to the same engine. */
export const PROVOKED_BY_PODMAN: readonly Provoked[] = [
  ['registry-unreachable', 'podman --remote run --name $N tinny:1'],
  ['image-missing', 'podman --remote rmi nosuch'],
  ['object-missing', 'podman --remote inspect nosuch'],
  ['image-uppercase', 'podman --remote run Tiny:1'],
  ['image-in-use', 'podman --remote rmi $I'],
  ['name-taken', 'podman --remote create --name $S tiny:1'],
  ['name-invalid', 'podman --remote create --name "a b" tiny:1'],
  ['container-missing', 'podman --remote start nosuch'],
  ['container-not-running', 'podman --remote exec $S ls'],
  ['attach-stopped', 'podman --remote attach $S'],
  ['remove-running', 'podman --remote rm $R'],
  ['copy-missing-inside', 'podman --remote cp $R:/nosuch .'],
  ['restart-and-remove', 'podman --remote create --rm --restart always tiny:1'],
  ['program-missing', 'podman --remote exec $R nosuchprog'],
  ['program-missing', 'podman --remote run --name $N tiny:1 nosuchprog; podman --remote rm -f $N >/dev/null'],
  ['no-terminal', 'podman --remote run --rm -it tiny:1 true'],
  ['volume-in-use', 'podman --remote volume rm $V'],
  ['volume-missing', 'podman --remote volume rm nosuch'],
  ['volume-exists', 'podman --remote volume create $V'],
  ['bind-missing', 'podman --remote create --mount type=bind,source=/nope$N,target=/x tiny:1'],
  ['mount-duplicate', 'podman --remote create -v $V:/x -v other:/x tiny:1'],
  ['network-missing', 'podman --remote network rm nosuch'],
  ['network-in-use', 'podman --remote network rm $L'],
  ['port-invalid', 'podman --remote create -p 80:foo tiny:1'],
  ['build-folder-missing', 'podman --remote build nosuch'],
  ['command-unknown', 'podman --remote volume mydata'],
  ['argument-count', 'podman --remote rm'],
  ['argument-count', 'podman --remote run'],
  ['flag-unknown', 'podman --remote ps --foo'],
  ['flag-value', 'podman --remote create -m foo tiny:1'],
  ['engine-unreachable', 'podman --remote --url unix:///nosuch.sock ps'],
];

/** Where the docker client of Debian 12, `$OLD`, has other words than a newer one. */
export const PROVOKED_BY_OLD_DOCKER: readonly Provoked[] = [
  ['command-unknown', '$OLD foo'],
  ['plugin-command', 'DOCKER_CONFIG=$T $OLD scan'],
  ['argument-count', '$OLD network create'],
  ['argument-count', '$OLD ps foo'],
  ['port-invalid', '$OLD run -p foo:80 tiny:1'],
  ['port-address', '$OLD run -p 1.2.3:80:80 tiny:1'],
  ['image-uppercase', '$OLD run Tiny:1'],
  ['mount-spec', '$OLD run -v a:/x:ro:z:z tiny:1', 'docker'],
  ['restart-and-remove', '$OLD run --rm --restart always tiny:1'],
  ['context-unknown', '$OLD -c nosuch ps'],
  ['dockerfile-missing', 'DOCKER_BUILDKIT=1 $OLD build $T', 'docker'],
  [
    'build-step-failed',
    `printf 'FROM tiny:1\\nRUN exit 3\\n' >$T/Dockerfile; DOCKER_BUILDKIT=1 $OLD build $T`,
    'docker',
  ],
  [
    'copy-source-missing',
    `printf 'FROM tiny:1\\nCOPY no /x\\n' >$T/Dockerfile; DOCKER_BUILDKIT=1 $OLD build $T`,
    'docker',
  ],
];

/** What cannot be brought about here, in the words that were written down elsewhere. */
export const RECORDED: readonly (readonly [id: string, text: string])[] = [
  // Needs Docker Hub.
  [
    'pull-denied',
    "docker: Error response from daemon: pull access denied for tinny, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
  ],
  // Needs a registry that answers.
  [
    'manifest-unknown',
    'Error response from daemon: manifest for tiny:9 not found: manifest unknown: manifest unknown',
  ],
  // Needs a network that swallows packets.
  [
    'registry-timeout',
    'Error response from daemon: Get "https://registry-1.docker.io/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
  ],
  // Need a registry with accounts.
  ['registry-login', 'unauthorized: authentication required'],
  [
    'too-many-pulls',
    'toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading',
  ],
  // Needs a program for another processor; where an emulator is registered it would run.
  ['program-format', 'exec /x: exec format error'],
  // Needs an engine without root’s rights.
  [
    'port-privileged',
    "Error: rootlessport cannot expose privileged port 80, you can add 'net.ipv4.ip_unprivileged_port_start=80' to /etc/sysctl.conf",
  ],
  // Would need thirty networks more.
  [
    'subnets-used-up',
    'Error response from daemon: could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network',
  ],
  // Tests run as root, whom every socket lets in.
  [
    'engine-denied',
    'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.24/containers/json": dial unix /var/run/docker.sock: connect: permission denied',
  ],
  // Needs a machine without the plugin.
  ['plugin-command', 'docker: unknown command: docker compose'],
  // Podman says so instead of `join-stopped`’s other words when the process is already gone that it knew of.
  [
    'join-stopped',
    'docker: Error response from daemon: runc: runc create failed: unable to create new parent process: namespace path: lstat /proc/1627/ns/net: no such file or directory: OCI runtime attempted to invoke a command that was not found',
  ],
  // Words of Docker 29, of which there is none here.
  [
    'image-in-use',
    'Error response from daemon: conflict: unable to delete tiny:1 (must be forced) - container 0123456789ab is using its referenced image',
  ],
  [
    'remove-running',
    'Error response from daemon: cannot remove container "web": container is running: stop the container before removing or force remove',
  ],
  ['container-not-running', 'Error response from daemon: container 0123456789ab is not running'],
  [
    'copy-source-missing',
    'ERROR: failed to build: failed to solve: failed to compute cache key: failed to calculate checksum of ref abc::def: "/nosuch": not found',
  ],
  [
    'build-step-failed',
    'ERROR: failed to build: failed to solve: process "/bin/sh -c exit 3" did not complete successfully: exit code: 3',
  ],
  [
    'dockerfile-missing',
    'ERROR: failed to build: failed to solve: failed to read dockerfile: open Dockerfile: no such file or directory',
  ],
];
