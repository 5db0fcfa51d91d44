process.stdout.write(`slipway ${process.env['SLIPWAY_VERSION'] ?? 'from source'}\n`);
