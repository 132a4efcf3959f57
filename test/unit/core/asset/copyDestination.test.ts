import * as assert from 'node:assert/strict';
import { resolveDestination } from '../../../../src/core/asset/copyDestination';

const context = {
	documentPath: '/ws/docs/guide/start.md',
	workspaceFolder: '/ws',
	fileName: 'hero.png',
	now: Date.UTC(2026, 10, 20, 9, 30),
};

suite('resolveDestination', () => {
	for (const [destination, expected] of [
		['', 'hero.png'],
		['images/', 'images/hero.png'],
		['./images/', './images/hero.png'],
		['images/${fileName}', 'images/${fileName}'.replace('${fileName}', 'hero.png')],
		['images', 'images'],
		['../assets/', '../assets/hero.png'],
		['/assets/', '../../assets/hero.png'],
		['/assets/${documentBaseName}/', '../../assets/start/hero.png'],
		['/assets/${documentRelativeDirName}/', '../../assets/docs/guide/hero.png'],
		['${documentWorkspaceFolder}/pub/${fileName}', '../../pub/hero.png'],
		['${documentDirName}/x/', 'x/hero.png'],
		['${documentFileName}-files/', 'start.md-files/hero.png'],
		['${documentExtName}/${fileExtName}/', 'md/png/hero.png'],
		['${unixTime}.png', '1795167000000.png'],
		['${isoTime}.png', '2026-11-20T09-30-00.000Z.png'],
		['/a/${documentRelativeFilePath}/', '../../a/docs/guide/start.md/hero.png'],
		['${documentRelativeDirName/^docs\\/(.*)$/site-$1/}/', 'site-guide/hero.png'],
		['${documentBaseName/(/x/}/', 'start/hero.png'],
		['\\${fileName}/', '${fileName}/hero.png'],
		['${constructor}/', '${constructor}/hero.png'],
		['${unknown}/', '${unknown}/hero.png'],
		['/../../etc/', '../../../etc/hero.png'],
	] as const) {
		test(`${JSON.stringify(destination)} is ${JSON.stringify(expected)}`, () => {
			assert.equal(resolveDestination(destination, context), expected);
		});
	}

	for (const [pattern, expected] of [
		['(a+)+$', 'untouched'],
		['(a|aa)*!', 'untouched'],
		['(a)\\1*!', 'untouched'],
		['a*a*a*a*a*!', 'untouched'],
		[`${'a?'.repeat(40)}${'a'.repeat(40)}!`, 'untouched'],
		['^a[a(+)*]*$', 'x'],
		['^.*$', 'x'],
		['^(.*)(.)$', 'x'],
	] as const) {
		test(`the pattern ${pattern.slice(0, 20)} of a workspace is ${expected === 'x' ? 'applied' : 'not tried on a long name'}`, () => {
			const name = 'a'.repeat(200);
			const destination = `\${documentBaseName/${pattern}/x/}/`;
			const resolved = resolveDestination(destination, { ...context, documentPath: `/ws/${name}.md` });
			assert.equal(resolved, `${expected === 'x' ? 'x' : name}/hero.png`);
		});
	}

	test('without a workspace folder, the document’s folder stands for it', () => {
		const { workspaceFolder: _, ...lonely } = context;
		assert.equal(resolveDestination('/assets/', lonely), 'assets/hero.png');
	});

	test('a document at the root has an empty relative folder', () => {
		assert.equal(resolveDestination('a${documentRelativeDirName}b/', { ...context, documentPath: '/ws/start.md' }), 'ab/hero.png');
	});

	test('drive letters are compared without case', () => {
		const windows = { ...context, documentPath: '/C:/ws/docs/a.md', workspaceFolder: '/c:/ws' };
		assert.equal(resolveDestination('/assets/', windows), '../assets/hero.png');
		assert.equal(resolveDestination('d:/assets/', windows), undefined);
	});
});
