import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findProgram } from '../../src/sandbox/find-program.ts';
import { imageArchive } from '../../src/sandbox/image-archive.ts';

const run = promisify(execFile);
const MOST = 400 * 1024 ** 2;
const PROGRAMS = ['dockerd', 'containerd', 'containerd-shim-runc-v2', 'runc', 'docker-proxy', 'iptables'];
/** `ps` is asked for by dockerd; the modules of iptables are opened by name, which ldd does not see. */
const MORE = ['ip6tables', 'sh', 'ps'];
const FILES = ['/etc/group', '/etc/passwd'];

/** What `docker:dind` is, made of the dockerd of this machine and the libraries that it needs; about 160 MB. */
export async function engineImage(name: string): Promise<Buffer> {
  const found = await Promise.all([...PROGRAMS, ...MORE].map(findProgram));
  const programs = found.filter((path) => path !== null);
  const modules = (await run('sh', ['-c', 'ls -d /usr/lib/*/xtables'])).stdout.trim();
  const libraries = await librariesOf(programs);
  const words = ['-chf', '-', '--hard-dereference', ...programs, ...libraries, modules, ...FILES];
  const { stdout } = await run('tar', words, { encoding: 'buffer', maxBuffer: MOST });
  return imageArchive({
    name,
    layers: [{ tar: stdout, createdBy: 'the dockerd of this machine' }],
    command: ['dockerd'],
    labels: {},
  });
}

async function librariesOf(programs: readonly string[]): Promise<string[]> {
  const told = await Promise.all(
    programs.map((program) =>
      // Go programs may be static, which ldd answers with an exit code.
      run('ldd', [program]).then(
        ({ stdout }) => stdout,
        () => '',
      ),
    ),
  );
  const paths = told.join('\n').match(/(?<=\s)\/\S+/g) ?? [];
  return [...new Set(paths)];
}
