// npm run test:unit [-- --grep TEXT] [--reporter spec]: bundles the unit tests and runs them in this Node.
import { optionValue, report, whenStarted } from './lib/commandLine.mjs';
import { runBundledTests } from './lib/mocha.mjs';
import { ensurePackages } from './lib/packages.mjs';

/** Bundles and runs the unit tests. */
export async function runUnitTests() {
	const { buildTests } = (await import('../../esbuild.js')).default;
	const files = await buildTests('unit');
	return runBundledTests('unit', files, { grep: optionValue('grep'), reporter: optionValue('reporter') ?? 'dot', timeoutMs: 10_000 });
}

whenStarted(import.meta.url, async () => {
	await ensurePackages();
	return report(await runUnitTests());
});
