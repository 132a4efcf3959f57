import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { formatSize } from '../../../../src/core/image/imageSize';
import { sizePresets } from '../../../../src/core/image/sizePresets';
import { hintSize, sizeFromText, sizePattern } from '../../../../src/core/prompt/sizeText';

suite('sizeFromText', () => {
	test('reads back what formatSize writes', () => {
		const edge = fc.integer({ min: 1, max: 99_999 });
		fc.assert(
			fc.property(edge, edge, (width, height) => {
				const size = { width, height };
				assert.ok(sizePattern.test(formatSize(size)));
				assert.deepEqual(sizeFromText(formatSize(size)), size);
			}),
		);
	});

	test('knows every preset by its name', () => {
		for (const [name, size] of sizePresets) {
			assert.ok(sizePattern.test(name));
			assert.deepEqual(sizeFromText(name), size);
		}
	});

	test('leaves auto to the model', () => {
		assert.equal(sizeFromText('auto'), 'auto');
	});
});

suite('sizePattern', () => {
	for (const text of [
		'',
		'1024',
		'1024x',
		'x1024',
		'0x1',
		'1x0',
		'01x1',
		'1x01',
		'100000x1',
		'1x100000',
		'1x1x1',
		'-1x1',
		'1.5x1',
		'1x1 ',
		'squares',
		'AUTO',
	]) {
		test(`refuses "${text}"`, () => {
			assert.equal(sizePattern.test(text), false);
		});
	}
});

suite('hintSize', () => {
	for (const [text, suggestion] of [
		['1024×768', '1024x768'],
		['1024 × 768', '1024x768'],
		['1024✕768', '1024x768'],
		['1024 X 768', '1024x768'],
		['1024 768', '1024x768'],
		['1024;768', '1024x768'],
		['1024 BY 768', '1024x768'],
		['1024px*768px', '1024x768'],
		[' 1024x768 ', '1024x768'],
		['512', '512x512'],
		['512px', '512x512'],
		['1:1', 'square'],
		['3:2', 'landscape'],
		['9/16', 'tall'],
		['Qhd', 'qhd'],
		['potrait', 'portrait'],
		['aut', 'auto'],
		['1024:768', undefined],
		['4:5', undefined],
		['0', undefined],
		['1024x768x3', undefined],
		['large picture please', undefined],
	] as const) {
		test(`suggests ${suggestion ?? 'nothing'} for "${text}"`, () => {
			assert.equal(hintSize(text).suggestion, suggestion);
		});
	}

	test('never suggests what is no size', () => {
		const almost = fc.stringMatching(/^[ ]?[0-9]{0,6} ?[x×*:,by]{0,2} ?[0-9]{0,6}(px)?$/);
		fc.assert(
			fc.property(fc.oneof(almost, fc.string()), text => {
				const { suggestion } = hintSize(text);
				assert.ok(suggestion === undefined || sizePattern.test(suggestion), suggestion);
			}),
			{ numRuns: 300 },
		);
	});
});
