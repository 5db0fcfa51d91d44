import type { ErrorRow } from './error-row.ts';
import { client, nearest } from './real-names.ts';

const INSTRUCTIONS = [
  'FROM RUN CMD LABEL EXPOSE ENV ADD COPY ENTRYPOINT VOLUME USER WORKDIR ARG ONBUILD STOPSIGNAL HEALTHCHECK SHELL',
].flatMap((line) => line.split(' '));

export const BUILD_ERRORS: readonly ErrorRow[] = [
  {
    id: 'dockerfile-missing',
    says: /failed to read dockerfile: open (?<kit>\S+): no such file|evaluate symlinks in Dockerfile path: lstat (?<path>.+?): no such file|Cannot locate specified Dockerfile: (?<named>\S+)|stat (?<podman>\S*Dockerfile): no such file/i,
    meaning: ({ kit, path, named, podman }) => {
      const file = (kit ?? path ?? named ?? podman ?? '').split('/').pop();
      return `A build follows a file called Dockerfile (exactly so), and there is no ${file} there.`;
    },
    tryThis: (_, context) =>
      `See what it is called: ls. A file with another name is given by -f: ${client(context)} build -f NAME .`,
  },
  {
    id: 'build-folder-missing',
    says: /unable to prepare context: path "(?<path>[^"]+)" not found|context must be a directory: "(?<podman>[^"]+)"/,
    meaning: ({ path, podman }) =>
      `The last word is the folder to build from, and there is no folder ${path ?? podman}.`,
    tryThis: (_, context) => `For the folder you are in: ${client(context)} build .`,
  },
  {
    id: 'instruction-unknown',
    says: /unknown instruction: "?(?<word>\w+)/i,
    meaning: ({ word }) => `A line of the Dockerfile begins with ${word}, and there is no such instruction.`,
    tryThis: ({ word = '' }, context) =>
      nearest(
        word,
        INSTRUCTIONS,
        { ...context, command: '' },
        'Instructions are FROM, RUN, COPY, CMD and some more; a long line goes on after a backslash.',
      ),
  },
  {
    id: 'copy-outside',
    says: /forbidden path outside the build context: (?<path>\S+)|possible escaping context directory error: copier: stat: "(?<podman>[^"]+)"/,
    meaning:
      'Only what lies in the folder of the build is sent to the engine; nothing above it can be copied.',
    tryThis: (_, context) =>
      `Copy the file into that folder first, or build from the one above: ${client(context)} build -f FOLDER/Dockerfile ..`,
  },
  {
    id: 'copy-source-missing',
    says: /COPY failed: (?:file not found in build context.*?: )?stat (?<path>[^:]+)|failed to (?:compute cache key|calculate checksum of ref \S+): (?:.*?: )?"(?<kit>[^"]+)"?:? not found|copier: stat: "(?<podman>[^"]+)": no such file/,
    meaning: ({ path, kit, podman }) =>
      `The folder of the build holds no ${path ?? kit ?? podman}, or .dockerignore leaves it out.`,
    tryThis: 'Paths of COPY begin in that folder. See what is there: ls -a',
  },
  {
    id: 'build-step-failed',
    says: /The command '(?<command>.*?)' returned a non-zero code: (?<code>\d+)|executor failed running \[(?<kit>.*?)\]: exit code: (?<kitCode>\d+)|process "(?<solved>.*?)" did not complete successfully: exit code: (?<solvedCode>\d+)|building at STEP "RUN (?<podman>.*?)": while running runtime: exit status (?<podmanCode>\d+)/,
    meaning: ({ code, kitCode, solvedCode, podmanCode }) => {
      const number = code ?? kitCode ?? solvedCode ?? podmanCode ?? '';
      return `A RUN line of the Dockerfile ended with code ${number}, which means that it failed${
        number === '127' ? ': the program was not found in the image' : ''
      }. The build stops there.`;
    },
    tryThis:
      'Its own words stand just above. Mend that line; the steps before it come from the cache next time.',
  },
  {
    id: 'instruction-arguments',
    says: /(?<word>[A-Z]+) (?:requires (?<wants>(?:at least|either|exactly) .+?)|must have (?<must>\w+ arguments))(?:\.|,|:|$)/m,
    meaning: ({ word, wants, must }) => `In the Dockerfile, ${word} needs ${wants ?? must}.`,
    tryThis: ({ word }) =>
      word === 'COPY' || word === 'ADD'
        ? 'First what, then where to: COPY index.html /site/'
        : word === 'FROM'
          ? 'One image: FROM tiny:1 (or with a name: FROM tiny:1 AS first)'
          : word === 'ENV'
            ? 'A name and a value: ENV COLOR=blue'
            : 'Look at the end of that line.',
  },
  {
    id: 'dockerfile-no-from',
    says: /no build stage in current context|no FROM statement found/,
    meaning: 'A Dockerfile says first what it builds on, and this one does not.',
    tryThis: 'Make its first line: FROM tiny:1',
  },
  {
    id: 'dockerfile-empty',
    says: /Dockerfile(?: \(\S+\))? cannot be empty|no contents in "\S*Dockerfile"/,
    meaning: 'The Dockerfile is there, but nothing is in it.',
    tryThis: 'Make its first line: FROM tiny:1, and save it.',
  },
  {
    id: 'build-target-missing',
    says: /failed to reach build target (?<target>\S+)|target stage "?(?<kit>[^\s"]+)"? could not be found|target "(?<podman>[^"]+)" was not found/,
    meaning: ({ target, kit, podman }) =>
      `No FROM line of the Dockerfile has the name ${target ?? kit ?? podman}.`,
    tryThis: 'Names are given so: FROM tiny:1 AS first',
  },
  {
    id: 'build-from-missing',
    says: /COPY --from=(?<from>\S+): no stage or image found with that name|invalid from flag value (?<docker>[^\s:]+)/,
    meaning: ({ from, docker }) =>
      `There is neither a stage nor an image called ${from ?? docker} to copy from.`,
    tryThis: 'Name the stage that is meant: FROM tiny:1 AS first, then COPY --from=first',
  },
  {
    id: 'needs-buildkit',
    says: /the --(?<option>\w+) option requires BuildKit/,
    meaning: ({ option }) => `--${option} is understood by the newer builder, BuildKit, only.`,
    tryThis: (_, context) =>
      context.family === 'docker' ? 'Try: DOCKER_BUILDKIT=1 docker build .' : 'Leave that option out.',
  },
];
