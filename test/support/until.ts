/** Waits until the claim holds, and fails when it does not within `timeout` milliseconds. */
export async function until(claim: () => boolean | Promise<boolean>, timeout = 10_000): Promise<void> {
  const deadline = Date.now() + timeout;
  while (!(await claim())) {
    if (Date.now() > deadline) throw new Error(`not within ${timeout} ms: ${claim.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
