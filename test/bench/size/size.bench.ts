import { statSync } from 'node:fs';
import { join } from 'node:path';
import { packageEntries } from '../../launch/lib/packageContents.mjs';
import { ensureTestHost } from '../../launch/lib/testHost.mjs';
import type { Bench } from '../bench';

/** What is shipped, as it lies in the package, and how large the peers' entry bundles are. */
export const bench: Bench = {
	title: 'Size',
	async measure() {
		const packagePath = process.env['IMGPROMPT_BENCH_PACKAGE'];
		if (!packagePath) {
			throw new Error('Run this with «npm run bench», which packs the extension first.');
		}
		const { builtInExtensions } = await ensureTestHost();
		const peer = (name: string): number => kilobytes(join(builtInExtensions, name, 'dist', 'extension.js'));
		const ours = (pattern: RegExp): number => shipped(packagePath, pattern);
		return [
			{
				quantity: 'entry bundle',
				unit: 'kB',
				ours: ours(/^extension\/dist\/extension\.js$/),
				goal: 20,
				others: { 'Media Preview': peer('media-preview'), 'Simple Browser': peer('simple-browser') },
			},
			{ quantity: 'loaded on first use', unit: 'kB', ours: ours(/^extension\/dist\/chunks\//) },
			{ quantity: "the panel's script", unit: 'kB', ours: ours(/^extension\/dist\/webview\.js$/), goal: 120 },
			{ quantity: 'VSIX', unit: 'kB', ours: kilobytes(packagePath), goal: 1000 },
		];
	},
};

const kilobytes = (path: string): number => statSync(path).size / 1000;

/** Uncompressed size of all files in the package whose paths match, in kilobytes. */
function shipped(packagePath: string, pattern: RegExp): number {
	const found = packageEntries(packagePath).filter(({ name }) => pattern.test(name));
	if (found.length === 0) {
		throw new Error(`Nothing in the package matches ${String(pattern)}.`);
	}
	return found.reduce((sum, { bytes }) => sum + bytes / 1000, 0);
}
