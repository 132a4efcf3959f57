import { hasFlag, optionValue } from './commandLine.mjs';

/**
 * The kinds of windows that host tests are run in: trusted (`true`) and restricted (`false`). Flags of the command line
 * choose one; a `--grep` alone means the trusted one, as a window in which no test matches counts as failed.
 */
export function chosenLaunches() {
	if (hasFlag('restricted')) {
		return [false];
	}
	return hasFlag('trusted') || optionValue('grep') ? [true] : [true, false];
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
