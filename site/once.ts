/** Calls a function when its result is first asked for, and never again. */
export function once<T>(make: () => T): () => T {
  let made: { result: T } | undefined;
  return () => (made ??= { result: make() }).result;
}
