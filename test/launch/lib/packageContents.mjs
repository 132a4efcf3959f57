import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

/** The files in a `.vsix` (a ZIP archive), read from its central directory. */
export function packageEntries(path) {
	const archive = readFileSync(path);
	const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
	const entries = [];
	let at = archive.readUInt32LE(end + 16);
	for (let count = archive.readUInt16LE(end + 10); count > 0; count--) {
		const [method, packed, bytes] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20), archive.readUInt32LE(at + 24)];
		const [nameLength, extraLength, commentLength] = [28, 30, 32].map(offset => archive.readUInt16LE(at + offset));
		const local = archive.readUInt32LE(at + 42);
		const data = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
		const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
		const content = () =>
			method === 0 ? archive.subarray(data, data + packed) : inflateRawSync(archive.subarray(data, data + packed));
		entries.push({ name, bytes, content });
		at += 46 + nameLength + extraLength + commentLength;
	}
	return entries;
}

/** What a package must have, without `extension/`. */
const wanted = [
	'package.json',
	'package.nls.json',
	'readme.md',
	'changelog.md',
	'LICENSE.txt',
	'dist/extension.js',
	'dist/webview.js',
	'dist/webview.css',
	'dist/ThirdPartyNotices.txt',
	'media/icon.png',
];

/** The only places in it. */
const allowed = /^(dist|media|l10n)\/|^(package(\.nls(\.[\w-]+)?)?\.json|readme\.md|changelog\.md|SECURITY\.md|LICENSE(\.txt|\.md)?)$/i;
const ofDevelopers = /(^|\/)(src|test|out|node_modules|\.[^/]+)\/|\.(tsx?|map|mts|cts|log|lock|vsix|pem|key)$|\.env|sourceMappingURL=/i;

/** What only a secret or a private file looks like: OpenAI's keys, private keys, GitHub's and npm's tokens. */
const secrets = /\bsk-(proj-)?[A-Za-z0-9_-]{20,}|-----BEGIN [A-Z ]*PRIVATE KEY-----|\bgh[pousr]_[A-Za-z0-9]{30,}|\bnpm_[A-Za-z0-9]{30,}/;

/** Checks that the package holds what it must, and nothing of its makers. */
export function checkPackageContents(entries) {
	const files = entries
		.filter(({ name }) => name.startsWith('extension/'))
		.map(entry => ({ ...entry, name: entry.name.slice('extension/'.length) }));
	const names = new Set(files.map(({ name }) => name.toLowerCase()));
	const isText = ({ name }) => /\.(js|css|json|md|txt|svg)$/i.test(name);
	return [
		nothing(
			'is missing',
			wanted.filter(name => !names.has(name.toLowerCase())),
		),
		nothing(
			'lies in an unexpected place',
			files.filter(({ name }) => !allowed.test(name)).map(({ name }) => name),
		),
		nothing(
			'is for developers only',
			files.filter(({ name }) => ofDevelopers.test(name)).map(({ name }) => name),
		),
		nothing(
			'looks like a secret',
			files.filter(file => isText(file) && secrets.test(file.content().toString('utf8'))).map(({ name }) => name),
		),
		nothing(
			'points to a source map',
			files.filter(file => isText(file) && /sourceMappingURL=/.test(file.content().toString('utf8'))).map(({ name }) => name),
		),
	];
}

const nothing = (what, found) => ({ name: `nothing ${what}`, detail: found.join(', ') || 'none', isMet: found.length === 0 });
