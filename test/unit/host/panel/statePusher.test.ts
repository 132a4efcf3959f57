import * as assert from 'node:assert/strict';
import { StatePusher } from '../../../../src/host/panel/statePusher';

/** A pusher whose ticks and builds happen on demand. */
function setUp() {
	const posted: number[] = [];
	const errors: unknown[] = [];
	const ticks: (() => void)[] = [];
	const builds: { resolve(): void; reject(error: Error): void }[] = [];
	const world = { isVisible: true, isSlow: false };
	const pusher = new StatePusher<number>({
		build: epoch =>
			new Promise((resolve, reject) => {
				builds.push({ resolve: () => resolve(epoch), reject });
				if (!world.isSlow) {
					resolve(epoch);
				}
			}),
		isVisible: () => world.isVisible,
		post: async epoch => void posted.push(epoch),
		defer: work => void ticks.push(work),
		reportError: error => errors.push(error),
	});
	const settle = async (): Promise<void> => {
		ticks.splice(0).forEach(tick => tick());
		await new Promise(resolve => setImmediate(resolve));
	};
	return { pusher, posted, errors, builds, world, settle };
}

suite('StatePusher', () => {
	test('makes one push of many changes in one tick', async () => {
		const { pusher, posted, settle } = setUp();
		pusher.schedule();
		pusher.schedule();
		pusher.schedule();
		await settle();
		assert.deepEqual(posted, [1]);
	});

	test('numbers the states upwards', async () => {
		const { pusher, posted, settle } = setUp();
		for (let round = 0; round < 3; round++) {
			pusher.schedule();
			await settle();
		}
		assert.deepEqual(posted, [1, 2, 3]);
	});

	test('pushes once more after a push that a change overtook, never two at once', async () => {
		const { pusher, posted, builds, world, settle } = setUp();
		world.isSlow = true;
		pusher.schedule();
		await settle();
		pusher.schedule();
		await settle();
		assert.equal(builds.length, 1);
		builds[0]?.resolve();
		await settle();
		builds[1]?.resolve();
		await settle();
		assert.deepEqual(posted, [1, 2]);
	});

	test('sends nothing to a hidden page, and the newest once it is seen again', async () => {
		const { pusher, posted, world, settle } = setUp();
		world.isVisible = false;
		pusher.schedule();
		await settle();
		assert.deepEqual(posted, []);
		world.isVisible = true;
		pusher.schedule();
		await settle();
		assert.deepEqual(posted, [1]);
	});

	test('reports a state that cannot be made, and goes on with the next change', async () => {
		const { pusher, posted, errors, builds, world, settle } = setUp();
		world.isSlow = true;
		pusher.schedule();
		await settle();
		builds[0]?.reject(new Error('no'));
		await settle();
		world.isSlow = false;
		pusher.schedule();
		await settle();
		assert.deepEqual([posted, errors.length], [[2], 1]);
	});

	test('is silent once it is disposed, also in the middle of a push', async () => {
		const { pusher, posted, builds, world, settle } = setUp();
		world.isSlow = true;
		pusher.schedule();
		await settle();
		pusher.dispose();
		builds[0]?.resolve();
		await settle();
		pusher.schedule();
		await settle();
		assert.deepEqual(posted, []);
	});
});
