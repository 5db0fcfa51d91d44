import { statfs } from 'node:fs/promises';
import { diskUsage } from './disk-usage.ts';

/** How far a folder is from what it may hold. */
export type DiskWatch = {
  /** Empty while there is room. */
  warning(): string;
  close(): void;
};

export type DiskWatchOptions = {
  /** Bytes. */
  limit: number;
  /** Milliseconds between two looks. */
  every?: number;
  /** Called once each time the limit is passed. */
  onFull: () => Promise<void>;
  /** Called once each time that it gets fuller than a warning allows, and again at the limit. */
  onWarning?: (text: string) => void;
};

const MOST = 20e9;
/** From here on there is a warning. */
const NEARLY = 0.8;
const LOOK_EVERY = 10_000;

/** Half of what is free, so that the machine stays usable whatever a container writes. */
export async function defaultDiskLimit(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return Math.min(MOST, Math.floor((bavail * bsize) / 2));
}

/** A size that no file system enforces for us: a user cannot mount one, and not every one has quotas. */
export function watchDisk(
  folder: string,
  { limit, every = LOOK_EVERY, onFull, onWarning }: DiskWatchOptions,
): DiskWatch {
  let warning = '';
  let isFull = false;
  let isClosed = false;
  const look = async (): Promise<void> => {
    const used = await diskUsage(folder);
    const share = `${size(used)} of ${size(limit)} of disk`;
    if (used >= limit && !isFull) await onFull();
    const isWorse = used >= limit ? !isFull : used > limit * NEARLY && warning === '';
    isFull = used >= limit;
    if (isFull)
      warning = `the sandbox is full, its containers were stopped (${share}; slipway sandbox reset)`;
    else
      warning = used > limit * NEARLY ? `the sandbox holds ${share}; at the limit its containers stop` : '';
    if (isWorse) onWarning?.(warning);
  };
  const goOn = (): void => {
    if (!isClosed) timer = setTimeout(turn, every).unref();
  };
  // The engine may be just going; the next look says.
  const turn = (): void => void look().then(goOn, goOn);
  let timer = setTimeout(turn, every).unref();
  return {
    warning: () => warning,
    close: () => {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}

const size = (bytes: number): string =>
  bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
