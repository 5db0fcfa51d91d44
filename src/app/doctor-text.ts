import stringWidth from 'string-width';
import type { DiskSpace, DoctorReport, RouteLook } from './doctor-report.ts';
import type { Rights } from './rights.ts';
import type { TerminalCapabilities } from './terminal-capabilities.ts';

/** A line of a section: a word that says how it stands (never colour alone), a name, and the facts. */
type Line = { mark: 'ok' | 'no' | 'note' | ''; name: string; facts: string };

export function doctorText(report: DoctorReport): string {
  const sections: [string, Line[]][] = [
    ['Engines', engineLines(report)],
    ['What to do', report.advice.map((text) => plain(text))],
    ['Rights', rightsLines(report.rights)],
    ['Sandbox', report.sandbox.map((text) => plain(text))],
    ['Terminal', terminalLines(report.terminal)],
    ['Node', [nodeLine(report.node)]],
  ];
  return sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => [title, ...aligned(lines)].join('\n'))
    .join('\n\n');
}

function engineLines({ routes, usage }: DoctorReport): Line[] {
  if (usage !== null) return [{ mark: 'no', name: usage.from, facts: usage.message }];
  return routes.flatMap((route) => [routeLine(route), ...diskLine(route.disk)]);
}

function routeLine({ label, host, result, about, problem }: RouteLook): Line {
  if (!result.ok) {
    return { mark: result.kind === 'same' ? 'note' : 'no', name: label, facts: `${host}: ${result.why}` };
  }
  const version = about === null ? '' : ` ${about.version}`;
  const details =
    about === null
      ? [problem]
      : [
          about.storageDriver,
          about.cgroupVersion && `cgroup v${about.cgroupVersion}`,
          about.rootless ? 'rootless' : 'as root',
          `${about.os} ${about.arch}`.trim(),
        ];
  const facts = [`${host}: ${result.family}${version}`, `API ${result.apiVersion}`, ...details];
  return { mark: 'ok', name: label, facts: facts.filter((fact) => fact !== '').join(', ') };
}

/** Below this, pulling an image is likely to fill the disk. */
const LITTLE_SPACE = 2e9;

function diskLine(disk: DiskSpace | null): Line[] {
  if (disk === null) return [];
  const facts = `${gigabytes(disk.free)} free of ${gigabytes(disk.total)} at ${disk.path}`;
  return [{ mark: disk.free < LITTLE_SPACE ? 'no' : 'ok', name: '  disk', facts }];
}

const GROUP: Record<Rights['dockerGroup'], Line> = {
  member: { mark: 'ok', name: 'docker group', facts: 'you are in it' },
  'not-yet': { mark: 'no', name: 'docker group', facts: 'you are in it from your next login on' },
  no: { mark: 'note', name: 'docker group', facts: 'you are not in it (sudo usermod -aG docker $USER)' },
  'no-such-group': { mark: 'note', name: 'docker group', facts: 'there is none on this system' },
  unknown: { mark: 'note', name: 'docker group', facts: 'cannot be looked up here' },
};

const SUDO: Record<Exclude<Rights['sudo'], 'root'>, Line> = {
  'without-password': { mark: 'ok', name: 'sudo', facts: 'works without a password' },
  password: { mark: 'note', name: 'sudo', facts: 'asks for a password, or is not allowed' },
  none: { mark: 'note', name: 'sudo', facts: 'not installed' },
};

function rightsLines({ uid, dockerGroup, sudo }: Rights): Line[] {
  if (uid === -1) return [];
  if (sudo === 'root') return [{ mark: 'ok', name: 'user', facts: 'root (uid 0)' }];
  return [{ mark: 'note', name: 'user', facts: `uid ${uid}` }, GROUP[dockerGroup], SUDO[sudo]];
}

const SMALLEST = { columns: 80, rows: 24 };

function terminalLines(t: TerminalCapabilities): Line[] {
  if (!t.isTerminal) {
    return [
      { mark: 'note', name: 'output', facts: 'not a terminal; the full screen needs one' },
      localeLine(t),
    ];
  }
  const { columns = 0, rows = 0 } = t.size ?? {};
  const fits = columns >= SMALLEST.columns && rows >= SMALLEST.rows;
  const size = `${columns} × ${rows}${fits ? '' : `; ${SMALLEST.columns} × ${SMALLEST.rows} are needed`}`;
  const where = [t.multiplexer && `inside ${t.multiplexer}`, t.overSsh && 'over ssh']
    .filter(Boolean)
    .join(', ');
  return [
    { mark: t.term === '' || t.term === 'dumb' ? 'no' : 'ok', name: 'type', facts: `TERM=${t.term}` },
    { mark: fits ? 'ok' : 'no', name: 'size', facts: size },
    { mark: 'ok', name: 'colours', facts: `${t.colors || 'none'} (${t.colorsBecause})` },
    localeLine(t),
    ...(where === '' ? [] : [{ mark: 'note' as const, name: 'where', facts: where }]),
  ];
}

function localeLine({ utf8, locale }: TerminalCapabilities): Line {
  const named = locale || 'no LC_ALL, LC_CTYPE or LANG';
  return utf8
    ? { mark: 'ok', name: 'UTF-8', facts: named }
    : { mark: 'no', name: 'UTF-8', facts: `${named}: lines and marks may be garbled (export LANG=C.UTF-8)` };
}

function nodeLine({ version, verdict }: DoctorReport['node']): Line {
  const facts = {
    current: 'current',
    slow: 'works; 24 or later draws with half the CPU',
    'too-old': 'too old: 22.12 or later is needed',
  }[verdict];
  return { mark: verdict === 'too-old' ? 'no' : verdict === 'slow' ? 'note' : 'ok', name: version, facts };
}

function plain(text: string): Line {
  return { mark: '', name: '', facts: text };
}

function aligned(lines: readonly Line[]): string[] {
  const width = Math.max(...lines.map(({ name }) => stringWidth(name)));
  return lines.map(({ mark, name, facts }) => {
    if (name === '') return `  ${facts}`;
    return `  ${mark.padEnd(4)}  ${name}${' '.repeat(width - stringWidth(name))}  ${facts}`;
  });
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
