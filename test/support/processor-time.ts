/**
 * The processor time of this process for some work, in milliseconds, whatever else the machine does: the lesser of two
 * runs, since the first compiles what it calls.
 */
export async function cpuOf(work: () => unknown): Promise<number> {
  return Math.min(await cpuOnce(work), await cpuOnce(work));
}

async function cpuOnce(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await Promise.resolve()
    .then(work)
    .catch(() => undefined);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
