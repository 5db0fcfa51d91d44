import { afterAll, describe } from 'vitest';
import { startFakeEngine } from '../support/fake-engine.ts';
import { testEngines } from '../support/engines.ts';
import { engineContract } from './contract.ts';

const fake = await startFakeEngine();
afterAll(() => fake[Symbol.asyncDispose]());

describe('the fake engine', () => {
  engineContract({ endpoint: fake.endpoint, image: 'image-0:1', isReal: false });
});

describe.each(await testEngines())('$name', ({ endpoint, image }) => {
  engineContract({ endpoint, image, isReal: true });
});
