import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes every text that `context` (a browser) shows and that holds a part of one of `secrets` into the folder of `scratch`: what stood
 * on the screen for a moment must be found as well.
 */
export async function noteWhatIsShown(context, secrets, { folder }) {
	const random = secrets.map(secret => secret.slice(secret.lastIndexOf('-') + 1));
	await context.exposeFunction('noteShownText', text => appendFileSync(join(folder, 'shown.txt'), `${text}\n`));
	await context.addInitScript(
		watchTexts,
		random.flatMap(text => [text.slice(0, 10), text.slice(-10)]),
	);
}

/** Runs in every frame of the page. */
function watchTexts(parts) {
	const look = text => parts.some(part => text?.includes(part)) && globalThis.noteShownText(text);
	const observer = new MutationObserver(changes => {
		for (const { type, target, attributeName, addedNodes } of changes) {
			if (type === 'attributes') {
				look(target.getAttribute(attributeName));
			} else if (type === 'characterData') {
				look(target.data);
			}
			for (const node of addedNodes) {
				look(node.outerHTML ?? node.textContent);
			}
		}
	});
	observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
}

/**
 * Writes what the workbench in `page` keeps in its browser (state of the window and of extensions) into the folder of `scratch`.
 * Left out is `secrets.provider`, which is the secret storage itself.
 */
export async function keepBrowserState(page, { folder }) {
	writeFileSync(join(folder, 'browserState.json'), await page.evaluate(readBrowserState));
}

/** Runs in the page. */
async function readBrowserState() {
	const done = request =>
		new Promise((resolve, reject) => {
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error);
		});
	const rows = [];
	for (const { name } of await indexedDB.databases()) {
		const database = await done(indexedDB.open(name));
		for (const store of database.objectStoreNames) {
			const content = database.transaction(store).objectStore(store);
			const [keys, values] = await Promise.all([done(content.getAllKeys()), done(content.getAll())]);
			const decoded = values.map(value => (value instanceof Uint8Array ? new TextDecoder().decode(value) : value));
			rows.push({ database: name, store, entries: keys.map((key, index) => [key, decoded[index]]) });
		}
		database.close();
	}
	const kept = Object.entries(localStorage).filter(([key]) => key !== 'secrets.provider');
	return JSON.stringify({ rows, kept });
}
