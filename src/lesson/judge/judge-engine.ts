import type { EnginePredicate, Since } from '../check.ts';
import type { World } from '../world.ts';
import { allOf, found, type Finding } from './finding.ts';
import { fits, refused } from './match-text.ts';
import { judgeEvent } from './judge-event.ts';
import { quoted } from './plain-text.ts';

/** What is claimed of the engine itself, or of what was asked of it. */
export function judgeEngine(world: World, predicates: readonly EnginePredicate[]): Finding {
  if (predicates.length === 0) return found(true, 'an engine', 'it is there');
  return allOf(predicates.map((predicate) => judgeOne(predicate, world)));
}

function judgeOne(predicate: EnginePredicate, world: World): Finding {
  const { family, rootless, features } = world.engine;
  if ('family' in predicate) return found(predicate.family === family, predicate.family, family);
  if ('rootless' in predicate) {
    const told = (isRootless: boolean): string => (isRootless ? 'run by a plain user' : 'run by root');
    return found(predicate.rootless === rootless, told(predicate.rootless), told(rootless));
  }
  if ('feature' in predicate) {
    const { feature } = predicate;
    return found(features.has(feature), `with ${feature}`, `without ${feature}`);
  }
  if ('event' in predicate) {
    const { kind } = predicate.event;
    return judgeEvent(world, kind, predicate.event, () => true);
  }
  return 'called' in predicate ? judgeCalled(predicate.called, world) : judgeTyped(predicate.typed, world);
}

type Called = { method: string; path: string; status?: number; since: Since };

function judgeCalled({ method, path, status, since }: Called, world: World): Finding {
  const calls = world.calls.filter(
    (call) =>
      call.at >= world.began[since] &&
      call.method.toUpperCase() === method.toUpperCase() &&
      isSamePath(barePath(path), barePath(call.path)),
  );
  const expected = `a call ${method} ${path}${status === undefined ? '' : ` answered with ${status}`}`;
  const last = calls.at(-1);
  const actual =
    last === undefined ? 'it has not been seen on the wire' : `it was answered with ${last.status}`;
  const holds = calls.some((call) => status === undefined || call.status === status);
  return found(holds, expected, actual, `no ${expected.slice(2)}`);
}

/** `/v1.41/containers/json?all=1` is `/containers/json`. */
function barePath(path: string): string {
  return path.replace(/[?#].*$/s, '').replace(/^\/v\d+(\.\d+)*(?=\/)/, '');
}

/** A star stands for one segment. */
function isSamePath(pattern: string, path: string): boolean {
  const [wanted, actual] = [pattern.split('/'), path.split('/')];
  return wanted.length === actual.length && wanted.every((part, i) => part === '*' || part === actual[i]);
}

function judgeTyped({ line, code }: { line: string; code?: number }, world: World): Finding {
  const typed = world.typed.filter(({ at }) => at >= world.began.step);
  const answers = typed.map((one) => ({ ...one, fits: fits(line, one.line) }));
  const problem = answers.map((answer) => answer.fits).find((answer) => typeof answer === 'string');
  if (problem !== undefined) return refused(problem);
  const hits = answers.filter((answer) => answer.fits === true);
  const expected = `a command like ${quoted(line)}${code === undefined ? '' : ` that ends with ${code}`}`;
  const actual =
    hits.length === 0
      ? 'no such command has ended'
      : `it ended with ${hits.at(-1)?.code ?? 'an unknown code'}`;
  const holds = hits.some((hit) => code === undefined || hit.code === code);
  return found(holds, expected, actual, `no ${expected.slice(2)}`);
}
