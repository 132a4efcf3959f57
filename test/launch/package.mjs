// npm run package: builds the product and writes imgprompt-VERSION.vsix, after a look at what is in it.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inKilobytes, checkBundles, checkPackageSize, reportChecks } from './lib/budgets.mjs';
import { canaries, checkSearch, searchFor } from './lib/canary.mjs';
import { report, whenStarted } from './lib/commandLine.mjs';
import { nodeForTools } from './lib/nodeForTools.mjs';
import { checkPackageContents, packageEntries } from './lib/packageContents.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { mustRun, root } from './lib/processes.mjs';

const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Writes the package and returns its absolute path and esbuild's accounts of the bundles in it. */
export async function writePackage() {
	const { buildProduct } = (await import('../../esbuild.js')).default;
	const accounts = await buildProduct({ production: true });
	const path = join(root, `${name}-${version}.vsix`);
	rmSync(path, { force: true });
	const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
	const flags = ['--no-dependencies', '--no-update-package-json', '--skip-license', '--out', path];
	await mustRun(await nodeForTools(), [vsce, 'package', ...flags], { quiet: true });
	if (!existsSync(path)) {
		throw new Error(`vsce wrote no ${path}.`);
	}
	return { path, accounts };
}

whenStarted(import.meta.url, async () => {
	await ensurePackages();
	const { path, accounts } = await writePackage();
	const entries = packageEntries(path);
	for (const entry of entries) {
		console.log(`${inKilobytes(entry.bytes).padStart(12)}  ${entry.name}`);
	}
	console.log(`\n${path}`);
	const search = checkSearch(searchFor(canaries, [path]));
	return report(reportChecks([...checkBundles(accounts), checkPackageSize(path), ...checkPackageContents(entries), search]));
});
