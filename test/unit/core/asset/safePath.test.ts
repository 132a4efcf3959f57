import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
	describeUnsafePath,
	resolveInside,
	unsafePath,
	unsafeSegment,
	utf8Length,
	type UnsafeSegment,
} from '../../../../src/core/asset/safePath';
import { failure, success } from '../../../../src/core/result';

/** What a path came to: `ok`, the kind of refusal, or the reason for which a name is refused. */
function verdict(path: string, base = 'docs'): string {
	const result = resolveInside(base, path);
	if (result.ok) {
		return 'ok';
	}
	return result.failure.kind === 'segment' ? result.failure.reason : result.failure.kind;
}

const attacks: readonly (readonly [path: string, expected: 'empty' | 'absolute' | 'outside' | UnsafeSegment])[] = [
	// Nothing there
	['', 'empty'],
	['   ', 'empty'],
	['.', 'empty'],
	['./', 'empty'],
	['././.', 'empty'],
	['..', 'empty'],
	// Absolute in any dialect
	['/etc/passwd', 'absolute'],
	['/', 'absolute'],
	['//server/share/a.png', 'absolute'],
	['\\\\server\\share\\a.png', 'absolute'],
	['\\\\?\\C:\\a.png', 'absolute'],
	['\\\\.\\pipe\\a', 'absolute'],
	['\\Windows\\a.png', 'absolute'],
	['C:\\a.png', 'absolute'],
	['c:/a.png', 'absolute'],
	['C:a.png', 'absolute'],
	['z:', 'absolute'],
	['file:///etc/a.png', 'absolute'],
	['http://evil.example/a.png', 'absolute'],
	['vscode-remote://wsl/a.png', 'absolute'],
	['~/a.png', 'absolute'],
	['~', 'absolute'],
	['~\\a.png', 'absolute'],
	// Out of the root
	['../../a.png', 'outside'],
	['../../../../../../etc/a.png', 'outside'],
	['..\\..\\a.png', 'outside'],
	['..\\../a.png', 'outside'],
	['a/../../../b.png', 'outside'],
	['./.././../a.png', 'outside'],
	['a/b/../../../../c.png', 'outside'],
	['images//..//..//..//a.png', 'outside'],
	// Tools' folders
	['.git/config', 'protectedFolder'],
	['../.git/hooks/pre-commit', 'protectedFolder'],
	['.GIT/hooks/a.png', 'protectedFolder'],
	['.Git/a.png', 'protectedFolder'],
	['images/.git/a.png', 'protectedFolder'],
	['.git\\hooks\\a.png', 'protectedFolder'],
	['.vscode/settings.json', 'protectedFolder'],
	['../.vscode/tasks.json', 'protectedFolder'],
	['.VSCode/a.png', 'protectedFolder'],
	['a/../.vscode/a.png', 'protectedFolder'],
	['GIT~1/hooks/a.png', 'shortName'],
	['git~1/a.png', 'shortName'],
	['VSCODE~1/a.png', 'shortName'],
	['GITHUB~12/a.png', 'shortName'],
	['LONGNA~1.PNG', 'shortName'],
	['.g\u200cit/hooks/a.png', 'invisibleCharacter'],
	['.git\u200b/a.png', 'invisibleCharacter'],
	['\ufeff.git/a.png', 'invisibleCharacter'],
	['.g\u00adit/a.png', 'invisibleCharacter'],
	['.git./a.png', 'trailingDotOrSpace'],
	['.git /a.png', 'trailingDotOrSpace'],
	['.git::$INDEX_ALLOCATION/a.png', 'forbiddenCharacter'],
	['．git/a.png', 'lookalike'],
	['․git/a.png', 'lookalike'],
	['.ｇｉｔ/a.png', 'dotFile'],
	// Hidden and workspace files
	['.env', 'dotFile'],
	['.gitignore', 'dotFile'],
	['.npmrc', 'dotFile'],
	['images/.hidden/a.png', 'dotFile'],
	['.github/workflows/a.png', 'dotFile'],
	['.husky/pre-commit', 'dotFile'],
	['.devcontainer/devcontainer.json', 'dotFile'],
	[' .bashrc', 'dotFile'],
	['...x', 'dotFile'],
	['evil.code-workspace', 'workspaceFile'],
	['EVIL.CODE-WORKSPACE', 'workspaceFile'],
	['a.code-workspace/b.png', 'workspaceFile'],
	['a.ｃode-workspace', 'lookalike'],
	// Windows devices
	['CON', 'deviceName'],
	['con', 'deviceName'],
	['con.png', 'deviceName'],
	['CON.tar.png', 'deviceName'],
	['con .png', 'deviceName'],
	['images/nul.png', 'deviceName'],
	['nul/a.png', 'deviceName'],
	['PRN.png', 'deviceName'],
	['aux.png', 'deviceName'],
	['COM1.png', 'deviceName'],
	['com9', 'deviceName'],
	['COM0.png', 'deviceName'],
	['com¹.png', 'deviceName'],
	['COM².png', 'deviceName'],
	['lpt³', 'deviceName'],
	['LPT1', 'deviceName'],
	['lpt9.webp', 'deviceName'],
	['CONIN$', 'deviceName'],
	['conout$.png', 'deviceName'],
	['clock$', 'deviceName'],
	['ＣＯＮ.png', 'lookalike'],
	['ⅽon.png', 'lookalike'],
	['com①.png', 'lookalike'],
	// Names that change when they are written
	['a.png.', 'trailingDotOrSpace'],
	['a.png ', 'trailingDotOrSpace'],
	['a.png. .', 'trailingDotOrSpace'],
	['images /a.png', 'trailingDotOrSpace'],
	['images./a.png', 'trailingDotOrSpace'],
	['.../a.png', 'trailingDotOrSpace'],
	['.. /.. /a.png', 'trailingDotOrSpace'],
	['a/.. ./b.png', 'trailingDotOrSpace'],
	['．．/．．/a.png', 'lookalike'],
	['‥/‥/a.png', 'lookalike'],
	['a／..／b.png', 'lookalike'],
	['a＼b.png', 'lookalike'],
	['℀.png', 'lookalike'],
	['a：b.png', 'lookalike'],
	// Streams and characters that systems refuse or expand
	['a.png:evil', 'forbiddenCharacter'],
	['a.png::$DATA', 'forbiddenCharacter'],
	['images:x/a.png', 'forbiddenCharacter'],
	['a?.png', 'forbiddenCharacter'],
	['a*.png', 'forbiddenCharacter'],
	['a|b.png', 'forbiddenCharacter'],
	['<script>.png', 'forbiddenCharacter'],
	['"a".png', 'forbiddenCharacter'],
	// Characters that nobody sees
	['a\u0000.png', 'invisibleCharacter'],
	['a\n.png', 'invisibleCharacter'],
	['a\r.png', 'invisibleCharacter'],
	['a\t.png', 'invisibleCharacter'],
	['a\u001b[2J.png', 'invisibleCharacter'],
	['a\u007f.png', 'invisibleCharacter'],
	['a\u0085.png', 'invisibleCharacter'],
	['a\u202egnp.exe', 'invisibleCharacter'],
	['a\u2066b.png', 'invisibleCharacter'],
	['a\u200fb.png', 'invisibleCharacter'],
	['a\u200bb.png', 'invisibleCharacter'],
	['a\u200db.png', 'invisibleCharacter'],
	['a\u2060b.png', 'invisibleCharacter'],
	['a\u2028b.png', 'invisibleCharacter'],
	['a\u3164b.png', 'invisibleCharacter'],
	['a\u{e0041}b.png', 'invisibleCharacter'],
	['a\ud800b.png', 'invisibleCharacter'],
	// Too long for some disk
	[`${'a/'.repeat(600)}b.png`, 'tooLong'],
	[`${'a'.repeat(252)}.png`, 'tooLong'],
	[`${'é'.repeat(126)}.png`, 'tooLong'],
	[`${'漢'.repeat(84)}.png`, 'tooLong'],
	[`${'😀'.repeat(63)}.png`, 'tooLong'],
];

