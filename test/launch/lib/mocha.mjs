import { join } from 'node:path';
import { root } from './processes.mjs';

/**
 * Runs the bundled tests of one kind in this process.
 *
 * @param {string} kind `unit`, `faults` or `ui`
 * @param {{ grep?: string | RegExp, reporter?: string, timeoutMs: number, rootHooks?: Mocha.RootHookObject }} options
 * @returns {Promise<{ passed: number, failed: number }>} A run without any test counts as failed.
 */
export async function runBundledTests(kind, files, { grep, reporter = 'spec', timeoutMs, rootHooks }) {
	const { default: Mocha } = await import('mocha');
	const mocha = new Mocha({
		ui: 'tdd',
		reporter,
		timeout: timeoutMs,
		rootHooks,
		forbidOnly: Boolean(process.env.CI),
		...(grep ? { grep } : {}),
	});
	for (const file of files) {
		mocha.addFile(join(root, 'out', kind, file.slice(`test/${kind}/`.length).replace(/\.ts$/, '.mjs')));
	}
	await mocha.loadFilesAsync();
	const { passes, failures } = await new Promise(resolve => {
		const runner = mocha.run(() => resolve(runner.stats));
	});
	if (passes + failures === 0) {
		console.error(`No ${kind} test ran.`);
		return { passed: 0, failed: 1 };
	}
	return { passed: passes, failed: failures };
}
