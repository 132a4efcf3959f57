// npm run screenshots: runs the browser tests that take the README's pictures, and copies those pictures to docs/images.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { report, whenStarted } from './lib/commandLine.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { root } from './lib/processes.mjs';
import { screenshotFolder } from './lib/window.mjs';
import { runUiTests } from './ui.mjs';

/** Name in docs/images, and the screenshot of test/ui/mainJob.uiTest.ts that it is. */
const pictures = {
	'picture-beside-page': 'first-picture-done-dark',
	'picture-inserted': 'first-picture-inserted-dark',
	'prompt-file': 'prompt-file-done-light',
};

whenStarted(import.meta.url, async () => {
	await ensurePackages();
	const { buildProduct } = (await import('../../esbuild.js')).default;
	await buildProduct({ production: true });
	const counts = await runUiTests({ grep: /the first picture of a new user|a prompt file in the theme light/ });
	const folder = join(root, 'docs', 'images');
	mkdirSync(folder, { recursive: true });
	for (const [name, screenshot] of Object.entries(pictures)) {
		copyFileSync(join(screenshotFolder, `${screenshot}.png`), join(folder, `${name}.png`));
		console.log(join('docs', 'images', `${name}.png`));
	}
	return report(counts);
});
