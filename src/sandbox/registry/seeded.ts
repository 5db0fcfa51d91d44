/** What `docker pull busybox` asks a mirror for. */
export const SEEDED = 'library/busybox';
