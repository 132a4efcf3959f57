import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { packageEntries } from './packageContents.mjs';

/** The one API key of the host tests. After them nothing of it may lie anywhere, wherever they have put it. */
export const canaryKey = 'sk-canary-Uj3vQ8ZrT5wK1nXp7LdB';

/** What every access token of the tests holds; searched for in the same way. */
export const canaryToken = 'tk-canary-Hq7zR2mYv9LtB4sXc6Wf';

/** Both: what may lie nowhere after the tests. */
export const canaries = [canaryKey, canaryToken];

/**
 * Searches `paths` (files, and folders with all that is below) for a secret, or several, and for either half of what is random in it, as text
 * (UTF-8, UTF-16) and in Base64, in names and contents. Packages are searched entry by entry.
 *
 * @returns {{ files: number, logs: number, found: string[] }} how many files were read, how many of them are logs of an extension host, and
 *   which hold it
 */
export function searchFor(secrets, paths) {
	const holds = content => [secrets].flat().some(secret => holdsPartOf(secret, content));
	const files = paths.flatMap(filesBelow);
	const found = files.filter(file => holds(Buffer.from(file)) || contentsOf(file).some(holds));
	return { files: files.length, logs: files.filter(isExtensionLog).length, found };
}

/** Whether `content` (bytes) holds `secret` or a half of it, in any of these spellings. */
export function holdsPartOf(secret, content) {
	return spellingsOf(secret).some(spelling => content.includes(spelling));
}

/**
 * A search as a check: it fails when something is found, and when there was nothing to search, or (`needsLogs`) no log that an
 * extension host has written.
 */
export function checkSearch({ files, logs, found }, { needsLogs = false } = {}) {
	const detail = found.length === 0 ? `${files} files searched, ${logs} of them logs` : found.join(', ');
	const isMet = found.length === 0 && files > 0 && (logs > 0 || !needsLogs);
	return { name: 'nothing of the key and the tokens of the tests is left behind', detail, isMet };
}

/** A log that cuts a key short has told half of it. */
function spellingsOf(secret) {
	const random = secret.slice(secret.lastIndexOf('-') + 1);
	const middle = Math.ceil(random.length / 2);
	return [random.slice(0, middle), random.slice(middle)].flatMap(half => [
		Buffer.from(half),
		Buffer.from(half, 'utf16le'),
		...[0, 1, 2].map(offset => inBase64(half, offset)),
	]);
}

/** What surely stands in the Base64 of a text in which `part` begins `offset` bytes after a group of three. */
function inBase64(part, offset) {
	const encoded = Buffer.from(' '.repeat(offset) + part).toString('base64');
	const end = Math.floor(((offset + part.length) * 8) / 6);
	return Buffer.from(encoded.slice(Math.ceil((offset * 8) / 6), end));
}

const isExtensionLog = path => /[\\/]exthost[^]*\.log$/.test(path);

function filesBelow(path) {
	if (!statSync(path).isDirectory()) {
		return [path];
	}
	return readdirSync(path, { recursive: true, withFileTypes: true })
		.filter(entry => entry.isFile())
		.map(entry => join(entry.parentPath ?? entry.path, entry.name));
}

function contentsOf(file) {
	return file.endsWith('.vsix') ? packageEntries(file).map(entry => entry.content()) : [readFileSync(file)];
}
