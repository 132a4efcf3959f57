// npm run test:slow [-- --seconds 360]: hosts that say nothing for six minutes, in plain Node and in the extension host at the same time.
import { optionValue, report, whenStarted } from './lib/commandLine.mjs';
import { buildForHostTests, runInTurn } from './lib/launches.mjs';
import { runBundledTests } from './lib/mocha.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { runHostTestsInWeb } from './host.mjs';

async function runPlainTests() {
	const { buildTests } = (await import('../../esbuild.js')).default;
	return runBundledTests('slow', await buildTests('slow'), { timeoutMs: 60_000 });
}

whenStarted(import.meta.url, async () => {
	process.env.IMGPROMPT_SLOW_SECONDS = optionValue('seconds') ?? '360';
	await ensurePackages();
	await buildForHostTests();
	const runs = [runPlainTests(), runHostTestsInWeb('slow')];
	return report(await runInTurn(runs, run => run));
});
