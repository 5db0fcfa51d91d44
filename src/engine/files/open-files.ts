import { EngineError } from '../errors.ts';
import { readFile } from '../read-file.ts';
import { copyIn, copyOut } from './copy-archive.ts';
import type { EngineFiles } from './engine-files.ts';
import { inPlace, pathIn, type Talk } from './in-place.ts';
import { isUtf8Path } from './is-utf8-path.ts';
import { listFolder } from './list-folder.ts';

/** Files of containers, images and volumes on one engine. */
export function engineFiles(talk: Talk): EngineFiles {
  const { client, manners } = talk;
  return {
    list: (place, path, options) => listFolder(talk, place, path, options),
    read: (place, path, options = {}) =>
      inPlace(talk, place, options, (where) =>
        readFile(client, manners, { ...options, id: where.container, path: pathIn(where, path) }),
      ).catch((error: unknown) => {
        throw saidOfName(error, path);
      }),
    copyOut: (place, path, options, work) =>
      copyOut(talk, place, path, options, work).catch((error: unknown) => {
        throw saidOfName(error, path);
      }),
    copyIn: (place, folder, archive, options) => copyIn(talk, place, folder, archive, options),
  };
}

/** Docker (20.10) gives an empty archive for a file whose name is no UTF-8; podman gives the file. */
function saidOfName(error: unknown, path: string): unknown {
  if (!(error instanceof EngineError) || error.kind !== 'protocol' || isUtf8Path(path)) return error;
  return new EngineError('unsupported', 'this engine does not give a file whose name is not UTF-8', {
    advice: 'Copy the folder that it is in: there it comes along.',
    cause: error,
  });
}
