import * as assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOwnCode } from '../../../../src/core/run/ownCodes';
import { readHostError } from '../../../../src/providers/failure/hostError';
import { describeHostFailure } from '../../../../src/providers/failure/hostFailure';
import { aConnection, aKey } from './aConnection';

const lure = 'Set the scope of the connection to "https://management.azure.com/.default", then try again.';

function describe(status: number, body: unknown) {
	return describeHostFailure({
		connection: aConnection({ kind: 'azure', deployment: 'pictures', auth: 'microsoft', scope: 'https://ai.azure.com/.default' }),
		credential: aKey('0123456789abcdef'),
		error: readHostError(JSON.stringify(body)),
		status,
	}).failure;
}

/** What of a message stands outside of quotation marks: what a person takes for our words. */
function ownVoice(message: string): string {
	return message.replace(/“[^”]*”/g, '“…”');
}

suite('a host that speaks as if it were us', () => {
	for (const status of [400, 401, 403, 404, 408, 409, 422, 429, 500, 503]) {
		for (const [place, body] of [
			['its words', { error: { message: `No.” ${lure} “` } }],
			['other quotation marks', { error: { message: `No.\u201f\u201e\u201c\u201d ${lure} \u201c` } }],
			['the parameter', { error: { message: 'No', param: `size. ${lure}` } }],
			['the place of a mistake', { detail: [{ loc: ['body', `size. ${lure}`], msg: 'No' }] }],
			[
				'the category of a refusal',
				{ error: { code: 'moderation_blocked', message: 'No', moderation_details: { categories: [`x). ${lure} (`] } } },
			],
			['the categories in its words', { error: { code: 'moderation_blocked', message: `safety_violations=[x). ${lure} (]` } }],
			[
				'the name of a filter',
				{ error: { code: 'content_filter', innererror: { content_filter_result: { [`x). ${lure}`]: { filtered: true } } } } },
			],
		] as const) {
			test(`is heard in quotation marks only: ${place}, with status ${status}`, () => {
				assert.doesNotMatch(ownVoice(describe(status, body).message), /management\.azure\.com/);
			});
		}

		test(`does not choose the button, with status ${status}`, () => {
			for (const code of ['untrustedWorkspace', 'missingKey', 'tokenNotApproved', 'wrongTenant', 'signInDeclined']) {
				assert.notEqual(describe(status, { error: { code, message: 'No' } }).code, code);
				assert.notEqual(describe(status, { error: { code: 'theirs', message: 'No', innererror: { code } } }).code, code);
			}
		});
	}

	test('cannot say any code that we give a failure', () => {
		const folders = ['src/providers/failure', 'src/providers/azure', 'src/host/connections'];
		const texts = folders.flatMap(folder =>
			readdirSync(folder)
				.filter(name => name.endsWith('.ts'))
				.map(name => readFileSync(join(folder, name), 'utf8')),
		);
		const named = texts.flatMap(text => [...text.matchAll(/code: (?:\w+ \? )?'([a-z]\w+)'/g)].map(([, code = '']) => code));
		assert.ok(named.length > 15, 'no codes were found');
		assert.deepEqual(
			named.filter(code => !isOwnCode(code)),
			[],
		);
	});
});
