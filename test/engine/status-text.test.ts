import { expect, it } from 'vitest';
import { readStatus } from '../../src/engine/status-text.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

it.each([
  ['Up Less than a second', 0],
  ['Up 1 second', 1000],
  ['Up About a minute', MINUTE],
  ['Up 5 minutes (healthy)', 5 * MINUTE],
  ['Up 5 minutes (Paused)', 5 * MINUTE],
  ['Exited (0) About an hour ago', HOUR],
  ['Exited (137) 3 hours ago', 3 * HOUR],
  ['Exited (0) 2 days ago', 2 * DAY],
  ['Exited (0) 3 weeks ago', 21 * DAY],
  ['Exited (0) 4 months ago', 120 * DAY],
  ['Restarting (1) Less than a second ago', 0],
])('“%s” began then', (status, age) => {
  expect(readStatus(status, 1e12).since).toBe(1e12 - age);
});

it.each(['Created', 'Dead', 'Removal In Progress', ''])('“%s” does not say when it began', (status) => {
  expect(readStatus(status, 1e12)).toEqual({ since: null, exitCode: null, health: null });
});

it.each([
  ['Exited (137) 3 hours ago', 137],
  ['Exited (-1) 3 hours ago', -1],
  ['Restarting (1) 5 seconds ago', 1],
  ['Up 5 minutes', null],
])('“%s” has this exit code', (status, exitCode) => {
  expect(readStatus(status, 0).exitCode).toBe(exitCode);
});

it.each([
  ['Up 5 seconds (health: starting)', 'starting'],
  ['Up 5 minutes (healthy)', 'healthy'],
  ['Up 5 minutes (unhealthy)', 'unhealthy'],
  ['Up 5 minutes', null],
])('“%s” has this health', (status, health) => {
  expect(readStatus(status, 0).health).toBe(health);
});
