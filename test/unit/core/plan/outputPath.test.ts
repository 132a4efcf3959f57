import * as assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkOutputPath } from '../../../../src/core/plan/outputPath';

suite('checkOutputPath', () => {
	for (const path of [
		'picture.png',
		'assets/subway.png',
		'./assets/subway.png',
		'../static/subway.png',
		'../../a/../b/subway.png',
		'assets/{{slug}}-{{index}}.{{ext}}',
		'a folder/with spaces.png',
		'bücher/猫.png',
		'.github/assets/logo.png',
		'assets/console.png',
		'assets/com.png',
		'a.b.c.png',
		'git/vscode.png',
	]) {
		test(`takes ${path}`, () => {
			assert.deepEqual(checkOutputPath(path), { ok: true, value: path });
		});
	}

	for (const [path, expected] of [
		['', /no file name/],
		['  ', /no file name/],
		['assets/', /no file name/],
		['..', /no file name/],
		['assets/..', /no file name/],
		['.', /no file name/],
		['/etc/passwd', /absolute/],
		['//server/share/a.png', /absolute/],
		['~/a.png', /absolute/],
		['C:/a.png', /drive/],
		['c:a.png', /drive/],
		['assets\\a.png', /backslash/],
		['\\\\server\\share\\a.png', /backslash/],
		['..\\..\\a.png', /backslash/],
		['a\0.png', /control character/],
		['a\n.png', /control character/],
		['a\u202Egnp.exe', /control character/],
		['file:///etc/a.png', /contains :/],
		['a.png:stream', /contains :/],
		['a?.png', /contains \?/],
		['a*.png', /contains \*/],
		['.git/hooks/pre-commit', /folder of a tool/],
		['.GIT/a.png', /folder of a tool/],
		['a/.git/b.png', /folder of a tool/],
		['../.git/b.png', /folder of a tool/],
		['git~1/b.png', /folder of a tool/],
		['.g\u200Cit/b.png', /folder of a tool/],
		['．git/b.png', /folder of a tool/],
		['.git./b.png', /ends with a dot/],
		['.git /b.png', /ends with a dot or a space/],
		['.vscode/settings.json', /folder of a tool/],
		['.VSCode/a.png', /folder of a tool/],
		['.devcontainer/a.png', /folder of a tool/],
		['.../a.png', /ends with a dot/],
		['a.png.', /ends with a dot/],
		['con', /device/],
		['CON.png', /device/],
		['assets/nul.tar.png', /device/],
		['aux /a.png', /ends with a dot or a space/],
		['aux .png', /device/],
		['COM1/a.png', /device/],
		['lpt9.png', /device/],
		['com¹.png', /device/],
		['conout$.png', /device/],
		['.bashrc', /hidden file/],
		['a/.npmrc', /hidden file/],
		['\u200D.npmrc', /hidden file/],
		['evil.code-workspace', /workspace file/],
		['a/Evil.Code-Workspace', /workspace file/],
	] as const) {
		test(`refuses ${JSON.stringify(path)}`, () => {
			const checked = checkOutputPath(path);
			assert.ok(!checked.ok);
			assert.match(checked.failure, expected);
			assert.match(checked.failure, /\.$/);
		});
	}

	test('never takes a path with a segment that any system reads as a tool’s folder', () => {
		const disguise = fc.constantFrom('.git', '.GIT', '.gIt', '.g\u200Bit', '.git\u200D', '.vscode', '.VSCODE', '.hg', 'GIT~1');
		const plain = fc.constantFrom('a', '..', '.', 'b.png');
		fc.assert(
			fc.property(fc.array(plain), disguise, fc.array(plain), (before, name, after) => {
				assert.equal(checkOutputPath([...before, name, ...after, 'x.png'].join('/')).ok, false);
			}),
			{ seed: 9 },
		);
	});

	test('gives back what it takes, and survives everything else', () => {
		const unit = fc.constantFrom(
			'a',
			'Z',
			'1',
			'.',
			'..',
			'/',
			'\\',
			':',
			' ',
			'~',
			'\0',
			'\u202E',
			'\u200D',
			'\uD800',
			'猫',
			'{{ext}}',
			'con',
			'.git',
		);
		fc.assert(
			fc.property(fc.string({ unit }), path => {
				const checked = checkOutputPath(path);
				assert.ok(checked.ok ? checked.value === path : checked.failure !== '');
			}),
			{ seed: 10 },
		);
	});
});
