import type { Engine } from '../engine/engine.ts';
import type { ProgramStore } from './program-store.ts';

/** What something that goes on with the present engine works with; the signal is aborted when the engine is left. */
export type OnEngine = { engine: Engine; store: ProgramStore; signal: AbortSignal };
