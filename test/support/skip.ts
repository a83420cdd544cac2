/** Skips a test, or a hook's tests, and says in the report why: what is missing here. */
export function skip(context: Mocha.Context, missing: string): never {
  console.log(`      skipped: ${missing}`);
  return context.skip();
}
