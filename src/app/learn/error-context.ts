import type { ErrorContext } from '../../lesson/errors/error-row.ts';
import type { State } from '../../model/state.ts';

/** What is known where an error is explained. @param command the line that was refused; empty where there is none */
export function errorContext(state: State, command: string): ErrorContext {
  const names = (kind: 'container' | 'volume' | 'network'): string[] =>
    [...(state.objects[kind].items?.values() ?? [])].map((item) => ('name' in item ? item.name : ''));
  const images = [...(state.objects.image.items?.values() ?? [])].flatMap((item) =>
    item.kind === 'image' ? item.tags : [],
  );
  return {
    family: state.engine?.family ?? 'docker',
    images,
    containers: names('container'),
    volumes: names('volume'),
    networks: names('network'),
    sandbox: state.engine !== null && state.engine.sandbox !== 'none',
    command,
  };
}
