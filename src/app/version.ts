/** The package's version, put in by the build. */
export const VERSION = process.env['SLIPWAY_VERSION'] ?? 'from source';
