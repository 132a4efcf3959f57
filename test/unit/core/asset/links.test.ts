import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { normalizeAlt } from '../../../../src/core/asset/altText';
import { linkFor, linkFormOf } from '../../../../src/core/asset/links';
import { readLink, type WrittenLink } from './readLink';

const forms = [
	{ languageId: 'markdown', form: 'markdown' },
	{ languageId: 'mdx', form: 'markdown' },
	{ languageId: 'html', form: 'html' },
	{ languageId: 'vue', form: 'html' },
	{ languageId: 'svelte', form: 'html' },
	{ languageId: 'javascriptreact', form: 'jsx' },
	{ languageId: 'typescriptreact', form: 'jsx' },
	{ languageId: 'css', form: 'css' },
	{ languageId: 'scss', form: 'css' },
	{ languageId: 'less', form: 'css' },
	{ languageId: 'restructuredtext', form: 'restructuredtext' },
	{ languageId: 'asciidoc', form: 'asciidoc' },
	{ languageId: 'latex', form: 'latex' },
	{ languageId: 'typst', form: 'typst' },
	{ languageId: 'org', form: 'org' },
	{ languageId: 'plaintext', form: 'path' },
] as const;

suite('linkFor: one example per language', () => {
	const path = '../assets/red boat.png';
	for (const [languageId, expected] of [
		['markdown', '![A red boat](../assets/red%20boat.png)'],
		['mdx', '![A red boat](../assets/red%20boat.png)'],
		['html', '<img src="../assets/red%20boat.png" alt="A red boat" width="1536" height="1024">'],
		['vue', '<img src="../assets/red%20boat.png" alt="A red boat" width="1536" height="1024">'],
		['svelte', '<img src="../assets/red%20boat.png" alt="A red boat" width="1536" height="1024">'],
		['javascriptreact', '<img src="../assets/red%20boat.png" alt="A red boat" width={1536} height={1024} />'],
		['typescriptreact', '<img src="../assets/red%20boat.png" alt="A red boat" width={1536} height={1024} />'],
		['css', 'url("../assets/red%20boat.png")'],
		['scss', 'url("../assets/red%20boat.png")'],
		['less', 'url("../assets/red%20boat.png")'],
		['restructuredtext', '.. image:: ../assets/red\\ boat.png\n   :alt: A red boat'],
		['asciidoc', 'image::../assets/red boat.png[A red boat]'],
		['latex', '\\includegraphics[alt={A red boat}]{../assets/red boat.png}'],
		['typst', '#image("../assets/red boat.png", alt: "A red boat")'],
		['org', '#+ATTR_HTML: :alt A red boat\n[[file:../assets/red boat.png]]'],
		['plaintext', '../assets/red boat.png'],
		['imgprompt', '../assets/red boat.png'],
		['json', '../assets/red boat.png'],
	] as const) {
		test(languageId, () => {
			assert.equal(linkFor({ languageId, path, alt: 'A red boat', width: 1536, height: 1024 }), expected);
		});
	}
});

suite('linkFor: a decorative picture', () => {
	for (const [languageId, expected] of [
		['markdown', '![](a.png)'],
		['html', '<img src="a.png" alt="">'],
		['typescriptreact', '<img src="a.png" alt="" />'],
		['restructuredtext', '.. image:: a.png\n   :alt:'],
		['asciidoc', 'image::a.png[""]'],
		['latex', '\\includegraphics{a.png}'],
		['typst', '#image("a.png")'],
		['org', '[[file:a.png]]'],
	] as const) {
		test(`${languageId} says so`, () => {
			assert.equal(linkFor({ languageId, path: 'a.png', alt: ' \n ' }), expected);
		});
	}
});

suite('linkFor: inside a line', () => {
	test('AsciiDoc uses the inline macro', () => {
		assert.equal(linkFor({ languageId: 'asciidoc', path: 'a.png', alt: 'Boat', isAlone: false }), 'image:a.png[Boat]');
	});

	test('Org leaves the attribute line away, because it would break the paragraph', () => {
		assert.equal(linkFor({ languageId: 'org', path: 'a.png', alt: 'Boat', isAlone: false }), '[[file:a.png]]');
	});
});

suite('linkFor: hostile alternative texts', () => {
	for (const [languageId, alt, expected] of [
		['markdown', '](evil) ![x', '![\\](evil) !\\[x](a.png)'],
		[
			'markdown',
			'a\\b `c` *d* _e_ <f> | $g$ ~h~ &amp; {i}',
			'![a\\\\b \\`c\\` \\*d\\* \\_e\\_ \\<f\\> \\| \\$g\\$ \\~h\\~ \\&amp; \\{i\\}](a.png)',
		],
		['markdown', 'see http://x.example', '![see http\\://x.example](a.png)'],
		['markdown', 'R&D', '![R&D](a.png)'],
		['markdown', 'one\n\n# two', '![one # two](a.png)'],
		['mdx', '{process.exit()}', '![\\{process.exit()\\}](a.png)'],
		['html', '" onerror="alert(1)', '<img src="a.png" alt="&quot; onerror=&quot;alert(1)">'],
		['html', '--> </script> {{x}}', '<img src="a.png" alt="--&gt; &lt;/script&gt; &#123;&#123;x&#125;&#125;">'],
		['svelte', '{evil}', '<img src="a.png" alt="&#123;evil&#125;">'],
		['typescriptreact', 'say "hi" \\ </script>', '<img src="a.png" alt={"say \\"hi\\" \\\\ \\u003c/script\\u003e"} />'],
		['typescriptreact', "it's", '<img src="a.png" alt="it\'s" />'],
		['restructuredtext', ':name: x\n.. raw:: html', '.. image:: a.png\n   :alt: :name: x .. raw:: html'],
		['asciidoc', 'a, b=c "d" [e] {f}', 'image::a.png["a, b=c &#34;d&#34; &#91;e&#93; &#123;f&#125;"]'],
		[
			'latex',
			'100% \\input{x} #1 $a_b^c$ ~&',
			'\\includegraphics[alt={100\\% \\textbackslash{}input\\{x\\} \\#1 \\$a\\_b\\textasciicircum{}c\\$ \\textasciitilde{}\\&}]{a.png}',
		],
		['typst', '") #evil("\\', '#image("a.png", alt: "\\") #evil(\\"\\\\")'],
	] as const) {
		test(`${languageId}: ${JSON.stringify(alt)}`, () => {
			assert.equal(linkFor({ languageId, path: 'a.png', alt }), expected);
		});
	}
});

