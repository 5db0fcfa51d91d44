import type { Scenario } from '../scenario.ts';
import { events } from './events.ts';
import { flood } from './flood.ts';
import { follow } from './follow.ts';
import { idle } from './idle.ts';
import { keys } from './keys.ts';
import { layers } from './layers.ts';
import { learn } from './learn.ts';
import { logs } from './logs.ts';
import { many } from './many.ts';
import { restart } from './restart.ts';
import { soak } from './soak.ts';
import { start } from './start.ts';
import { stats } from './stats.ts';
import { terminal } from './terminal.ts';
import { wire } from './wire.ts';

/** In the order of the table; those that leave much behind on the engine come last. */
export const SCENARIOS: readonly Scenario[] = [
  start,
  idle,
  keys,
  events,
  many,
  restart,
  terminal,
  learn,
  flood,
  wire,
  follow,
  logs,
  stats,
  layers,
  soak,
];
