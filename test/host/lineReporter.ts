import type Mocha from 'mocha';

/** Marks the lines of the tests among all that an extension host logs. The launchers look for it. */
export const linePrefix = '[test] ';

/** Reports to the console, one line per test, because that is all that leaves an extension host. */
export class LineReporter {
	constructor(runner: Mocha.Runner) {
		const print = (text: string) => text.split('\n').forEach(line => console.log(linePrefix + line));
		runner.on('suite', suite => suite.title && print(`\n${indentOf(suite.titlePath().length)}${suite.title}`));
		runner.on('pass', test => print(`${indentOf(test.titlePath().length)}✓ ${test.title}${slowness(test.duration)}`));
		runner.on('pending', test => print(`${indentOf(test.titlePath().length)}- ${test.title}`));
		runner.on('fail', (test, error: unknown) => {
			print(`${indentOf(test.titlePath().length)}✗ ${test.title}`);
			print(describe(error));
		});
	}
}

const indentOf = (depth: number): string => '  '.repeat(depth);

const slowness = (durationMs = 0): string => (durationMs > 1000 ? ` (${(durationMs / 1000).toFixed(1)} s)` : '');

/** Stack, and for a failed assertion what was found and what was expected. */
function describe(error: unknown): string {
	if (!(error instanceof Error)) {
		return String(error);
	}
	return error.stack?.includes(error.message) ? error.stack : `${error.message}\n${error.stack ?? ''}`;
}
