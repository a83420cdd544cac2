/* Preloaded into every process that a benchmark starts: ends the process when the benchmark ends for any reason. */
process.once('disconnect', () => process.exit(1));
process.channel?.unref();
