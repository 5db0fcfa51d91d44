import type { ErrorRow } from './error-row.ts';
import { client, containerIn } from './real-names.ts';

/** What went wrong with the program inside a container. */
export const PROGRAM_ERRORS: readonly ErrorRow[] = [
  {
    id: 'program-missing',
    says: /exec: "(?<program>[^"]*)": executable file not found/,
    meaning: ({ program }) =>
      `The image has no program called ${program}. What stands after the image’s name is the command to run inside.`,
    tryThis: ({ program = '' }, context) =>
      program.startsWith('-')
        ? `Options of ${client(context)} come before the image’s name; put ${program} there.`
        : `See what there is: ${client(context)} run --rm IMAGE ls /bin`,
  },
  {
    id: 'program-path-missing',
    says: /exec: "(?<program>[^"]+)": stat \S+ no such file or directory/,
    meaning: ({ program }) => `Inside there is no file ${program}.`,
    tryThis: ({ program = '' }) =>
      `Look at the path; without one the usual folders are searched: ${program.split('/').pop()}`,
  },
  {
    id: 'program-denied',
    says: /exec: "(?<program>[^"]+)": (?:permission denied|is a directory)/,
    meaning: ({ program }) =>
      `${program} is there, but cannot be run: it is a folder, or not marked as a program.`,
    tryThis: ({ program }) => `To look at it: ls -l ${program}. To mark a file as a program: chmod +x`,
  },
  {
    id: 'program-format',
    says: /exec format error/,
    meaning:
      'This program is not made for this kind of processor, or is a script without #! in its first line.',
    tryThis: 'Use an image for this machine, or put #!/bin/sh first in the script.',
  },
  {
    id: 'workdir-missing',
    says: /chdir to cwd \("(?<path>[^"]+)"\) set in config.json failed/,
    meaning: ({ path }) => `Inside there is no folder ${path} to work in.`,
    tryThis: 'Leave out -w, or name a folder that is in the image, as /tmp',
  },
  {
    id: 'workdir-relative',
    says: /working directory '(?<path>[^']+)' is invalid|Cwd must be an absolute path/,
    meaning: 'The folder to work in is given from the root of the container, with a slash first.',
    tryThis: ({ path }) => `Try: -w /${path ?? 'FOLDER'}`,
  },
  {
    id: 'user-missing',
    says: /unable to find user (?<user>[^\s:]+)/,
    meaning: ({ user }) =>
      `Inside there is no user ${user}: the container has its own list, in /etc/passwd, not this machine’s.`,
    tryThis: 'Give a number, which needs no name: -u 1000',
  },
  {
    id: 'mount-over-file',
    says: /Are you trying to mount a directory onto a file|error mounting "(?<source>[^"]+)" to rootfs at "(?<path>[^"]+)".*not a directory/,
    meaning: 'A folder can lie over a folder only, and a file over a file; here it is one of each.',
    tryThis: 'See what both sides are. A source that is not there becomes a folder.',
  },
  {
    id: 'tmpfs-size',
    says: /mounting "tmpfs" .*data: (?<options>.*?): invalid argument/,
    meaning: ({ options }) => `The kernel does not understand these options of a tmpfs: ${options}.`,
    tryThis: 'A size is a number with k, m or g: --tmpfs /ram:size=16m',
  },
  {
    id: 'upgrade-refused',
    says: /unable to upgrade to tcp, received (?<status>\d+)/,
    meaning:
      'The engine could not start the program, and this client does not show the reason that the engine gave.',
    tryThis: (_, context) =>
      /\bexec\b/.test(context.command)
        ? `Look at the name of the user and of the program, and whether it runs: ${client(context)} ps`
        : `Ask again in the background, which shows the reason: ${client(context)} run -d …`,
  },
  {
    id: 'no-terminal',
    says: /the input device is not a TTY/i,
    meaning: '-t wants a terminal to type at, and here the input comes from a pipe, a file or a script.',
    tryThis: 'Leave out the t: -i alone passes input on.',
  },
  {
    id: 'memory-too-small',
    says: /Minimum memory limit allowed is (?<least>\w+)|unable to set memory limit to (?<given>\d+)/,
    meaning: ({ least }) =>
      least === undefined
        ? 'With so little memory the container could not even be started.'
        : `A container gets at least ${least} of memory; with less it could not start.`,
    tryThis: 'Give more: -m 16m',
  },
  {
    id: 'memory-swap',
    says: /memoryswap limit|Memoryswap/,
    meaning: '--memory-swap is memory and swap together, so it goes with -m, and is not less than it.',
    tryThis: 'Try: -m 16m --memory-swap 32m',
  },
  {
    id: 'memory-reservation',
    says: /memory limit (?:can not|cannot|should not) be less than memory reservation/i,
    meaning: 'What is kept for the container cannot be more than what it may have at most.',
    tryThis: 'Make --memory-reservation smaller than -m',
  },
  {
    id: 'cpus-range',
    says: /Range of CPUs is from (?<least>\S+) to (?<most>[\d.]+)/,
    meaning: ({ most = '' }) => `The engine’s machine has ${Number(most)} processors, no more can be given.`,
    tryThis: ({ most = '' }) => `Try: --cpus ${Number(most)}`,
  },
  {
    id: 'capability-unknown',
    says: /unknown capability: "?(?<name>\w+)/,
    meaning: ({ name }) => `There is no capability called ${name}.`,
    tryThis: 'A usual one is NET_ADMIN; most containers need none.',
  },
  {
    id: 'join-stopped',
    says: /cannot join network of a non running container: (?<id>\w+)|cannot get namespace path unless container (?<podman>\w+) is running|namespace path: lstat \/proc\/\d+\/ns\/net: no such file/,
    meaning: 'A container can share another one’s network only while that one runs.',
    tryThis: ({ id, podman }, context) => {
      const typed = /container:(\S+)/.exec(context.command)?.[1];
      return `Start the other first: ${client(context)} start ${typed ?? containerIn(context, id ?? podman)}`;
    },
  },
];
