import * as assert from 'node:assert/strict';
import { median } from '../../bench/bench';
import { parseActivationTimes } from '../../bench/activation/startupPerformance';

const report = `## System Info

* code-server: 1.139.1

## Extension Activation Stats

| Extension           | Eager | Load Code | Call Activate | Finish Activate | Event               | By                  |
| ------------------- | ----- | --------- | ------------- | --------------- | ------------------- | ------------------- |
| vscode.git          | true  | 194       | 4             | 3               | *                   | vscode.git          |
| imgprompt.imgprompt | false | 1         | 0             | 7               | onLanguage:imgprompt | imgprompt.imgprompt |

## Terminal Stats

| Name | Timestamp | Delta | Total |
| ---- | --------- | ----- | ----- |
| code | 1         | 2     | 3     |
`;

suite('parseActivationTimes', () => {
	test('reads the activation table, and no other', () => {
		assert.deepEqual(parseActivationTimes(report), [
			{ extension: 'vscode.git', loadCode: 194, callActivate: 4, finishActivate: 3, shown: 198 },
			{ extension: 'imgprompt.imgprompt', loadCode: 1, callActivate: 0, finishActivate: 7, shown: 1 },
		]);
	});

	test('finds nothing in a report that has no such table', () => {
		assert.deepEqual(parseActivationTimes('## System Info\n\n* code-server'), []);
	});
});

suite('median', () => {
	for (const [values, expected] of [
		[[3], 3],
		[[9, 1, 5], 5],
		[[4, 1, 3, 2], 2],
	] as const) {
		test(`of ${values.join(', ')} is ${expected}`, () => assert.equal(median(values), expected));
	}

	test('of nothing is a mistake', () => assert.throws(() => median([])));
});
