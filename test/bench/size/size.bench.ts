import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ensureTestHost } from '../../launch/lib/testHost.mjs';
import type { Bench } from '../bench';

const dist = join(process.cwd(), 'dist');

/** What is loaded and what is shipped, minified, on disk. */
export const bench: Bench = {
	title: 'Size',
	async measure() {
		const packagePath = process.env['IMGPROMPT_BENCH_PACKAGE'];
		if (!packagePath) {
			throw new Error('Run this with «npm run bench», which packs the extension first.');
		}
		const { builtInExtensions } = await ensureTestHost();
		const peer = (name: string): number => kilobytes(join(builtInExtensions, name, 'dist', 'extension.js'));
		return [
			{
				quantity: 'entry bundle',
				unit: 'kB',
				ours: kilobytes(join(dist, 'extension.js')),
				goal: 20,
				others: { 'Media Preview': peer('media-preview'), 'Simple Browser': peer('simple-browser') },
			},
			{
				quantity: 'all scripts of the extension host',
				unit: 'kB',
				ours: scripts(dist) + scripts(join(dist, 'chunks')) - kilobytes(join(dist, 'webview.js')),
			},
			{ quantity: "the panel's script", unit: 'kB', ours: kilobytes(join(dist, 'webview.js')), goal: 120 },
			{ quantity: 'VSIX', unit: 'kB', ours: kilobytes(packagePath), goal: 1000 },
		];
	},
};

const kilobytes = (path: string): number => statSync(path).size / 1000;

function scripts(folder: string): number {
	return readdirSync(folder)
		.filter(name => name.endsWith('.js'))
		.reduce((sum, name) => sum + kilobytes(join(folder, name)), 0);
}