suite('resolveInside: paths that are refused', () => {
	for (const [path, expected] of attacks) {
		test(`${JSON.stringify(path.length > 60 ? `${path.slice(0, 60)}…` : path)}: ${expected}`, () => {
			assert.equal(verdict(path), expected);
		});
	}

	test('the table has at least 120 cases, each of them once', () => {
		assert.ok(attacks.length >= 120, String(attacks.length));
		assert.equal(new Set(attacks.map(([path]) => path)).size, attacks.length);
	});

	test('a document that lies in .git or .vscode gets no asset beside it', () => {
		assert.deepEqual(resolveInside('.vscode', 'a.png'), failure({ kind: 'segment', reason: 'protectedFolder', segment: '.vscode' }));
		assert.equal(verdict('a.png', 'x/.GIT/y'), 'protectedFolder');
	});

	test('a base that leaves the root is refused whatever the path', () => {
		assert.equal(verdict('a.png', '..'), 'outside');
	});
});

suite('unsafePath', () => {
	for (const path of [
		'picture.png',
		'./assets/subway.png',
		'../static/subway.png',
		'../../a/../b/subway.png',
		'assets/{{slug}}-{{index}}.{{ext}}',
		'a folder/with spaces.png',
		'git/vscode.png',
	]) {
		test(`finds nothing wrong with ${path}, before anybody knows where it leads`, () => {
			assert.equal(unsafePath(path), undefined);
		});
	}

	test('finds what resolving finds, but for what leads out', () => {
		for (const [path, expected] of attacks) {
			const unsafe = unsafePath(path);
			const found = unsafe?.kind === 'segment' ? unsafe.reason : unsafe?.kind;
			assert.equal(found, expected === 'outside' ? undefined : expected, path);
		}
	});

	test('takes a path that ends in a folder for one without a name', () => {
		assert.deepEqual(['..', 'a/..', 'a/b/../..', '../'].map(unsafePath), Array(4).fill({ kind: 'empty' }));
	});
});

