import * as assert from 'node:assert/strict';
import { posix } from 'node:path';
import * as fc from 'fast-check';
import { encodePath, fileNameOf, folderOf, relativePath, splitExtension } from '../../../../src/core/asset/relativePath';

suite('relativePath', () => {
	for (const [from, to, expected] of [
		['/ws', '/ws/a.png', 'a.png'],
		['/ws/docs', '/ws/docs/images/a.png', 'images/a.png'],
		['/ws/docs/deep', '/ws/assets/a.png', '../../assets/a.png'],
		['/one', '/two/a.png', '../two/a.png'],
		['/', '/a.png', 'a.png'],
		['/ws/', '/ws/a b/ü#%.png', 'a b/ü#%.png'],
		['/ws/docs', '/ws/docs2/a.png', '../docs2/a.png'],
		['/ws', '/ws', ''],
		['/ws/./x/..', '/ws//a.png', 'a.png'],
		['/C:/ws/docs', '/c:/ws/a.png', '../a.png'],
		['/c:/ws', '/d:/a.png', undefined],
		['/c:/ws', '/ws/a.png', undefined],
		['/ws', '/c:/a.png', undefined],
	] as const) {
		test(`from ${from} to ${to} is ${String(expected)}`, () => {
			assert.equal(relativePath(from, to), expected);
		});
	}

	test('leads back to the file from wherever it starts', () => {
		const name = fc.stringMatching(/^[a-z][a-z .#%ü]{0,5}$/);
		const folder = fc.array(name, { maxLength: 4 }).map(names => `/${names.join('/')}`);
		fc.assert(
			fc.property(folder, folder, name, (from, to, file) => {
				const target = posix.join(to, file);
				assert.equal(posix.join(from, relativePath(from, target) ?? '?'), target);
				assert.equal(relativePath(from, target), posix.relative(from, target));
			}),
			{ seed: 3 },
		);
	});
});

suite('parts of a path', () => {
	for (const [path, folder, name] of [
		['/ws/docs/a.md', '/ws/docs', 'a.md'],
		['/a.md', '', 'a.md'],
		['a.md', '', 'a.md'],
	] as const) {
		test(`${path} lies in ${folder || 'nothing'} under the name ${name}`, () => {
			assert.deepEqual([folderOf(path), fileNameOf(path)], [folder, name]);
		});
	}

	for (const [name, stem, extension] of [
		['hero.png', 'hero', 'png'],
		['hero.final.PNG', 'hero.final', 'PNG'],
		['hero', 'hero', ''],
		['.env', '.env', ''],
		['hero.', 'hero', ''],
	] as const) {
		test(`${name} has the extension ${extension || '(none)'}`, () => {
			assert.deepEqual(splitExtension(name), [stem, extension]);
		});
	}
});

suite('encodePath', () => {
	for (const [path, expected] of [
		['images/hero-1_a.png', 'images/hero-1_a.png'],
		['my images/a b.png', 'my%20images/a%20b.png'],
		['a#b?c%d.png', 'a%23b%3Fc%25d.png'],
		['a(1)[2]<3>.png', 'a%281%29%5B2%5D%3C3%3E.png'],
		['a"b\'c`d\\e.png', 'a%22b%27c%60d%5Ce.png'],
		['a*b!c&d;e$f|g.png', 'a%2Ab%21c%26d%3Be%24f%7Cg.png'],
		['{x}.png', '%7Bx%7D.png'],
		['a:b.png', 'a%3Ab.png'],
		['Größe/漢字.png', 'Größe/漢字.png'],
		['👍.png', '%F0%9F%91%8D.png'],
		['hero@2x.png', 'hero@2x.png'],
		['a\ud800.png', 'a%EF%BF%BD.png'],
	] as const) {
		test(`${path} becomes ${expected}`, () => {
			assert.equal(encodePath(path), expected);
		});
	}

	test('decodes to what it was', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), path => {
				assert.equal(decodeURIComponent(encodePath(path)), path);
			}),
			{ seed: 4 },
		);
	});

	test('leaves nothing that Markdown, HTML, CSS or a URL could read in their own way', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), path => {
				assert.doesNotMatch(encodePath(path), /[\s()[\]<>{}"'`\\#?&;:*!$|]/);
			}),
			{ seed: 5 },
		);
	});
});
