import { describe, expect, test } from 'vitest';
import { readArguments, USAGE } from '../../src/app/read-arguments.ts';
import { UsageError } from '../../src/engine/routes/usage-error.ts';

function refusal(...args: string[]): UsageError {
  try {
    readArguments(args);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error(`taken: ${args.join(' ')}`);
}

describe('the command line', () => {
  test('without anything opens the program', () => {
    expect(readArguments([])).toEqual({
      command: 'open',
      rest: [],
      host: null,
      context: null,
      sandbox: false,
      sandboxKind: null,
      keep: false,
      yes: false,
      json: false,
      screenReader: false,
      preview: false,
      language: null,
      set: null,
      minEfficiency: null,
      maxWaste: null,
    });
  });
  test.each<[string[], object]>([
    [['--host', 'tcp://h:1'], { host: 'tcp://h:1' }],
    [['--host=unix:///x'], { host: 'unix:///x' }],
    [['-H', 'ssh://u@h'], { host: 'ssh://u@h' }],
    [['-c', 'lab'], { context: 'lab' }],
    [['--context', 'lab'], { context: 'lab' }],
    [['--sandbox', '--keep'], { sandbox: true, keep: true }],
    [['-y'], { yes: true }],
    [['--yes'], { yes: true }],
    [['--screen-reader'], { screenReader: true }],
    [['doctor', '--json'], { command: 'doctor', json: true }],
    [['ls', 'images'], { command: 'ls', rest: ['images'] }],
    [['--json', 'ls', '-H', 'tcp://h:1'], { command: 'ls', json: true, host: 'tcp://h:1' }],
    [['learn'], { command: 'learn', rest: [] }],
    [['learn', 'volumes', '--lang', 'fr'], { command: 'learn', rest: ['volumes'], language: 'fr' }],
    [['lesson', 'new', 'mine', 'Mine'], { command: 'lesson', rest: ['new', 'mine', 'Mine'] }],
    [['learn', '--set', '90min'], { command: 'learn', set: '90min' }],
    [['glossary', 'bind', 'mount'], { command: 'glossary', rest: ['bind', 'mount'] }],
    [['myths', '--json'], { command: 'myths', json: true }],
    [['progress', '--json'], { command: 'progress', json: true }],
    [['sandbox', 'reset'], { command: 'sandbox', rest: ['reset'] }],
    [
      ['layers', 'web:1', '--min-efficiency', '0.9', '--max-waste=5%'],
      { command: 'layers', rest: ['web:1'], minEfficiency: '0.9', maxWaste: '5%' },
    ],
    [['help'], { command: 'help' }],
    [['-h'], { command: 'help' }],
    [['ls', '--help'], { command: 'help' }],
    [['-v'], { command: 'version' }],
    [['--version'], { command: 'version' }],
  ])('%j is read', (args, read) => {
    expect(readArguments(args)).toMatchObject(read);
  });
  test.each([
    [['--hsot', 'x'], /--hsot: slipway has no such flag.*--host/],
    [['--screenreader'], /--screen-reader/],
    [['-z'], /-z: slipway has no such flag/],
    [['--constructor'], /no such flag/],
    [['docter'], /docter: slipway has no such command.*doctor/],
    [['frobnicate'], /frobnicate: slipway has no such command/],
    [['doctor', 'twice'], /twice is one word too many/],
    [['--host'], /--host needs a value/],
    [['-H'], /-H needs a value/],
    [['--keep=no'], /--keep takes no value/],
    [['ls', '--max-waste', '5%'], /--max-waste is for slipway layers alone/],
  ])('%j is refused: %s', (args, why) => {
    expect(refusal(...args).message).toMatch(why);
    expect(refusal(...args).advice.join()).toContain('slipway --help');
  });
  test('is told of in the usage, every flag and command', () => {
    for (const word of [
      '--host',
      '--context',
      '--sandbox',
      '--keep',
      '--yes',
      '--json',
      '--screen-reader',
      '--help',
      '--version',
      'doctor',
      'ls',
      'sandbox ACTION',
    ])
      expect(USAGE).toContain(word);
    expect(USAGE.split('\n').every((line) => line.length <= 100)).toBe(true);
  });

  test('take the kind of a sandbox, and refuse one that there is not', () => {
    expect(readArguments(['--sandbox=podman'])).toMatchObject({ sandbox: true, sandboxKind: 'podman' });
    expect(readArguments(['--sandbox=inside'])).toMatchObject({ sandbox: true, sandboxKind: 'inside' });
    expect(readArguments(['--sandbox'])).toMatchObject({ sandbox: true, sandboxKind: null });
    expect(() => readArguments(['--sandbox=pdman'])).toThrow('did you mean podman?');
  });
});
