import { NO_FILES, type Files, type FilesEvent } from './files-state.ts';

/** What is told of a place that is no longer looked at changes nothing. */
export function reduceFiles(files: Files, event: FilesEvent): Files {
  if (event.type === 'files-opened') return openFiles(files, event.of);
  if (event.type === 'files-looked-at') return { ...files, view: { ...files.view, ...event.view } };
  if (event.of !== files.of) return files;
  switch (event.type) {
    case 'folder-progressed':
      return { ...files, reading: event.reading, failed: null };
    case 'folder-read':
      return takeTree(files, event);
    case 'folder-failed': {
      const { path, why, advice } = event;
      return { ...files, reading: null, failed: { path, why, advice } };
    }
    case 'folder-stopped':
      return stopReading(files);
    case 'folder-changed':
      return { ...files, ...without(files, event.path), failed: null, asked: files.asked + 1 };
  }
}

function openFiles({ view, asked }: Files, of: string): Files {
  return { ...NO_FILES, of, asked: asked + 1, view: { ...NO_FILES.view, sort: view.sort } };
}

function takeTree(files: Files, { path, tree }: Extract<FilesEvent, { type: 'folder-read' }>): Files {
  const { folders, cut } = without(files, path);
  return {
    ...files,
    folders: new Map([...folders, ...tree.folders]),
    cut: tree.isCut ? new Set([...cut, path]) : cut,
    mounts: tree.mounts,
    reading: null,
    failed: null,
  };
}

function stopReading(files: Files): Files {
  if (files.reading === null) return files;
  const { path, listed } = files.reading;
  const folders = new Map([...files.folders, [path, listed]]);
  return { ...files, folders, cut: new Set([...files.cut, path]), reading: null };
}

function without({ folders, cut }: Files, path: string): Pick<Files, 'folders' | 'cut'> {
  const inside = path === '/' ? '/' : `${path}/`;
  const isOutside = (folder: string): boolean => folder !== path && !folder.startsWith(inside);
  return {
    folders: new Map([...folders].filter(([folder]) => isOutside(folder))),
    cut: new Set([...cut].filter(isOutside)),
  };
}
