import newer from './vitest.config.ts';

/** `npm run test:lessons`: every lesson, played and by its wrong paths, on the newer engines. */
export default {
  ...newer,
  test: { ...newer.test, include: ['test/lessons/on-*.test.ts'] },
};
