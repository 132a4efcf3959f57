import type * as vscode from 'vscode';
import { success } from '../../core/result';
import type { GenerateInPanel } from '../generation/generateInPanel';
import type { GenerateOptions } from '../generation/sessionPlans';
import { failedBefore } from '../generation/unstarted';
import { readOptions, readUri, readVariables, type Checked } from './callerOptions';
import { asUri, isFromPerson, type Command } from './command';
import { promptAt } from './promptAtCursor';
import { showInformation } from '../notice/notice';

/** `imgprompt.generate(uri?, { variables? })`: runs the active prompt file, or the fence at the cursor. */
export function generateCommand(panel: GenerateInPanel): Command {
	return {
		id: 'imgprompt.generate',
		execute: async (...args) => {
			const call = isFromPerson(args) ? success({ uri: asUri(args[0]), options: { isInteractive: true } }) : readCall(args);
			const origin = call.ok ? await promptAt(call.value.uri) : call;
			if (call.ok && origin.ok) {
				return [await panel.run(origin.value, call.value.options)];
			}
			const message = origin.ok ? '' : origin.failure;
			if (isFromPerson(args)) {
				void showInformation(message);
			}
			return [failedBefore({ kind: 'invalid', message })];
		},
	};
}

function readCall(args: readonly unknown[]): Checked<{ readonly uri: vscode.Uri | undefined; readonly options: GenerateOptions }> {
	const uri = readUri(args[0]);
	const options = readOptions(args[1], ['variables']);
	const variables = options.ok ? readVariables(options.value['variables']) : options;
	if (!uri.ok) {
		return uri;
	}
	return variables.ok
		? success({ uri: uri.value, options: { isInteractive: false, ...(variables.value ? { variables: variables.value } : {}) } })
		: variables;
}
