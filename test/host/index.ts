import { testFiles } from 'all-host-tests';
import { writeFileSync } from 'node:fs';
import { reportLines } from './lineReporter';
import { relevantFiles, runOptions } from './runOptions';

/**
 * What VS Code calls in the extension host: runs the host tests that belong to this launch with mocha, writes their counts
 * for the launcher, and throws when one failed or none ran.
 */
export async function run(): Promise<void> {
	const options = runOptions(process.env);
	const { default: Mocha } = await import('mocha');
	// Mocha only calls it with the runner, although its types ask for a whole class.
	const reporter = reportLines as unknown as Mocha.ReporterConstructor;
	const mocha = new Mocha({ ui: 'tdd', timeout: 60_000, reporter, ...(options.grep ? { grep: options.grep } : {}) });
	for (const { file, load } of relevantFiles(testFiles, options.kind)) {
		// These events are how mocha gives a file its `suite` and `test`.
		mocha.suite.emit('pre-require', globalThis, file, mocha);
		mocha.suite.emit('require', load(), file, mocha);
		mocha.suite.emit('post-require', globalThis, file, mocha);
	}
	const { passes, failures } = await countsOf(mocha);
	if (options.resultFile) {
		writeFileSync(options.resultFile, JSON.stringify({ passed: passes, failed: failures }));
	}
	if (failures > 0 || passes === 0) {
		throw new Error(failures > 0 ? `${failures} host tests failed.` : 'No host test ran.');
	}
}

function countsOf(mocha: Mocha): Promise<{ readonly passes: number; readonly failures: number }> {
	return new Promise((resolve, reject) => {
		const runner = mocha.run(() => {
			if (runner.stats) {
				resolve(runner.stats);
			} else {
				reject(new Error('Mocha kept no counts.'));
			}
		});
	});
}
