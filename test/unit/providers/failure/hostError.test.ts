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
			'the message beside a status in words',
			'{"statusCode":400,"error":"Bad Request","message":"prompt is required"}',
			{ codes: [], isStructured: true, message: 'prompt is required' },
		],
		['the message beside a flag', '{"error":true,"message":"m"}', { codes: [], isStructured: true, message: 'm' }],
		['a detail beside an empty error', '{"error":"","detail":"d"}', { codes: [], isStructured: true, message: 'd' }],
		['the first of several errors', '{"errors":[{"message":"a"},{"message":"b"}]}', { codes: [], isStructured: true, message: 'a' }],
		['a number', '7', { codes: [], isStructured: true }],
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

	test('takes nothing for a name that is longer than one', () => {
		const long = 'x'.repeat(101);
		const fields = {
			code: long,
			type: long,
			param: long,
			moderation_details: { moderation_stage: 'input', categories: [long, 'hate', 3] },
		};
		assert.deepEqual(readHostErrorValue({ error: fields }), {
			codes: [],
			isStructured: true,
			moderation: { stage: 'input', categories: ['hate'] },
		});
		const many = Array.from({ length: 5000 }, (_, index) => `c${index}`);
		assert.equal(readHostErrorValue({ moderation_details: { categories: many } }).moderation?.categories.length, 20);
	});

	// Each of these takes minutes when a pattern looks at the same characters again and again.
	for (const [name, text] of [
		['brackets', '<'.repeat(300_000)],
		['titles', '<title'.repeat(50_000)],
		['scripts', '<script'.repeat(50_000)],
	] as const) {
		test(`is done at once with a page of unclosed ${name}`, () => {
			assert.equal(readHostError(text).isStructured, false);
		});
	}

	test('is done at once with a message of unclosed lists', () => {
		assert.equal(readHostErrorValue({ message: 'safety_violations=['.repeat(50_000) }).moderation, undefined);
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
