/* Loaded first into every process that a measurement starts: it ends with the measurement, however that ends. */
process.once('disconnect', () => process.exit(1));
process.channel?.unref();
