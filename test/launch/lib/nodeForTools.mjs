import { ensureTestHost } from './testHost.mjs';

/** A Node of version 22 or newer, which vsce wants: this one, or that of the test host. */
export async function nodeForTools() {
	const [major] = process.versions.node.split('.').map(Number);
	return major >= 22 ? process.execPath : (await ensureTestHost()).node;
}
