import { withQuery } from '../api-path.ts';
import { batches } from '../batches.ts';
import { cleanText } from '../clean-text.ts';
import type { Client } from '../client.ts';
import { EngineError } from '../errors.ts';
import { looseRow } from '../fields.ts';
import { jsonLines } from '../json-lines.ts';
import { streamedError } from '../reply-error.ts';
import type { BuildNews, BuildRequest, Builder } from './build.ts';
import { chooseBuilder } from './choose-builder.ts';
import { classicNews } from './classic-news.ts';
import { imageSize, measureByHistory, stepMeasurer } from './measure-layers.ts';
import { traceNews } from './trace-news.ts';

/**
 * Builds an image and tells of it as it happens. Ends when the image is there; throws what the builder says when it fails. An
 * abort closes the connection, which ends the build in the engine, too.
 */
export async function* buildImage(
  client: Client,
  request: BuildRequest,
  signal: AbortSignal,
): AsyncGenerator<BuildNews[], void, undefined> {
  const { archive } = request;
  try {
    const builder = request.builder ?? (await chooseBuilder(client, signal));
    yield [{ news: 'builder', builder }];
    const path = withQuery('/build', queryOf(request, builder));
    const call = { method: 'POST', path, body: archive, signal, answerWithin: null } as const;
    const stream = batches(await client.stream(call), jsonLines());
    yield* builder === 'buildkit' ? ofBuildKit(client, stream, signal) : ofClassic(client, stream, signal);
  } finally {
    archive.destroy();
  }
}

function queryOf(request: BuildRequest, builder: Builder): Record<string, string | undefined> {
  const { name, dockerfile, args, target, noCache, pull } = request;
  return {
    t: name === '' ? undefined : name,
    dockerfile,
    buildargs: args.length === 0 ? undefined : JSON.stringify(Object.fromEntries(args.map(argument))),
    target: target === '' ? undefined : target,
    nocache: noCache ? '1' : undefined,
    pull: pull ? '1' : undefined,
    // What a step that failed has left is of no use to anybody.
    rm: '1',
    forcerm: '1',
    version: builder === 'buildkit' ? '2' : undefined,
  };
}

function argument(text: string): [string, string] {
  const at = text.indexOf('=');
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

type Values = AsyncIterable<unknown[]>;

async function* ofClassic(client: Client, values: Values, signal: AbortSignal): AsyncGenerator<BuildNews[]> {
  const reader = classicNews();
  const measure = stepMeasurer(client, signal);
  for await (const batch of values) {
    for (const value of batch) {
      const told = reader.take(value);
      if (told.length > 0) yield told;
      for (const news of told) yield* measure(news);
    }
  }
  yield [await made(client, reader.made(), signal)];
}

async function* ofBuildKit(client: Client, values: Values, signal: AbortSignal): AsyncGenerator<BuildNews[]> {
  const read = traceNews();
  const steps: StepNews[] = [];
  let image = '';
  for await (const batch of values) {
    for (const value of batch) {
      const { id, aux, error } = looseRow(value);
      if (typeof error === 'string') throw streamedError(error);
      if (id === 'moby.image.id') image = cleanText(textOf(looseRow(aux)['ID']));
      if (id !== 'moby.buildkit.trace') continue;
      const told = read(Buffer.from(textOf(aux), 'base64'));
      steps.push(...told.filter((news) => news.news === 'step'));
      if (told.length > 0) yield told;
    }
  }
  const end = await made(client, image, signal);
  yield await measureByHistory(client, { ...end, steps }, signal);
  yield [end];
}

type StepNews = Extract<BuildNews, { news: 'step' }>;
type Made = Extract<BuildNews, { news: 'made' }>;

async function made(client: Client, image: string, signal: AbortSignal): Promise<Made> {
  if (image === '')
    throw new EngineError('protocol', 'the build ended without an image and without an error');
  return { news: 'made', image, size: (await imageSize(client, image, signal)) ?? 0 };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
