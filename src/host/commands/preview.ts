import type * as vscode from 'vscode';
import type { Plan } from '../../core/plan/plan';
import { success } from '../../core/result';
import type { RunFailure } from '../../core/run/failure';
import type { GenerateInPanel } from '../generation/generateInPanel';
import { readOptions, readUri, type Checked } from './callerOptions';
import { asUri, isFromPerson, type Command } from './command';
import { promptAt } from './promptAtCursor';
import { showInformation } from '../notice/notice';

/** What a caller gets, as plain JSON: the plan, or why there is none. */
export type PreviewResult = ({ readonly status: 'ready' } & Plan) | { readonly status: 'failed'; readonly failure: RunFailure };

/** `imgprompt.preview(uri?)`: shows the resolved request, its price and what would leave the machine. Sends nothing. */
export function previewCommand(panel: GenerateInPanel): Command {
	return {
		id: 'imgprompt.preview',
		execute: async (...args): Promise<PreviewResult> => {
			const isInteractive = isFromPerson(args);
			const uri = isInteractive ? success(asUri(args[0])) : readCall(args);
			const origin = uri.ok ? await promptAt(uri.value) : uri;
			if (origin.ok) {
				const planned = await panel.preview(origin.value);
				return planned.ok ? { status: 'ready', ...planned.value } : { status: 'failed', failure: planned.failure };
			}
			if (isInteractive) {
				void showInformation(origin.failure);
			}
			return { status: 'failed', failure: { kind: 'invalid', message: origin.failure } };
		},
	};
}

function readCall(args: readonly unknown[]): Checked<vscode.Uri | undefined> {
	const options = readOptions(args[1], []);
	return options.ok ? readUri(args[0]) : options;
}
