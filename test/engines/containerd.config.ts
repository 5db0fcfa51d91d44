import newer from './vitest.config.ts';

// Docker 29's default: images are in containerd's store, as they came over the network.
process.env['SLIPWAY_TEST_DAEMON_JSON'] = JSON.stringify({ features: { 'containerd-snapshotter': true } });

/** `npm run test:containerd`: what reads images and disks, on that store. */
export default {
  ...newer,
  test: {
    ...newer.test,
    include: [
      'test/engines/layers.test.ts',
      'test/engine/contract.test.ts',
      'test/engine/layers/read-layers.test.ts',
      'test/engine/build/build-image.test.ts',
      'test/engine/files/**/*.test.ts',
      'test/engine/data/**/*.test.ts',
      'test/app/layers/layers-command.test.ts',
      'test/app/data/**/*.test.ts',
    ],
  },
};
