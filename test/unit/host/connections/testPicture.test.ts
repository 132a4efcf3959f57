import * as assert from 'node:assert/strict';
import { parseConnections } from '../../../../src/core/connection/parseConnections';
import { findCapability } from '../../../../src/core/model/findCapability';
import { makePlan } from '../../../../src/core/plan/makePlan';
import { promptFromValues } from '../../../../src/core/prompt/promptFromValues';
import { testPictureOf, testPicturePrice } from '../../../../src/host/connections/testPicture';

const today = '2026-11-20';
/** What a user may have set, as expensive and as unfit for every host as it gets. */
const settings = {
	size: '3840x2160',
	quality: 'high',
	format: 'webp',
	background: 'transparent',
	moderation: 'auto',
	n: 10,
	partialImages: 0,
} as const;

suite('testPictureOf', () => {
	for (const [what, entry, asked, price] of [
		[
			'OpenAI',
			{ name: 'c', kind: 'openai' },
			{ size: { width: 1024, height: 1024 }, quality: 'low', format: 'png', background: 'auto', n: 1 },
			'≈ $0.0059',
		],
		[
			'a deployment of Azure',
			{ name: 'c', kind: 'azure', baseUrl: 'https://res.openai.azure.com', deployment: 'gpt-image-2' },
			{ size: { width: 1024, height: 1024 }, quality: 'low', format: 'png', background: 'auto', n: 1 },
			'≈ $0.0059',
		],
		[
			'a compatible server',
			{ name: 'c', kind: 'compatible', baseUrl: 'http://localhost:1/v1' },
			{ size: { width: 1024, height: 1024 }, n: 1 },
			'price unknown',
		],
		[
			'a server that makes other sizes only',
			{ name: 'c', kind: 'compatible', baseUrl: 'http://localhost:1/v1', capabilities: { sizes: ['512x512', '768x768'] } },
			{ size: { width: 512, height: 512 }, n: 1 },
			'price unknown',
		],
	] as const) {
		test(`asks ${what} for one small picture that its plan admits, whatever the defaults are`, () => {
			const [connection] = parseConnections([entry]).connections;
			assert.ok(connection);
			const { capability } = findCapability(connection.kind, connection.model, connection.capabilities, today);
			const document = promptFromValues(testPictureOf(connection, capability));
			const outcome = makePlan({ document, connection, settings, today });
			assert.ok(outcome.kind === 'ready', JSON.stringify(outcome));
			const { requested } = outcome.plan;
			assert.deepEqual({ ...asked, ...requested }, requested);
			assert.deepEqual(requested.size, asked.size);
			assert.equal(testPicturePrice(outcome), price);
		});
	}

	test('has no price where nothing would be sent', () => {
		assert.equal(testPicturePrice({ kind: 'invalid', problems: [] }), undefined);
	});
});
