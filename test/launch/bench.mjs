// npm run bench [-- NAME …]: measures the product and its peers in the same run and prints ratios. Asserts nothing.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { whenStarted } from './lib/commandLine.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { root } from './lib/processes.mjs';
import { printMeasurements } from './lib/measurementTable.mjs';
import { writePackage } from './package.mjs';

whenStarted(import.meta.url, async () => {
	await ensurePackages();
	const { buildTests } = (await import('../../esbuild.js')).default;
	const { path } = await writePackage();
	process.env.IMGPROMPT_BENCH_PACKAGE = path;
	const wanted = process.argv.slice(2);
	const files = (await buildTests('bench')).filter(file => wanted.length === 0 || wanted.some(name => file.includes(name)));
	for (const file of files) {
		const compiled = join(root, 'out', 'bench', file.slice('test/bench/'.length).replace(/\.ts$/, '.mjs'));
		const { bench } = await import(pathToFileURL(compiled).href);
		console.log(`\n${bench.title}`);
		printMeasurements(await bench.measure());
	}
});
