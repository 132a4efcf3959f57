import { hasFlag, optionValue } from './commandLine.mjs';

/** The kinds of windows that host tests are run in; the names of test files say which one they need (see `relevantFiles`). */
export const windowKinds = ['trusted', 'restricted', 'multiRoot', 'proxied', 'loosened'];

/**
 * The kinds that the command line asks for: `--trusted`, `--restricted`, `--multiRoot`, `--proxied`, `--loosened`, or all. A `--grep` alone means the
 * trusted one, as a window in which no test matches counts as failed.
 */
export function chosenLaunches() {
	const chosen = windowKinds.filter(hasFlag);
	if (chosen.length > 0) {
		return chosen;
	}
	return optionValue('grep') ? ['trusted'] : windowKinds;
}

/** Builds what a host test run needs. */
export async function buildForHostTests() {
	const { buildProduct, buildTests } = (await import('../../../esbuild.js')).default;
	await buildProduct({ production: false });
	await buildTests('host');
}

/** Runs `run` with each of `inputs`, one after another, and adds up the counts. */
export async function runInTurn(inputs, run) {
	const total = { passed: 0, failed: 0 };
	for (const input of inputs) {
		const { passed, failed } = await run(input);
		total.passed += passed;
		total.failed += failed;
	}
	return total;
}
