import * as assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fc from 'fast-check';
import { createOwnerId, isOwnerAlive } from '../../../../src/host/records/owner';
import { finalName, parsePictureName, pictureStem } from '../../../../src/host/records/pictureNames';
import { isRunId, newRunId, sha256, startOf } from '../../../../src/host/records/runId';

const latest = Date.UTC(9999, 0, 1);

suite('Run ids', () => {
	test('are valid, never the same, and tell when the run began', () => {
		fc.assert(
			fc.property(fc.nat({ max: latest }), now => {
				const runId = newRunId(now);
				assert.ok(isRunId(runId));
				assert.notEqual(newRunId(now), runId);
				assert.equal(Date.parse(startOf(runId)), now - (now % 1000));
			}),
		);
	});

	test('sort by time, to the millisecond', () => {
		fc.assert(
			fc.property(
				fc.nat({ max: latest }),
				fc.integer({ min: 1, max: 100_000 }),
				(now, later) => newRunId(now) < newRunId(now + later),
			),
		);
	});

	test('that are no dates do not break the list', () => {
		assert.match(startOf('99999999-999999-0000000000000000'), /Z$/);
		assert.equal(startOf('nonsense'), '1970-01-01T00:00:00.000Z');
	});

	test('hash texts as UTF-8', () => {
		assert.equal(sha256('ü'), '607474ca475a9724d7360aba71a56d5df77e61350e3f724cfa1f46e857e2d85f');
		assert.equal(sha256(''), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
	});
});

suite('Names of pictures', () => {
	test('say what they were made from', () => {
		fc.assert(
			fc.property(
				fc.constantFrom('partial', 'final'),
				fc.nat(99),
				fc.integer({ min: 1, max: 500 }),
				fc.constantFrom('png', 'jpeg', 'webp', 'gif'),
				(role, candidate, number, format) => {
					const stem = pictureStem(role, candidate, number);
					assert.deepEqual(parsePictureName(finalName(stem, format)), { stem, role, candidate, isSpool: false });
					assert.deepEqual(parsePictureName(`${stem}.part`), { stem, role, candidate, isSpool: true });
				},
			),
		);
	});
});

suite('Owners of runs', () => {
	test('are alive while this process is', async () => {
		assert.equal(await isOwnerAlive(createOwnerId()), true);
	});

	test('of an earlier process under the same number are dead', async () => {
		assert.equal(await isOwnerAlive(createOwnerId().replace(/-[0-9a-z]+-/, '-earlier-')), false);
	});

	for (const owner of ['', 'me', '0-a-b', '-1-a-b', '99999999999999999999-a-b', '1-a']) {
		test(`that are nobody (${JSON.stringify(owner)}) are dead`, async () => {
			assert.equal(await isOwnerAlive(owner), false);
		});
	}

	test('in another process live and die with it', async function () {
		const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
		await once(child, 'spawn');
		const pid = String(child.pid);
		const foreign = createOwnerId().replace(/^\d+/, pid);
		if (process.platform === 'linux') {
			assert.equal(await isOwnerAlive(foreign), false, 'a process that began at another time is another process');
		} else {
			assert.equal(await isOwnerAlive(foreign), true);
		}
		child.kill();
		await once(child, 'exit');
		assert.equal(await isOwnerAlive(foreign), false);
	});
});
