import * as assert from 'node:assert/strict';
import { failureKinds, type RunFailure } from '../../../../src/core/run/failure';
import { failureView, splitSentences } from '../../../../src/host/panel/failureView';
import { english } from './english';

const document = { hostKind: 'openai', canOpenPrompt: true, isFirstRun: false };

suite('failureView', () => {
	for (const kind of failureKinds) {
		test(`says what to do after ${kind}, although the message does not`, () => {
			const { what, advice, action } = failureView({ kind, message: 'It failed.' }, document, english);
			assert.equal(what, 'It failed.');
			assert.match(advice, /^[A-Z].*\.$/);
			assert.ok(action, 'no button');
			assert.match(action.label, /^[A-Z]/);
		});
	}

	test('lets the message’s own advice go before ours', () => {
		const view = failureView({ kind: 'notSignedIn', message: 'The key was refused. Set another one.' }, document, english);
		assert.deepEqual(view, { what: 'The key was refused.', advice: 'Set another one.', action: { id: 'setKey', label: 'Set Key' } });
	});

	for (const [name, failure, around, id] of [
		['a missing connection, none being set up', { kind: 'notConfigured' }, { isFirstRun: true }, 'addConnection'],
		['a missing connection, several being set up', { kind: 'notConfigured' }, {}, 'selectConnection'],
		[
			'an unverified organisation',
			{ kind: 'notPermitted', message: 'Your organization must be verified.' },
			{},
			'openVerificationPage',
		],
		['a missing role', { kind: 'notPermitted', message: 'The role is missing.' }, {}, 'openLog'],
		[
			'an unverified organisation of another host',
			{ kind: 'notPermitted', message: 'Not verified.' },
			{ hostKind: 'compatible' },
			'openLog',
		],
		['a spent quota', { kind: 'quotaExceeded' }, {}, 'openBillingPage'],
		['a spent quota of another host', { kind: 'quotaExceeded' }, { hostKind: 'compatible' }, 'openLog'],
		['an unknown model in a file', { kind: 'modelUnavailable' }, {}, 'openPrompt'],
		['an unknown model without a file', { kind: 'modelUnavailable' }, { canOpenPrompt: false }, 'selectConnection'],
		['a refusal of a typed prompt', { kind: 'refused' }, { canOpenPrompt: false }, undefined],
		['a refused token of a Microsoft account', { kind: 'notSignedIn' }, { hostKind: 'azure', auth: 'microsoft' }, 'signIn'],
		[
			'a token of another directory',
			{ kind: 'notSignedIn', code: 'wrongTenant' },
			{ hostKind: 'azure', auth: 'microsoft' },
			'manageConnections',
		],
		['a refused token of the machine', { kind: 'notSignedIn' }, { hostKind: 'azure', auth: 'azureDefault' }, 'tryAgain'],
		['a host that was not reached', { kind: 'unreachable' }, {}, 'tryAgain'],
		['an uncertain run', { kind: 'uncertain' }, {}, 'openUsagePage'],
		['an uncertain run on Azure', { kind: 'uncertain' }, { hostKind: 'azure' }, 'openUsagePage'],
		[
			'a version that Azure wants',
			{ kind: 'notConfigured', code: 'apiVersionRequired' },
			{ hostKind: 'azure', mend: 'previewApi' },
			'previewApi',
		],
		[
			'a version that Azure refuses',
			{ kind: 'notConfigured', code: 'apiVersionUnsupported' },
			{ hostKind: 'azure', mend: 'v1Api' },
			'v1Api',
		],
		['a wrong audience', { kind: 'notConfigured', code: 'wrongAudience' }, { hostKind: 'azure', mend: 'otherScope' }, 'otherScope'],
		[
			'a wrong audience of no other scope',
			{ kind: 'notConfigured', code: 'wrongAudience' },
			{ hostKind: 'azure' },
			'manageConnections',
		],
		['a missing key on Azure', { kind: 'notConfigured', code: 'missingKey' }, { hostKind: 'azure' }, 'setKey'],
		['a missing role', { kind: 'notPermitted', code: 'missingRole' }, { hostKind: 'azure' }, 'openPortal'],
		['network rules', { kind: 'notPermitted', code: 'networkRules' }, { hostKind: 'azure' }, 'openPortal'],
		['a host that may get no token', { kind: 'notPermitted', code: 'tokenNotApproved' }, { hostKind: 'azure' }, 'manageConnections'],
		['a spent quota on Azure', { kind: 'quotaExceeded' }, { hostKind: 'azure' }, 'openPortal'],
		['a deployment that is not there', { kind: 'modelUnavailable' }, { hostKind: 'azure' }, 'manageConnections'],
		['a run over a ceiling', { kind: 'budgetExceeded' }, {}, 'openBudget'],
	] as const) {
		test(`offers ${id ?? 'no button'} after ${name}`, () => {
			const whole: RunFailure = { message: 'It failed.', ...failure };
			assert.equal(failureView(whole, { ...document, ...around }, english).action?.id, id);
		});
	}

	test('names the parameter that the host did not accept', () => {
		const { advice } = failureView({ kind: 'rejected', message: 'The host refused it.', parameter: 'background' }, document, english);
		assert.equal(advice, 'Change or remove “background”, then generate again.');
	});
});

suite('splitSentences', () => {
	for (const [message, what, rest] of [
		['One. Two. Three.', 'One.', 'Two. Three.'],
		['Only one.', 'Only one.', ''],
		[
			'gpt-image-1.5 is not known at https://api.example.com/v1. Choose another.',
			'gpt-image-1.5 is not known at https://api.example.com/v1.',
			'Choose another.',
		],
		['Sizes go up to 3840 vs. 1024 there.', 'Sizes go up to 3840 vs. 1024 there.', ''],
		['  No full stop  ', 'No full stop', ''],
		['Is it on? «Test Connection» tells.', 'Is it on?', '«Test Connection» tells.'],
	] as const) {
		test(`takes «${what}» from «${message}»`, () => {
			assert.deepEqual(splitSentences(message), [what, rest]);
		});
	}
});
