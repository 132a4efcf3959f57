import * as assert from 'node:assert/strict';
import { BackgroundRetention } from '../../../../src/host/records/backgroundRetention';
import { ManualClock, settled } from '../../../fakes/manualClock';

function setUp(prune: (limits: object) => Promise<readonly string[]>) {
	const clock = new ManualClock();
	const told: unknown[] = [];
	const retention = new BackgroundRetention(
		{ prune },
		{
			clock,
			limits: () => ({ maxRuns: 3 }),
			report: removed => told.push(removed),
			reportError: error => told.push(error),
		},
	);
	return { clock, told, retention };
}

suite('Removal in the background', () => {
	test('comes once for many occasions, a while after the first, and tells what went', async () => {
		const asked: object[] = [];
		const { clock, told, retention } = setUp(async limits => {
			asked.push(limits);
			return ['a'];
		});
		void retention.schedule();
		const done = retention.schedule();
		await settled();
		await clock.advance(2000);
		assert.deepEqual(asked, []);
		await clock.advance(1000);
		await done;
		assert.deepEqual([asked, told], [[{ maxRuns: 3 }], [['a']]]);
	});

	test('comes again for an occasion after it began, and not beside itself', async () => {
		let underWay = 0;
		let finish: () => void = () => undefined;
		const { clock, told, retention } = setUp(async () => {
			assert.equal(++underWay, 1);
			await new Promise<void>(resolve => (finish = resolve));
			underWay--;
			return [];
		});
		void retention.schedule();
		await settled();
		await clock.advance(3000);
		assert.equal(underWay, 1);
		const second = retention.schedule();
		await clock.advance(9000);
		finish();
		await settled();
		await clock.advance(3000);
		finish();
		await second;
		assert.deepEqual([underWay, told], [0, []]);
	});

	test('reports what the disk refuses, and tries again on the next occasion', async () => {
		const refusal = new Error('The disk is full.');
		let tries = 0;
		const { clock, told, retention } = setUp(async () => {
			if (++tries === 1) {
				throw refusal;
			}
			return [];
		});
		for (let occasion = 0; occasion < 2; occasion++) {
			const done = retention.schedule();
			await settled();
			await clock.advance(3000);
			await done;
		}
		assert.deepEqual([tries, told], [2, [refusal]]);
	});

	test('does nothing when the window has closed', async () => {
		const { clock, told, retention } = setUp(() => assert.fail('The window is closed.'));
		const done = retention.schedule();
		await settled();
		retention.dispose();
		await clock.advance(3000);
		await done;
		await retention.schedule();
		assert.deepEqual(told, []);
	});
});
