/**
 * How a registry says no: the id of the row that has to explain it, and a script. `$G` is the address of a registry that may
 * hold next to nothing, `$H` that of one which speaks plain HTTP where the engine wants HTTPS, `$N` is free.
 */
export const PROVOKED_BY_REGISTRY: readonly (readonly [id: string, script: string])[] = [
  ['manifest-unknown', 'docker pull $G/library/busybox:nosuch'],
  ['manifest-unknown', 'docker pull $G/nosuch:1'],
  ['image-missing', 'docker push $G/nosuch:1'],
  ['image-uppercase', 'docker tag tiny:1 $G/Site:1'],
  ['registry-full', 'docker tag tiny:1 $G/$N:1; docker push $G/$N:1; docker rmi $G/$N:1 >/dev/null'],
  ['registry-plain-http', 'docker pull $H/x:1'],
  [
    'registry-refused',
    'docker tag tiny:1 127.0.0.1:9/$N:1; docker push 127.0.0.1:9/$N:1; docker rmi 127.0.0.1:9/$N:1 >/dev/null',
  ],
];
