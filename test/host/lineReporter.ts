import type Mocha from 'mocha';

/** Marks the lines of the tests among all that an extension host logs. The launchers look for it. */
export const linePrefix = '[test] ';

/** A mocha reporter: one line per test to the console, because that is all that leaves an extension host. */
export function reportLines(runner: Mocha.Runner): void {
	const print = (depth: number, text: string): void => {
		for (const line of text.split('\n')) {
			console.log(linePrefix + '  '.repeat(depth) + line);
		}
	};
	runner.on('suite', suite => {
		if (suite.title) {
			print(suite.titlePath().length, suite.title);
		}
	});
	runner.on('pass', test => print(test.titlePath().length, `✓ ${test.title}${slowness(test.duration)}`));
	runner.on('pending', test => print(test.titlePath().length, `- ${test.title}`));
	runner.on('fail', (test, error: unknown) => {
		print(test.titlePath().length, `✗ ${test.title}`);
		print(0, describe(error));
	});
}

const slowness = (durationMs = 0): string => (durationMs > 1000 ? ` (${(durationMs / 1000).toFixed(1)} s)` : '');

/** Stack, and for a failed assertion what was found and what was expected. */
function describe(error: unknown): string {
	if (!(error instanceof Error)) {
		return String(error);
	}
	return error.stack?.includes(error.message) ? error.stack : `${error.message}\n${error.stack ?? ''}`;
}
