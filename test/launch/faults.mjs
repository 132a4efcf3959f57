// npm run test:faults [-- --grep TEXT] [--reporter spec]: one click with every fault of a network at every moment of it.
import { optionValue, report, whenStarted } from './lib/commandLine.mjs';
import { runBundledTests } from './lib/mocha.mjs';
import { ensurePackages } from './lib/packages.mjs';

/** Bundles and runs the fault matrix. */
export async function runFaultTests() {
	const { buildTests } = (await import('../../esbuild.js')).default;
	const files = await buildTests('faults');
	return runBundledTests('faults', files, {
		grep: optionValue('grep'),
		reporter: optionValue('reporter') ?? 'dot',
		timeoutMs: 30_000,
	});
}

whenStarted(import.meta.url, async () => {
	await ensurePackages();
	return report(await runFaultTests());
});
