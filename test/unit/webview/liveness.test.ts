import * as assert from 'node:assert/strict';
import { Liveness } from '../../../webview/liveness';
import { settled } from '../../fakes/manualClock';

suite('whether the extension is still there', () => {
	const start = () => {
		const asked: number[] = [];
		const told: boolean[] = [];
		const answers: (() => void)[] = [];
		let now = 0;
		const ask = (): Promise<void> => {
			asked.push(now);
			return new Promise((resolve, reject) => answers.push(asked.length % 2 === 0 ? reject : resolve));
		};
		const liveness = new Liveness(ask, isLost => told.push(isLost));
		/** Looks twice a second, as the page does. */
		const pass = async (seconds: number, isAnswering: boolean): Promise<void> => {
			for (let look = 0; look < seconds * 2; look++) {
				now += 500;
				liveness.look(now);
				if (isAnswering) {
					answers.splice(0).forEach(answer => answer());
					await settled();
				}
			}
		};
		return { asked, told, answers, pass };
	};

	test('is asked after five quiet seconds, and again after five more', async () => {
		const { asked, told, pass } = start();
		await pass(18, true);
		assert.deepEqual([asked, told], [[5500, 11_000, 16_500], []]);
	});

	test('is doubted when no answer comes, once, and without asking again and again', async () => {
		const { asked, told, pass } = start();
		await pass(60, false);
		assert.deepEqual([asked, told], [[5500], [true]]);
	});

	test('is believed again when the answer comes late', async () => {
		const { told, answers, pass } = start();
		await pass(30, false);
		answers.splice(0).forEach(answer => answer());
		await settled();
		assert.deepEqual(told, [true, false]);
		await pass(30, true);
		assert.deepEqual(told, [true, false]);
	});
});
