import * as assert from 'node:assert/strict';
import { createRequestSlots } from '../../../../src/core/run/requestSlots';
import { settled } from '../../../fakes/manualClock';

/** Asks for a slot and remembers when it came. */
function ask(slots: ReturnType<typeof createRequestSlots>, connection: string, limit: number, name: string, order: string[]) {
	const abort = new AbortController();
	const acquired = slots.acquire(connection, limit, abort.signal).then(giveBack => {
		order.push(name);
		return giveBack;
	});
	return { acquired, abort };
}

suite('Request slots', () => {
	test('go out up to the limit, and then in the order of asking', async () => {
		const slots = createRequestSlots();
		const order: string[] = [];
		const [a, b] = [ask(slots, 'x', 2, 'a', order), ask(slots, 'x', 2, 'b', order)];
		const [c, d] = [ask(slots, 'x', 2, 'c', order), ask(slots, 'x', 2, 'd', order)];
		await settled();
		assert.deepEqual(order, ['a', 'b']);
		(await b.acquired)();
		await settled();
		assert.deepEqual(order, ['a', 'b', 'c']);
		(await a.acquired)();
		(await c.acquired)();
		await d.acquired;
		assert.deepEqual(order, ['a', 'b', 'c', 'd']);
	});

	test('are counted for each connection', async () => {
		const slots = createRequestSlots();
		const order: string[] = [];
		ask(slots, 'x', 1, 'x', order);
		ask(slots, 'y', 1, 'y', order);
		await settled();
		assert.deepEqual(order, ['x', 'y']);
	});

	test('are not lost to those who stop waiting', async () => {
		const slots = createRequestSlots();
		const order: string[] = [];
		const first = ask(slots, 'x', 1, 'first', order);
		const gone = ask(slots, 'x', 1, 'gone', order);
		const last = ask(slots, 'x', 1, 'last', order);
		gone.abort.abort(new Error('No patience'));
		await assert.rejects(gone.acquired, /No patience/);
		(await first.acquired)();
		await last.acquired;
		assert.deepEqual(order, ['first', 'last']);
	});

	test('given back twice count once', async () => {
		const slots = createRequestSlots();
		const order: string[] = [];
		const first = ask(slots, 'x', 1, 'first', order);
		const giveBack = await first.acquired;
		giveBack();
		giveBack();
		ask(slots, 'x', 1, 'second', order);
		ask(slots, 'x', 1, 'third', order);
		await settled();
		assert.deepEqual(order, ['first', 'second']);
	});

	test('are refused to whoever has given up already', async () => {
		const abort = new AbortController();
		abort.abort(new Error('Too late'));
		await assert.rejects(createRequestSlots().acquire('x', 1, abort.signal), /Too late/);
	});

	test('are at least one, whatever the limit says', async () => {
		const order: string[] = [];
		await ask(createRequestSlots(), 'x', 0, 'one', order).acquired;
		assert.deepEqual(order, ['one']);
	});
});
