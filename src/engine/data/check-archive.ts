import { cleanText } from '../clean-text.ts';
import { EngineError } from '../errors.ts';
import type { TarEntry } from '../tar/tar-entry.ts';
import { tarError } from '../tar/tar-error.ts';
import { tarReader } from '../tar/tar-reader.ts';
import type { Root } from './volume-archive.ts';

/** Names of refused entries that are told before the rest is counted. */
const NAMES_TOLD = 3;
const BLOCK = 512;

export type ArchiveCheck = {
  write(bytes: Buffer): void;
  /** Throws for an archive that is cut short. */
  end(): ArchiveFacts;
};

export type ArchiveFacts = {
  entries: number;
  /** What it says of the volume's own folder; null where it says nothing. */
  root: Root | null;
  /** What must not reach a volume, each with the reason. */
  refused: readonly string[];
};

/**
 * Looks through an archive as it passes. Refused are paths that lead out (absolute, `..`, through a link of the same
 * archive), hard links to such, and devices. A link may point anywhere: it is only text until somebody follows it.
 */
export function checkArchive(): ArchiveCheck {
  const refused: string[] = [];
  const links = new Set<string>();
  let entries = 0;
  let root: Root | null = null;
  const ending = endingOf();
  const reader = tarReader((entry) => {
    entries++;
    const path = within(entry.name);
    const why = whyNot(entry, path, links);
    if (why !== '') refused.push(`${cleanText(entry.name)} (${why})`);
    if (path === '' && entry.type === 'folder') {
      const { mode, uid, gid, modifiedAt } = entry;
      root = { mode, uid, gid, modifiedAt };
    }
    if (path !== null) {
      if (entry.type === 'link') links.add(path);
      else links.delete(path);
    }
    return undefined;
  });
  return {
    write(bytes) {
      reader.write(bytes);
      ending.write(bytes);
    },
    end() {
      reader.end();
      if (!ending.isZero()) throw tarError('it is cut short: its end is missing');
      return { entries, root, refused };
    },
  };
}

/** The path below the volume's root; null for one that leads out of it. */
function within(name: string): string | null {
  if (name.startsWith('/') || name.includes('\0')) return null;
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  return parts.includes('..') ? null : parts.join('/');
}

function whyNot({ type, target }: TarEntry, path: string | null, links: ReadonlySet<string>): string {
  if (path === null) return 'it leads out of the volume';
  if (type === 'character-device' || type === 'block-device') return 'a device';
  if (leadsThrough(path, links)) return 'it leads through a link';
  if (type !== 'hard-link') return '';
  const to = within(target);
  if (to === null) return 'a hard link out of the volume';
  return leadsThrough(to, links) ? 'a hard link through a link' : '';
}

function leadsThrough(path: string, links: ReadonlySet<string>): boolean {
  if (links.size === 0) return false;
  const parts = path.split('/');
  return parts.some((_, i) => i > 0 && links.has(parts.slice(0, i).join('/')));
}

/** Throws for an archive that holds what must not reach a volume. */
export function mustBeHarmless({ refused }: ArchiveFacts): void {
  if (refused.length === 0) return;
  throw new EngineError('rejected', `the archive holds what may not be restored: ${someOf(refused)}`, {
    advice: 'Nothing was written. See where this archive comes from.',
  });
}

/** The first few, and how many more. */
export function someOf(refused: readonly string[]): string {
  const more = refused.length > NAMES_TOLD ? `, and ${refused.length - NAMES_TOLD} more` : '';
  return `${refused.slice(0, NAMES_TOLD).join(', ')}${more}`;
}

/** An archive ends with a block of zeros: without it, one that was cut between two entries looks whole. */
function endingOf(): { write(bytes: Buffer): void; isZero(): boolean } {
  let last = Buffer.alloc(0);
  return {
    write(bytes) {
      last =
        bytes.length >= BLOCK
          ? Buffer.from(bytes.subarray(-BLOCK))
          : Buffer.concat([last, bytes]).subarray(-BLOCK);
    },
    isZero: () => last.length === BLOCK && last.every((byte) => byte === 0),
  };
}
