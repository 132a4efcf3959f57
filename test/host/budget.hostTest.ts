import * as assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import type { Plan } from '../../src/core/plan/plan';
import { reservationFor } from '../../src/core/run/budgetReservation';
import { spentToday } from '../../src/core/run/budgetSpent';
import { createFileLedger } from '../../src/host/records/fileLedger';
import { activatedExtension, closeEverything, withSettings, workspaceRoot, writeWorkspaceFile } from './harness';
import { connectToFakeApi, type ConnectedApi } from './imagesApi';
import { call, resultOf } from './redirectKit';
import { folderSettings, withWorkspaceSettings } from './workspaceSettings';

suite('a ceiling of the user’s', () => {
	let api: ConnectedApi;

	suiteSetup(async () => {
		await activatedExtension();
		api = await connectToFakeApi('openai');
	});
	suiteTeardown(() => api.close());
	setup(() => api.server.reset());
	teardown(closeEverything);

	const prompt = { prompt: 'A boat', size: '1024x1024', quality: 'low' };
	const generate = () => resultOf('generateFromInput', prompt);

	for (const name of ['perRunUsd', 'perDayUsd']) {
		test(`keeps code from sending what costs more, without a question: ${name}`, async () => {
			await withSettings({ [`imgprompt.budget.${name}`]: 0 }, async () => {
				const { status, runId, failure } = await generate();
				assert.deepEqual([status, runId, failure?.kind, failure?.code], ['failed', '', 'budgetExceeded', name.slice(0, -3)]);
				assert.match(failure?.message ?? '', new RegExp(`^This run may cost up to \\$0\\.0\\d+, .* imgprompt\\.budget\\.${name} `));
			});
			assert.deepEqual(api.server.requests, []);
		});
	}

	test('is not the repository’s to raise', async () => {
		const raised = { 'imgprompt.budget.perRunUsd': 1000, 'imgprompt.budget.perDayUsd': null, 'imgprompt.budget.onExceed': 'ask' };
		await withSettings({ 'imgprompt.budget.perRunUsd': 0, 'imgprompt.budget.onExceed': 'refuse' }, () =>
			withWorkspaceSettings(folderSettings(workspaceRoot()), raised, async () => {
				assert.equal((await generate()).failure?.kind, 'budgetExceeded');
			}),
		);
		assert.deepEqual(api.server.requests, []);
	});

	test('is said to somebody who asks without one being there, for a price that nobody knows', async () => {
		const compatible = { name: 'unpriced', kind: 'compatible', baseUrl: api.server.baseUrl, model: 'painter', auth: 'none' };
		await withSettings({ 'imgprompt.connections': [compatible], 'imgprompt.connection': 'unpriced' }, () =>
			withSettings({ 'imgprompt.budget.perDayUsd': 1000 }, async () => {
				const { failure } = await resultOf('generateFromInput', { prompt: 'A boat' });
				assert.deepEqual([failure?.kind, failure?.code], ['budgetExceeded', 'unknownPrice']);
			}),
		);
		assert.deepEqual(api.server.requests, []);
	});

	test('lets the sandbox paint', async () => {
		await withSettings(
			{ 'imgprompt.budget.perRunUsd': 0, 'imgprompt.budget.perDayUsd': 0, 'imgprompt.connection': 'sandbox' },
			async () => {
				assert.equal((await generate()).status, 'succeeded');
			},
		);
	});

	test('lets one of two runs pass that are started at the same moment, where one fits', async () => {
		const first = await generate();
		const uri = await writeWorkspaceFile('budget/boat.imgprompt', '---\nsize: 1024x1024\nquality: low\n---\nA boat\n');
		const reserved = reservationFor(await call<Plan>('preview', uri)).usd ?? 0;
		assert.ok(reserved > 0.001);
		api.server.reset();
		const spent = await spentByNow(first.images[0]?.path ?? '');
		await withSettings({ 'imgprompt.budget.perDayUsd': spent + reserved * 1.5 }, async () => {
			const results = await Promise.all([generate(), generate(), generate()]);
			assert.deepEqual(results.map(({ status, failure }) => failure?.code ?? status).sort(), ['perDay', 'perDay', 'succeeded']);
		});
		assert.equal(api.server.requests.length, 1);
	});

	/** What today's runs of all tests have cost, by the ledger beside a picture. */
	async function spentByNow(picture: string): Promise<number> {
		const ledger = createFileLedger(join(dirname(picture), '..', '..', 'ledger'));
		return (await spentToday(ledger, Date.now())).usd;
	}
});