suite('linkFor: unusual paths', () => {
	for (const [languageId, path, expected] of [
		['markdown', 'ü (1) #2 50%.png', '![x](ü%20%281%29%20%232%2050%25.png)'],
		['html', 'a&b"c.png', '<img src="a%26b%22c.png" alt="x">'],
		['css', 'a")b\\c.png', 'url("a%22%29b%5Cc.png")'],
		['restructuredtext', 'a\\b c.png', '.. image:: a\\\\b\\ c.png\n   :alt: x'],
		['asciidoc', '../my__pics/a--b@2x+~.png', 'image::../my%5F%5Fpics/a%2D-b%402x%2B%7E.png[x]'],
		['latex', '50%_#a~&.png', '\\includegraphics[alt={x}]{50\\csname @percentchar\\endcsname _\\string#a\\string~\\string&.png}'],
		['typst', 'a"b\\c.png', '#image("a\\"b\\\\c.png", alt: "x")'],
		['org', 'a[1].png', '#+ATTR_HTML: :alt x\n[[file:a\\[1\\].png]]'],
		['markdown', 'https://cdn.example/a%20b.png', '![x](https://cdn.example/a%20b.png)'],
		['plaintext', 'ü (1) #2 50%.png', 'ü (1) #2 50%.png'],
	] as const) {
		test(`${languageId}: ${path}`, () => {
			assert.equal(linkFor({ languageId, path, alt: 'x' }), expected);
		});
	}
});

suite('linkFor: read back by the rules of the language', () => {
	const piece = fc.oneof(
		fc.constantFrom(
			'"',
			"'",
			'[',
			']',
			'\\',
			'-->',
			'</script>',
			'{x}',
			'{{x}}',
			'`',
			'*',
			'_',
			'(C)',
			'...',
			'--',
			'&amp;',
			'&',
			'<b>',
			'|',
			'$',
		),
		fc.constantFrom(
			'%',
			'~',
			'^',
			'+',
			',',
			'=',
			';',
			'::',
			':',
			'#',
			'@',
			' ',
			'\n',
			'\r\n',
			'word',
			'ö',
			'漢字',
			'👍',
			'http://a.example',
			'.. x::',
		),
		fc.string({ maxLength: 3, unit: 'binary' }),
	);
	const text = fc.array(piece, { maxLength: 8 }).map(pieces => pieces.join(''));
	const name = fc.stringMatching(/^[\p{L}0-9 #%&'()+,;=@[\]{}$^~!"\\_.-]{1,12}$/u).map(stem => `img/${stem.toWellFormed()}x.png`);

	for (const { languageId, form } of forms) {
		test(`${languageId} gives back the path and the text`, () => {
			fc.assert(
				fc.property(name, text, (path, alt) => {
					const link = linkFor({ languageId, path, alt });
					const expected: WrittenLink = { path, alt: form === 'css' || form === 'path' ? '' : normalizeAlt(alt) };
					assert.deepEqual(readLink(form, link), expected, link);
				}),
				{ numRuns: 400, seed: 20261120 },
			);
		});
	}

	test('a link is one line in every language but those whose pictures are blocks', () => {
		fc.assert(
			fc.property(fc.constantFrom(...forms), text, ({ languageId, form }, alt) => {
				const lines = linkFor({ languageId, path: 'a.png', alt }).split(/\r\n|[\n\r\u2028\u2029]/).length;
				assert.ok(lines === 1 || (lines === 2 && (form === 'restructuredtext' || form === 'org')));
			}),
			{ seed: 8 },
		);
	});
});

suite('linkFormOf', () => {
	for (const [languageId, extension, form] of [
		['markdown', '.txt', 'markdown'],
		['plaintext', '.mdx', 'markdown'],
		['plaintext', '.adoc', 'asciidoc'],
		['plaintext', 'asciidoc', 'asciidoc'],
		['plaintext', '.typ', 'typst'],
		['plaintext', '.TEX', 'latex'],
		['plaintext', '.rst', 'restructuredtext'],
		['plaintext', '.vue', 'html'],
		['plaintext', '.svelte', 'html'],
		['plaintext', '.org', 'org'],
		['plaintext', '.tsx', 'jsx'],
		['plaintext', '.txt', 'path'],
		['plaintext', '', 'path'],
		['imgprompt', '.imgprompt', 'path'],
		['javascript', '.js', 'path'],
		['toString', '', 'path'],
	] as const) {
		test(`${languageId} ${extension} is ${form}`, () => {
			assert.equal(linkFormOf(languageId, extension), form);
		});
	}
});
