import * as assert from 'node:assert/strict';
import type { Problem } from '../../../../src/core/problem';
import { acceptEntry, requestedValues } from '../../../../src/core/run/newRecord';
import { actualValues, cancelledResult, failedResult, invalidResult, resultOf } from '../../../../src/core/run/results';
import { picture, TestRun } from './runFixture';

const problem = (message: string, severity: Problem['severity'] = 'error'): Problem => ({
	code: 'sizeGrid',
	severity,
	range: { start: 0, end: 0 },
	message,
});

suite('Results of runs that never began', () => {
	const startedAt = '2026-11-20T09:30:11.000Z';
	const bare = {
		runId: '',
		connection: '',
		model: '',
		operation: 'generate',
		images: [],
		requested: {},
		actual: {},
		startedAt,
		durationMs: 0,
	};

	test('an invalid request names its first error, counts the others, and carries all problems', () => {
		const problems = [problem('Careful.', 'warning'), problem('Use 1088.'), problem('Use 16.')];
		assert.deepEqual(invalidResult(problems, { startedAt }), {
			...bare,
			status: 'failed',
			failure: { kind: 'invalid', message: 'Use 1088. (and 1 more)', problems },
			problems,
		});
	});

	test('a single error stands alone', () => {
		assert.equal(invalidResult([problem('Use 1088.')]).failure.message, 'Use 1088.');
	});

	test('a failure tells what is known of the run', () => {
		assert.deepEqual(failedResult('notConfigured', 'Set a key.', { connection: 'work', model: 'gpt-image-2', startedAt }), {
			...bare,
			connection: 'work',
			model: 'gpt-image-2',
			status: 'failed',
			failure: { kind: 'notConfigured', message: 'Set a key.' },
		});
	});

	test('a cancellation is no failure', () => {
		assert.deepEqual(cancelledResult({ startedAt }), { ...bare, status: 'cancelled' });
	});

	test('begin at the present time when none is told', () => {
		assert.ok(Math.abs(Date.parse(cancelledResult().startedAt) - Date.now()) < 60_000);
	});
});

suite('Asked and got', () => {
	test('what is asked becomes plain JSON, without the tier', () => {
		assert.deepEqual(requestedValues({ size: { width: 16, height: 32 }, quality: 'low', n: 1, tier: 24 }), {
			size: '16x32',
			quality: 'low',
			n: 1,
		});
		assert.deepEqual(requestedValues({ size: 'auto', n: 3 }), { size: 'auto', n: 3 });
		assert.deepEqual(requestedValues({ n: 1 }), { n: 1 });
	});

	test('the bytes are believed more than the host', () => {
		const jpeg = picture(0, 'final', { width: 1536, format: 'jpeg' });
		assert.deepEqual(actualValues([{ size: '1x1', format: 'png', quality: 'low' }, { background: 'opaque' }], [jpeg]), {
			size: '1536x1024',
			format: 'jpeg',
			quality: 'low',
			background: 'opaque',
			n: 1,
		});
	});

	test('without a picture the host is believed', () => {
		assert.deepEqual(actualValues([{ size: '1x1' }], []), { size: '1x1' });
	});
});

suite('resultOf', () => {
	test('gives the result of a finished run back from its folder', async () => {
		const run = new TestRun();
		const result = await run.start();
		const folder = await run.store.open('run-1');
		assert.deepEqual(folder && resultOf(folder), result);
	});

	test('has nothing to tell while the run is under way', async () => {
		const run = new TestRun();
		const seen: unknown[] = [];
		const watched = new TestRun({
			onChange: (_, self) => void self.store.open('run-1').then(folder => seen.push(folder && resultOf(folder))),
		});
		await Promise.all([run.start(), watched.start()]);
		assert.deepEqual([seen[0], (seen.at(-1) as { status: string }).status], [undefined, 'succeeded']);
	});
});

suite('acceptEntry', () => {
	test('says in one line of the ledger which picture of which run was put where', async () => {
		const run = new TestRun();
		await run.start();
		const folder = await run.store.open('run-1');
		assert.ok(folder);
		assert.deepEqual(acceptEntry(folder.record, 1, '/project/images/fox.png', '2026-11-20T10:00:00.000Z'), {
			type: 'accept',
			at: '2026-11-20T10:00:00.000Z',
			runId: 'run-1',
			connection: folder.record.connection,
			model: folder.record.model,
			index: 1,
			asset: '/project/images/fox.png',
		});
	});
});
