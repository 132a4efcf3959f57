import * as assert from 'node:assert/strict';
import { readRequestIds, readUsage } from '../../../../src/providers/request/answerFacts';

suite('readUsage', () => {
	const input_tokens_details = { text_tokens: 5, image_tokens: 0 };
	for (const [usage, expected] of [
		[undefined, undefined],
		[null, undefined],
		['many', undefined],
		[{ input_tokens: 5 }, undefined],
		[{ input_tokens: '5', output_tokens: 6 }, undefined],
		[{ input_tokens: -1, output_tokens: 6 }, undefined],
		[
			{ input_tokens: 5, output_tokens: 6 },
			{ inputTokens: 5, outputTokens: 6, totalTokens: 11 },
		],
		[
			{ input_tokens: 5, output_tokens: 6, total_tokens: 12, input_tokens_details },
			{ inputTokens: 5, outputTokens: 6, totalTokens: 12, inputTextTokens: 5, inputImageTokens: 0 },
		],
	] as const) {
		test(`reads ${JSON.stringify(usage)}`, () => {
			assert.deepEqual(readUsage({ usage }), expected);
		});
	}
});

suite('readRequestIds', () => {
	for (const [headers, expected] of [
		[{}, []],
		[{ 'x-request-id': 'req_1' }, ['req_1']],
		[{ 'x-request-id': 'req_1', 'apim-request-id': '9f-2' }, ['req_1', '9f-2']],
		[{ 'x-request-id': 'same', 'apim-request-id': 'same' }, ['same']],
		[{ 'x-request-id': '<script>' }, []],
		[{ 'x-request-id': 'x'.repeat(200) }, []],
	] as const) {
		test(`reads ${JSON.stringify(expected)}`, () => {
			assert.deepEqual(readRequestIds(new Headers(headers)), expected);
		});
	}
});
