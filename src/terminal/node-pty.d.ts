// oxlint-disable-next-line typescript/triple-slash-reference -- an import would make this file a module of its own
/// <reference path="../../node_modules/node-pty/node-pty.d.ts" />

// `node-pty` is an alias of @lydell/node-pty (prebuilt, no install script), whose types know only that name.
declare module 'node-pty' {
  export * from '@lydell/node-pty';
}
