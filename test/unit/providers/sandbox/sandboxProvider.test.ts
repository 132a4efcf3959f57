import * as assert from 'node:assert/strict';
import { sandboxConnection } from '../../../../src/core/connection/sandboxConnection';
import { createSandboxProvider } from '../../../../src/providers/sandbox/sandboxProvider';
import { ManualClock } from '../../../fakes/manualClock';
import { MemorySpool } from '../../../fakes/memorySpool';
import { callProvider } from '../request/callProvider';

const immediate = { clock: { sleep: async (_: number, signal: AbortSignal) => signal.throwIfAborted() } };
const provider = createSandboxProvider(immediate);
const call = (body: Readonly<Record<string, string | number | boolean>>, options: Parameters<typeof callProvider>[3] = {}) =>
	callProvider(provider, sandboxConnection, { size: '320x208', ...body }, { credential: { kind: 'none' }, ...options });

suite('sandbox provider', () => {
	for (const format of ['png', 'jpeg', 'webp'] as const) {
		test(`paints ${format} of exactly the size that is asked for`, async () => {
			const { answer } = await call({ output_format: format, size: '1001x777' });
			const [picture] = answer.pictures;
			assert.deepEqual([picture?.width, picture?.height, picture?.format, picture?.isComplete], [1001, 777, format, true]);
			assert.deepEqual([answer.failure, answer.hasLeft, answer.requestIds], [undefined, false, []]);
			assert.deepEqual(answer.actual, { size: '1001x777', quality: 'medium', format, background: 'opaque' });
		});
	}

	test('streams partial pictures, then the picture, and never says that something has left', async () => {
		const { told, spool } = await call({ stream: true, partial_images: 3 });
		assert.deepEqual(told, ['partial 0', 'partial 0', 'partial 0', 'final 0']);
		assert.equal(new Set(spool.pictures.map(({ bytes }) => bytes.toString('hex'))).size, 4);
	});

	test('paints a different picture for each candidate', async () => {
		const { answer } = await call({ n: 3 });
		assert.deepEqual(
			answer.pictures.map(({ candidate }) => candidate),
			[0, 1, 2],
		);
		assert.equal(new Set(answer.pictures.map(({ sha256 }) => sha256)).size, 3);
	});

	test('paints the same picture for the same request', async () => {
		const [one, other] = [await call({}), await call({})];
		assert.deepEqual(other.answer, one.answer);
	});

	for (const [body, output] of [
		[{ size: '1024x1024', quality: 'low' }, 196],
		[{ size: '1024x1024', quality: 'medium' }, 1756],
		[{ size: '1536x1024', quality: 'high' }, 5488],
		[{ size: 'auto', quality: 'auto' }, 1756],
		[{ size: '1024x1024', quality: 'low', n: 2 }, 392],
		[{ size: '1024x1024', quality: 'low', stream: true, partial_images: 3 }, 196],
	] as const) {
		test(`counts ${JSON.stringify(body)} as ${output} output tokens`, async () => {
			const { answer } = await call(body);
			assert.deepEqual(answer.usage, {
				inputTokens: 8,
				outputTokens: output,
				totalTokens: 8 + output,
				inputTextTokens: 8,
				inputImageTokens: 0,
			});
		});
	}

	test('paints holes where transparency is asked for', async () => {
		const [png, webp, jpeg] = await Promise.all(
			['png', 'webp', 'jpeg'].map(output_format => call({ background: 'transparent', output_format })),
		);
		assert.deepEqual(
			[png, webp, jpeg].map(called => called?.answer.pictures[0]?.hasAlphaChannel),
			[true, true, false],
		);
	});

	test('refuses a size that no screen could show', async () => {
		const { answer } = await call({ size: '99999x99999' });
		assert.deepEqual([answer.failure?.kind, answer.failure?.parameter], ['rejected', 'size']);
	});

	test('takes the time that a person would believe', async () => {
		const clock = new ManualClock();
		const slow = createSandboxProvider({ clock });
		let isOver = false;
		const called = callProvider(slow, sandboxConnection, { size: '64x64' }).then(() => (isOver = true));
		await settled(() => clock.sleepers === 1);
		await clock.advance(999);
		assert.equal(isOver, false);
		await clock.advance(1001);
		await called;
	});

	for (const moment of ['before', 'while it waits', 'while it paints'] as const) {
		test(`can be cancelled ${moment}`, async () => {
			const controller = new AbortController();
			const clock = new ManualClock();
			const waits = createSandboxProvider(moment === 'while it waits' ? { clock } : immediate);
			if (moment === 'before') {
				controller.abort();
			}
			const spool = new MemorySpool();
			const called = callProvider(waits, sandboxConnection, { size: '3840x2160' }, { signal: controller.signal, spool });
			await settled(() => moment === 'before' || (moment === 'while it waits' ? clock.sleepers === 1 : spool.pictures.length === 1));
			controller.abort();
			const { answer } = await called;
			assert.deepEqual([answer.isCancelled, answer.pictures, answer.hasLeft], [true, [], false]);
			assert.ok(spool.pictures.every(({ state }) => state === 'abandoned'));
		});
	}

	test('tells when the disk fails', async () => {
		const error = new Error('The disk is full.');
		const spool = new MemorySpool({ failure: { afterBytes: 50, error } });
		await assert.rejects(call({}, { spool }), error);
		assert.deepEqual(
			spool.pictures.map(({ state }) => state),
			['abandoned'],
		);
	});

	test('always passes its test', async () => {
		const report = await provider.test(sandboxConnection, { kind: 'none' }, new AbortController().signal);
		assert.deepEqual([report.checks.length, report.failure], [1, undefined]);
	});
});

async function settled(condition: () => boolean): Promise<void> {
	while (!condition()) {
		await new Promise(resolve => setImmediate(resolve));
	}
}
