import * as assert from 'node:assert/strict';
import { formatSize, parseSize } from '../../../../src/core/image/imageSize';

suite('parseSize', () => {
	for (const text of ['1x1', '1024x1536', '99999x1']) {
		test(`reads ${text} as it is written`, () => {
			const size = parseSize(text);
			assert.ok(size);
			assert.equal(formatSize(size), text);
		});
	}

	for (const text of [
		'',
		'auto',
		'1024',
		'0x1',
		'01x1',
		'1X1',
		'1 x 1',
		'1x1x1',
		'-1x1',
		'1e3x1',
		'100000x1',
		'1x1\n',
		'Infinityx1',
		'1.5x1',
	]) {
		test(`takes ${JSON.stringify(text)} for no size`, () => {
			assert.equal(parseSize(text), undefined);
		});
	}
});
