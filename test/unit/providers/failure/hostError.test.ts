import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readHostError, readHostErrorValue } from '../../../../src/providers/failure/hostError';

suite('readHostError', () => {
	for (const [name, text, expected] of [
		['nothing', '', { codes: [], isStructured: false }],
		['text', '  upstream \u0007\n error ', { codes: [], isStructured: false, message: 'upstream error' }],
		['the title of a page', '<html><title> Bad\nGateway </title>x</html>', { codes: [], isStructured: false, message: 'Bad Gateway' }],
		['the words of a page', '<p>No <b>way</b></p><script>alert("x")</script>', { codes: [], isStructured: false, message: 'No way' }],
		['JSON whatever its type', '{"error":{"message":"m","code":7}}', { codes: ['7'], isStructured: true, message: 'm' }],
		['a JSON string', '"bad"', { codes: [], isStructured: true, message: 'bad' }],
		['null', 'null', { codes: [], isStructured: true }],
		['an error beside its code', '{"error":"bad","code":"x"}', { codes: ['x'], isStructured: true, message: 'bad' }],
		[
			'an event that nests its error',
			'{"type":"error","error":{"message":"m","type":"t"}}',
			{ codes: [], isStructured: true, message: 'm', type: 't' },
		],
		['an error in the detail', '{"detail":{"error":{"message":"deep"}}}', { codes: [], isStructured: true, message: 'deep' }],
		['the inner code of Azure', '{"error":{"code":"a","innererror":{"code":"b"}}}', { codes: ['a', 'b'], isStructured: true }],
	] as const) {
		test(`reads ${name}`, () => {
			assert.deepEqual(readHostError(text), expected);
		});
	}

	test('keeps messages short', () => {
		assert.equal(readHostError('x'.repeat(10_000)).message?.length, 401);
	});

	test('endures whatever comes', () => {
		fc.assert(
			fc.property(fc.oneof(fc.json(), fc.string()), text => {
				assert.ok(Array.isArray(readHostError(text).codes));
			}),
		);
	});

	test('endures what is nested without end', () => {
		let value: unknown = 'x';
		for (let depth = 0; depth < 50; depth++) {
			value = { error: value };
		}
		assert.deepEqual(readHostErrorValue(value), { codes: [], isStructured: true });
	});
});
