// npm run l10n: writes l10n/bundle.l10n.json, the strings of the code for translators.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { whenStarted } from './lib/commandLine.mjs';
import { bundlePath, exportStrings, printBundle } from './lib/l10n.mjs';
import { ensurePackages } from './lib/packages.mjs';

whenStarted(import.meta.url, async () => {
	await ensurePackages();
	const strings = await exportStrings();
	mkdirSync(dirname(bundlePath), { recursive: true });
	writeFileSync(bundlePath, printBundle(strings));
	console.log(`${Object.keys(strings).length} strings in ${relative(process.cwd(), bundlePath)}`);
});
