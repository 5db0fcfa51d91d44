import { existsSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runLines } from '../../../src/lesson/run-lines.ts';
import { ENGINE_NAMES } from '../../support/engine-host-talk.ts';
import { hasEngine, ownEngine, type OwnEngine } from '../../support/engines.ts';
import { until } from '../../support/until.ts';
import { runContainer, wipe, withEngine } from '../../e2e/on-engine.ts';
import { asked, openLearnStage, type LearnStage } from './learn-stage.ts';

for (const name of ENGINE_NAMES.filter(hasEngine))
  describe(`a lesson on ${name}`, { timeout: 60_000 }, () => {
    let engine: OwnEngine;
    let stage: LearnStage;

    beforeAll(async () => {
      engine = await ownEngine(name);
    });
    afterAll(() => engine.discard());
    beforeEach(async () => {
      stage = await openLearnStage(engine);
    });
    afterEach(async () => {
      await stage.close();
      await wipe(engine);
      expect(stage.bugs).toEqual([]);
      expect(stage.listeners()).toBe(stage.atFirst);
    });

    const states = (): string[] => stage.lesson().steps.map(({ state }) => state);
    const doneTo = (step: number): Promise<void> => until(() => stage.lesson().current === step, 20_000);
    const says = (): string => [...stage.lesson().verdicts.values()].map((v) => JSON.stringify(v)).join('\n');
    /** The first two steps of `first-box`. */
    async function doTwoSteps(): Promise<void> {
      await stage.play('first-box');
      await stage.type('docker run --name hello tiny:1 echo hi');
      await doneTo(1);
      await stage.type('docker ps -a');
      await stage.type('docker start -a hello');
      await doneTo(2);
    }
    const containers = (): Promise<string[]> =>
      withEngine(engine, async (api) => (await api.list('container')).map((item) => item.name));

    test('ticks a step off by what the engine says, never by what is typed', async () => {
      await stage.play('first-box');
      expect(stage.lesson().phase).toBe('running');
      expect(existsSync(stage.learn.workFolder ?? '')).toBe(true);
      expect(stage.opened()).toBe(1);
      stage.pretend('docker run --name hello tiny:1 echo hi');
      stage.learn.do({ do: 'check-now' });
      await until(() => says().includes('There is no container called'));
      expect(stage.lesson().current).toBe(0);
      await stage.type('docker run --name helo tiny:1 echo hi');
      await until(() => says().includes('I see a box called'));
      expect(says()).toContain('"mistake"');
      await stage.type('docker run --name hello tiny:1 echo hi');
      await doneTo(1);
      expect(states()[0]).toBe('done');
    });

    test('is blocked while the engine is away, and goes on when it is back', async () => {
      await stage.play('first-box');
      await engine.stop();
      stage.learn.do({ do: 'check-now' });
      await until(() => says().includes('"blocked"'));
      expect(states()[0]).toBe('open');
      await engine.start();
      await until(() => says() !== '' && !says().includes('"blocked"'), 20_000);
      await stage.type('docker run --name hello tiny:1 echo hi');
      await doneTo(1);
    });

    if (name !== 'docker') return;

    test('leaves alone what is somebody else’s, made before or meanwhile', async () => {
      const before = await runContainer(engine, 'theirs-before');
      await doTwoSteps();
      const meanwhile = await runContainer(engine, 'theirs-meanwhile');
      const own = `DOCKER_HOST=${engine.host}`;
      await runLines([`${own} docker volume create theirs-data`, `${own} docker tag tiny:1 theirs:1`], {
        env: { PATH: process.env['PATH'] ?? '' },
        cwd: stage.home,
      });
      const listed = await stage.agree({ name: 'reset-lesson' });
      expect(listed).toContain('hello');
      expect(listed).not.toContain('theirs');
      expect(await containers()).not.toContain('hello');
      await stage.type('docker run --name hello tiny:1 echo hi');
      await doneTo(1);
      expect(await stage.agree({ name: 'leave' })).not.toContain('theirs');
      await until(() => stage.store.getState().learn.lesson === null);
      await withEngine(engine, async (api) => {
        const items = await api.list('container');
        expect(items.map(({ id }) => id).toSorted()).toEqual([before, meanwhile].toSorted());
        expect((await api.list('volume')).map((item) => item.name)).toEqual(['theirs-data']);
        const images = await api.list('image');
        expect(images.flatMap((item) => (item.kind === 'image' ? item.tags : []))).toContain('theirs:1');
        expect(items.every((item) => item.kind === 'container' && item.state === 'running')).toBe(true);
      });
    });

    test('begins a step anew with a right start', async () => {
      await doTwoSteps();
      await stage.type('docker run -d --name wrong tiny:1 sleep 1d');
      stage.store.dispatch({ type: 'step-shown', step: 2 });
      await stage.agree({ name: 'reset-step' });
      expect(await containers()).toEqual(['hello']);
      expect(states().slice(0, 3)).toEqual(['done', 'done', 'open']);
      await stage.type('docker run -d --name stay tiny:1 sleep 1d');
      await doneTo(3);
    });

    test('skips a step by its solution, and catches up', async () => {
      await stage.play('first-box');
      await stage.agree({ name: 'skip-step' });
      expect(states()[0]).toBe('skipped');
      expect(await containers()).toEqual(['hello']);
      await stage.agree({ name: 'catch-up', to: 3 });
      expect(states().slice(0, 4)).toEqual(['skipped', 'skipped', 'skipped', 'open']);
      expect((await containers()).toSorted()).toEqual(['hello', 'stay']);
    });

    test('goes on where it was, and makes again what has gone', async () => {
      await doTwoSteps();
      await stage.type('docker run -d --name stay tiny:1 sleep 1d');
      await doneTo(3);
      stage.store.dispatch({ type: 'hint-opened', step: 'idle' });
      const was = stage.lesson();
      stage = await stage.again();
      await withEngine(engine, async (api) => {
        for (const item of await api.list('container'))
          await api.carryOut({ do: 'remove-container', container: item, force: true, volumes: true });
      });
      await stage.play('first-box');
      expect(states()).toEqual(was.steps.map(({ state }) => state));
      expect(stage.lesson().hints).toEqual(was.hints);
      await until(() => asked(stage)?.includes('docker run -d --name stay') === true);
      stage.learn.do({ do: 'replay-missing' });
      await until(async () => (await containers()).includes('stay'));
      await until(() => stage.lesson().task === '');
    });

    test('that is left while it is made ready does not come back', async () => {
      stage.learn.do({ do: 'open-lesson', lesson: 'first-box', anew: false, place: 'fence' });
      await until(() => stage.store.getState().learn.lesson?.phase === 'preparing');
      stage.learn.do({ do: 'leave-lesson', cleanUp: false });
      await until(() => stage.store.getState().learn.catalogue !== null);
      await stage.play('volumes');
      expect(stage.lesson().lesson.id).toBe('volumes');
      expect(stage.opened()).toBe(1);
    });

    test('gives way to another one, also in the middle of a task', async () => {
      await stage.play('first-box');
      stage.learn.do({ do: 'check-now' });
      stage.learn.do({ do: 'do-task', task: { name: 'reset-lesson' } });
      stage.learn.do({ do: 'do-task', task: { name: 'skip-step' } });
      await until(() => stage.lesson().task === '');
      stage.learn.do({ do: 'do-task', task: { name: 'catch-up', to: 4 } });
      await until(() => stage.lesson().task.startsWith('Running docker'));
      await stage.play('volumes');
      expect(stage.lesson().task).toBe('');
      stage.learn.do({ do: 'do-task', task: { name: 'skip-step' } });
    });
  });
