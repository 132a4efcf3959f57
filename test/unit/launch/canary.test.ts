import * as assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { canaries, canaryKey, canaryToken, checkSearch, searchFor } from '../../launch/lib/canary.mjs';

const random = canaryKey.slice(canaryKey.lastIndexOf('-') + 1);

suite('the search for the key of the tests', () => {
	let folder: string;

	setup(() => {
		folder = mkdtempSync(join(tmpdir(), 'imgprompt-canary-'));
		write('settings.json', '{ "name": "sk-canary-…" }');
		write('logs/exthost1/us/Image Prompt.log', `Connection "home": the key sk-canary-***${random.slice(-4)} was accepted.`);
	});
	teardown(() => rmSync(folder, { recursive: true, force: true }));

	function write(name: string, content: string | Buffer): void {
		mkdirSync(dirname(join(folder, name)), { recursive: true });
		writeFileSync(join(folder, name), content);
	}

	function foundIn(): readonly string[] {
		return searchFor(canaryKey, [folder]).found.map(path => relative(folder, path));
	}

	test('finds any of several secrets', () => {
		write('state.json', canaryToken);
		assert.deepEqual(searchFor(canaries, [folder]).found, [join(folder, 'state.json')]);
	});

	test('finds nothing where nothing is, in every file there is', () => {
		assert.deepEqual(searchFor(canaryKey, [folder]), { files: 2, logs: 1, found: [] });
	});

	for (const [how, content] of [
		['as it is', canaryKey],
		['in a header', `authorization: Bearer ${canaryKey}\n`],
		['without its beginning', `…${random}`],
		['cut in the middle', canaryKey.slice(0, 20)],
		['without its first half', canaryKey.slice(20)],
		['in UTF-16', Buffer.from(`x${canaryKey}`, 'utf16le')],
		['in Base64', Buffer.from(canaryKey).toString('base64')],
		['in Base64 after one byte', Buffer.from(`:${canaryKey}:`).toString('base64')],
		['in Base64 after two bytes', Buffer.from(`a:${canaryKey}`).toString('base64')],
		['in a row of a database', Buffer.concat([Buffer.alloc(4096, 1), Buffer.from(canaryKey), Buffer.alloc(4096)])],
		['in an address', `https://example.com/?key=${encodeURIComponent(canaryKey)}`],
	] as const) {
		test(`finds it ${how}, in a hidden folder too`, () => {
			write('.data/run.json', content);
			assert.deepEqual(foundIn(), [join('.data', 'run.json')]);
		});
	}

	test('finds it in a name', () => {
		write(`${canaryKey}.png`, '');
		assert.deepEqual(foundIn(), [`${canaryKey}.png`]);
	});

	test('finds it in a package', () => {
		write('a.vsix', packageOf('extension/dist/extension.js', Buffer.from(`const key = '${canaryKey}';`)));
		assert.deepEqual(foundIn(), ['a.vsix']);
	});

	test('fails when something is found, when there was nothing to search, and when the logs are missing that it needs', () => {
		const verdicts = [
			checkSearch({ files: 2, logs: 1, found: [] }, { needsLogs: true }),
			checkSearch({ files: 2, logs: 0, found: [] }),
			checkSearch({ files: 2, logs: 1, found: ['/logs/a.log'] }),
			checkSearch({ files: 0, logs: 0, found: [] }),
			checkSearch({ files: 2, logs: 0, found: [] }, { needsLogs: true }),
		];
		assert.deepEqual(
			verdicts.map(({ detail, isMet }) => [detail, isMet]),
			[
				['2 files searched, 1 of them logs', true],
				['2 files searched, 0 of them logs', true],
				['/logs/a.log', false],
				['0 files searched, 0 of them logs', false],
				['2 files searched, 0 of them logs', false],
			],
		);
	});
});

/** A ZIP archive of one file whose bytes are deflated, as packages are. */
function packageOf(name: string, content: Buffer): Buffer {
	const packed = deflateRawSync(content);
	const local = Buffer.alloc(30);
	local.writeUInt16LE(name.length, 26);
	const central = Buffer.alloc(46);
	central.writeUInt16LE(8, 10);
	central.writeUInt32LE(packed.length, 20);
	central.writeUInt32LE(content.length, 24);
	central.writeUInt16LE(name.length, 28);
	const before = Buffer.concat([local, Buffer.from(name), packed]);
	const end = Buffer.alloc(22);
	end.write('PK\x05\x06', 'latin1');
	end.writeUInt16LE(1, 10);
	end.writeUInt32LE(before.length, 16);
	return Buffer.concat([before, central, Buffer.from(name), end]);
}
