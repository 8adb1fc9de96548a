// A small runner: tests share one window and run in their order, a line for each.

/** @param {{onFailure: (name: string) => Promise<void>}} options */
export function newSuite({ onFailure }) {
  const results = { passed: 0, failed: 0 };
  const test = async (name, body) => {
    const began = Date.now();
    const took = () => `${((Date.now() - began) / 1000).toFixed(1)} s`;
    try {
      await body();
      results.passed++;
      console.log(`  ok      ${name} (${took()})`);
    } catch (error) {
      results.failed++;
      console.log(`  FAILED  ${name} (${took()})\n${error.stack ?? error}`);
      await onFailure(name).catch((again) => {
        console.log(`          no screenshot: ${again.message}`);
      });
    }
  };
  return { test, results };
}

export function expect(actual, matcher, what) {
  const fits = matcher instanceof RegExp ? matcher.test(actual) : actual === matcher;
  if (!fits) {
    throw new Error(`${what}: expected ${String(matcher)}, got ${JSON.stringify(actual)}`);
  }
}
