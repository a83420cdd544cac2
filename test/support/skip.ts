/** Skips a test, or the tests of a hook, and reports what is missing. */
export function skip(context: Mocha.Context, missing: string): never {
  console.log(`      skipped: ${missing}`);
  return context.skip();
}
