import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Engine } from '../../engine/engine.ts';
import type { Item } from '../../engine/objects.ts';
import type { Feature, Lesson } from '../../lesson/lesson.ts';

/** A client that does not answer by then has not got the plugin. */
const ANSWERS_WITHIN = 5_000;

/** What asks whether a client has a plugin. It speaks to no engine for that. */
const PLUGINS = {
  buildx: ['docker', 'buildx', 'version'],
  compose: ['docker', 'compose', 'version'],
} as const satisfies Partial<Record<Feature, readonly string[]>>;

/** The registry's image, as the offline bundle names it. */
const REGISTRY_IMAGE = 'registry:local';

/** What the engine and its clients can do, of all that a lesson asks for; the rest is not looked for. */
export async function lessonFeatures(
  lesson: Lesson,
  engine: Engine,
  images: readonly Item<'image'>[],
  env: NodeJS.ProcessEnv,
): Promise<ReadonlySet<Feature>> {
  const features = new Set<Feature>(engine.features);
  if (images.some((item) => item.kind === 'image' && item.tags.includes(REGISTRY_IMAGE)))
    features.add('registry');
  const asked = featuresIn(lesson);
  for (const [feature, command] of Object.entries(PLUGINS) as [keyof typeof PLUGINS, readonly string[]][])
    if (asked.has(feature) && (await answers(command, env))) features.add(feature);
  return features;
}

function featuresIn({ needs, intro, steps }: Lesson): ReadonlySet<string> {
  const blocks = [...intro, ...steps.flatMap((step) => step.blocks)];
  const only = blocks.flatMap((block) =>
    block.kind === 'only' && 'feature' in block.where ? [block.where.feature] : [],
  );
  return new Set([...needs.features, ...only]);
}

async function answers([file = '', ...args]: readonly string[], env: NodeJS.ProcessEnv): Promise<boolean> {
  try {
    await promisify(execFile)(file, args, { env, timeout: ANSWERS_WITHIN });
    return true;
  } catch {
    // No such client, or it knows no such command: either way the feature is not there.
    return false;
  }
}
