import * as assert from 'node:assert/strict';
import type { Connection } from '../../../../src/core/connection/connection';
import type { RunFailure } from '../../../../src/core/run/failure';
import { testOutcome } from '../../../../src/host/connections/testOutcome';

const openAi: Connection = {
	name: 'openai',
	kind: 'openai',
	baseUrl: 'https://api.openai.com/v1',
	origin: 'https://api.openai.com',
	model: 'gpt-image-2',
	auth: 'apiKey',
	concurrency: 2,
};
const azure: Connection = { ...openAi, name: 'foundry', kind: 'azure', deployment: 'images', api: 'v1' };
const signedIn: Connection = { ...azure, auth: 'microsoft', scope: 'https://ai.azure.com/.default' };
const machine: Connection = { ...signedIn, auth: 'azureDefault' };

const fails = (failure: Omit<RunFailure, 'message'>) => ({
	checks: [
		{ layer: 'Address', isOk: true, detail: 'ok' },
		{ layer: 'Credential', isOk: false, detail: 'refused' },
	],
	failure: { message: 'It was refused.', ...failure },
});

suite('testOutcome', () => {
	test('names the layers that passed', () => {
		const checks = ['Address', 'TLS'].map(layer => ({ layer, isOk: true, detail: '' }));
		assert.deepEqual(testOutcome(openAi, { checks }), { kind: 'passed', layers: ['Address', 'TLS'] });
	});

	test('passes on what a free check can’t tell', () => {
		const untested = 'Whether the deployment is there shows with the first picture.';
		assert.deepEqual(testOutcome(azure, { checks: [], untested }), { kind: 'passed', layers: [], untested });
	});

	test('names the layer that failed, those before it, why, and what helps', () => {
		assert.deepEqual(testOutcome(openAi, fails({ kind: 'notSignedIn' })), {
			kind: 'failed',
			layers: ['Address'],
			layer: 'Credential',
			reason: 'It was refused.',
			help: 'setKey',
		});
	});

	test('says the detail of a layer that failed without a failure', () => {
		const checks = [{ layer: 'Address', isOk: false, detail: 'No such host.' }];
		assert.deepEqual(testOutcome(openAi, { checks }), { kind: 'failed', layers: [], layer: 'Address', reason: 'No such host.' });
	});

	for (const [situation, connection, failure, help] of [
		['a key is missing', azure, { kind: 'notConfigured', code: 'missingKey' }, 'setKey'],
		['a key was refused', azure, { kind: 'notSignedIn' }, 'setKey'],
		['nobody is signed in', signedIn, { kind: 'notSignedIn', code: 'signInNeeded' }, 'signIn'],
		['this machine has no credential', machine, { kind: 'notSignedIn', code: 'noAzureCredential' }, 'manageConnections'],
		['v1 wants a version', azure, { kind: 'notConfigured', code: 'apiVersionRequired' }, 'previewApi'],
		['the audience is wrong', signedIn, { kind: 'notConfigured', code: 'wrongAudience' }, 'otherScope'],
		['the tenant is wrong', signedIn, { kind: 'notSignedIn', code: 'wrongTenant' }, 'manageConnections'],
		['a role is missing', signedIn, { kind: 'notPermitted', code: 'missingRole' }, 'openPortal'],
		['the network is not let in', azure, { kind: 'notPermitted', code: 'networkRules' }, 'openPortal'],
		['the quota is used up', azure, { kind: 'quotaExceeded' }, 'openPortal'],
		['the workspace is not trusted', azure, { kind: 'notPermitted', code: 'untrustedWorkspace' }, 'manageTrust'],
		['nobody has allowed the host to get a token', signedIn, { kind: 'notPermitted', code: 'tokenNotApproved' }, 'manageConnections'],
		['there is no such deployment', azure, { kind: 'modelUnavailable' }, 'manageConnections'],
		['nobody answers', openAi, { kind: 'unreachable' }, 'manageConnections'],
		['OpenAI does not permit it', openAi, { kind: 'notPermitted' }, undefined],
		['the host has failed', azure, { kind: 'serverError' }, undefined],
	] as const) {
		test(`offers ${help ?? 'nothing but the log'} when ${situation}`, () => {
			const outcome = testOutcome(connection, fails(failure));
			assert.equal(outcome.kind === 'failed' ? outcome.help : 'passed', help);
		});
	}
});
