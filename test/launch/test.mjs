// npm test: everything that can be checked on this machine, one suite after another, with a summary at the end.
import { checkBundles, reportChecks } from './lib/budgets.mjs';
import { report, whenStarted } from './lib/commandLine.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { runInTurn, windowKinds } from './lib/launches.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { runProgram } from './lib/processes.mjs';
import { ensureTestHost } from './lib/testHost.mjs';
import { runFaultTests } from './faults.mjs';
import { runShortFuzz } from './fuzz.mjs';
import { runHostTestsInWeb } from './host.mjs';
import { runUiTests } from './ui.mjs';
import { runUnitTests } from './unit.mjs';

/** In this order: what fails fastest first. Each resolves with its counts. */
const suites = {
	'type check': () => program(['test/lint/typecheck.mjs']),
	lint: () => program(['node_modules/eslint/bin/eslint.js', '--config', 'test/lint/eslint.config.mjs', '.']),
	format: () => program(['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.']),
	unit: runUnitTests,
	faults: runFaultTests,
	fuzz: runShortFuzz,
	build: async () => reportChecks(checkBundles(await (await bundler()).buildProduct({ production: true }))),
	host: async () => {
		await (await bundler()).buildTests('host');
		return runInTurn(windowKinds, runHostTestsInWeb);
	},
	browser: runUiTests,
};

const bundler = async () => (await import('../../esbuild.js')).default;

/** A checker counts as one test. */
async function program(args) {
	const code = await runProgram(process.execPath, args);
	return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** A suite that breaks off has failed; the others run nevertheless. */
async function runSuite(name, run) {
	console.log(`\n━━ ${name} ━━`);
	const start = Date.now();
	try {
		const counts = await run();
		return { name, ...counts, seconds: (Date.now() - start) / 1000 };
	} catch (error) {
		console.error(error instanceof Error ? error.stack : error);
		return { name, passed: 0, failed: 1, seconds: (Date.now() - start) / 1000 };
	}
}

function printSummary(results) {
	console.log('\n━━ summary ━━');
	for (const { name, passed, failed, seconds } of results) {
		console.log(
			`${failed === 0 ? '✓' : '✗'} ${name.padEnd(12)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${seconds.toFixed(1).padStart(7)} s`,
		);
	}
}

whenStarted(import.meta.url, async () => {
	await ensurePackages();
	await ensureTestHost();
	await ensureChromium();
	const results = [];
	for (const [name, run] of Object.entries(suites)) {
		const result = await runSuite(name, run);
		// A suite in which nothing ran has not passed.
		results.push(result.passed + result.failed === 0 ? { ...result, failed: 1 } : result);
	}
	printSummary(results);
	const total = results.reduce((sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }), {
		passed: 0,
		failed: 0,
	});
	return report(total);
});
