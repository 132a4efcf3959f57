import { join } from 'node:path';
import { copyFileSync } from 'node:fs';
import { installPackage } from '../../launch/lib/installPackage.mjs';
import { installExtensions, makeScratch } from '../../launch/lib/scratch.mjs';
import { openWorkbench } from '../../ui/harness';
import type { Workbench } from '../../ui/harness';
import { median } from '../bench';
import type { Bench } from '../bench';
import { parseActivationTimes } from './startupPerformance';

const repetitions = 5;

/** Each extension by what makes VS Code activate it. */
const activations: Readonly<Record<string, (workbench: Workbench) => Promise<void>>> = {
	'bench.empty': workbench => workbench.runCommand('Bench: Do Nothing'),
	'vscode.simple-browser': async workbench => {
		await workbench.runCommand('Simple Browser: Show');
		await workbench.page.keyboard.press('Escape');
	},
	'vscode.media-preview': workbench => workbench.openTab('icon.png'),
	'imgprompt.imgprompt': workbench => workbench.openFile('hero.imgprompt'),
};

/** Activation in a real window, from the shipped package, in VS Code's own figures: «Running Extensions» adds load and call. */
export const bench: Bench = {
	title: `Activation (median of ${repetitions} windows, VS Code's own figures)`,
	async measure() {
		const shown = new Map<string, number[]>(Object.keys(activations).map(name => [name, []]));
		for (let repetition = 0; repetition < repetitions; repetition++) {
			for (const { extension, shown: milliseconds } of await measureOnce(repetition)) {
				shown.get(extension)?.push(milliseconds);
			}
		}
		const medianOf = (name: string): number => median(shown.get(name) ?? []);
		return [
			{
				quantity: 'load code + call activate',
				unit: 'ms',
				ours: medianOf('imgprompt.imgprompt'),
				goal: 2,
				others: {
					'empty extension': medianOf('bench.empty'),
					'Simple Browser': medianOf('vscode.simple-browser'),
					'Media Preview': medianOf('vscode.media-preview'),
				},
			},
		];
	},
};

async function measureOnce(repetition: number): ReturnType<typeof activationTimes> {
	const packagePath = process.env['IMGPROMPT_BENCH_PACKAGE'];
	if (!packagePath) {
		throw new Error('Run this with «npm run bench», which packs the extension first.');
	}
	const scratch = makeScratch();
	try {
		installExtensions(scratch.extensionsFolder, [join(process.cwd(), 'test', 'bench', 'activation', 'emptyExtension')]);
		await installPackage(packagePath, scratch);
		copyFileSync(join(process.cwd(), 'media', 'icon.png'), join(scratch.workspace, 'icon.png'));
		const workbench = await openWorkbench({ scratch, extension: null });
		try {
			// Everybody is first once, as the first one pays for what all share.
			const names = Object.keys(activations);
			for (let index = 0; index < names.length; index++) {
				await workbench.page.waitForTimeout(1500);
				await activations[names[(index + repetition) % names.length] ?? '']?.(workbench);
			}
			await workbench.page.waitForTimeout(1000);
			return await activationTimes(workbench);
		} finally {
			await workbench.close();
		}
	} finally {
		scratch.remove();
	}
}

async function activationTimes(workbench: Workbench): Promise<ReturnType<typeof parseActivationTimes>> {
	await workbench.runCommand('Developer: Startup Performance');
	const { page } = workbench;
	await page.locator('.tab.active').filter({ hasText: 'Startup Performance' }).waitFor();
	for (let attempt = 0; attempt < 20; attempt++) {
		await workbench.editor.locator('.view-lines').click();
		await page.keyboard.press('ControlOrMeta+A');
		await page.keyboard.press('ControlOrMeta+C');
		const times = parseActivationTimes(await page.evaluate(() => navigator.clipboard.readText()));
		if (Object.keys(activations).every(name => times.some(({ extension }) => extension === name))) {
			return times;
		}
		// The report is filled in some time after its editor opens.
		await page.waitForTimeout(500);
	}
	throw new Error(`VS Code's report does not name all of ${Object.keys(activations).join(', ')}.`);
}
