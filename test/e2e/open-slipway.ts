import { type LaunchOptions, launch } from '../support/terminal.ts';
import type { Terminal } from '../support/terminal.ts';

export type OpenOptions = LaunchOptions & {
  /** What the screen shows when the lists are there. */
  ready?: string | RegExp;
};

/** The built program on an engine, its lists on the screen. */
export async function openSlipway(host: string, options: OpenOptions = {}): Promise<Terminal> {
  const { ready = /\d+ running · \d+ image/, ...rest } = options;
  const slipway = await launch({ ...rest, env: { DOCKER_HOST: host, ...rest.env } });
  try {
    await slipway.until(ready);
    return slipway;
  } catch (error) {
    await slipway[Symbol.asyncDispose]();
    throw error;
  }
}
