import { exactOptional, nullable } from 'valibot';
import { isRow } from '../../engine/fields.ts';
import type { Check, Mismatch, Otherwise } from '../check.ts';
import { duration } from './parse-amounts.ts';
import { idText } from './parse-ids.ts';
import { containerIs } from './parse-predicates.ts';
import type { Complain } from './parse-problems.ts';
import { regexText } from './parse-regex.ts';
import { fit, inside, listOf, oneOf, shape, shown, sentence, textLike, type Place } from './parse-shapes.ts';
import { filterShape, parseTest } from './parse-test.ts';
import { readYaml } from './parse-yaml.ts';

const LOOK = /^(?:wire|registry|(?:containers|images|volumes|networks)\/[^\s]+)$/;

const ABOUT = {
  id: idText,
  claim: sentence,
  needs: exactOptional(listOf(idText), []),
  mode: exactOptional(oneOf(['ever', 'now']), 'ever'),
  stable: exactOptional(duration, 0),
  only: exactOptional(nullable(oneOf(['docker', 'podman'])), null),
  look: exactOptional(
    textLike(LOOK, 'wire, registry, or a pane and a name such as containers/web or containers/web/logs'),
  ),
};
const aboutShape = shape(ABOUT);
const CHECK_KEYS = [...Object.keys(ABOUT), 'else'];

/** The checks of a fenced block; those that cannot be read are left out, after saying why. */
export function parseChecks(yamlText: string, firstLine: number, complain: Complain): Check[] {
  const yaml = readYaml(yamlText, firstLine, complain);
  if (yaml === null) return [];
  const place: Place = { ...yaml, path: [], complain };
  if (!Array.isArray(yaml.value)) {
    complain(firstLine, `a check block has to be a list (“- id: …”), and ${shown(yaml.value)} is there`);
    return [];
  }
  return yaml.value.flatMap((_, i) => parseCheck(inside(place, i)) ?? []);
}

function parseCheck(place: Place): Check | undefined {
  const { value } = place;
  const line = place.lineOf(place.path);
  if (!isRow(value))
    return place.complain(line, `a check has to be a map with id and claim, and ${shown(value)} is there`);
  const known = Object.entries(value).filter(([key]) => Object.hasOwn(ABOUT, key));
  const about = fit(aboutShape, { ...place, value: Object.fromEntries(known) });
  const test = parseTest(place, CHECK_KEYS);
  const otherwise = 'else' in value ? parseElse(inside(place, 'else')) : [];
  if (about === undefined || test === undefined || otherwise === undefined) return undefined;
  return { ...about, look: about.look ?? '', test, otherwise, line };
}

function parseElse(place: Place): Otherwise[] | undefined {
  const { value } = place;
  if (!Array.isArray(value))
    return place.complain(
      place.lineOf(place.path),
      `else has to be a list of “- if: … say: …”, and ${shown(value)} is there`,
    );
  const read = value.map((_, i) => parseOtherwise(inside(place, i)));
  const fine = read.filter((one) => one !== undefined);
  const first = fine.findIndex((one) => one.if === null);
  if (first >= 0 && first < fine.length - 1)
    place.complain(
      place.lineOf([...place.path, first]),
      'only the last of the else list may be without an if: those below it are never said',
    );
  return fine.length < read.length ? undefined : fine;
}

const sayShape = shape({ say: sentence });

function parseOtherwise(place: Place): Otherwise | undefined {
  const { value } = place;
  if (!isRow(value))
    return place.complain(
      place.lineOf(place.path),
      `this has to be “if: …” and “say: …”, and ${shown(value)} is there`,
    );
  const { if: condition, ...rest } = value;
  const said = fit(sayShape, { ...place, value: rest });
  const mismatch = condition === undefined ? null : parseMismatch(inside(place, 'if'));
  return said === undefined || mismatch === undefined ? undefined : { if: mismatch, say: said.say };
}

const ACTUAL_KEYS = ['state', 'exitCode', 'oomKilled', 'restartCount', 'health'];
const otherShape = shape({ other: filterShape });
const typedShape = shape({ typed: regexText });

function parseMismatch(place: Place): Mismatch | undefined {
  const { value } = place;
  const keys = isRow(value) ? Object.keys(value) : [];
  if (keys.includes('other')) return fit(otherShape, place);
  if (keys.includes('typed') && !keys.includes('engine')) return fit(typedShape, place);
  if (keys.some((key) => ACTUAL_KEYS.includes(key))) {
    const actual = fit(containerIs, place);
    return actual === undefined ? undefined : { actual };
  }
  const test = parseTest(place);
  return test === undefined ? undefined : { test };
}
