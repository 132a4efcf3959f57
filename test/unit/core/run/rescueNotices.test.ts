import * as assert from 'node:assert/strict';
import { atHome, rescueNotices } from '../../../../src/core/run/rescueNotices';
import { picture } from './runFixture';

suite('rescueNotices', () => {
	test('says nothing about pictures that lie with their run', () => {
		assert.deepEqual(rescueNotices([picture(0), picture(1)]), []);
	});

	test('names each folder once, with the number of its pictures and the way out', () => {
		const pictures = [
			picture(0, 'final', { rescuedTo: '/tmp/mine/run' }),
			picture(1),
			picture(2, 'final', { rescuedTo: '/tmp/mine/run' }),
			picture(3, 'final', { rescuedTo: '/dev/shm/mine/run' }),
		];
		assert.deepEqual(rescueNotices(pictures), [
			"The disk of the editor's storage took no more. 2 pictures lie in /tmp/mine/run, which the system may empty. Use Save As, and free some space.",
			"The disk of the editor's storage took no more. The picture lies in /dev/shm/mine/run, which the system may empty. Use Save As, and free some space.",
		]);
	});

	test('is over for a picture that is back', () => {
		assert.deepEqual(atHome(picture(0, 'final', { rescuedTo: '/tmp/mine/run' })), picture(0));
	});
});
