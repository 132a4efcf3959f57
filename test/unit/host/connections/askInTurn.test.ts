import * as assert from 'node:assert/strict';
import { askInTurn, type Answer, type Step } from '../../../../src/host/connections/askInTurn';

type Draft = readonly string[];

/** A step that answers with what `answers` holds next, and notes what it was asked with. */
function scripted(name: string, answers: Answer<string>[], log: string[]): Step<Draft> {
	return (draft, canGoBack) => {
		log.push(`${name} ${canGoBack ? 'with' : 'without'} back`);
		const answer = answers.shift() ?? { kind: 'dismissed' };
		return Promise.resolve(answer.kind === 'answered' ? { kind: 'answered', value: [...draft, answer.value] } : answer);
	};
}

const answered = (value: string): Answer<string> => ({ kind: 'answered', value });

suite('askInTurn', () => {
	test('gathers the answers of all steps in their order', async () => {
		const log: string[] = [];
		const steps = [scripted('a', [answered('1')], log), scripted('b', [answered('2')], log)];
		assert.deepEqual(await askInTurn<Draft>(steps, []), ['1', '2']);
		assert.deepEqual(log, ['a without back', 'b with back']);
	});

	test('a step that is not asked is passed by, forwards and backwards', async () => {
		const log: string[] = [];
		const skipped: Step<Draft> = () => undefined;
		const steps = [
			skipped,
			scripted('a', [answered('1'), answered('2')], log),
			skipped,
			scripted('b', [{ kind: 'back' }, answered('3')], log),
		];
		assert.deepEqual(await askInTurn<Draft>(steps, []), ['1', '2', '3']);
		assert.deepEqual(log, ['a without back', 'b with back', 'a without back', 'b with back']);
	});

	test('a dismissed step ends everything', async () => {
		const log: string[] = [];
		const steps = [scripted('a', [{ kind: 'dismissed' }], log), scripted('b', [answered('2')], log)];
		assert.equal(await askInTurn<Draft>(steps, []), undefined);
		assert.deepEqual(log, ['a without back']);
	});

	test('no steps give the initial draft', async () => {
		assert.deepEqual(await askInTurn<Draft>([], ['start']), ['start']);
	});
});