suite('resolveInside: paths that are allowed', () => {
	for (const [base, path, expected] of [
		['', 'a.png', 'a.png'],
		['docs', 'a.png', 'docs/a.png'],
		['docs', './images/a.png', 'docs/images/a.png'],
		['docs/deep', '../../assets/a.png', 'assets/a.png'],
		['docs', '..\\assets\\a.png', 'assets/a.png'],
		['docs/', 'images//a.png', 'docs/images/a.png'],
		['', 'images/../a.png', 'a.png'],
		['.github', 'images/a.png', '.github/images/a.png'],
		['docs', 'My Picture (1) #2 100%.png', 'docs/My Picture (1) #2 100%.png'],
		['docs', 'Größe/漢字/картина.webp', 'docs/Größe/漢字/картина.webp'],
		['docs', 'cafe\u0301.png', 'docs/caf\u00e9.png'],
		['cafe\u0301', 'a.png', 'cafe\u0301/a.png'],
		['docs', 'hero@2x.png', 'docs/hero@2x.png'],
		['docs', 'icon.png', 'docs/icon.png'],
		['docs', 'console.png', 'docs/console.png'],
		['docs', 'com10.png', 'docs/com10.png'],
		['docs', 'a~b.png', 'docs/a~b.png'],
		['docs', '❤\ufe0f.png', 'docs/❤\ufe0f.png'],
		['docs', `${'a'.repeat(251)}.png`, `docs/${'a'.repeat(251)}.png`],
	] as const) {
		test(`${JSON.stringify(path.slice(0, 50))} from ${JSON.stringify(base)}`, () => {
			assert.deepEqual(resolveInside(base, path), success(expected));
		});
	}

	test('whatever is allowed stays below the root, has no dot segment, and is allowed again from the root', () => {
		const piece = fc.oneof(
			fc.constantFrom('..', '.', '', 'a', '.git', 'CON', '．．', 'a\u202e', '/', '\\', 'b.png', 'x:y', '~'),
			fc.string({ maxLength: 4, unit: 'binary' }),
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 8 }), fc.constantFrom('/', '\\'), (pieces, separator) => {
				const resolved = resolveInside('docs/a', pieces.join(separator));
				if (resolved.ok) {
					const segments = resolved.value.split('/');
					assert.deepEqual(
						segments.filter(segment => segment === '' || segment === '..' || segment.startsWith('.') || /[\\:]/.test(segment)),
						[],
					);
					assert.deepEqual(resolveInside('', resolved.value), success(resolved.value));
				}
			}),
			{ numRuns: 2000, seed: 20261120 },
		);
	});
});

suite('describeUnsafePath', () => {
	test('names the part that is wrong without repeating what nobody sees', () => {
		assert.equal(
			describeUnsafePath({ kind: 'segment', reason: 'invisibleCharacter', segment: 'a\u202egnp.exe' }),
			'“agnp.exe” can’t be used in a path. The name has invisible characters. Type it anew.',
		);
	});

	test('every refusal of the table has a message of at most two sentences and a bit, ending with a full stop', () => {
		for (const [path] of attacks) {
			const resolved = resolveInside('docs', path);
			assert.ok(!resolved.ok);
			const message = describeUnsafePath(resolved.failure);
			assert.match(message, /^[“A-Z].{20,220}\.$/v);
			assert.doesNotMatch(message, /\p{Cc}|\p{Cf}/u);
		}
	});
});

suite('names on disk', () => {
	test('utf8Length counts as the encoder does', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), text => {
				assert.equal(utf8Length(text), Buffer.byteLength(text));
			}),
			{ seed: 1 },
		);
	});

	test('an ordinary name has nothing wrong', () => {
		assert.equal(unsafeSegment('empty-subway-car.png'), undefined);
	});
});
