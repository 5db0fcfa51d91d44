import { summary } from './build-summary.ts';
import { blamedLine } from './blamed-line.ts';
import type { Build, BuildEvent, Building, BuildStep } from './build-state.ts';
import { takeNews } from './take-news.ts';

export function reduceBuild(state: Building, event: BuildEvent): Building {
  switch (event.type) {
    case 'context-look-changed':
      return { ...state, look: event.look };
    case 'build-started':
      return { ...state, current: { ...NEW_BUILD, ...event.build, now: event.build.startedAt } };
    case 'build-context-read': {
      const { files, bytes, ...read } = event.read;
      return change(state, (build) => ({ ...build, ...read, sending: { sent: 0, total: bytes, files } }));
    }
    case 'build-sent':
      return change(state, (build) => ({ ...build, sending: { ...build.sending, sent: event.bytes } }));
    case 'build-told':
      return change(state, (build) =>
        event.news.reduce((next, news) => takeNews(next, news, event.at), { ...build, now: event.at }),
      );
    case 'build-succeeded':
      return change(state, (build) => succeed(build, event));
    case 'build-failed':
      return change(state, (build) => fail(build, event));
  }
}

const NEW_BUILD: Omit<Build, 'id' | 'spec' | 'line' | 'startedAt' | 'now'> = {
  folder: '',
  dockerfile: null,
  dockerfilePath: '',
  builder: null,
  endedAt: null,
  sending: { sent: 0, total: 0, files: 0 },
  steps: [],
  aside: '',
  missed: null,
  changed: null,
  before: null,
  result: null,
};

function change(state: Building, update: (build: Build) => Build): Building {
  return state.current === null ? state : { ...state, current: update(state.current) };
}

type Succeeded = Extract<BuildEvent, { type: 'build-succeeded' }>;
type Failed = Extract<BuildEvent, { type: 'build-failed' }>;

function succeed(build: Build, { at, image, size }: Succeeded): Build {
  const steps = build.steps.map((step) =>
    step.state === 'running' ? { ...step, state: 'done' as const, took: at - (step.startedAt ?? at) } : step,
  );
  const ended = { ...build, steps, endedAt: at };
  return { ...ended, result: { ok: true, image, size, text: summary(ended, size) } };
}

/** What was running when it failed is what failed; a builder that says so itself has said it before. */
function fail(build: Build, { at, stopped, text, advice, explained }: Failed): Build {
  const state = stopped ? 'stopped' : 'failed';
  const steps = build.steps.map((step): BuildStep =>
    step.state === 'running' ? { ...step, state, took: at - (step.startedAt ?? at) } : step,
  );
  const ended = { ...build, steps, endedAt: at };
  return {
    ...ended,
    result: { ok: false, text, advice, explained, line: stopped ? null : blamedLine(ended, text) },
  };
}
