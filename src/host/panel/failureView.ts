import type { AuthKind } from '../../core/connection/connection';
import { assertNever } from '../../core/result';
import type { RunFailure } from '../../core/run/failure';
import type { FailureAction } from '../../protocol/messages';
import type { ConnectionMend } from '../connections/connectionMend';
import type { PanelTexts } from './panelTexts';

/** A failure as a person reads it: what happened, what to do, and the one button that helps. */
export interface FailureView {
	readonly what: string;
	readonly advice: string;
	readonly action?: { readonly id: FailureAction; readonly label: string };
}

/** What decides which way out is open. */
export interface FailureSurroundings {
	/** A `HostKind`; records of other versions may name another. */
	readonly hostKind: string;
	/** How the connection in force signs in; absent when none is. */
	readonly auth?: AuthKind;
	/** A change of the connection that would help. */
	readonly mend?: ConnectionMend;
	/** There is a document with the prompt. */
	readonly canOpenPrompt: boolean;
	/** No connection of the user's own exists. */
	readonly isFirstRun: boolean;
}

/** Words a failure. The host's own advice, when the message holds one, goes before ours. */
export function failureView(failure: RunFailure, around: FailureSurroundings, texts: PanelTexts): FailureView {
	const [what, told] = splitSentences(failure.message);
	const action = actionFor(failure, around);
	return {
		what,
		advice: told === '' ? adviceFor(failure, around, texts) : told,
		...(action ? { action: { id: action, label: actionLabel(action, texts) } } : {}),
	};
}

/** The first sentence, and the rest. A full stop inside a number, name or address does not end a sentence. */
export function splitSentences(message: string): readonly [string, string] {
	const text = message.trim();
	const end = /[.!?]\s+(?=[\p{Lu}«"“‘])/u.exec(text);
	return end ? [text.slice(0, end.index + 1), text.slice(end.index + 1).trim()] : [text, ''];
}

function actionFor(failure: RunFailure, around: FailureSurroundings): FailureAction | undefined {
	const isOpenAi = around.hostKind === 'openai';
	const isAzure = around.hostKind === 'azure';
	const prompt = around.canOpenPrompt ? 'openPrompt' : undefined;
	if (around.mend) {
		return around.mend;
	}
	switch (failure.kind) {
		case 'invalid':
		case 'refused':
		case 'rejected':
			return prompt;
		case 'notConfigured':
			if (failure.code === 'missingKey') {
				return 'setKey';
			}
			return around.isFirstRun ? 'addConnection' : isAzure ? 'manageConnections' : 'selectConnection';
		case 'notSignedIn':
			return isAboutConnection(failure) ? 'manageConnections' : signInAction(around);
		case 'notPermitted':
			if (failure.code === 'untrustedWorkspace') {
				return 'manageTrust';
			}
			if (failure.code === 'tokenNotApproved') {
				return 'manageConnections';
			}
			return isOpenAi && isAboutVerification(failure) ? 'openVerificationPage' : isAzure ? 'openPortal' : 'openLog';
		case 'quotaExceeded':
		case 'accountBlocked':
			return isOpenAi ? 'openBillingPage' : isAzure ? 'openPortal' : 'openLog';
		case 'modelUnavailable':
			// What is asked of Azure is the deployment, which the connection names and no prompt does.
			return isAzure ? 'manageConnections' : (prompt ?? 'selectConnection');
		case 'uncertain':
			return isOpenAi || isAzure ? 'openUsagePage' : 'openLog';
		case 'rateLimited':
		case 'unreachable':
			return 'tryAgain';
		case 'budgetExceeded':
			return 'openBudget';
		case 'badResponse':
		case 'serverError':
			return 'openLog';
		default:
			return assertNever(failure.kind);
	}
}

/** A new token of the same directory would be refused as well, and a machine without credentials may have an account to sign in with. */
function isAboutConnection({ code }: RunFailure): boolean {
	return code === 'wrongTenant' || code === 'noAzureCredential';
}

/** What the machine itself signs in with can only be mended elsewhere. */
function signInAction({ auth }: FailureSurroundings): FailureAction {
	switch (auth) {
		case 'microsoft':
			return 'signIn';
		case 'azureDefault':
			return 'tryAgain';
		default:
			return 'setKey';
	}
}

function isAboutVerification(failure: RunFailure): boolean {
	return /verif/i.test(`${failure.code ?? ''} ${failure.message}`);
}

function adviceFor(failure: RunFailure, around: FailureSurroundings, { t }: PanelTexts): string {
	switch (failure.kind) {
		case 'invalid':
			return t('Correct the prompt, then generate again. Nothing was sent.');
		case 'notConfigured':
			return t('Add or choose a connection, then generate again. Nothing was sent.');
		case 'notSignedIn':
			return signInAction(around) === 'setKey'
				? t('Set the API key of this connection, then generate again.')
				: t('Sign in again, then generate again.');
		case 'notPermitted':
			return t('Ask the owner of the account for access, or use another connection.');
		case 'refused':
			return t('Change the prompt, then generate again.');
		case 'rateLimited':
			return t('Wait a little, then try again.');
		case 'quotaExceeded':
			return t('Add credit to the account, or use another connection.');
		case 'budgetExceeded':
			return t('Raise the budget in the settings, or choose a smaller size or a lower quality. Nothing was sent.');
		case 'modelUnavailable':
			return t('Choose another model or another connection.');
		case 'rejected':
			return failure.parameter === undefined
				? t('Change the parameter that the host names, then generate again.')
				: t('Change or remove “{0}”, then generate again.', failure.parameter);
		case 'unreachable':
			return t('Check the network and the address of the connection. Nothing was billed.');
		case 'uncertain':
			return t('Look at the usage page of the account before you try again.');
		case 'badResponse':
			return t('The log says what came instead of a picture.');
		case 'serverError':
			return t('The log has the details. Try again later.');
		case 'accountBlocked':
			return t('Settle it with the host of the account, or use another connection.');
		default:
			return assertNever(failure.kind);
	}
}

function actionLabel(action: FailureAction, { t }: PanelTexts): string {
	switch (action) {
		case 'setKey':
			return t('Set Key');
		case 'signIn':
			return t('Sign In');
		case 'addConnection':
			return t('Add Connection');
		case 'selectConnection':
			return t('Select Connection');
		case 'openPrompt':
			return t('Open Prompt');
		case 'openLog':
			return t('Open Log');
		case 'openUsagePage':
			return t('Open Usage Page');
		case 'openVerificationPage':
			return t('Open Verification Page');
		case 'openBillingPage':
			return t('Open Billing Page');
		case 'tryAgain':
			return t('Try Again');
		case 'manageTrust':
			return t('Manage Workspace Trust');
		case 'openBudget':
			return t('Open Settings');
		case 'previewApi':
			return t('Use api-version=preview');
		case 'v1Api':
			return t('Use v1');
		case 'otherScope':
			return t('Use the Other Scope');
		case 'manageConnections':
			return t('Manage Connections');
		case 'openPortal':
			return t('Open Azure Portal');
		default:
			return assertNever(action);
	}
}
