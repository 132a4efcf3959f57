import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { RunResult } from '../../src/core/run/runResult';
import { startImagesApiServer, type Behaviour, type ImagesApiServer } from '../fakes/imagesApiServer';
import { activatedExtension, eventually, setUserSetting } from './harness';

function asksToWait(seconds: number): Behaviour {
	const error = { message: 'Rate limit reached', type: 'requests', code: 'rate_limit_exceeded', param: null };
	return { status: 429, headers: { 'retry-after': String(seconds) }, body: { error } };
}

suite('A connection whose host asks to wait', () => {
	const usual = { size: '64x48', pictureBytes: 24_000 };
	let busy: ImagesApiServer;
	let idle: ImagesApiServer;

	suiteSetup(async () => {
		await activatedExtension();
		busy = await startImagesApiServer({ personality: 'compatible', usual });
		idle = await startImagesApiServer({ personality: 'compatible', usual });
		const connection = { kind: 'compatible', model: 'gpt-image-2', auth: 'none', concurrency: 1 };
		await setUserSetting('imgprompt.connections', [
			{ ...connection, name: 'busy', baseUrl: busy.baseUrl },
			{ ...connection, name: 'idle', baseUrl: idle.baseUrl },
		]);
	});
	suiteTeardown(async () => {
		await setUserSetting('imgprompt.connection', undefined);
		await setUserSetting('imgprompt.connections', undefined);
		await Promise.all([busy.close(), idle.close()]);
	});
	setup(() => {
		busy.reset();
		idle.reset();
	});
	teardown(() => vscode.commands.executeCommand('imgprompt.cancel'));

	async function generateOn(connection: string): Promise<RunResult> {
		await setUserSetting('imgprompt.connection', connection);
		const [result] = await vscode.commands.executeCommand<RunResult[]>('imgprompt.generateFromInput', { prompt: 'A quiet lake' });
		assert.ok(result);
		return result;
	}

	for (const [wait, seconds] of [
		['30 seconds', 30],
		['two hours', 7200],
	] as const) {
		test(`for ${wait} does not keep another one from working, and can be cancelled without a cost`, async () => {
			busy.behave(asksToWait(seconds));
			const waiting = generateOn('busy');
			await eventually('the refusal', () => busy.requests.some(({ status }) => status === 429));
			const other = await generateOn('idle');
			assert.equal(other.status, 'succeeded', other.failure?.message);
			assert.equal(idle.accepted.length, 1);
			assert.equal(await isOver(waiting), false, 'the wait is over too soon');
			assert.equal(busy.requests.length, 1, 'the host was asked again before its time');
			assert.equal(await vscode.commands.executeCommand('imgprompt.cancel'), 1);
			const { status, cost, images } = await waiting;
			assert.deepEqual([status, cost?.usd ?? 0, images], ['cancelled', 0, []]);
			assert.equal(busy.requests.length, 1);
		});
	}

	test('has its places for itself: its next run waits for one, that of another connection does not', async () => {
		busy.behave({ hang: 'beforeHeaders' });
		const first = generateOn('busy');
		await eventually('the first request', () => busy.accepted.length === 1);
		const second = generateOn('busy');
		const other = await generateOn('idle');
		assert.equal(other.status, 'succeeded', other.failure?.message);
		assert.deepEqual([await isOver(second), busy.requests.length], [false, 1]);
		await vscode.commands.executeCommand('imgprompt.cancel');
		assert.deepEqual([(await first).status, (await second).status, busy.requests.length], ['cancelled', 'cancelled', 1]);
	});
});

async function isOver(run: Promise<unknown>): Promise<boolean> {
	const pending = Symbol('pending');
	return (await Promise.race([run, Promise.resolve(pending)])) !== pending;
}
