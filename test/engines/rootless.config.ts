import base from '../../vitest.config.ts';

/** `npm run test:rootless`: every lesson, played and by its wrong paths, by a plain user in a sandbox of podman. */
export default {
  ...base,
  test: { ...base.test, include: ['test/lessons/on-rootless-podman.proof.ts'], exclude: [] },
};
