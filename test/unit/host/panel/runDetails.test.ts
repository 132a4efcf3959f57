import * as assert from 'node:assert/strict';
import { runDetails } from '../../../../src/host/panel/runDetails';
import { finishedRecord, pictureOf, resultOf } from '../../../gallery/sessions';
import { english } from './english';

suite('runDetails', () => {
	test('tells what was asked, what came, and what it took', () => {
		assert.deepEqual(runDetails(finishedRecord(), resultOf(), english), {
			parameters: [
				{ label: 'Size', asked: '1536×1024', got: '1536×1024', differs: false },
				{ label: 'Quality', asked: 'medium', got: 'medium', differs: false },
				{ label: 'Format', asked: 'png', got: 'png', differs: false },
				{ label: 'Background', asked: 'not asked', got: 'opaque', differs: false },
				{ label: 'Pictures', asked: '1', got: '1', differs: false },
			],
			tokens: '1,412 tokens (40 in, 1,372 out)',
			cost: '$0.041',
			duration: '48 s',
			requestIds: ['req_7c41b0f92d5e4f0aa1b7d1f0c2e94d10'],
			contentCredentials: true,
			notices: [],
		});
	});

	test('marks a size that the files have although the host tells the one that was asked for', () => {
		const record = finishedRecord({}, { pictures: [pictureOf(0, { width: 1254, height: 1254 })] });
		const size = runDetails(record, resultOf(), english).parameters.find(({ label }) => label === 'Size');
		assert.deepEqual(size, { label: 'Size', asked: '1536×1024', got: '1254×1254', differs: true });
	});

	test('lists every size when the candidates disagree', () => {
		const record = finishedRecord({}, { pictures: [pictureOf(0), pictureOf(1, { width: 1024, height: 1536 })] });
		assert.equal(runDetails(record, resultOf(), english).parameters[0]?.got, '1536×1024, 1024×1536');
	});

	test('does not call different what was left to the host, or what the host does not tell', () => {
		const result = resultOf({
			requested: { size: 'auto', quality: 'auto', moderation: 'low', n: 1 },
			actual: { quality: 'high' },
		});
		const rows = runDetails(finishedRecord(), result, english).parameters;
		assert.deepEqual(
			rows.map(({ label, asked, got, differs }) => [label, asked, got, differs]),
			[
				['Size', 'auto', '1536×1024', false],
				['Quality', 'auto', 'high', false],
				['Format', 'not asked', 'png', false],
				['Moderation', 'low', 'not told', false],
				['Pictures', '1', '1', false],
			],
		);
	});

	test('marks it when fewer candidates came than were asked for', () => {
		const result = resultOf({ requested: { n: 4 } });
		const row = runDetails(finishedRecord(), result, english).parameters.find(({ label }) => label === 'Pictures');
		assert.deepEqual(row, { label: 'Pictures', asked: '4', got: '1', differs: true });
	});

	for (const [name, change, hostKind, cost] of [
		['an estimate', { cost: { usd: 0.0414, estimated: true } }, 'openai', '≈ $0.041 estimated'],
		['a known cost', { cost: { usd: 1.5, estimated: false } }, 'openai', '$1.50'],
		['the sandbox', {}, 'sandbox', 'free'],
	] as const) {
		test(`words the cost of ${name}`, () => {
			assert.equal(runDetails(finishedRecord({}, { hostKind }), resultOf(change), english).cost, cost);
		});
	}

	test('leaves out tokens and cost that nobody told', () => {
		const { usage: _usage, cost: _cost, ...result } = resultOf();
		const details = runDetails(finishedRecord(), result, english);
		assert.deepEqual(['tokens' in details, 'cost' in details], [false, false]);
	});

	test('writes numbers in the user’s locale', () => {
		const details = runDetails(finishedRecord(), resultOf({ durationMs: 1400 }), { ...english, locale: 'de' });
		assert.deepEqual([details.tokens, details.cost, details.duration], ['1.412 tokens (40 in, 1.372 out)', '0,041\u00a0$', '1,4 s']);
	});

	test('has Content Credentials only when every picture has', () => {
		const record = finishedRecord({}, { pictures: [pictureOf(0), pictureOf(1, { hasContentCredentials: false })] });
		assert.equal(runDetails(record, resultOf(), english).contentCredentials, false);
	});
});
